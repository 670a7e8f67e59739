import { exp, log } from '../../core/pinned-math.js';
import type { CsrMatrix } from '../../data/matrix.js';

/** Range in which the scaling parameter is looked for; at its upper end the distribution is nearly a multinomial. */
const alphaRange: readonly [number, number] = [0.01, 10_000];

/** Relative width at which the search stops. */
const alphaTolerance = 1e-6;

/**
 * Maximum-likelihood scaling parameter α of a Dirichlet-multinomial with proportions p, over the barcodes given. Small α: the
 * barcodes differ more than sampling from one profile would make them.
 *
 * With `n(g, j)` the barcodes that have more than j counts of gene g and `m(j)` those with more than j counts in all,
 * `log L(α) = Σ n(g, j) log(α p_g + j) − Σ m(j) log(α + j)`: the barcodes themselves need not be gone through again.
 *
 * @param counts - barcodes × genes
 * @param barcodes - rows of the ambient barcodes
 * @param proportions - one per gene, above zero wherever a barcode has counts
 * @returns α within 0.01 to 10,000, found by golden section on log α
 * @see Lun et al. 2019, doi:10.1186/s13059-019-1662-y
 */
export function estimateAlpha(counts: CsrMatrix, barcodes: Uint32Array, proportions: Float64Array): number {
  const { excess, totals, nStored } = collapse(counts, barcodes);
  const logLikelihood = (logAlpha: number): number => {
    const alpha = exp(logAlpha);
    let sum = nStored * logAlpha;
    excess.forEach((byGene, j) => {
      for (const [gene, n] of byGene) sum += n * log(alpha * (proportions[gene] as number) + j + 1);
    });
    totals.forEach((n, j) => {
      sum -= n * log(alpha + j);
    });
    return sum;
  };
  return exp(goldenSection(logLikelihood, log(alphaRange[0]), log(alphaRange[1])));
}

/** Sufficient statistics of the likelihood. */
interface CollapsedCounts {
  /** For j = 1, 2, … (position j − 1) the barcodes with more than j counts of each gene that has such. */
  readonly excess: readonly ReadonlyMap<number, number>[];
  /** For j = 0, 1, … the barcodes with more than j counts in all. */
  readonly totals: readonly number[];
  /** Pairs of a barcode and a gene it has. */
  readonly nStored: number;
}

function collapse(counts: CsrMatrix, barcodes: Uint32Array): CollapsedCounts {
  const excess: Map<number, number>[] = [];
  const totals: number[] = [];
  let nStored = 0;
  for (const barcode of barcodes) {
    let total = 0;
    const end = counts.indptr[barcode + 1] as number;
    for (let k = counts.indptr[barcode] as number; k < end; k++) {
      const value = counts.data[k] as number;
      if (value === 0) continue;
      nStored++;
      total += value;
      const gene = counts.indices[k] as number;
      for (let j = 1; j < value; j++) {
        const byGene = (excess[j - 1] ??= new Map());
        byGene.set(gene, (byGene.get(gene) ?? 0) + 1);
      }
    }
    for (let j = 0; j < total; j++) totals[j] = (totals[j] ?? 0) + 1;
  }
  return { excess, totals, nStored };
}

function goldenSection(f: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [from, to];
  let [left, right] = [b - ratio * (b - a), a + ratio * (b - a)];
  let [fLeft, fRight] = [f(left), f(right)];
  while (b - a > alphaTolerance) {
    if (fLeft >= fRight) {
      [b, right, fRight] = [right, left, fLeft];
      left = b - ratio * (b - a);
      fLeft = f(left);
    } else {
      [a, left, fLeft] = [left, right, fRight];
      right = a + ratio * (b - a);
      fRight = f(right);
    }
  }
  return (a + b) / 2;
}

/**
 * The part of the log-probability of a barcode that depends on which genes its counts fall on,
 * `Σ_g Σ_{j < x_g} log((α p_g + j) / (j + 1))`; what is left out depends on its total alone.
 */
export function logProbability(
  counts: CsrMatrix,
  barcode: number,
  { proportions, alpha }: { readonly proportions: Float64Array; readonly alpha: number },
): number {
  const end = counts.indptr[barcode + 1] as number;
  let sum = 0;
  for (let k = counts.indptr[barcode] as number; k < end; k++) {
    const weight = alpha * (proportions[counts.indices[k] as number] as number);
    const value = counts.data[k] as number;
    for (let j = 0; j < value; j++) sum += log((weight + j) / (j + 1));
  }
  return sum;
}
