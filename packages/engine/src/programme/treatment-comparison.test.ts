import { describe, expect, it } from 'vitest';
import { plantedStudy } from '../../../../tests/support/planted-study.js';
import { normalizeInput } from './input.js';
import { patientEffects } from './patient-effects.js';
import { treatmentComparison } from './treatment-comparison.js';

const contrast = { from: 'untreated', to: 'residual' } as const;
const options = { contrast, signatureSize: 20 };
const compare = (patients: Parameters<typeof plantedStudy>[0], plan?: Parameters<typeof plantedStudy>[1]) => {
  const input = normalizeInput(plantedStudy(patients, plan).input);
  return treatmentComparison(input, patientEffects(input, { contrast }), options);
};

describe('treatment comparison', () => {
  const found = compare([
    { patient: 'A', untreated: 3, residual: 6, treatments: ['x', 'y'] },
    { patient: 'B', untreated: 1, residual: 1, treatments: ['x'] },
    { patient: 'C', untreated: 1, residual: 2, treatments: ['y', 'z'] },
    { patient: 'D', untreated: 2, residual: 2, treatments: ['x'] },
  ]);

  it('lists each patient and treatment with its samples', () => {
    expect(found.conditions).toEqual([
      { patient: 'A', treatment: 'x', nTo: 3, nFrom: 3 },
      { patient: 'A', treatment: 'y', nTo: 3, nFrom: 3 },
      { patient: 'B', treatment: 'x', nTo: 1, nFrom: 1 },
      { patient: 'C', treatment: 'y', nTo: 1, nFrom: 1 },
      { patient: 'C', treatment: 'z', nTo: 1, nFrom: 1 },
      { patient: 'D', treatment: 'x', nTo: 2, nFrom: 2 },
    ]);
    expect(found.summaries.map((s) => [s.relation, s.nPairs])).toEqual([
      ['within-patient', 2],
      ['between-patients-same-treatment', 4],
      ['between-patients-other-treatment', 9],
    ]);
  });

  it('is symmetric with ones on the diagonal, and finds the shared programme on signature genes', () => {
    const n = found.conditions.length;
    for (let i = 0; i < n; i++) {
      expect(found.correlation[i * n + i]).toBe(1);
      for (let j = 0; j < n; j++) expect(found.correlation[i * n + j]).toBe(found.correlation[j * n + i]);
    }
    for (const pair of found.pairs) expect(pair.signatureCorrelation.value).toBeGreaterThan(0.85);
  });

  it('takes out what shared untreated samples add', () => {
    // Nothing is planted: all that two treatments of one patient have in common is their control.
    const nothing = compare(
      [
        { patient: 'A', untreated: 2, residual: 8, treatments: ['x', 'y'] },
        ...['B', 'C', 'D'].map((patient) => ({ patient, untreated: 2, residual: 2 })),
      ],
      { up: 0, down: 0, genes: 600 },
    );
    const within = nothing.pairs.find((pair) => pair.relation === 'within-patient');
    expect(within?.correlation.value).toBeGreaterThan(0.4);
    expect(Math.abs(within?.withoutSharedControl ?? 1)).toBeLessThan(0.15);
  });

  it('does not correct what it cannot see', () => {
    const single = found.pairs.find((pair) => pair.a === 3 && pair.b === 4);
    expect(single).toMatchObject({ relation: 'within-patient', withoutSharedControl: null });
    expect(
      found.pairs.filter((p) => p.relation !== 'within-patient').every((p) => p.withoutSharedControl === null),
    ).toBe(true);
  });

  it('says why there is no signature correlation', () => {
    const few = compare([
      { patient: 'A', untreated: 1, residual: 2, treatments: ['x', 'y'] },
      { patient: 'B', untreated: 1, residual: 1 },
    ]);
    expect(few.pairs[1]?.signatureCorrelation).toMatchObject({
      value: null,
      status: 'not-identifiable',
      reasons: ['fewer than two other patients to learn a signature from'],
    });
    const one = compare([{ patient: 'A', untreated: 1, residual: 1 }]);
    expect(one).toMatchObject({ status: 'not-identifiable', pairs: [] });
  });
});
