import { createTable, numberColumn, type FigureId, type Table } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { originTables } from './testing/origin-tables.test-helper.js';
import { missingFigures } from './render-figures.js';
import { expectFitsPage, figuresOf, labelsOf, studyOf } from './testing/drawn-figures.test-helper.js';
import { without } from './testing/table-from-rows.test-helper.js';

const ids: readonly FigureId[] = [
  'lineage-clones',
  'lineage-diversity',
  'genetic-states',
  'copy-number-clones',
  'copy-number-cells',
  'cell-reversal',
];
/** What an A4 page holds of a figure at the width of the page, with a caption under it. */
const pageHeight = 1160;
const { draw } = figuresOf(ids);

describe('figures of origin', () => {
  it.each([
    [1, 'en'],
    [2, 'fr'],
    [5, 'en'],
    [9, 'fr'],
    [20, 'en'],
  ] as const)('draws %i patients on a page (%s), well formed and inside the frame', (patients, lang) => {
    const drawn = draw(originTables(patients), lang);
    expect([...drawn.keys()].sort()).toEqual([...ids].sort());
    for (const [id, svg] of drawn) {
      expectFitsPage(id, svg, pageHeight);
    }
  });

  it('is left out with a reason where its table is missing or holds no number', () => {
    const reasons = missingFigures(studyOf([]), { lang: 'fr' }).filter(({ id }) => ids.includes(id));
    expect(reasons.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const { reason } of reasons) expect(reason).toContain('n’a pas produit la table');
    const all = originTables(1);
    const missing = (tables: readonly Table[]): string[] =>
      missingFigures(studyOf(tables), { lang: 'en' })
        .filter(({ id }) => ids.includes(id))
        .map(({ id }) => id);
    expect(missing(without(all, 'lineage_clones', 'n_cells'))).toEqual(['lineage-clones']);
    expect(missing(without(all, 'lineage_samples', 'rarefied_clones'))).toEqual(['lineage-diversity']);
    expect(missing(without(all, 'copy_number_profiles', 'log2_ratio'))).toEqual(['copy-number-clones']);
    const arms = all
      .find(({ name }) => name === 'copy_number_heatmap')
      ?.columns.filter(({ kind }) => kind === 'number');
    expect(
      missing((arms ?? []).reduce((tables, { name }) => without(tables, 'copy_number_heatmap', name), all)),
    ).toEqual(['copy-number-cells']);
    expect(missing(without(all, 'cell_reversal', 'index'))).toEqual(['cell-reversal']);
  });

  it('needs only its own table: side tables add words, not marks', () => {
    const main = ['lineage_clones', 'lineage_samples', 'genetic_states', 'copy_number_profiles', 'copy_number_heatmap'];
    const alone = originTables(3).filter(({ name }) => main.includes(name) || name === 'cell_reversal');
    const drawn = draw(alone);
    expect([...drawn.keys()].sort()).toEqual([...ids].sort());
    for (const [id, svg] of drawn) expect(svg, id).not.toMatch(/NaN|undefined|null/);
  });

  it('gives the same bytes twice', () => {
    expect(draw(originTables(2))).toEqual(draw(originTables(2)));
  });
});

describe('what the figures of origin say', () => {
  const figures = draw(originTables(2));
  const french = draw(originTables(2), 'fr');
  const labels = (id: FigureId): string[] => labelsOf(figures.get(id) ?? '');

  it('lineage clones: the share of the clone that takes over, who is left, and the verdict', () => {
    expect(labels('lineage-clones')).toEqual(
      expect.arrayContaining(['MM468', 'origin: mixed', '92%', '78 others', '141', '245', '326']),
    );
    const first = /<path d="M[^"]+" fill="#0072B2"/.exec(figures.get('lineage-clones') ?? '');
    expect(first).not.toBeNull();
  });

  it('lineage diversity: the printed table, and no estimate for one barcoded cell', () => {
    const said = labels('lineage-diversity').join(' | ');
    expect(said).toContain('chemonaive | 197 | 114.8 [110.1 to 119.5] | 5%');
    expect(said).toContain('5FU3_day171 | 1 | insufficient | 100% | cannot tell');
    expect(said).toContain('5FU1_day202 | 326 | 3.8 [2.6 to 5.0] | 92% | selection');
    expect(figures.get('lineage-diversity')).toMatch(/<circle[^>]*fill="#ffffff" stroke="#009E73"/);
  });

  it('genetic states: share and cells, small numbers uncoloured, the tied row framed', () => {
    const svg = figures.get('genetic-states') ?? '';
    expect(labels('genetic-states')).toEqual(
      expect.arrayContaining(['HBCx17 · copy number', 'tied, P 5.0 × 10⁻⁴', '8q gain', 'all cells']),
    );
    expect(labels('genetic-states')).not.toContain('8q neutral');
    const frames = [...svg.matchAll(/<rect[^>]*stroke="#1c2127"[^>]*>/g)].map(([frame]) => frame);
    expect(frames.filter((frame) => !frame.includes('dasharray'))).toHaveLength(2);
    expect(labelsOf(french.get('genetic-states') ?? '')).toContain('8q gagné');
  });

  it('genetic states: clones beyond the room are summed, none is lost', () => {
    const block = (svg: string): number[] =>
      labelsOf(svg).flatMap((text) => [...text.matchAll(/\((\d+)\)/g)].map((match) => Number(match[1])));
    const tables = originTables(1).map((table) => (table.name === 'genetic_states' ? onlyBarcodes(table) : table));
    const cells = block(draw(tables).get('genetic-states') ?? '');
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
    expect(cells.length).toBeGreaterThan(9);
    expect(sum(cells.slice(0, -3))).toBe(sum(cells.slice(-3)));
  });

  it('copy number: clones, what they were compared with, shared arms on the tree, and who has no profile', () => {
    expect(labels('copy-number-clones')).toEqual(
      expect.arrayContaining([
        'MM468',
        'against the tumour before treatment',
        'against normal cells',
        'clone 1',
        '1,204 cells',
        '+1q +8q −13q',
        '−5q',
        '+7p',
        'No profile: HBCx218 (cannot tell: no reference cells, too few cells).',
      ]),
    );
    const quiet = labelsOf(draw(originTables(5)).get('copy-number-clones') ?? '');
    expect(quiet).toContain('against the tumour before treatment · cannot tell: quiet genome');
    expect(labels('copy-number-clones').filter((text) => /^\d+$/.test(text))).toEqual(
      Array.from({ length: 22 }, (_, i) => String(i + 1)),
    );
  });

  it('copy number of cells: every arm in genomic order, the groups in the legend', () => {
    const arms = labels('copy-number-cells').filter((text) => /^\d+[pq]$/.test(text));
    expect(arms.slice(0, 4)).toEqual(['1p', '1q', '2p', '2q']);
    expect(arms).toHaveLength(39);
    expect(labels('copy-number-cells')).toEqual(
      expect.arrayContaining(['reference', 'cannot be told', 'persister', 'not called', 'not testable']),
    );
  });

  it('cell reversal: position, the fraction still in the state, and who could not be tested', () => {
    const said = labels('cell-reversal').join(' | ');
    expect(said).toContain('drug holiday | 1,840 | 0.04 [−0.03 to 0.12] | 3.6% [3.4–5.8] | returned');
    expect(said).toContain('Not testable: HBCx95 · AC (12 untreated cells and 7 relapse cells; 30 are needed).');
    expect(labelsOf(french.get('cell-reversal') ?? '').join(' | ')).toContain(
      'non traité\u00a0: 12 cellules, rechute\u00a0: 7 cellules',
    );
  });
});

function onlyBarcodes(table: Table): Table {
  const source = table.columns.find(({ name }) => name === 'source');
  const kept = Array.from({ length: table.nRows }, (_, i) => i).filter((i) => source?.values[i] === 'barcode');
  const columns = table.columns.map((column) =>
    column.kind === 'number'
      ? numberColumn(
          column.name,
          column.name,
          kept.map((i) => column.values[i] ?? NaN),
        )
      : { ...column, values: kept.map((i) => column.values[i] ?? null) },
  );
  return createTable(table.name, table.name, columns);
}
