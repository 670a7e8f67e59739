import { exp, pow } from '../../core/pinned-math.js';
import { mean, pairwiseSum } from '../../core/sum.js';

/** Two groups a distribution falls into. */
export interface TwoModes {
  /** Place of the lowest density between the two modes. */
  readonly valley: number;
  readonly lowMode: number;
  readonly highMode: number;
  /** Share of the values below the valley. */
  readonly lowShare: number;
  /** Density in the valley over that of the lower of the two modes, 0 to 1. */
  readonly depth: number;
}

/** Options of {@link findTwoModes}. */
export interface TwoModesOptions {
  /** Share of the values the smaller group needs. */
  readonly minimumShare?: number;
  /** Highest density in the valley, relative to the lower mode. */
  readonly maximumDepth?: number;
  /** Narrowest kernel: what single counts make of a value. */
  readonly minimumBandwidth?: number;
}

const nBins = 256;

/**
 * Looks for two groups in a set of values: Gaussian kernel density on 256 bins, bandwidth 0.9 · min(sd, IQR / 1.34) · n^(−1/5)
 * (Silverman), then the pair of peaks with the deepest valley between them such that each side of it holds `minimumShare` of the values
 * and its density is at most `maximumDepth` of the lower peak.
 *
 * A description, not a test: it is used to warn, and to cut where two groups are plain to see.
 *
 * @param values - finite; any order
 * @returns null when there is one group, fewer than ten values, or no spread
 * @see doi:10.1007/978-1-4899-3324-9 (bandwidth, equation 3.31)
 */
export function findTwoModes(values: Float64Array, options: TwoModesOptions = {}): TwoModes | null {
  const { minimumShare = 0.1, maximumDepth = 0.5, minimumBandwidth = 0 } = options;
  if (values.length < 10) return null;
  const sorted = values.toSorted();
  const [lowest, highest] = [sorted[0] as number, sorted[sorted.length - 1] as number];
  const bandwidth = Math.max(minimumBandwidth, silverman(sorted));
  if (!(bandwidth > 0 && highest > lowest)) return null;
  const width = (highest - lowest) / (nBins - 1);
  const counts = binCounts(sorted, lowest, width);
  const density = smooth(counts, bandwidth / width);
  const pair = deepestValley(density, cumulativeShares(counts), { minimumShare, maximumDepth });
  if (pair === null) return null;
  const at = (bin: number): number => lowest + bin * width;
  return { ...pair, valley: at(pair.valley), lowMode: at(pair.lowMode), highMode: at(pair.highMode) };
}

function silverman(sorted: Float64Array): number {
  const n = sorted.length;
  const centre = mean(sorted);
  const sd = Math.sqrt(pairwiseSum(sorted.map((value) => (value - centre) ** 2)) / (n - 1));
  const iqr = (sorted[Math.floor(0.75 * (n - 1))] as number) - (sorted[Math.floor(0.25 * (n - 1))] as number);
  return 0.9 * (iqr > 0 ? Math.min(sd, iqr / 1.34) : sd) * pow(n, -0.2);
}

function binCounts(values: Float64Array, lowest: number, width: number): Float64Array {
  const counts = new Float64Array(nBins);
  for (const value of values) {
    const bin = Math.round((value - lowest) / width);
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** Gaussian smoothing of bin counts, cut at four bandwidths. */
function smooth(counts: Float64Array, bandwidthBins: number): Float64Array {
  const reach = Math.min(nBins, Math.ceil(4 * bandwidthBins));
  const kernel = Float64Array.from({ length: reach + 1 }, (_, i) => exp(-0.5 * (i / bandwidthBins) ** 2));
  return counts.map((_, bin) => {
    let density = 0;
    for (let i = Math.max(0, bin - reach); i <= Math.min(nBins - 1, bin + reach); i++) {
      density += (counts[i] as number) * (kernel[Math.abs(i - bin)] as number);
    }
    return density;
  });
}

function cumulativeShares(counts: Float64Array): Float64Array {
  const total = pairwiseSum(counts);
  let below = 0;
  return counts.map((count) => (below += count) / total);
}

/** The bin with the lowest density relative to the lower of the highest peaks on either side of it. */
function deepestValley(
  density: Float64Array,
  shareBelow: Float64Array,
  { minimumShare, maximumDepth }: Required<Pick<TwoModesOptions, 'minimumShare' | 'maximumDepth'>>,
): TwoModes | null {
  const leftPeaks = runningPeaks(density, Array.from(density.keys()));
  const rightPeaks = runningPeaks(density, Array.from(density.keys()).reverse());
  let best: TwoModes | null = null;
  for (let valley = 1; valley < nBins - 1; valley++) {
    const lowShare = shareBelow[valley] as number;
    if (lowShare < minimumShare || lowShare > 1 - minimumShare) continue;
    const [lowMode, highMode] = [leftPeaks[valley] as number, rightPeaks[valley] as number];
    const depth = (density[valley] as number) / Math.min(density[lowMode] as number, density[highMode] as number);
    if (depth <= maximumDepth && depth < (best?.depth ?? Infinity))
      best = { valley, lowMode, highMode, lowShare, depth };
  }
  return best === null ? null : { ...best, valley: middleOfFlat(density, best.valley) };
}

/** Between groups far apart the density is zero over a stretch: the middle of it. */
function middleOfFlat(density: Float64Array, first: number): number {
  let last = first;
  while (density[last + 1] === density[first]) last++;
  return (first + last) / 2;
}

/** For each bin, the highest bin met so far when walking in the given order. */
function runningPeaks(density: Float64Array, order: readonly number[]): Int32Array {
  const peaks = new Int32Array(density.length);
  let peak = order[0] as number;
  for (const bin of order) {
    if ((density[bin] as number) > (density[peak] as number)) peak = bin;
    peaks[bin] = peak;
  }
  return peaks;
}
