import { log2 } from '../core/pinned-math.js';
import { OptionError } from '../core/errors.js';
import type { ExpressionMatrix } from '../data/expression.js';
import { columnSums } from './tmm.js';

/** Options of `logCpm`. */
export interface LogCpmOptions {
  /** Effective library size per sample (total × TMM factor); the column sums when left out. */
  readonly librarySizes?: ArrayLike<number>;
  /** Count added to every gene of an average library. Default 2. */
  readonly prior?: number;
}

/**
 * Counts per million on the log2 scale: log2((y + p_s) / (N_s + 2 p_s) · 10⁶), where the prior of a sample is scaled with
 * its library, p_s = prior · N_s / mean(N), so that a zero is the same value in every sample.
 *
 * @param counts - raw counts, genes × samples
 * @returns the same shape in log2 counts per million
 * @throws OptionError when library sizes do not fit or the prior is not above zero; FormatError for a value that is no count
 * @see edgeR 3.40 `cpm(log = TRUE, prior.count = 2)`
 */
export function logCpm(counts: ExpressionMatrix, options: LogCpmOptions = {}): ExpressionMatrix {
  const { prior = 2 } = options;
  const n = counts.samples.length;
  const sums = columnSums(counts);
  const sizes = Float64Array.from(options.librarySizes ?? sums);
  if (sizes.length !== n || !sizes.every((size) => size > 0 && size < Infinity)) {
    throw new OptionError('Counts per million need one library size above zero per sample.');
  }
  if (!(prior > 0)) throw new OptionError('The prior count must be above zero.', { found: String(prior) });
  const mean = sizes.reduce((sum, size) => sum + size, 0) / n;
  const priors = sizes.map((size) => (prior * size) / mean);
  const totals = sizes.map((size, s) => size + 2 * (priors[s] as number));
  const values = new Float64Array(counts.values.length);
  for (let k = 0, s = 0; k < values.length; k++) {
    values[k] = log2((((counts.values[k] as number) + (priors[s] as number)) / (totals[s] as number)) * 1e6);
    s = s + 1 === n ? 0 : s + 1;
  }
  return { genes: counts.genes, samples: counts.samples, values };
}
