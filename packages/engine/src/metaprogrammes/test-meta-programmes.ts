import type { CellSample } from '../cells/cell-counts.js';
import { mean } from '../core/sum.js';
import type { Rng } from '../core/rng.js';
import { signTest } from '../stats/exact-binomial.js';
import { randomEffects, type RandomEffects } from '../stats/meta-analysis.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import type { StageContrast } from '../study/types.js';

/** Difference of one patient. */
export interface PatientDifference {
  readonly patient: string;
  readonly nFrom: number;
  readonly nTo: number;
  /** Mean score of the `to` samples less that of the `from` samples, natural logarithms. */
  readonly difference: number;
}

/** One meta-programme tested between two stages with the patient as unit. */
export interface MetaProgrammeTest {
  readonly patients: readonly PatientDifference[];
  /** Mean difference of the patients with its interval and P value. */
  readonly pooled: RandomEffects;
  /** Benjamini–Hochberg over the meta-programmes, of the pooled P value; NaN where there is none. */
  readonly pAdjusted: number;
  readonly nRaised: number;
  readonly nLowered: number;
  /** Two-sided exact sign test; NaN without patients. */
  readonly signP: number;
  /** Two-sided sign-flip permutation of the mean; NaN with fewer than two patients. */
  readonly permutationP: number;
  /** Smallest P value that flipping signs can give with so many patients. */
  readonly permutationPLeast: number;
}

/** Flips are enumerated up to this many patients and drawn beyond. */
const enumerated = 16;
const draws = 9999;

/**
 * Compares each meta-programme's score between two stages: one difference per patient with both, their mean with the Hartung–Knapp
 * interval, and beside it the sign and sign-flip tests, which ask less of the differences but cannot give small P values with few
 * patients. Samples of a patient are averaged first, so a patient with many counts once.
 *
 * @param scores - per meta-programme one score per sample
 * @param options - `samples` in the order of the scores
 */
export function testMetaProgrammes(
  scores: readonly Float64Array[],
  options: { readonly samples: readonly CellSample[]; readonly contrast: Pick<StageContrast, 'from' | 'to'> },
  rng: Rng,
): readonly MetaProgrammeTest[] {
  const tests = scores.map((score, k) => testOne(patientDifferences(score, options), rng.split('flips', k)));
  const pAdjusted = benjaminiHochberg(tests.map((test) => test.pooled.pValue ?? NaN));
  return tests.map((test, k) => ({ ...test, pAdjusted: pAdjusted[k] as number }));
}

function patientDifferences(
  score: Float64Array,
  {
    samples,
    contrast,
  }: { readonly samples: readonly CellSample[]; readonly contrast: Pick<StageContrast, 'from' | 'to'> },
): readonly PatientDifference[] {
  return [...new Set(samples.map((sample) => sample.patient))].flatMap((patient) => {
    const at = (stage: string): readonly number[] =>
      samples.flatMap((sample, s) =>
        sample.patient === patient && sample.stage === stage && !Number.isNaN(score[s]) ? [score[s] as number] : [],
      );
    const [from, to] = [at(contrast.from), at(contrast.to)];
    if (from.length === 0 || to.length === 0) return [];
    return [{ patient, nFrom: from.length, nTo: to.length, difference: mean(to) - mean(from) }];
  });
}

function testOne(patients: readonly PatientDifference[], rng: Rng): Omit<MetaProgrammeTest, 'pAdjusted'> {
  const differences = patients.map(({ difference }) => difference);
  const unknown = differences.map(() => NaN);
  const nRaised = differences.filter((difference) => difference > 0).length;
  const nLowered = differences.filter((difference) => difference < 0).length;
  return {
    patients,
    pooled: randomEffects(differences, unknown),
    nRaised,
    nLowered,
    signP: differences.length > 0 ? signTest(nRaised, nLowered) : NaN,
    permutationP: differences.length < 2 ? NaN : signFlipP(differences, rng),
    permutationPLeast: leastP(differences.length),
  };
}

/** Share of sign flips whose mean is as far from zero as the one seen, which is among them. */
function signFlipP(differences: readonly number[], rng: Rng): number {
  const n = differences.length;
  const least = Math.abs(differences.reduce((sum, d) => sum + d, 0)) * (1 - 1e-12);
  const reaches = (isFlipped: (i: number) => boolean): boolean =>
    Math.abs(differences.reduce((sum, d, i) => sum + (isFlipped(i) ? -d : d), 0)) >= least;
  let reached = 0;
  if (n <= enumerated) {
    const all = 2 ** n;
    for (let code = 0; code < all; code++) if (reaches((i) => ((code >> i) & 1) === 1)) reached += 1;
    return reached / all;
  }
  for (let draw = 0; draw < draws; draw++) if (reaches(() => rng.uniform() < 0.5)) reached += 1;
  return (1 + reached) / (1 + draws);
}

function leastP(n: number): number {
  if (n < 2) return NaN;
  return n <= enumerated ? 2 / 2 ** n : 1 / (1 + draws);
}
