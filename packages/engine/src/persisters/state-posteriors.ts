import { logDensity, logMixture, logRatio, monotoneLogRatio, stateProbability } from './component-density.js';
import { type MixtureInput, shiftPrecision, type StateMixture, statesOf, strengthPrior } from './state-mixture.js';
import { log } from '../core/pinned-math.js';

/** Posterior probability of the persister state in every cell, never lower at a higher score; NaN for cells without a score. */
export function callProbabilities(input: MixtureInput, state: StateMixture): Float64Array {
  const { scores, sampleOf } = input;
  return Float64Array.from(sampleOf, (j, c) =>
    Number.isNaN(scores.z[c])
      ? NaN
      : stateProbability(state.fraction[j] as number, monotoneLogRatio(scores, c, statesOf(state, j))),
  );
}

/** Posterior probabilities under the densities themselves, for fitting. */
export function fitProbabilities({ scores, sampleOf }: MixtureInput, state: StateMixture, into: Float64Array): void {
  for (let c = 0; c < sampleOf.length; c++) {
    const j = sampleOf[c] as number;
    into[c] = Number.isNaN(scores.z[c])
      ? NaN
      : stateProbability(state.fraction[j] as number, logRatio(scores, c, statesOf(state, j)));
  }
}

/** Log likelihood of all cells with the log priors of strength and null means: what starts are compared by. */
export function penalisedLogLikelihood({ scores, sampleOf, untreated }: MixtureInput, state: StateMixture): number {
  let sum = 0;
  sampleOf.forEach((j, c) => {
    if (Number.isNaN(scores.z[c])) return;
    const states = statesOf(state, j);
    sum += logDensity(scores, c, scores.z[c] as number, states.untreated);
    sum += logMixture(state.fraction[j] as number, logRatio(scores, c, states));
  });
  const anchors = state.untreatedMean.filter((_, j) => untreated[j] === true);
  const centre = anchors.reduce((total, mean) => total + mean, 0) / anchors.length;
  const tie = shiftPrecision(state.strength);
  for (const mean of state.untreatedMean) sum += (log(tie) - tie * (mean - centre) * (mean - centre)) / 2;
  const deviation = state.strength - strengthPrior.mean;
  return sum - (deviation * deviation) / (2 * strengthPrior.variance);
}

/** The fraction of every sample over all its cells, means and spreads as they are. */
export function refitFractions(
  { scores, sampleOf }: MixtureInput,
  state: StateMixture,
  tolerance: number,
): Float64Array {
  const ratio = Float64Array.from(sampleOf, (j, c) => logRatio(scores, c, statesOf(state, j)));
  let { fraction } = state;
  for (let iteration = 0; iteration < 1000; iteration++) {
    const sums = new Float64Array(fraction.length);
    const cells = new Float64Array(fraction.length);
    for (let c = 0; c < sampleOf.length; c++) {
      if (Number.isNaN(ratio[c])) continue;
      const j = sampleOf[c] as number;
      cells[j] = (cells[j] as number) + 1;
      sums[j] = (sums[j] as number) + stateProbability(fraction[j] as number, ratio[c] as number);
    }
    const next = sums.map((sum, j) => (cells[j] === 0 ? 0 : sum / (cells[j] as number)));
    const change = next.reduce((most, pi, j) => Math.max(most, Math.abs(pi - (fraction[j] as number))), 0);
    fraction = next;
    if (change < tolerance) break;
  }
  return fraction;
}
