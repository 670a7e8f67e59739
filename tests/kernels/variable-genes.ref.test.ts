import { blockTasks, geneVariances, pearson, variableGenes } from '@remnant/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import * as scran from 'scran.js';
import { inlineContext } from '../support/inline-context.js';
import { plantedCells } from './planted-cells.js';

/** Our streaming variances beside those scran.js computes with the whole matrix in its memory. */
describe('gene variances beside scran.js', () => {
  const cells = plantedCells(1500, 1500, 21);
  const { counts, sizeFactors, block } = cells;

  beforeAll(() => scran.initialize({ numberOfThreads: 0 }));

  for (const blocked of [false, true]) {
    it(blocked ? 'within blocks' : 'without blocks', async () => {
      const byRow = { byRow: false, forceInteger: true, layered: true };
      const matrix = scran.initializeSparseMatrixFromSparseArrays(
        1500,
        1500,
        counts.data,
        counts.indices,
        counts.indptr,
        byRow,
      );
      const model = scran.modelGeneVariances(scran.normalizeCounts(matrix, { sizeFactors }), {
        block: blocked ? Int32Array.from(block) : null,
        numberOfThreads: 1,
      });
      const options = blocked ? { block, nBlocks: 2 } : { block: new Uint32Array(1500), nBlocks: 1 };
      const found = await geneVariances(cells, options, inlineContext(blockTasks));
      const worst = (ours: Float64Array, theirs: Float64Array): number =>
        ours.reduce((most, value, g) => Math.max(most, Math.abs(value - (theirs[g] as number))), 0);
      // Sums in another order: rounding only.
      expect(worst(found.means, model.means())).toBeLessThan(1e-11);
      expect(worst(found.variances, model.variances())).toBeLessThan(1e-11);
      // Another set of points between which the LOWESS curve is interpolated.
      const residuals = worst(found.residuals, model.residuals());
      const correlation = pearson(found.residuals, model.residuals());
      const theirs = new Set(variableGenes(model.residuals(), 300));
      const shared = variableGenes(found.residuals, 300).filter((gene) => theirs.has(gene)).length;
      console.log(
        `residuals differ by at most ${residuals.toExponential(1)} (correlation ${correlation.toFixed(5)}); ${String(shared)} of 300 variable genes are the same`,
      );
      expect(residuals).toBeLessThan(0.02);
      expect(correlation).toBeGreaterThan(0.999);
      expect(shared).toBeGreaterThanOrEqual(290);
    });
  }
});
