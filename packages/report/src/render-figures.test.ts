import { describe, expect, it } from 'vitest';
import { figureIds } from './figures/registry.js';
import { missingFigures, renderFigures } from './render-figures.js';
import { referenceStudy, simulatedStudy } from './testing/reference-study.test-helper.js';
import { parseStrictly } from './testing/well-formed.test-helper.js';

const study = simulatedStudy(600);
const svgOf = (id: string, lang: 'en' | 'fr' = 'en'): string =>
  renderFigures(study, { lang }).find((figure) => figure.id === id)?.svg ?? '';
const labelsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '');

describe('renderFigures', () => {
  it('draws every figure, or gives its reason', () => {
    const drawn = renderFigures(study, { lang: 'en' }).map((figure) => figure.id);
    expect(drawn).toEqual(figureIds);
    expect(missingFigures(study, { lang: 'en' })).toEqual([]);
    const bare = { ...referenceStudy(50), tables: [] };
    expect(renderFigures(bare, { lang: 'fr' })).toEqual([]);
    const missing = missingFigures(bare, { lang: 'fr' });
    expect(missing.map((figure) => figure.id)).toEqual(figureIds);
    for (const { reason } of missing) expect(reason.length).toBeGreaterThan(10);
  });

  it.each(['en', 'fr'] as const)('writes standalone, well-formed files that load nothing (%s)', (lang) => {
    for (const { id, svg, title } of renderFigures(study, { lang })) {
      const elements = parseStrictly(svg);
      expect(svg, id).toMatch(
        /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /,
      );
      expect(svg.replace('http://www.w3.org/2000/svg', ''), id).not.toMatch(
        /https?:|href=| style=|url\(|<script|<image/,
      );
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      expect(elements.map(({ name }) => name)).toContain('title');
      expect(title.length).toBeGreaterThan(5);
    }
  });

  it('keeps every mark and label inside its frame', () => {
    for (const { id, svg } of renderFigures(study, { lang: 'fr' })) {
      const [width, height] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).slice(1).map(Number) as [
        number,
        number,
      ];
      for (const [, x, y] of svg.matchAll(/<text x="([-\d.]+)" y="([-\d.]+)"/g)) {
        expect(Number(x), `${id} text x`).toBeGreaterThanOrEqual(0);
        expect(Number(x), `${id} text x`).toBeLessThanOrEqual(width);
        expect(Number(y), `${id} text y`).toBeLessThanOrEqual(height);
      }
      for (const [, x, y] of svg.matchAll(/<circle cx="([-\d.]+)" cy="([-\d.]+)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(width);
        expect(Number(y)).toBeLessThanOrEqual(height);
      }
    }
  });

  it('writes French numbers with a comma', () => {
    for (const { id, svg } of renderFigures(study, { lang: 'fr' })) {
      expect(
        labelsOf(svg).filter((text) => /\d\.\d/.test(text)),
        id,
      ).toEqual([]);
    }
  });
});

describe('what the figures say', () => {
  it('volcano: counts calls, labels the strongest and the genes asked for by name', () => {
    const labels = labelsOf(svgOf('volcano'));
    const calls = study.tables
      .find((table) => table.name === 'programme_genes')
      ?.columns.find((column) => column.name === 'call')?.values as string[];
    expect(labels).toContain(`${String(calls.filter((call) => call === 'up').length)} up ►`);
    expect(labels).toContain(`◄ ${String(calls.filter((call) => call === 'down').length)} down`);
    for (const gene of ['FOSL1', 'CD44', 'ABCA1', 'SQLE']) expect(labels).toContain(gene);
  });

  it('regulators: shows a named one at its rank wherever it is', () => {
    const labels = labelsOf(svgOf('regulator-ranking'));
    expect(labels).toContain('FOSL1');
    expect(labels).toContain('66');
    expect(labels).toContain('⋮ 55 regulators not shown');
  });

  it('reversal: gives the index and lists who could not be tested, and why', () => {
    const labels = labelsOf(svgOf('reversal')).join(' | ');
    expect(labels).toContain('0.98 | 0.99 [0.94 to 1.05] | 0 / 891 | 171 / 200 | returned');
    expect(labels).toContain('Not testable: HBCx14, HBCx172, HBCx218, HBCx221, HBCx39, HBCx95 (no relapse sample).');
  });

  it('patient forest: flags the outlier and writes every interval', () => {
    const labels = labelsOf(svgOf('patient-forest', 'fr'));
    expect(labels).toContain('atypique');
    expect(labels).toContain('+0,17 [−0,22 à 0,55]');
  });

  it('leave-one-out: an arm with one sample gets no AUC', () => {
    const labels = labelsOf(svgOf('leave-one-out'));
    expect(labels.filter((text) => text.includes('higher (one sample)'))).toHaveLength(5);
    expect(labels.filter((text) => text === '0.99')).toHaveLength(1);
  });

  it('heatmap: signature genes above the diagonal, all genes below', () => {
    const svg = svgOf('treatment-heatmap');
    const arms = labelsOf(svg).filter((text) => text.includes(' · '));
    const names = arms.slice(0, arms.length).filter((name, i) => arms.indexOf(name) === i);
    const cells = [
      ...svg.matchAll(
        /<text x="([\d.]+)" y="([\d.]+)" font-size="10\.5" text-anchor="middle" fill="#\w+">(−?\d\.\d\d)</g,
      ),
    ].map(([, x, y, text]) => ({ x: Number(x), y: Number(y), text }));
    const [xs, ys] = [cells.map((cell) => cell.x), cells.map((cell) => cell.y)].map((all) =>
      [...new Set(all)].sort((a, b) => a - b),
    );
    expect([names.length, xs?.length, ys?.length, cells.length]).toEqual([11, 11, 11, 110]);
    const pairs = study.tables.find((table) => table.name === 'treatment_correlations');
    const column = (name: string): ArrayLike<unknown> => pairs?.columns.find((c) => c.name === name)?.values ?? [];
    const written = (value: unknown): string => (value as number).toFixed(2).replace('-', '−');
    for (let i = 0; i < (pairs?.nRows ?? 0); i++) {
      const ends = ['a', 'b'].map((end) =>
        names.indexOf(`${String(column(`patient_${end}`)[i])} · ${String(column(`treatment_${end}`)[i])}`),
      );
      const [first = -1, second = -1] = ends.sort((a, b) => a - b);
      const at = (row: number, col: number): string | undefined =>
        cells.find((cell) => cell.y === ys?.[row] && cell.x === xs?.[col])?.text;
      expect(at(first, second)).toBe(written(column('correlation_signature')[i]));
      expect(at(second, first)).toBe(written(column('correlation_all')[i]));
    }
  });

  it('vote: totals both directions, as the permutations do', () => {
    const labels = labelsOf(svgOf('vote-null'));
    expect(labels).toContain('526');
    expect(labels).toContain('4.7%');
  });

  it('sample maps: count stages in each cluster and print the agreement', () => {
    expect(labelsOf(svgOf('pca-corrected'))).toEqual(
      expect.arrayContaining([
        '40',
        '23',
        '22',
        'stage 0.74 · technology −0.01 · patient −0.02',
        'blind to stage: stage 0.69 · technology 0.00 · patient −0.01',
      ]),
    );
    expect(labelsOf(svgOf('pca-raw'))).toContain('stage 0.02 · technology 0.81 · patient 0.38');
  });
});
