import type { CsrMatrix } from '../data/matrix.js';
import { median, quantile } from '../stats/quantile.js';

/** Options of {@link genesToFactorise}. */
export interface GenesToFactoriseOptions {
  /** Most genes to take. */
  readonly genes: number;
  /**
   * `overdispersion`: variance beyond what the mean explains, only genes whose variance is above expectation. `mean`: highest mean.
   */
  readonly ranking: 'overdispersion' | 'mean';
  /** Genes seen in fewer cells are left out. */
  readonly minimumCells: number;
}

/** Counts per million of one sample, gene by gene. */
export interface PerMillionMoments {
  readonly mean: Float64Array;
  /** Dividing by the number of cells. */
  readonly variance: Float64Array;
  /** Cells in which the gene was seen. */
  readonly cells: Uint32Array;
}

/**
 * The genes a sample is factorised on. With `overdispersion`, mean μ and Fano factor f = σ²/μ of counts per million are set against
 * the line A²μ + B², A the least coefficient of variation of the twenty genes of highest mean, B² the median Fano factor of the
 * genes within the 10 to 90 % quantiles of both; genes of highest ratio f / (A²μ + B²) are taken, as long as the ratio
 * is above one.
 *
 * @param moments - see {@link perMillionMoments}
 * @returns columns, increasing
 * @see doi:10.7554/eLife.43803; cNMF 1.7 `get_highvar_genes_sparse`, which fills up to the number with genes of ratio
 * below one and has no `minimumCells`; doi:10.1038/s41586-023-06130-4 (highest mean)
 */
export function genesToFactorise(moments: PerMillionMoments, options: GenesToFactoriseOptions): Uint32Array {
  const least = Math.max(1, options.minimumCells);
  const seen = Array.from(moments.cells.keys()).filter((g) => (moments.cells[g] as number) >= least);
  const rank = options.ranking === 'mean' ? moments.mean : overdispersion(moments, seen);
  const usable = options.ranking === 'mean' ? seen : seen.filter((g) => (rank[g] as number) > 1);
  usable.sort((a, b) => (rank[b] as number) - (rank[a] as number) || a - b);
  return Uint32Array.from(usable.slice(0, options.genes)).sort();
}

/** Mean and variance of counts per million, and cells with the gene. Cells without counts count as zeros. */
export function perMillionMoments(counts: CsrMatrix): PerMillionMoments {
  const [nCells, nGenes] = counts.shape;
  const sum = new Float64Array(nGenes);
  const squares = new Float64Array(nGenes);
  const cells = new Uint32Array(nGenes);
  const perMillion = cellScale(counts, 1e6);
  for (let cell = 0; cell < nCells; cell++) {
    const end = counts.indptr[cell + 1] as number;
    for (let p = counts.indptr[cell] as number; p < end; p++) {
      const gene = counts.indices[p] as number;
      const value = (counts.data[p] as number) * (perMillion[cell] as number);
      sum[gene] = (sum[gene] as number) + value;
      squares[gene] = (squares[gene] as number) + value * value;
      if (value > 0) cells[gene] = (cells[gene] as number) + 1;
    }
  }
  const mean = sum.map((value) => value / nCells);
  const variance = squares.map((value, g) => Math.max(0, value / nCells - (mean[g] as number) ** 2));
  return { mean, variance, cells };
}

/** What every count of a cell is multiplied with so that the cell has `target` counts; zero for a cell without any. */
export function cellScale(counts: CsrMatrix, target: number): Float64Array {
  return Float64Array.from({ length: counts.shape[0] }, (_, cell) => {
    const end = counts.indptr[cell + 1] as number;
    let total = 0;
    for (let p = counts.indptr[cell] as number; p < end; p++) total += counts.data[p] as number;
    return total > 0 ? target / total : 0;
  });
}

/** Fano factor over its expectation; NaN nowhere, since every gene in `seen` has a mean above zero. */
function overdispersion({ mean, variance }: PerMillionMoments, seen: readonly number[]): Float64Array {
  const fano = variance.map((value, g) => value / (mean[g] as number));
  const highest = [...seen].sort((a, b) => (mean[b] as number) - (mean[a] as number)).slice(0, 20);
  const a = Math.min(...highest.map((g) => Math.sqrt(variance[g] as number) / (mean[g] as number)));
  const b2 = typicalFano(
    seen.map((g) => mean[g] as number),
    seen.map((g) => fano[g] as number),
  );
  return fano.map((value, g) => value / (a * a * (mean[g] as number) + b2));
}

function typicalFano(mean: readonly number[], fano: readonly number[]): number {
  if (mean.length === 0) return NaN;
  const inside = (values: readonly number[]): ((value: number) => boolean) => {
    const [low, high] = [quantile(values, 0.1), quantile(values, 0.9)];
    return (value) => value > low && value < high;
  };
  const [usualMean, usualFano] = [inside(mean), inside(fano)];
  const usual = fano.filter((value, i) => usualFano(value) && usualMean(mean[i] as number));
  return median(usual.length > 0 ? usual : fano);
}
