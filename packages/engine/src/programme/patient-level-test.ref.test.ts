import { expect, it } from 'vitest';
import { readReferenceJson, worstDifference } from '../../../../tests/support/reference.js';
import type { PatientEffects } from './patient-effects.js';
import { patientLevelTest, patientsWithout } from './patient-level-test.js';

/** limma 3.54.1 `eBayes(lmFit(effects, intercept))` (reference/patient-level-test/patient-level-test.R). */
interface Expected {
  readonly nPatients: number;
  readonly effects: readonly number[];
  readonly meanEffect: readonly number[];
  readonly t: readonly number[];
  readonly pValue: readonly number[];
  readonly dfPrior: number;
  readonly dfTotal: number;
}
const expected = readReferenceJson<Expected>('patient-level-test/expected.json');
const k = expected.nPatients;
const nGenes = expected.effects.length / k;
const effects: PatientEffects = {
  contrast: { from: 'untreated', to: 'residual' },
  genes: Array.from({ length: nGenes }, (_, g) => `G${String(g)}`),
  patients: Array.from({ length: k }, (_, p) => `P${String(p)}`),
  nFrom: new Int32Array(k).fill(1),
  nTo: new Int32Array(k).fill(1),
  effects: Float64Array.from(expected.effects),
  standardErrors: new Float64Array(nGenes * k).fill(NaN),
  basis: 'none',
  dfResidual: 0,
  averageExpression: new Float64Array(nGenes),
  notTestable: [],
  warnings: [],
};

it('the moderated t over patients equals limma', () => {
  const found = patientLevelTest(effects, patientsWithout(effects));
  // The prior degrees of freedom come from an iteration on trigamma, which both sides stop near 1e-8.
  expect(worstDifference([found.dfPrior, found.dfTotal], [expected.dfPrior, expected.dfTotal])).toBeLessThan(1e-7);
  expect(worstDifference(found.meanEffect, expected.meanEffect, { floor: 1e-3 })).toBeLessThan(1e-12);
  expect(worstDifference(found.t, expected.t, { floor: 1e-3 })).toBeLessThan(1e-7);
  expect(worstDifference(found.pValue, expected.pValue)).toBeLessThan(1e-6);
});

it('leaves out the patients it is told to', () => {
  expect(patientsWithout(effects, 'P0', 'P5')).toEqual([1, 2, 3, 4]);
});
