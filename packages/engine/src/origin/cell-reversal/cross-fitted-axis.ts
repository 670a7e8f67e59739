import { median } from '../../stats/quantile.js';
import type { CellFeatures } from './cell-features.js';
import type { CellFolds } from './deal-units.js';

/** What the axes of a patient are learned from. */
export interface AxisInput {
  readonly features: CellFeatures;
  readonly folds: CellFolds;
  /** 0 untreated, 1 residual, 2 relapse. */
  readonly groupOf: Uint8Array;
  /** Columns of the features that the axis of each fold may take: chosen in the other folds. */
  readonly columns: readonly Uint32Array[];
}

/** Sums over the cells of one fold and stage, one number per column. */
interface ColumnSums {
  nCells: number;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

/** Untreated and residual cells of one fold, or of several. */
type StageSums = readonly [ColumnSums, ColumnSums];

/**
 * Position of every cell between untreated and residual, cross-fitted: the cells of a fold are placed on the axis learned from
 * untreated and residual cells of the other folds, so that no cell and no replicate sample has a part in the axis it is placed
 * on. The axis is the discriminant of genes taken as independent given the stage, with weights
 * `d (1 − 1/t²)₊ / (v + v₀)` from the mean difference d, its t, the variance v within stages and the median v₀ of the
 * variances: up to a constant the log density ratio of two normal stages.
 *
 * @returns one number per cell, about 0 at mean untreated and 1 at mean residual before any rescaling; NaN outside the folds
 * @see Dudoit 2002, doi:10.1198/016214502753479248 (diagonal discriminant); Tibshirani 2002, doi:10.1073/pnas.082099299
 * (shrunken centroids, whose soft threshold is replaced by the factor on d)
 */
export function crossFittedPositions({ features, folds, groupOf, columns }: AxisInput): Float64Array {
  const ofFold = sumsByFold(features, folds, groupOf);
  const middle = middleOf(ofFold.reduce(added));
  const axes = ofFold.map((_, fold) =>
    axisWeights(ofFold.filter((_own, other) => other !== fold).reduce(added), columns[fold] as Uint32Array),
  );
  return Float64Array.from(folds.foldOf, (fold, cell) => {
    const weights = axes[fold];
    if (weights === undefined) return NaN;
    const own = columns[fold] as Uint32Array;
    let position = 0.5;
    for (let i = 0; i < own.length; i++) {
      const g = own[i] as number;
      const value = features.values[cell * features.nGenes + g] as number;
      position += (weights[i] as number) * (value - (middle[g] as number));
    }
    return position;
  });
}

function sumsByFold(
  { nGenes, values }: CellFeatures,
  { nFolds, foldOf }: CellFolds,
  groupOf: Uint8Array,
): readonly StageSums[] {
  const ofFold = Array.from({ length: nFolds }, (): StageSums => [emptySums(nGenes), emptySums(nGenes)]);
  groupOf.forEach((group, cell) => {
    const own = ofFold[foldOf[cell] as number];
    if (own === undefined || (group !== 0 && group !== 1)) return;
    const { sums, squares } = own[group];
    own[group].nCells += 1;
    for (let g = 0; g < nGenes; g++) {
      const value = values[cell * nGenes + g] as number;
      sums[g] = (sums[g] as number) + value;
      squares[g] = (squares[g] as number) + value * value;
    }
  });
  return ofFold;
}

function emptySums(nGenes: number): ColumnSums {
  return { nCells: 0, sums: new Float64Array(nGenes), squares: new Float64Array(nGenes) };
}

function added(a: StageSums, b: StageSums): StageSums {
  const both = (x: ColumnSums, y: ColumnSums): ColumnSums => ({
    nCells: x.nCells + y.nCells,
    sums: x.sums.map((value, g) => value + (y.sums[g] as number)),
    squares: x.squares.map((value, g) => value + (y.squares[g] as number)),
  });
  return [both(a[0], b[0]), both(a[1], b[1])];
}

/** Half way between all untreated and all residual cells: one origin for the axes of all folds. */
function middleOf([untreated, residual]: StageSums): Float64Array {
  return untreated.sums.map((sum, g) => (sum / untreated.nCells + (residual.sums[g] as number) / residual.nCells) / 2);
}

/** Weights of the columns, scaled so that the training stages lie one apart. */
function axisWeights([untreated, residual]: StageSums, columns: Uint32Array): Float64Array {
  const n = untreated.nCells + residual.nCells;
  const moments = Array.from(columns, (g) => {
    const [u, p] = [(untreated.sums[g] as number) / untreated.nCells, (residual.sums[g] as number) / residual.nCells];
    const spread =
      (untreated.squares[g] as number) -
      untreated.nCells * u * u +
      (residual.squares[g] as number) -
      residual.nCells * p * p;
    return { difference: p - u, variance: Math.max(0, spread) / Math.max(1, n - 2) };
  });
  const typical = median(moments.map(({ variance }) => variance));
  const perVariance = 1 / untreated.nCells + 1 / residual.nCells;
  const weights = Float64Array.from(moments, ({ difference: d, variance: v }) => {
    const squaredT = (d * d) / (v * perVariance);
    return v > 0 && squaredT > 1 ? (d * (1 - 1 / squaredT)) / (v + typical) : 0;
  });
  const apart = moments.reduce((sum, { difference }, i) => sum + (weights[i] as number) * difference, 0);
  return apart > 0 ? weights.map((w) => w / apart) : weights;
}
