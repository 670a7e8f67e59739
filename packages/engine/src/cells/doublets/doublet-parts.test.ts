import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { createRng } from '../../core/rng.js';
import { createExpressionMatrix } from '../../data/expression.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { principalComponents } from '../../stats/pca.js';
import { doubletProbability } from './doublet-probability.js';
import { doubletTasks } from './doublet-tasks.js';
import { leadingComponents, projectRows } from './leading-components.js';
import { simulatedNeighboursBlock } from './simulated-neighbours.js';

const context = inlineContext(doubletTasks);

describe('doubletProbability', () => {
  const rng = createRng(5, 'doublet-probability');
  const draw = (n: number, mean: number): Float64Array => Float64Array.from({ length: n }, () => mean + rng.normal());

  it('is the expected rate where scores say nothing', () => {
    const { cells } = doubletProbability({ cells: draw(4000, 0), simulated: draw(4000, 0) }, 0.05);
    const middle = [...cells].sort((a, b) => a - b).slice(200, 3800);
    expect(Math.min(...middle)).toBeGreaterThan(0.03);
    expect(Math.max(...middle)).toBeLessThan(0.08);
  });

  it('is calibrated where doublets have higher scores', () => {
    const scores = { cells: Float64Array.from([...draw(4750, 0), ...draw(250, 3)]), simulated: draw(5000, 3) };
    const { cells } = doubletProbability(scores, 0.05);
    const likely = cells.filter((p) => p >= 0.5);
    const right = cells.slice(4750).filter((p) => p >= 0.5).length;
    const predicted = likely.reduce((sum, p) => sum + p, 0) / likely.length;
    // Probabilities are cut at one, so what is predicted is a little low.
    expect(right / likely.length - predicted).toBeGreaterThan(-0.05);
    expect(right / likely.length - predicted).toBeLessThan(0.15);
  });

  it('rises with the score and adds up to the expected doublets at most', () => {
    const list = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(list, list, fc.double({ min: 0.01, max: 0.4, noNaN: true }), (a, b, rate) => {
        const { cells } = doubletProbability({ cells: Float64Array.from(a), simulated: Float64Array.from(b) }, rate);
        const order = a.map((_, i) => i).sort((i, j) => a[i]! - a[j]!);
        order.slice(1).forEach((i, k) => {
          const before = order[k]!;
          expect(cells[i]).toBeGreaterThanOrEqual(cells[before]!);
          if (a[i] === a[before]) expect(cells[i]).toBe(cells[before]);
        });
        expect(cells.reduce((sum, p) => sum + p, 0)).toBeLessThanOrEqual(rate * a.length + 1e-9);
      }),
    );
  });
});

describe('simulatedNeighboursBlock', () => {
  it('equals the sorted distances of all pairs', () => {
    const rng = createRng(8, 'neighbours');
    const [nCells, nPoints, nDimensions, k] = [40, 100, 8, 7];
    const points = Float32Array.from({ length: nPoints * nDimensions }, () => rng.normal());
    const found = simulatedNeighboursBlock({ points, nDimensions, nCells, k, from: 10, to: 60 });
    const slow = Array.from({ length: 50 }, (_, i) => {
      const query = 10 + i;
      const distance = (p: number): number =>
        Array.from(
          { length: nDimensions },
          (_, d) => (points[p * nDimensions + d]! - points[query * nDimensions + d]!) ** 2,
        ).reduce((a, b) => a + b);
      const others = Array.from({ length: nPoints }, (_, p) => p).filter((p) => p !== query);
      others.sort((a, b) => distance(a) - distance(b));
      return others.slice(0, k).reduce((sum, p, rank) => sum + (p >= nCells ? 1 - (rank + 0.5) / k : 0), 0) / (k / 2);
    });
    slow.forEach((share, i) => {
      expect(found[i]).toBeCloseTo(share, 12);
    });
  });
});

describe('leadingComponents', () => {
  it('equals the eigenvectors of the whole covariance', async () => {
    const rng = createRng(9, 'components');
    const [nRows, nColumns, nFactors] = [120, 60, 4];
    const loadings = Array.from({ length: nFactors * nColumns }, () => rng.normal());
    const table = Float64Array.from({ length: nRows * nColumns }, () => 0);
    for (let i = 0; i < nRows; i++) {
      const factors = Array.from({ length: nFactors }, (_, f) => (6 - f) * rng.normal());
      for (let g = 0; g < nColumns; g++) {
        const value = factors.reduce((sum, x, f) => sum + x * loadings[f * nColumns + g]!, 0) + rng.normal() + 5;
        table[i * nColumns + g] = Math.abs(value) < 1 ? 0 : value;
      }
    }
    const found = await leadingComponents(sparse(table, nRows, nColumns), { components: nFactors, rng }, context);
    const transposed = Float64Array.from(
      { length: table.length },
      (_, k) => table[(k % nRows) * nColumns + Math.floor(k / nRows)]!,
    );
    const names = (n: number): string[] => Array.from({ length: n }, (_, i) => `n${String(i)}`);
    const exact = principalComponents(createExpressionMatrix(names(nColumns), names(nRows), transposed), {
      components: nFactors,
    });
    expect(found.nComponents).toBe(nFactors);
    const scores = projectRows(sparse(table, nRows, nColumns), found);
    for (let c = 0; c < nFactors; c++) {
      expect(Math.sqrt(found.variances[c]!) / exact.standardDeviations[c]!).toBeCloseTo(1, 8);
      const sign = Math.sign(scores[c]! * exact.scores[c]!);
      for (let i = 0; i < nRows; i++) {
        expect(sign * scores[i * nFactors + c]!).toBeCloseTo(exact.scores[i * nFactors + c]!, 3);
      }
    }
  });
});

function sparse(table: Float64Array, nRows: number, nColumns: number): CsrMatrix {
  const stored = [...table.keys()].filter((k) => table[k] !== 0);
  const indptr = new Uint32Array(nRows + 1);
  for (const k of stored) indptr[Math.floor(k / nColumns) + 1]!++;
  for (let i = 0; i < nRows; i++) indptr[i + 1]! += indptr[i]!;
  return {
    kind: 'csr',
    shape: [nRows, nColumns],
    indptr,
    indices: Uint32Array.from(stored, (k) => k % nColumns),
    data: Float64Array.from(stored, (k) => table[k]!),
  };
}
