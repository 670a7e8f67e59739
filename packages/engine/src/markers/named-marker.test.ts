import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import { randomEffects } from '../stats/meta-analysis.js';
import { markerPatientsTable, markerTable } from './marker-table.js';
import { type NamedMarkerInput, namedMarkers } from './named-marker.js';

const patients = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8'];
const shapes: Record<string, readonly number[]> = {
  SHARED: [1.2, 0.9, 1.5, 1.1, 0.8, 1.3, 1.0, -0.1],
  LOWERED: [-1.2, -0.9, -1.5, -1.1, -0.8, -1.3, -1.0, -0.7],
  SPLIT: [1.8, -1.8, 0.2, -0.2, 1.1, -1.1, 0.3, -0.3],
  ONEPATIENT: [6, 0.1, -0.1, 0.2, 0.1, -0.2, 0.1, 0.1],
};

function inputOf(shape: Record<string, readonly number[]>, names: readonly string[] = patients): NamedMarkerInput {
  const rng = createRng(1, 'markers');
  const noise = Array.from({ length: 200 }, (_, g) => [`N${String(g)}`, names.map(() => 0.5 * rng.normal())] as const);
  const rows = [...Object.entries(shape), ...noise];
  const genes = rows.map(([gene]) => gene);
  const effects = Float64Array.from(rows.flatMap(([, values]) => [...values]));
  const pooled = rows.map(([, values]) =>
    randomEffects(
      values,
      values.map(() => 0.04),
    ),
  );
  const column = (pick: (entry: (typeof pooled)[number]) => number | null): Float64Array =>
    Float64Array.from(pooled, (entry) => pick(entry) ?? NaN);
  const pValue = column((entry) => entry.pValue);
  return {
    fixedEffect: {
      gene: genes,
      logFoldChange: column((entry) => entry.estimate),
      t: column((entry) => (entry.estimate ?? NaN) / (entry.standardError ?? NaN)),
      pAdjusted: benjaminiHochberg(pValue),
    },
    effects: { genes, patients: names, effects, standardErrors: effects.map(() => 0.2) },
    meta: {
      genes,
      effect: column((entry) => entry.estimate),
      low: column((entry) => entry.low),
      high: column((entry) => entry.high),
      level: 0.95,
      pValue,
      pAdjusted: benjaminiHochberg(pValue),
      i2: column((entry) => entry.i2),
    },
  };
}

const input = inputOf(shapes);
const test = (gene: string) => namedMarkers(input, { genes: [gene] })[0]!;

describe('namedMarkers', () => {
  it('calls a marker shared when interval, signs and test agree', () => {
    expect(test('SHARED')).toMatchObject({
      verdict: 'shared',
      direction: 1,
      positive: 7,
      negative: 1,
      agree: 7,
      needed: 6,
    });
    expect(test('LOWERED')).toMatchObject({ verdict: 'shared', direction: -1, agree: 8 });
    expect(test('LOWERED').sentence.en).toBe('LOWERED is shared: raised in 0 and lowered in 8 of 8 patients.');
  });

  it('says how the patients disagree otherwise', () => {
    const split = test('SPLIT');
    expect(split.verdict).toBe('not shared');
    expect(split.sentence.en).toContain(
      'raised in 4 and lowered in 4 of 8 patients (from −1.80 in p2 to +1.80 in p1, log2)',
    );
    expect(split.sentence.fr).toContain('de −1,80 chez p2 à +1,80 chez p1');
    expect(test('ONEPATIENT')).toMatchObject({
      verdict: 'not shared',
      criteria: { intervalExcludesZero: false, signsAgree: true },
    });
  });

  it('gives each patient its interval and the gene its rank', () => {
    const shared = test('SHARED');
    expect(shared.patients[0]).toMatchObject({ patient: 'p1', effect: 1.2, standardError: 0.2 });
    expect(shared.patients[0]!.low).toBeCloseTo(1.2 - 0.2 * 1.959964, 6);
    expect(shared.fixedEffect).toMatchObject({ rank: 1, nRanked: 204 });
  });

  it('corrects for the genes named, and says when a gene would not stand out among all', () => {
    const named = namedMarkers(input, { genes: ['SHARED', 'SPLIT', 'SHARED', 'ABSENT'] });
    expect(named.map((marker) => marker.gene)).toEqual(['SHARED', 'SPLIT', 'ABSENT']);
    expect(named[0]!.pAdjustedNamed).toBeCloseTo(2 * named[0]!.pValue!, 12);
    const weak = inputOf({ WEAK: [0.2, 0.5, 0.1, 0.6, 0.4, 0.3, 0.9, -0.1] });
    const marker = namedMarkers(weak, { genes: ['WEAK'] })[0]!;
    expect(marker.verdict).toBe('shared');
    expect(marker.pAdjustedAll).toBeGreaterThan(0.05);
    expect(marker.sentence.en).toContain('among all genes it would not stand out');
  });

  it('does not invent an answer for an unmeasured gene or for two patients', () => {
    expect(test('ABSENT')).toMatchObject({ verdict: 'not measured', asked: 0, fixedEffect: null });
    const two = namedMarkers(inputOf({ X: [1, 1.1] }, ['p1', 'p2']), { genes: ['X'] })[0]!;
    expect(two.verdict).toBe('not testable');
    expect(two.sentence.en).toContain('2 patients; at least 3 are needed');
  });

  it('refuses an empty name and an impossible rate', () => {
    expect(() => test('')).toThrow(/Name the gene/);
    expect(() => namedMarkers(input, { genes: ['SHARED'], fdr: 1 })).toThrow(/fdr/);
  });

  it('writes its tables', () => {
    const named = namedMarkers(input, { genes: ['SHARED', 'ABSENT'] });
    expect(markerTable(named).nRows).toBe(2);
    expect(markerPatientsTable(named).nRows).toBe(8);
  });
});
