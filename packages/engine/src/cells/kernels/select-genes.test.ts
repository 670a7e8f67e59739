import { describe, expect, it } from 'vitest';
import { plantedCells } from '../../../../../tests/kernels/planted-cells.js';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { regroupColumns } from '../../data/regroup-columns.js';
import { embeddingTasks } from './embedding-tasks.js';
import { selectGenes } from './select-genes.js';

const context = inlineContext(embeddingTasks);
const { counts } = plantedCells(2100, 80, 4);

describe('selectGenes', () => {
  it('keeps the values of the genes asked for, whatever the kind of array, over several blocks of cells', async () => {
    const genes = Uint32Array.of(3, 17, 40, 79);
    const target = new Int32Array(80).fill(-1);
    genes.forEach((gene, to) => {
      target[gene] = to;
    });
    const wide = { ...counts, indices: Uint32Array.from(counts.indices), data: Float64Array.from(counts.data) };
    const indptr = Float64Array.from(counts.indptr);
    for (const matrix of [counts, wide, { ...wide, indptr }]) {
      const found = await selectGenes(matrix, genes, context);
      const expected = regroupColumns(counts, target, 4);
      expect(found.shape).toEqual([2100, 4]);
      expect(Array.from(found.indptr)).toEqual(Array.from(expected.indptr));
      expect(Array.from(found.indices)).toEqual(Array.from(expected.indices));
      expect(Array.from(found.data)).toEqual(Array.from(expected.data));
      expect(found.data.constructor).toBe(matrix.data.constructor);
    }
  });

  it('stops between blocks', async () => {
    const stop = new AbortController();
    const onProgress = (): void => {
      stop.abort();
    };
    await expect(
      selectGenes(counts, Uint32Array.of(1), { ...context, signal: stop.signal, onProgress }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });
});
