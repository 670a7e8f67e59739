import { createTable, type FigureId, type Table } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { textWidth } from './svg/text-width.js';
import { targetTables } from './testing/target-tables.test-helper.js';
import { expectFitsPage, figuresOf, labelsOf, sizeOf } from './testing/drawn-figures.test-helper.js';
import { without } from './testing/table-from-rows.test-helper.js';

const ids: readonly FigureId[] = [
  'surface-markers',
  'marker-gates',
  'antigens',
  'weakness-axes',
  'iron-pattern',
  'death-modes',
  'target-matrix',
];
/** What an A4 page holds of a figure at the width of the page, with a caption under it. */
const pageHeight = 1000;
const { draw, missing } = figuresOf(ids);

/** Labels that are not turned, with where they begin and end. */
function horizontalLabels(svg: string): readonly { text: string; left: number; right: number }[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].flatMap(([, attributes = '', text = '']) => {
    if (attributes.includes('rotate')) return [];
    const read = (name: string): string | undefined => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    const plain = text
      .replace(/&#39;/g, '’')
      .replace(/&(?:lt|gt);/g, '<')
      .replace(/&amp;/g, '&');
    const width = textWidth(
      plain,
      Number(read('font-size') ?? 12),
      read('font-weight') === 'bold' ? 'bold' : undefined,
    );
    const before = { middle: width / 2, end: width }[read('text-anchor') ?? ''] ?? 0;
    const left = Number(read('x')) - before;
    return [{ text, left, right: left + width }];
  });
}

describe('figures of markers, weaknesses and targets', () => {
  it.each([
    [1, 'en'],
    [2, 'fr'],
    [5, 'en'],
    [9, 'fr'],
    [20, 'en'],
    [20, 'fr'],
  ] as const)('draws %i patients on a page (%s), well formed and inside the frame', (patients, lang) => {
    const drawn = draw(targetTables(patients), lang);
    expect([...drawn.keys()].sort()).toEqual([...ids].sort());
    for (const [id, svg] of drawn) {
      expectFitsPage(id, svg, pageHeight);
      const [width] = sizeOf(svg);
      for (const { text, left, right } of horizontalLabels(svg)) {
        expect(left, `${id}: ${text}`).toBeGreaterThanOrEqual(-1);
        expect(right, `${id}: ${text}`).toBeLessThanOrEqual(width + 1);
      }
    }
  });

  it('is left out with a reason where its table is missing or holds no number', () => {
    const reasons = missing([], 'fr');
    expect([...reasons.keys()].sort()).toEqual([...ids].sort());
    for (const reason of reasons.values()) expect(reason).toContain('n’a pas produit la table');
    const all = targetTables(3);
    const lost = (tables: readonly Table[]): readonly string[] => [...missing(tables).keys()];
    const noMarker = without(all, 'marker_patients', 'log2_fold_change');
    expect(lost(without(noMarker, 'named_markers', 'log2_fold_change'))).toEqual(['surface-markers']);
    expect(lost(without(all, 'marker_gates', 'sensitivity'))).toEqual(['marker-gates']);
    expect(lost(without(all, 'antigens', 'level', 'positive_persister'))).toEqual(['antigens']);
    expect(lost(without(all, 'weakness_axes', 'effect'))).toEqual(['weakness-axes']);
    expect(lost(without(all, 'iron_pattern', 'cd44'))).toEqual(['iron-pattern']);
    expect(lost(without(all, 'targets', 'log2_fold_change'))).toEqual(['target-matrix']);
  });

  it('needs cells for no figure but the gates: bulk studies draw levels and changes alone', () => {
    const positive = ['', '_low', '_high'].map((end) => `positive_persister${end}`);
    const bulk = without(
      without(targetTables(4), 'marker_patients', 'positive_persister'),
      'antigens',
      ...positive,
      'positive_untreated',
      'positive_normal',
    );
    const drawn = draw(bulk);
    expect(drawn.size).toBe(ids.length);
    expect(labelsOf(drawn.get('antigens') ?? '')).not.toContain('Positive cells');
    expect(drawn.get('surface-markers')).not.toMatch(/<circle[^>]*stroke="#8b95a1" stroke-width="0.7"/);
  });

  it('gives the same bytes twice', () => {
    expect(draw(targetTables(2))).toEqual(draw(targetTables(2)));
  });
});

describe('what the figures of markers, weaknesses and targets say', () => {
  const figures = draw(targetTables(8));
  const french = draw(targetTables(8), 'fr');
  const labels = (id: FigureId): string[] => labelsOf(figures.get(id) ?? '');
  const frenchLabels = (id: FigureId): string[] => labelsOf(french.get(id) ?? '');

  it('surface markers: the first twenty, then CD44 at the rank it holds', () => {
    const said = labels('surface-markers').join(' | ');
    expect(said).toContain('ABCA1');
    expect(said).toContain('5 without HBCx33');
    expect(said).toContain('20 | CEACAM6');
    expect(said).not.toContain('MUC16');
    expect(said).toContain('⋮ 1,166 genes not shown | 1,187 | CD44 | +0.02 | 4 of 8');
  });

  it('surface markers: a dot per patient, a square where no called cell was read', () => {
    const svg = figures.get('surface-markers') ?? '';
    const outlined = /stroke="#8b95a1" stroke-width="0.7"/g;
    expect(svg.match(outlined)).toHaveLength(21 * 8);
    expect(svg.match(/<circle[^>]*stroke="#8b95a1" stroke-width="0.7"/g)).toHaveLength(21 * 6);
  });

  it('surface markers: a named gene that is no surface protein is still shown, without a rank', () => {
    const tables = targetTables(3).map((table) =>
      table.name === 'named_markers'
        ? createTable('named_markers', 'named', [
            ...table.columns.filter(({ name }) => name !== 'gene'),
            { kind: 'text', name: 'gene', description: 'gene', values: Array.from({ length: 4 }, () => 'FOSL1') },
          ])
        : table,
    );
    const said = labelsOf(draw(tables).get('surface-markers') ?? '').join(' | ');
    expect(said).toContain('– | FOSL1');
  });

  it('marker gates: the promise, what left-out patients give, and how often the gate is chosen again', () => {
    const said = labels('marker-gates').join(' | ');
    expect(said).toContain('ABCA1+ KRT8− | Youden 0.61 apparent, 0.45 left out');
    expect(said).toContain('P 0.02 against shuffled labels | chosen again without 5 of 6 patients');
    expect(frenchLabels('marker-gates').join(' | ')).toContain('rechoisie sans 5 des 6 patients');
  });

  it('antigens: the highest first, drug with its status, and what was not measured', () => {
    const said = labels('antigens');
    expect(said.indexOf('TACSTD2')).toBeLessThan(said.indexOf('CD44'));
    expect(said).toEqual(
      expect.arrayContaining(['sacituzumab govitecan', 'approved, and 1 more', 'none listed', 'Not measured: FOLR1.']),
    );
    expect(frenchLabels('antigens')).toContain('en essais');
  });

  it('weakness axes: every axis once, by group, with the reason where one cannot be tested', () => {
    const said = labels('weakness-axes');
    expect(said.filter((text) => text === 'Iron overload hypothesis')).toHaveLength(1);
    expect(said.slice(said.indexOf('Iron'), said.indexOf('Iron') + 2)).toEqual(['Iron', 'Iron overload hypothesis']);
    expect(said).toEqual(expect.arrayContaining(['raised (8/8)', 'AhR targets, CD8 T cells']));
    expect(said).toContain('genes that can be scored: 1 of 5 (1 belong to the programme), and an axis needs 3');
    expect(frenchLabels('weakness-axes')).toContain(
      'gènes évaluables\u00a0: 1 sur 5 (1 du programme), et il en faut 3',
    );
    expect(frenchLabels('weakness-axes')).toContain('patients comparables\u00a0: 0, et il en faut 3');
  });

  it('iron pattern: every patient by name, and how many show the three signs', () => {
    expect(labels('iron-pattern')).toEqual(expect.arrayContaining(['HBCx10', 'HBCx194', 'CD44 up, TFRC down']));
    const counts = labels('iron-pattern').flatMap((text) =>
      [...text.matchAll(/^(\d+) patients?: (?:the pattern|inverted|mixed)$/g)].map((match) => Number(match[1])),
    );
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(8);
  });

  it('death modes: a blocked arm names the executor it lacks, one that cannot be told names the doubt', () => {
    expect(labels('death-modes').filter((text) => text === 'no MLKL')).toHaveLength(14);
    expect(labels('death-modes')).toContain('GSDMD +1: unclear');
    expect(labels('death-modes')).toContain('residual, persister (40)');
    expect(frenchLabels('death-modes')).toContain('sans MLKL');
  });

  it('death modes: with many patients the compared stages alone are drawn', () => {
    const many = labelsOf(draw(targetTables(20)).get('death-modes') ?? '');
    expect(many.some((text) => text.startsWith('relapse'))).toBe(false);
    expect(many).toContain('HBCx359');
  });

  it('target matrix: twenty candidates with every line of evidence and how much speaks against them', () => {
    const said = labels('target-matrix');
    expect(said.filter((text) => /^\d+ of 8$/.test(text))).toHaveLength(20);
    expect(said).toEqual(expect.arrayContaining(['CTNNB1', 'regulator', 'does not apply']));
    expect(said.join(' | ')).toContain('2 | ABCA1 | 7 of 8 | 1 | –');
  });
});
