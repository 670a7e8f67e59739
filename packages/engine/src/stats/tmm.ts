import { FormatError, OptionError } from '../core/errors.js';
import { exp, exp2, log, log2 } from '../core/pinned-math.js';
import type { ExpressionMatrix } from '../data/expression.js';
import { quantileInPlace } from './quantile.js';
import { selectInPlace } from './select.js';

/** Options of `tmmFactors`. */
export interface TmmOptions {
  /** Total count per sample; the column sums when left out. */
  readonly librarySizes?: ArrayLike<number>;
  /** Share of genes trimmed at each end of the log ratios. Default 0.3. */
  readonly logRatioTrim?: number;
  /** Share of genes trimmed at each end of the mean log expression. Default 0.05. */
  readonly sumTrim?: number;
  /** Weighs each gene by the inverse of its asymptotic variance. Default true. */
  readonly doWeighting?: boolean;
  /** Genes whose mean log2 proportion is not above this are left out. Default −1e10. */
  readonly aCutoff?: number;
  /** Index of the sample the others are compared with; chosen when left out. */
  readonly referenceSample?: number;
}

/** Scale factors of the samples. */
export interface TmmFactors {
  /** Total count per sample. */
  readonly librarySizes: Float64Array;
  /** One positive factor per sample, product one. The effective library size is the total times this. */
  readonly factors: Float64Array;
  /** Index of the sample the others were compared with. */
  readonly referenceSample: number;
}

/**
 * Trimmed mean of M values. For sample k against the reference r, over genes counted in both,
 * M = log2((y_k/N_k)/(y_r/N_r)) and A = (log2(y_k/N_k) + log2(y_r/N_r))/2; the genes of extreme M and A are trimmed by rank
 * and log2 f_k is the mean of the remaining M with weights 1/((N_k − y_k)/(N_k y_k) + (N_r − y_r)/(N_r y_r)).
 * The reference is the sample whose upper quartile (as a share of its total) is closest to the mean of all upper quartiles;
 * where the median upper quartile is zero (very sparse data) it is the sample of the largest sum of square roots.
 *
 * @param counts - raw counts, genes × samples, zero or more, fractions allowed; genes without any count are left out
 * @returns totals, factors scaled to product one, and the reference
 * @throws FormatError for a negative or missing count, or a sample without counts
 * @see doi:10.1186/gb-2010-11-3-r25; edgeR 3.40 `calcNormFactors(method = "TMM")`
 */
export function tmmFactors(counts: ExpressionMatrix, options: TmmOptions = {}): TmmFactors {
  const nSamples = counts.samples.length;
  const librarySizes = Float64Array.from(options.librarySizes ?? columnSums(counts));
  checkLibrarySizes(counts, librarySizes);
  const columns = columnsOfCountedGenes(counts);
  if (nSamples < 2 || columns[0]?.length === 0) {
    return { librarySizes, factors: new Float64Array(nSamples).fill(1), referenceSample: 0 };
  }
  const referenceSample = options.referenceSample ?? chooseReference(columns, librarySizes);
  const reference = columns[referenceSample];
  if (reference === undefined) {
    throw new OptionError('The reference sample is not a column of the counts.', { found: String(referenceSample) });
  }
  const trimmedMean = createTrimmedMean(reference, librarySizes[referenceSample] as number, options);
  const logFactors = Float64Array.from(columns, (column, s) => trimmedMean(column, librarySizes[s] as number));
  let total = 0;
  for (const value of logFactors) total += log(exp2(value));
  const centre = exp(total / nSamples);
  return { librarySizes, factors: logFactors.map((value) => exp2(value) / centre), referenceSample };
}

/**
 * Total count of each sample.
 *
 * @throws FormatError for a negative or missing count, naming gene and sample
 */
export function columnSums(counts: ExpressionMatrix): Float64Array {
  const n = counts.samples.length;
  const sums = new Float64Array(n);
  for (let g = 0, k = 0; g < counts.genes.length; g++) {
    for (let s = 0; s < n; s++, k++) {
      const value = counts.values[k] as number;
      if (!(value >= 0 && value < Infinity)) {
        throw new FormatError(`Gene "${counts.genes[g] as string}" has a value that is not a count.`, {
          column: counts.samples[s] as string,
          expected: 'zero or a positive number',
          found: String(value),
        });
      }
      sums[s] = (sums[s] as number) + value;
    }
  }
  return sums;
}

function checkLibrarySizes(counts: ExpressionMatrix, librarySizes: Float64Array): void {
  if (librarySizes.length !== counts.samples.length) {
    throw new OptionError('There must be one library size per sample.', {
      expected: String(counts.samples.length),
      found: String(librarySizes.length),
    });
  }
  librarySizes.forEach((size, s) => {
    if (size > 0 && size < Infinity) return;
    throw new FormatError('A sample without counts cannot be normalised.', {
      column: counts.samples[s] as string,
      expected: 'a total above zero',
      found: String(size),
      hint: 'Leave this sample out of the study.',
    });
  });
}

function columnsOfCountedGenes(counts: ExpressionMatrix): readonly Float64Array[] {
  const n = counts.samples.length;
  const kept: number[] = [];
  for (let g = 0; g < counts.genes.length; g++) {
    for (let s = 0; s < n; s++) {
      if ((counts.values[g * n + s] as number) > 0) {
        kept.push(g);
        break;
      }
    }
  }
  return counts.samples.map((_, s) => {
    const column = new Float64Array(kept.length);
    for (let i = 0; i < kept.length; i++) column[i] = counts.values[(kept[i] as number) * n + s] as number;
    return column;
  });
}

function chooseReference(columns: readonly Float64Array[], librarySizes: Float64Array): number {
  const upper = Float64Array.from(
    columns,
    (c, s) => quantileInPlace(c.slice(), 0.75, c.length) / (librarySizes[s] as number),
  );
  if (quantileInPlace(upper.slice(), 0.5, upper.length) < 1e-20) {
    const roots = columns.map((column) => column.reduce((sum, value) => sum + Math.sqrt(value), 0));
    return roots.indexOf(Math.max(...roots));
  }
  const mean = upper.reduce((sum, value) => sum + value, 0) / upper.length;
  const distance = upper.map((value) => Math.abs(value - mean));
  return distance.indexOf(Math.min(...distance));
}

function createTrimmedMean(
  reference: Float64Array,
  referenceSize: number,
  options: TmmOptions,
): (sample: Float64Array, size: number) => number {
  const { logRatioTrim = 0.3, sumTrim = 0.05, doWeighting = true, aCutoff = -1e10 } = options;
  const n = reference.length;
  const referenceLog = reference.map((value) => log2(value / referenceSize));
  const m = new Float64Array(n);
  const a = new Float64Array(n);
  const weight = new Float64Array(n);
  const scratch = new Float64Array(n);
  return (sample, size) => {
    let used = 0;
    let largest = 0;
    for (let g = 0; g < n; g++) {
      const y = sample[g] as number;
      const r = reference[g] as number;
      if (y <= 0 || r <= 0) continue;
      const average = (log2(y / size) + (referenceLog[g] as number)) / 2;
      if (!(average > aCutoff)) continue;
      const ratio = log2(y / size / (r / referenceSize));
      m[used] = ratio;
      a[used] = average;
      weight[used] = doWeighting ? 1 / ((size - y) / size / y + (referenceSize - r) / referenceSize / r) : 1;
      largest = Math.max(largest, Math.abs(ratio));
      used++;
    }
    if (largest < 1e-6) return 0;
    const [lowM, highM] = keptRange(m, used, logRatioTrim, scratch);
    const [lowA, highA] = keptRange(a, used, sumTrim, scratch);
    let sum = 0;
    let weights = 0;
    for (let i = 0; i < used; i++) {
      const ratio = m[i] as number;
      const average = a[i] as number;
      if (ratio < lowM || ratio > highM || average < lowA || average > highA) continue;
      sum += ratio * (weight[i] as number);
      weights += weight[i] as number;
    }
    const mean = sum / weights;
    return Number.isNaN(mean) ? 0 : mean;
  };
}

/**
 * Smallest and largest value whose mid-rank lies within ⌊n·trim⌋ + 1 … n − ⌊n·trim⌋. Tied values share one rank, so a tied
 * run that straddles the limit is kept or dropped as a whole.
 */
function keptRange(values: Float64Array, n: number, trim: number, scratch: Float64Array): readonly [number, number] {
  const lowRank = Math.floor(n * trim) + 1;
  const highRank = n + 1 - lowRank;
  scratch.set(values.subarray(0, n));
  const low = selectInPlace(scratch, lowRank - 1, n);
  const lowMidRank = midRankOfSelected(scratch, n, lowRank - 1);
  const high = selectInPlace(scratch, highRank - 1, n);
  const highMidRank = midRankOfSelected(scratch, n, highRank - 1);
  return [
    lowMidRank >= lowRank ? low : nextAbove(values, n, low),
    highMidRank <= highRank ? high : nextBelow(values, n, high),
  ];
}

/** Mid-rank of the value at `k` after `selectInPlace`: smaller values stand before it, larger ones behind, equal ones on either side. */
function midRankOfSelected(values: Float64Array, n: number, k: number): number {
  const value = values[k] as number;
  let before = 0;
  let behind = 0;
  for (let i = 0; i < k; i++) if (values[i] === value) before++;
  for (let i = k + 1; i < n; i++) if (values[i] === value) behind++;
  return k + 1 + (behind - before) / 2;
}

function nextAbove(values: Float64Array, n: number, value: number): number {
  let next = Infinity;
  for (let i = 0; i < n; i++) {
    const v = values[i] as number;
    if (v > value && v < next) next = v;
  }
  return next;
}

function nextBelow(values: Float64Array, n: number, value: number): number {
  let next = -Infinity;
  for (let i = 0; i < n; i++) {
    const v = values[i] as number;
    if (v < value && v > next) next = v;
  }
  return next;
}
