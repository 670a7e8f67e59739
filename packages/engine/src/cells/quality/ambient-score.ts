import type { CsrMatrix } from '../../data/matrix.js';
import type { AmbientGene } from './ambient-genes.js';
import { forEachCell, type StreamContext } from './sample-cell-counts.js';

/** The ambient RNA of each cell, as a covariate. */
export interface AmbientScore {
  /** One value per cell, NaN without counts. Its expected value does not depend on depth. */
  readonly values: Float64Array;
  /**
   * `ambient-share`: share of the cell's counts that is ambient, from genes the cell does not express, 0 to 1.
   * `towards-empty-droplets`: 0 like the average cell of the sample, 1 like the empty droplets.
   */
  readonly meaning: 'ambient-share' | 'towards-empty-droplets';
}

/** Weight of the sample's fraction in that of a cell, in ambient counts. */
const priorCounts = 5;

/**
 * The ambient share of every cell, from the genes of which it holds no more than ambient RNA: `(5 + Σ x) / (5 / ρ + Σ e)` over those genes, with x
 * and e as in `findAmbientGenes`. A cell with little to go by is drawn towards the sample's ρ, which weighs as much as five ambient counts.
 */
export function ambientShares(
  counts: CsrMatrix,
  { genes, fraction, totals }: AmbientShareInput,
  context: StreamContext,
): AmbientScore {
  const position = new Int32Array(counts.shape[1]).fill(-1);
  genes.forEach(({ column }, g) => {
    position[column] = g;
  });
  const values = new Float64Array(counts.shape[0]);
  forEachCell(values.length, 'ambient score', context, (cell) => {
    const total = totals[cell] as number;
    let expected = 0;
    for (const { ambientShare, cut } of genes) if (cut * total * ambientShare >= 1) expected += total * ambientShare;
    let found = 0;
    const end = counts.indptr[cell + 1] as number;
    for (let k = counts.indptr[cell] as number; k < end; k++) {
      const gene = genes[position[counts.indices[k] as number] as number];
      if (gene === undefined) continue;
      const [x, e] = [counts.data[k] as number, total * gene.ambientShare];
      const t = Math.floor(gene.cut * e);
      if (x <= t) found += x;
      if (t >= 1 && x > t - 1) expected -= e;
    }
    values[cell] = total === 0 ? NaN : Math.min(1, (priorCounts + found) / (priorCounts / fraction + expected));
  });
  return { values, meaning: 'ambient-share' };
}

/** What {@link ambientShares} needs besides the counts. */
export interface AmbientShareInput {
  readonly genes: readonly AmbientGene[];
  /** Ambient fraction of the sample. */
  readonly fraction: number;
  /** Total counts per cell. */
  readonly totals: Float64Array;
}

/**
 * How far the profile of every cell lies towards the empty droplets: with s the shares of the cell, b the profile of the empty droplets
 * and μ the mean profile of the cells, `Σ (s − μ)(b − μ) w / Σ (b − μ)² w`, `w = 1 / (b + μ)`. Linear in s.
 *
 * @param profiles - each sums to one
 */
export function towardsEmptyDroplets(
  counts: CsrMatrix,
  profiles: { readonly mean: Float64Array; readonly profile: Float64Array; readonly totals: Float64Array },
  context: StreamContext,
): AmbientScore {
  const { mean, profile, totals } = profiles;
  const weights = mean.map((share, gene) => {
    const ambient = profile[gene] as number;
    return share + ambient === 0 ? 0 : (ambient - share) / (ambient + share);
  });
  const atMean = dot(weights, mean);
  const length = dot(weights, profile) - atMean;
  const values = new Float64Array(counts.shape[0]);
  forEachCell(values.length, 'ambient score', context, (cell) => {
    const end = counts.indptr[cell + 1] as number;
    let projected = 0;
    for (let k = counts.indptr[cell] as number; k < end; k++) {
      projected += (counts.data[k] as number) * (weights[counts.indices[k] as number] as number);
    }
    values[cell] = (projected / (totals[cell] as number) - atMean) / length;
  });
  return { values, meaning: 'towards-empty-droplets' };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
