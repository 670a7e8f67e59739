/** The cells of one sample called at a false-discovery rate. */
export interface SampleCall {
  readonly nCalled: number;
  /** Lowest probability called; null when nothing is. */
  readonly threshold: number | null;
  /** Mean probability of a called cell not to be a persister; null when nothing is called. */
  readonly expectedFdr: number | null;
}

/** How cells of one sample are called. */
export interface CallCellsOptions {
  readonly fdr: number;
  /** Set to 1 for the called cells. */
  readonly called: Uint8Array;
  /** Calls that untreated cells lead to expect among those of at least a probability; null: not compared. */
  readonly expectedNulls: ((probability: number) => number) | null;
}

/**
 * Calls as many cells of one sample as possible, those of highest probability first, such that the mean of 1 − probability over the
 * called cells is at most `fdr` (the Bayesian false-discovery rate), so is the share of calls that untreated cells lead to
 * expect, and no called cell is more likely not to be a persister. Within one sample, so that a residual sample full of persisters does
 * not pay for calls in an untreated one.
 *
 * @param cells - the cells of the sample
 * @see Newton et al. 2004, doi:10.1093/biostatistics/5.2.155
 */
export function callCells(
  probability: Float64Array,
  cells: readonly number[],
  { fdr, called, expectedNulls }: CallCellsOptions,
): SampleCall {
  const ranked = cells.filter((c) => (probability[c] as number) > 0.5);
  ranked.sort((a, b) => (probability[b] as number) - (probability[a] as number) || a - b);
  let error = 0;
  let nCalled = 0;
  let expectedFdr: number | null = null;
  for (const [i, c] of ranked.entries()) {
    const p = probability[c] as number;
    error += 1 - p;
    if (error > fdr * (i + 1)) break;
    if (expectedNulls !== null && expectedNulls(p) > fdr * (i + 1)) continue;
    nCalled = i + 1;
    expectedFdr = error / (i + 1);
  }
  for (const c of ranked.slice(0, nCalled)) called[c] = 1;
  return {
    nCalled,
    threshold: nCalled === 0 ? null : (probability[ranked[nCalled - 1] as number] as number),
    expectedFdr,
  };
}
