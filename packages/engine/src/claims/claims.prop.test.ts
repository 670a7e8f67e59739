import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysePlanted, plantedRegulons } from '../../../../tests/support/planted-analysis.js';
import { type PlantedPatient, plantedStudy } from '../../../../tests/support/planted-study.js';
import { faultsInText, sentenceFaults } from '../../../../tests/support/sentence-faults.js';

/** Studies of every shape: no patient with both stages, one sample per arm, patients without a programme, one treatment or two. */
const patient = fc.record({
  untreated: fc.integer({ min: 0, max: 3 }),
  residual: fc.integer({ min: 0, max: 4 }),
  relapse: fc.integer({ min: 0, max: 3 }),
  strength: fc.constantFrom(0, 0.2, 1, -1),
  kept: fc.constantFrom(0, 0.5, 1),
  treatments: fc.constantFrom(['AC'], ['AC', 'capecitabine']),
});
const study = fc
  .record({
    patients: fc.array(patient, { minLength: 1, maxLength: 5 }),
    seed: fc.integer({ min: 1, max: 1000 }),
    effect: fc.constantFrom(0.5, 1.5, 4),
    confounded: fc.boolean(),
    packs: fc.boolean(),
  })
  .map(({ patients, ...rest }) => ({
    ...rest,
    patients: patients
      .map((one, i): PlantedPatient => ({ ...one, patient: `P${String(i + 1)}` }))
      .filter((one) => one.untreated + one.residual + (one.relapse ?? 0) > 0),
  }))
  .filter(({ patients }) => {
    const total = (stage: 'untreated' | 'residual'): number => patients.reduce((sum, one) => sum + one[stage], 0);
    return total('untreated') > 0 && total('residual') > 0;
  });

describe('claims of any study', () => {
  it('are clean sentences in both languages, with finite numbers', async () => {
    await fc.assert(
      fc.asyncProperty(study, async ({ patients, seed, effect, confounded, packs }) => {
        const options = { seed, effect, genes: 120 };
        const planted = plantedStudy(patients, options);
        const { resources, driver } = plantedRegulons(planted, { others: 12 });
        const { result } = await analysePlanted(patients, {
          ...options,
          run: {
            permutations: 100,
            bootstraps: 100,
            regulators: [driver, 'NOPE'],
            markers: ['G0000', 'G0100', 'NOPE'],
          },
          ...(packs ? { resources } : {}),
          ...(confounded ? { technology: ({ stage }) => (stage === 'untreated' ? 'bulk' : '10x') } : {}),
        });
        for (const claim of result.claims) {
          expect(sentenceFaults(claim)).toEqual([]);
          for (const { value, low, high } of claim.numbers)
            for (const one of [value, low, high]) expect(one === null || Number.isFinite(one)).toBe(true);
          if (claim.patients !== null) expect(claim.patients.agree).toBeLessThanOrEqual(claim.patients.asked);
        }
        for (const { text } of [...result.methods, ...result.design]) expect(faultsInText(text)).toEqual([]);
      }),
      { numRuns: 40, seed: 1 },
    );
  });
});
