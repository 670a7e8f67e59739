import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { logExpression, plantedCells } from '../../../../../tests/kernels/planted-cells.js';
import { embeddingTasks } from './embedding-tasks.js';
import { geneVariances } from './gene-variances.js';
import { librarySizeFactors } from './size-factors.js';
import { variableGenes } from './variable-genes.js';
import { varianceTrend } from './variance-trend.js';

const context = inlineContext(embeddingTasks);
const cells = plantedCells(2500, 60, 3);
const expression = logExpression(cells);

function momentsOf(gene: number, kept: (cell: number) => boolean): readonly [mean: number, variance: number] {
  const values = expression.filter((_, cell) => kept(cell)).map((row) => row[gene] as number);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)];
}

describe('geneVariances', () => {
  it('gives mean and variance of the log expression, averaged over blocks by their weights', async () => {
    const block = Uint32Array.from(expression.keys()).map((cell) => (cell < 500 ? 0 : 1));
    const found = await geneVariances(cells, { block, nBlocks: 2 }, context);
    expect(found.nBlocks).toBe(2);
    for (const gene of [0, 9, 31]) {
      const [first, second] = [momentsOf(gene, (cell) => cell < 500), momentsOf(gene, (cell) => cell >= 500)];
      // 500 cells weigh one half, 2,000 one.
      expect(found.means[gene]).toBeCloseTo((0.5 * first[0] + second[0]) / 1.5, 12);
      expect(found.variances[gene]).toBeCloseTo((0.5 * first[1] + second[1]) / 1.5, 11);
    }
  });

  it('leaves out blocks of one cell, and gives no residuals where no trend can be fitted', async () => {
    const block = new Uint32Array(2500);
    block[2499] = 1;
    const found = await geneVariances(cells, { block, nBlocks: 2 }, context);
    expect(found.nBlocks).toBe(1);
    const silent = { ...cells, sizeFactors: cells.sizeFactors.map((factor) => factor * 1e6) };
    const nothing = await geneVariances(silent, { block: new Uint32Array(2500), nBlocks: 1 }, context);
    expect([nothing.nBlocks, ...new Set(nothing.residuals)]).toEqual([0, 0]);
  });

  it('finds genes that differ between groups before those that do not', async () => {
    const found = await geneVariances(cells, { block: new Uint32Array(2500), nBlocks: 1 }, context);
    const means = found.means;
    const strong = [...means.keys()].filter((gene) => gene % 10 < 4 && (means[gene] as number) > 0.5);
    const chosen = variableGenes(found.residuals, 24);
    expect(strong.filter((gene) => chosen.includes(gene)).length / strong.length).toBeGreaterThan(0.9);
  });
});

describe('varianceTrend', () => {
  it('goes through points that lie on a smooth curve, and straight to the origin below the smallest mean', () => {
    const means = Float64Array.from({ length: 400 }, (_, i) => 0.01 * (i + 1));
    const variances = means.map((mean) => (0.5 + 0.1 * mean) ** 4);
    const fitted = varianceTrend(means, variances) as Float64Array;
    for (let g = 10; g < 400; g++) expect(fitted[g]).toBeCloseTo(variances[g] as number, 6);
    const slope = (fitted[9] as number) / (means[9] as number);
    expect(fitted[3]).toBeCloseTo(slope * (means[3] as number), 12);
  });

  it('is not fitted to fewer than two genes', () => {
    expect(varianceTrend(Float64Array.of(0.05, 0.02, 3), Float64Array.of(1, 1, 1))).toBeNull();
  });
});

describe('librarySizeFactors', () => {
  it('averages one over the cells that have counts', () => {
    const counts = {
      kind: 'csr',
      shape: [3, 4],
      indptr: Uint32Array.of(0, 2, 2, 3),
      indices: Uint16Array.of(0, 2, 1),
      data: Uint8Array.of(3, 3, 2),
    } as const;
    expect(Array.from(librarySizeFactors(counts))).toEqual([1.5, 1, 0.5]);
    const empty = { ...counts, indptr: new Uint32Array(4), indices: new Uint16Array(0), data: new Uint8Array(0) };
    expect(() => librarySizeFactors(empty)).toThrow(/without any count/);
  });
});

describe('variableGenes', () => {
  it('takes the highest above zero, in the order of the columns, the earlier of two as high', () => {
    expect(Array.from(variableGenes(Float64Array.of(0.5, 2, -1, 1, 1, 0), 3))).toEqual([1, 3, 4]);
    expect(Array.from(variableGenes(Float64Array.of(1, 2, 1), 2))).toEqual([0, 1]);
    expect(Array.from(variableGenes(Float64Array.of(0, -1), 2))).toEqual([]);
  });
});
