import type { RegulonNetwork } from './regulon-network.js';

/** Weighted sums with the mean and standard deviation they have under permuted gene labels; one value per regulator. */
export interface PermutationMoments {
  readonly sums: Float64Array;
  readonly means: Float64Array;
  readonly sds: Float64Array;
}

/**
 * Exact mean and standard deviation of `S = Σ w_g y_π(g)` when the labels `π` are permuted within strata:
 * `E S = Σ_b W_b ȳ_b`, `Var S = Σ_b s²_b (Σ_{g∈b} w_g² − W_b² / n_b)` with `W_b` the weights, `ȳ_b` and `s²_b` the mean and
 * the (n_b − 1) variance of the statistic in stratum b. These are the limits of the Monte-Carlo mean and standard
 * deviation of decoupleR's `norm_wsum`.
 *
 * @param network - regulons over the genes of `values`
 * @param values - one statistic per gene, no missing values
 * @param strata - stratum of each gene; all zero for unrestricted permutation
 * @see Hoeffding 1951, "A combinatorial central limit theorem", doi:10.1214/aoms/1177729545
 */
export function permutationMoments(
  network: RegulonNetwork,
  values: Float64Array,
  strata: Uint32Array,
): PermutationMoments {
  const summary = stratumSummary(values, strata);
  const size = network.regulators.length;
  const sums = new Float64Array(size);
  const means = new Float64Array(size);
  const sds = new Float64Array(size);
  const weight = new Float64Array(summary.counts.length);
  const squares = new Float64Array(summary.counts.length);
  for (let r = 0; r < size; r++) {
    weight.fill(0);
    squares.fill(0);
    let sum = 0;
    for (let k = network.indptr[r] as number; k < (network.indptr[r + 1] as number); k++) {
      const gene = network.indices[k] as number;
      const stratum = strata[gene] as number;
      const w = network.weights[k] as number;
      sum += w * (values[gene] as number);
      weight[stratum] = (weight[stratum] as number) + w;
      squares[stratum] = (squares[stratum] as number) + w * w;
    }
    sums[r] = sum;
    [means[r], sds[r]] = combine(summary, weight, squares);
  }
  return { sums, means, sds };
}

/** Standardised sums `(S − E S) / sd S`; NaN where the sum cannot vary. */
export function standardise(moments: PermutationMoments): Float64Array {
  return moments.sums.map((sum, r) => {
    const sd = moments.sds[r] as number;
    return sd > 0 ? (sum - (moments.means[r] as number)) / sd : NaN;
  });
}

interface StratumSummary {
  readonly counts: Float64Array;
  readonly means: Float64Array;
  readonly variances: Float64Array;
}

function stratumSummary(values: Float64Array, strata: Uint32Array): StratumSummary {
  const n = strata.reduce((most, stratum) => Math.max(most, stratum + 1), 0);
  const counts = new Float64Array(n);
  const means = new Float64Array(n);
  const squares = new Float64Array(n);
  values.forEach((value, gene) => {
    const stratum = strata[gene] as number;
    const count = (counts[stratum] = (counts[stratum] as number) + 1);
    const before = means[stratum] as number;
    const after = (means[stratum] = before + (value - before) / count);
    squares[stratum] = (squares[stratum] as number) + (value - before) * (value - after);
  });
  const variances = squares.map((square, s) => ((counts[s] as number) > 1 ? square / ((counts[s] as number) - 1) : 0));
  return { counts, means, variances };
}

function combine(summary: StratumSummary, weight: Float64Array, squares: Float64Array): [number, number] {
  let mean = 0;
  let variance = 0;
  let scale = 0;
  for (let s = 0; s < weight.length; s++) {
    const w = weight[s] as number;
    const spread = summary.variances[s] as number;
    mean += w * (summary.means[s] as number);
    variance += spread * ((squares[s] as number) - (w * w) / ((summary.counts[s] as number) || 1));
    scale += spread * (squares[s] as number);
  }
  // A regulon that fills its strata with equal weights cannot vary; what is left then is rounding.
  return [mean, variance > 1e-12 * scale ? Math.sqrt(variance) : 0];
}
