import type { FigureId, Table } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { hillCurve } from './figures/hill-curve.js';
import { switchSideTables, switchTables } from './testing/switch-tables.test-helper.js';
import { missingFigures } from './render-figures.js';
import { expectFitsPage, figuresOf, labelsOf, studyOf } from './testing/drawn-figures.test-helper.js';
import { without } from './testing/table-from-rows.test-helper.js';

const ids: readonly FigureId[] = ['switch-regulators', 'knock-out', 'switch-shape', 'switch-response'];
/** What an A4 page holds of a figure at the width of the page, with a caption under it. */
const pageHeight = 1160;
const { draw } = figuresOf(ids);

const tablesOf = (patients: number): readonly Table[] => [...switchTables(patients), ...switchSideTables(patients)];

describe('figures of the switch', () => {
  it.each([
    [1, 'en'],
    [2, 'fr'],
    [5, 'en'],
    [9, 'fr'],
    [20, 'en'],
    [20, 'fr'],
  ] as const)('draws %i patients on a page (%s), well formed and inside the frame', (patients, lang) => {
    const drawn = draw(tablesOf(patients), lang);
    expect([...drawn.keys()].sort()).toEqual([...ids].sort());
    for (const [id, svg] of drawn) {
      expectFitsPage(id, svg, pageHeight);
      expect(
        labelsOf(svg).filter((text) => text.endsWith('…')),
        id,
      ).toEqual([]);
      if (lang === 'fr')
        expect(
          labelsOf(svg).filter((text) => /\d\.\d/.test(text)),
          id,
        ).toEqual([]);
    }
  });

  it('is left out with a reason where its table is missing or holds no number', () => {
    const reasons = missingFigures(studyOf([]), { lang: 'fr' }).filter(({ id }) => ids.includes(id));
    expect(reasons.map(({ id }) => id).sort()).toEqual([...ids].sort());
    for (const { reason } of reasons) expect(reason).toContain('n’a pas produit la table');
    const missing = (tables: readonly Table[]): string[] =>
      missingFigures(studyOf(tables), { lang: 'en' })
        .filter(({ id }) => ids.includes(id))
        .map(({ id }) => id);
    const all = tablesOf(1);
    expect(missing(without(all, 'switch_regulators', 'rank'))).toEqual(['switch-regulators']);
    expect(missing(without(all, 'knock_out', 'knock_out'))).toEqual(['knock-out']);
    expect(missing(without(all, 'switch_shape', 'two_over_graded'))).toEqual(['switch-shape']);
    expect(missing(without(all, 'switch_response', 'level'))).toEqual(['switch-response']);
  });

  it('draws the fitted curves where the cells are not listed, and gives the same bytes twice', () => {
    const alone = draw(switchTables(2)).get('switch-shape') ?? '';
    expect(alone).toContain('<path');
    expect(labelsOf(alone)).not.toContain('untreated');
    expect(draw(tablesOf(2))).toEqual(draw(tablesOf(2)));
  });
});

describe('what the figures of the switch say', () => {
  const figures = draw(tablesOf(3));
  const french = draw(tablesOf(3), 'fr');
  const said = (id: FigureId): string => labelsOf(figures.get(id) ?? '').join(' | ');

  it('regulators: families together, every rank with its number, and the one asked for by name far down', () => {
    const order = labelsOf(figures.get('switch-regulators') ?? '').filter((text) =>
      /^(FOSL|JUNB|KLF|AHR|ZNF)/.test(text),
    );
    expect(order.slice(0, 5)).toEqual(['FOSL1', 'JUNB', 'FOSL2', 'KLF5', 'AHR']);
    expect(order.at(-1)).toBe('ZNF130');
    expect(said('switch-regulators')).toContain('1 | FOSL1 | 1 | +15.2 | 1 | 3 / 3');
    expect(said('switch-regulators')).toContain('29 / 1.6 | 1.0 × 10⁻³ | 1');
    expect(said('switch-regulators')).toContain('⋮ 34 regulators not shown');
    expect(said('switch-regulators')).toContain('No data for: Chromatin.');
  });

  it('regulators: RNA that does not count has its number and no rank', () => {
    expect(said('switch-regulators')).toContain('2 | JUNB | 2 | +7.6 | 2 | 3 / 3 | +0.20 | 2 | 26 / 1.6');
  });

  it('knock-out: shares in per cent, a mark beyond random regulons filled, and who could not be tested', () => {
    const svg = figures.get('knock-out') ?? '';
    expect(said('knock-out')).toContain('FOSL1 | more active · 40 targets | 22.6 [21.0 to 24.2] | 3 / 3 | 1.0 × 10⁻³');
    expect(said('knock-out')).toContain('KLF5 | more active · 40 targets | 1.1 [−0.5 to 2.7]');
    expect(svg.match(/fill="#0072B2" stroke="#0072B2"/g)).toHaveLength(1);
    expect(said('knock-out')).toContain('Not testable: AHR (its regulon has too few measured targets).');
    expect(labelsOf(french.get('knock-out') ?? '')).toContain('Non testable\u00a0: AHR (trop peu de cibles mesurées).');
  });

  it('shape: the verdict of every patient with its numbers, the controls, and who could not be tested', () => {
    expect(said('switch-shape')).toContain(
      'MM468 | on–off (two states) | 619 cells · two − graded +0.238 ± 0.020 · D 5.2 · dip P 0.001 | controls: 3 of 4 the same',
    );
    expect(said('switch-shape')).toContain('HBCx17 | graded');
    expect(said('switch-shape')).toContain('Not testable: HBCx24 (persister cells were not shown');
    const held = labelsOf(draw(tablesOf(5), 'fr').get('switch-shape') ?? '');
    expect(held).toEqual(expect.arrayContaining(['indéterminé', 'les formes prédisent à peu près aussi bien']));
  });

  it('response: at least the bound where the search ran into it, and what could not be read', () => {
    expect(said('switch-response')).toContain('FOSL1 · MM468 | ultrasensitive | Hill at least 32 [4.1 to ≥ 32]');
    expect(said('switch-response')).toContain('KLF5 · MM468 | cannot tell | Hill 2.3 [≤ 0.125 to 25.7]');
    expect(said('switch-response')).toContain(
      'Not read (fewer than five activated targets outside the programme): AHR MM468, HBCx17, HBCx24.',
    );
    expect(labelsOf(draw(tablesOf(20)).get('switch-response') ?? '').join(' | ')).toContain('16 more pairs');
  });

  it('response: the curve goes through the points it was fitted to', () => {
    const shape = { hill: 4, halfLevel: 1.3 };
    const truth = (x: number): number => 0.2 + 0.9 / (1 + (1.3 / x) ** 4);
    const points = [0.4, 0.8, 1.1, 1.6, 2.4].map((x, i) => ({ x, y: truth(x), weight: 1 + i }));
    const curve = hillCurve(points, shape);
    for (const x of [0, 0.5, 1.3, 3]) expect(curve(x)).toBeCloseTo(x === 0 ? 0.2 : truth(x), 12);
  });
});
