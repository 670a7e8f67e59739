import type { CsrMatrix } from '../../data/matrix.js';
import type { CellFolds } from './deal-units.js';

/** Fewest training cells that show a gene of an axis, and least share of them. */
const fewestShowing = 5;
const leastShare = 0.01;

/** What genes are chosen from. */
export interface GeneChoice {
  readonly counts: CsrMatrix;
  /** Counts of every cell over the median cell. */
  readonly sizeFactors: Float64Array;
  /** 1 for genes that may not take part. */
  readonly excluded: Uint8Array;
  /** Most genes to take. */
  readonly most: number;
}

/** Sums over some cells, one number per gene. */
interface GeneSums {
  nCells: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  readonly showing: Uint32Array;
}

/**
 * For every fold, the genes that differ most between untreated and residual cells of the other folds: largest |t| (Welch) of counts over
 * size factors, a scale on which depth does not move the mean. What is chosen is inflated in the cells it was chosen in, and
 * only there.
 *
 * @param groupOf - 0 untreated, 1 residual; cells of other groups take no part
 * @returns columns in increasing order, one array per fold
 */
export function differingGenes(
  choice: GeneChoice,
  groupOf: Uint8Array,
  { nFolds, foldOf }: CellFolds,
): readonly Uint32Array[] {
  const { counts, sizeFactors, excluded, most } = choice;
  const ofFold = Array.from(
    { length: nFolds },
    () => [emptySums(counts.shape[1]), emptySums(counts.shape[1])] as const,
  );
  groupOf.forEach((group, cell) => {
    const sums = ofFold[foldOf[cell] as number];
    if (sums !== undefined && (group === 0 || group === 1)) {
      addCell(sums[group], counts, cell, sizeFactors[cell] as number);
    }
  });
  return ofFold.map((_, fold) => {
    const training = ofFold.filter((_own, other) => other !== fold);
    const a = sumOf(training.map(([untreated]) => untreated));
    const b = sumOf(training.map(([, residual]) => residual));
    const least = Math.max(fewestShowing, leastShare * (a.nCells + b.nCells));
    const size = Float64Array.from(excluded, (out, g) => {
      const showing = (a.showing[g] as number) + (b.showing[g] as number);
      return out === 1 || showing < least ? 0 : welchSize(a, b, g);
    });
    return largest(size, most);
  });
}

/**
 * Genes that vary most beyond counting, whatever the stage: with counts of mean s λ the excess variance gives the overdispersion φ,
 * and genes are ranked by φ less two of its standard errors, `√(2/n) (1/μ + φ)`. Every stage weighs the same.
 *
 * @param weights - one per cell, summing to one
 * @returns columns in increasing order
 */
export function variableCellGenes(choice: GeneChoice, weights: Float64Array): Uint32Array {
  const { counts, sizeFactors, excluded, most } = choice;
  const nGenes = counts.shape[1];
  const [first, second, crossed] = [new Float64Array(nGenes), new Float64Array(nGenes), new Float64Array(nGenes)];
  let size = 0;
  let sizeSquared = 0;
  let weightSquared = 0;
  weights.forEach((w, cell) => {
    const s = sizeFactors[cell] as number;
    size += w * s;
    sizeSquared += w * s * s;
    weightSquared += w * w;
    const end = counts.indptr[cell + 1] as number;
    for (let k = counts.indptr[cell] as number; k < end; k++) {
      const gene = counts.indices[k] as number;
      const count = counts.data[k] as number;
      first[gene] = (first[gene] as number) + w * count;
      second[gene] = (second[gene] as number) + w * count * count;
      crossed[gene] = (crossed[gene] as number) + w * s * count;
    }
  });
  const score = Float64Array.from(excluded, (out, g) => {
    const mu = first[g] as number;
    if (out === 1 || mu === 0) return 0;
    const rate = mu / size;
    const spread = (second[g] as number) - 2 * rate * (crossed[g] as number) + rate * rate * sizeSquared;
    const dispersion = (spread - mu) / (rate * rate * sizeSquared);
    return dispersion - 2 * Math.sqrt(2 * weightSquared) * (1 / mu + Math.max(0, dispersion));
  });
  return largest(score, most);
}

function emptySums(nGenes: number): GeneSums {
  return {
    nCells: 0,
    sums: new Float64Array(nGenes),
    squares: new Float64Array(nGenes),
    showing: new Uint32Array(nGenes),
  };
}

function sumOf(parts: readonly GeneSums[]): GeneSums {
  const total = emptySums(parts[0]?.sums.length ?? 0);
  for (const part of parts) {
    total.nCells += part.nCells;
    part.sums.forEach((value, g) => {
      total.sums[g] = (total.sums[g] as number) + value;
      total.squares[g] = (total.squares[g] as number) + (part.squares[g] as number);
      total.showing[g] = (total.showing[g] as number) + (part.showing[g] as number);
    });
  }
  return total;
}

function addCell(group: GeneSums, { indptr, indices, data }: CsrMatrix, cell: number, sizeFactor: number): void {
  group.nCells += 1;
  const { sums, squares, showing } = group;
  const end = indptr[cell + 1] as number;
  for (let k = indptr[cell] as number; k < end; k++) {
    const gene = indices[k] as number;
    const value = (data[k] as number) / sizeFactor;
    sums[gene] = (sums[gene] as number) + value;
    squares[gene] = (squares[gene] as number) + value * value;
    showing[gene] = (showing[gene] as number) + 1;
  }
}

/** |t| of the difference between two groups at one gene; zero where it does not vary. */
function welchSize(a: GeneSums, b: GeneSums, gene: number): number {
  const moments = [a, b].map(({ nCells, sums, squares }) => {
    const mean = (sums[gene] as number) / nCells;
    const variance = ((squares[gene] as number) - nCells * mean * mean) / Math.max(1, nCells - 1);
    return { mean, error: variance / nCells };
  }) as [{ mean: number; error: number }, { mean: number; error: number }];
  const error = moments[0].error + moments[1].error;
  return error > 0 ? Math.abs(moments[1].mean - moments[0].mean) / Math.sqrt(error) : 0;
}

/** Places of the largest values above zero, in increasing order; ties go to the earlier. */
function largest(values: Float64Array, most: number): Uint32Array {
  return Uint32Array.from(values.keys())
    .filter((g) => (values[g] as number) > 0)
    .sort((x, y) => (values[y] as number) - (values[x] as number) || x - y)
    .slice(0, most)
    .sort();
}
