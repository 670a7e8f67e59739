import { exp, log } from '../../core/pinned-math.js';

/** How often each count occurs, in increasing order of the count. */
interface Frequencies {
  readonly counts: readonly number[];
  readonly times: readonly number[];
}

/** Two-sided 95 % normal quantile, as in the paper: Turing's estimate is used while it differs from the line by more. */
const confidence = 1.96;

/**
 * Proportions from counts by simple Good–Turing smoothing: what was never seen still has a share.
 *
 * With N_r the number of genes counted r times and N the total count, genes with no count share `P0 = N_1 / N` equally. A gene counted
 * r times gets `(1 − P0) · r* / Σ N_r r*`, where `r* = (r + 1) N_{r+1} / N_r` while that differs from the smoothed
 * `r (1 + 1/r)^{b+1}` by more than 1.96 of its standard errors, and the smoothed value from there on; b is the slope of `log Z_r` on
 * `log r`, with `Z_r = 2 N_r / (r_next − r_previous)`.
 *
 * @param counts - whole numbers ≥ 0, one per gene
 * @returns proportions that sum to one; all NaN when every count is zero
 * @see Gale and Sampson 1995, doi:10.1080/09296179508590051; `edgeR::goodTuringProportions` 3.40. Where no gene has a zero count, P0 is
 * given back to the others, so that the proportions still sum to one.
 */
export function goodTuringProportions(counts: ArrayLike<number>): Float64Array {
  const frequencies = countFrequencies(counts);
  const total = frequencies.counts.reduce((sum, r, i) => sum + r * (frequencies.times[i] as number), 0);
  const nUnseen = counts.length - frequencies.times.reduce((sum, n) => sum + n, 0);
  const seenOnce = frequencies.counts[0] === 1 ? (frequencies.times[0] as number) : 0;
  const unseen = nUnseen === 0 ? 0 : seenOnce / total;
  const adjusted = adjustedCounts(frequencies);
  const weight = adjusted.reduce((sum, r, i) => sum + r * (frequencies.times[i] as number), 0);
  const share = new Map(frequencies.counts.map((r, i) => [r, ((1 - unseen) * (adjusted[i] as number)) / weight]));
  return Float64Array.from(counts, (count) => (count === 0 ? unseen / nUnseen : (share.get(count) as number)));
}

function countFrequencies(counts: ArrayLike<number>): Frequencies {
  const times = new Map<number, number>();
  for (let g = 0; g < counts.length; g++) {
    const count = counts[g] as number;
    if (count > 0) times.set(count, (times.get(count) ?? 0) + 1);
  }
  const sorted = [...times].sort(([a], [b]) => a - b);
  return { counts: sorted.map(([r]) => r), times: sorted.map(([, n]) => n) };
}

/** The adjusted count r* of every count that occurs. */
function adjustedCounts({ counts, times }: Frequencies): number[] {
  if (counts.length < 2) return [...counts];
  const slope = slopeOfFrequencies({ counts, times });
  let smoothed = false;
  return counts.map((r, i) => {
    const fromLine = r * exp((slope + 1) * log(1 + 1 / r));
    const n = times[i] as number;
    const nNext = counts[i + 1] === r + 1 ? (times[i + 1] as number) : 0;
    const turing = ((r + 1) * nNext) / n;
    const error = Math.sqrt((((r + 1) * (r + 1) * nNext) / (n * n)) * (1 + nNext / n));
    smoothed ||= nNext === 0 || Math.abs(turing - fromLine) <= confidence * error;
    return smoothed ? fromLine : turing;
  });
}

/** Slope of the least-squares line of log Z_r on log r. */
function slopeOfFrequencies({ counts, times }: Frequencies): number {
  const x = counts.map(log);
  const y = counts.map((r, i) => {
    const previous = counts[i - 1] ?? 0;
    const next = counts[i + 1] ?? 2 * r - previous;
    return log((2 * (times[i] as number)) / (next - previous));
  });
  const xMean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const yMean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const xy = x.reduce((sum, value, i) => sum + (value - xMean) * ((y[i] as number) - yMean), 0);
  return xy / x.reduce((sum, value) => sum + (value - xMean) ** 2, 0);
}
