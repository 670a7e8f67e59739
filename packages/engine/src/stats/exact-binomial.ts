import { OptionError } from '../core/errors.js';
import { betaQuantile, betaUpper } from './distributions.js';

/** A proportion with its exact interval. */
export interface BinomialInterval {
  /** Successes over trials; NaN without trials. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/**
 * Clopper–Pearson interval of a proportion: the beta quantiles B(α/2; x, n − x + 1) and B(1 − α/2; x + 1, n − x).
 *
 * @param successes - whole number, zero to `trials`
 * @param trials - whole number
 * @returns the proportion and its interval within 0 to 1; the whole of it without trials
 * @throws OptionError for counts that are not whole or do not fit, or a level outside 0 to 1
 * @see doi:10.1093/biomet/26.4.404; R's `binom.test`
 */
export function clopperPearson(
  successes: number,
  trials: number,
  options: { readonly level?: number } = {},
): BinomialInterval {
  const { level = 0.95 } = options;
  checkCounts(successes, trials);
  if (!(level > 0 && level < 1))
    throw new OptionError('An interval level must be between 0 and 1.', { found: String(level) });
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  return {
    estimate: successes / trials,
    low: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures === 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures),
    level,
  };
}

/** Upper tail P(X ≥ successes) of the binomial distribution, I_p(x, n − x + 1). */
export function binomialUpper(successes: number, trials: number, probability: number): number {
  checkCounts(successes, trials);
  if (!(probability >= 0 && probability <= 1)) throw new OptionError('A probability must be from 0 to 1.');
  if (successes === 0) return 1;
  return betaUpper(1 - probability, trials - successes + 1, successes);
}

/**
 * Exact sign test: two-sided P value of `positives` against `negatives` under equal chances; ties are left out beforehand.
 *
 * @returns 0 to 1; one without any sign
 * @see R's `binom.test(positives, positives + negatives)`
 */
export function signTest(positives: number, negatives: number): number {
  const larger = Math.max(positives, negatives);
  return Math.min(1, 2 * binomialUpper(larger, positives + negatives, 0.5));
}

function checkCounts(successes: number, trials: number): void {
  if (Number.isInteger(successes) && Number.isInteger(trials) && successes >= 0 && successes <= trials) return;
  throw new OptionError('Successes and trials must be whole numbers, successes at most the trials.', {
    found: `${String(successes)} of ${String(trials)}`,
  });
}
