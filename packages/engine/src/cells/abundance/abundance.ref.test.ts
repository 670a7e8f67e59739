import { describe, expect, it } from 'vitest';
import { readReferenceJson, worstDifference } from '../../../../../tests/support/reference.js';
import type { Stage } from '../../study/types.js';
import type { CellSample } from '../cell-counts.js';
import { composition } from './composition.js';
import { countsTest } from './counts-test.js';
import type { LabelCounts } from './label-counts.js';
import type { PatientUnit } from './patient-units.js';
import { spatialFdr } from './spatial-fdr.js';

/**
 * limma 3.54.1 on our own simulated counts (reference/differential-abundance, reference/composition). Doubles on both sides and
 * 17 digits in the files; the prior degrees of freedom are found by iteration, hence 1e-6 where they enter.
 */
const contrast = { from: 'untreated', to: 'residual' } as const;

describe('cell numbers by voom and limma, units of patients without cells left out', () => {
  const reference = readReferenceJson<{
    readonly counts: readonly (readonly number[])[];
    readonly cells: readonly number[];
    readonly patient: readonly string[];
    readonly stage: readonly Stage[];
    readonly tested: readonly number[];
    readonly logFC: readonly number[];
    readonly se: readonly number[];
    readonly t: readonly number[];
    readonly p: readonly number[];
    readonly dfPrior: number;
    readonly distance: readonly number[];
    readonly spatialFdr: readonly number[];
  }>('differential-abundance/expected.json');
  const units = reference.patient.map(
    (patient, u): PatientUnit => ({ patient, stage: reference.stage[u]!, samples: [u] }),
  );
  const counted = {
    counts: Float64Array.from(reference.counts.flat()),
    cellsPerUnit: Float64Array.from(reference.cells),
  };
  const found = countsTest(counted, units, contrast);
  const pick = (values: Float64Array): number[] => reference.tested.map((place) => values[place]!);

  it('tests the same places', () => {
    const tested = [...found.pValue.keys()].filter((i) => !Number.isNaN(found.pValue[i]));
    expect(tested).toEqual(reference.tested);
  });

  it('gives the same effects, errors and P values', () => {
    expect(worstDifference(pick(found.logFoldChange), reference.logFC, { floor: 1 })).toBeLessThan(1e-10);
    expect(found.dfPrior).toBeCloseTo(reference.dfPrior, 6);
    expect(worstDifference(pick(found.standardError), reference.se)).toBeLessThan(1e-6);
    expect(worstDifference(pick(found.t), reference.t, { floor: 1 })).toBeLessThan(1e-6);
    expect(worstDifference(pick(found.pValue), reference.p)).toBeLessThan(1e-6);
  });

  it('adjusts for the density of places as its definition does', () => {
    expect(worstDifference(pick(spatialFdr(found.pValue, reference.distance)), reference.spatialFdr)).toBeLessThan(
      1e-6,
    );
  });
});

describe('composition by propeller’s formulas and limma', () => {
  interface Expected {
    readonly effect: readonly number[];
    readonly t: readonly number[];
    readonly p: readonly number[];
    readonly fdr: readonly number[];
  }
  type Case = {
    readonly counts: readonly (readonly number[])[];
    readonly stage: readonly Stage[];
    readonly patient?: readonly string[];
  } & Readonly<Record<'logit' | 'arcsine', Expected>>;
  const reference = readReferenceJson<Readonly<Record<'paired' | 'unpaired', Case>>>('composition/expected.json');

  function labelCounts({ counts, stage, patient }: Case): LabelCounts {
    const samples = stage.map(
      (at, s): CellSample => ({
        sample: `sample${String(s)}`,
        patient: patient?.[s] ?? `patient${String(s)}`,
        stage: at,
        treatment: 'none',
        technology: '10x',
      }),
    );
    return { labels: counts.map((_, l) => `label${String(l)}`), samples, counts: Float64Array.from(counts.flat()) };
  }

  it.each([
    ['paired', 'logit'],
    ['paired', 'arcsine'],
    ['unpaired', 'logit'],
    ['unpaired', 'arcsine'],
  ] as const)('%s, %s', (design, transform) => {
    const found = composition(labelCounts(reference[design]), { contrast, transform, minimumCells: 0 });
    const expected = reference[design][transform];
    expect(found.design).toBe(design);
    const column = (key: 'effect' | 't' | 'pValue' | 'pAdjusted'): number[] => found.tests.map((test) => test[key]);
    expect(worstDifference(column('effect'), expected.effect, { floor: 1 })).toBeLessThan(1e-12);
    expect(worstDifference(column('t'), expected.t, { floor: 1 })).toBeLessThan(1e-6);
    expect(worstDifference(column('pValue'), expected.p)).toBeLessThan(1e-5);
    expect(worstDifference(column('pAdjusted'), expected.fdr)).toBeLessThan(1e-5);
  });
});
