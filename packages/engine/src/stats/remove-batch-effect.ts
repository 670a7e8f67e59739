import { ShapeError } from '../core/errors.js';
import type { ExpressionMatrix } from '../data/expression.js';
import { type DesignMatrix, designFromColumns } from './design-matrix.js';
import { fitAllowingAliases } from './linear-models.js';

/** Options of `removeBatchEffect`. */
export interface BatchOptions {
  /** The batch of each sample. */
  readonly batch: readonly string[];
  /** Effects to keep, for instance the stages. Default: only the mean of each gene. */
  readonly design?: DesignMatrix;
}

/** Expression without its batch effects. For display and clustering only: tests keep the batch in their design. */
export interface BatchCorrection {
  readonly expression: ExpressionMatrix;
  /** Batches whose effect cannot be told from the kept design and so was not removed. */
  readonly confounded: readonly string[];
}

/**
 * Fits the kept design and the batches together, gene by gene, and subtracts the batch part: Y − B̂ Xᵀ_batch, with batch
 * effects that sum to zero over the batches.
 *
 * @param expression - log expression, genes × samples; NaN where missing
 * @throws ShapeError when the batches or the design do not fit the samples
 * @see limma 3.54 `removeBatchEffect(x, batch, design = design)`. Batches are sorted by code unit; which of them counts as
 * confounded, where one is, depends on that order.
 */
export function removeBatchEffect(expression: ExpressionMatrix, options: BatchOptions): BatchCorrection {
  const n = expression.samples.length;
  const { batch } = options;
  if (batch.length !== n) {
    throw new ShapeError('There must be one batch per sample.', { expected: String(n), found: String(batch.length) });
  }
  const kept = options.design ?? designFromColumns(['mean'], [new Float64Array(n).fill(1)]);
  const levels = [...new Set(batch)].sort();
  const last = levels.pop();
  const effects = levels.map((level) => Float64Array.from(batch, (b) => (b === level ? 1 : b === last ? -1 : 0)));
  if (effects.length === 0) return { expression, confounded: [] };
  const fit = fitAllowingAliases(expression, joinColumns(kept, levels, effects));
  const p = fit.columns.length;
  const offset = kept.columns.length;
  const values = expression.values.slice();
  effects.forEach((effect, j) => {
    for (let g = 0; g < expression.genes.length; g++) {
      const estimate = fit.coefficients[g * p + offset + j] as number;
      if (Number.isNaN(estimate)) continue;
      for (let s = 0; s < n; s++) values[g * n + s] = (values[g * n + s] as number) - estimate * (effect[s] as number);
    }
  });
  const confounded = levels.filter((_, j) => Number.isNaN(fit.covariance[(offset + j) * p + offset + j]));
  return { expression: { genes: expression.genes, samples: expression.samples, values }, confounded };
}

function joinColumns(kept: DesignMatrix, names: readonly string[], effects: readonly Float64Array[]): DesignMatrix {
  const p = kept.columns.length;
  const columns = kept.columns.map((_, j) =>
    Float64Array.from({ length: kept.nRows }, (__, i) => kept.values[i * p + j] as number),
  );
  return designFromColumns([...kept.columns, ...names], [...columns, ...effects]);
}
