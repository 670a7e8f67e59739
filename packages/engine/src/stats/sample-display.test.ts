import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import { adjustedRandIndex } from './adjusted-rand-index.js';
import { designFromColumns } from './design-matrix.js';
import { principalComponents, scoreRows } from './pca.js';
import { removeBatchEffect } from './remove-batch-effect.js';
import { symmetricEigen } from './symmetric-eigen.js';
import { cutTree, wardClustering } from './ward.js';

const names = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => prefix + String(i + 1));
function table(rows: readonly (readonly number[])[]): ExpressionMatrix {
  return createExpressionMatrix(
    names('g', rows.length),
    names('s', rows[0]?.length ?? 0),
    Float64Array.from(rows.flat()),
  );
}

describe('principalComponents', () => {
  const rows = [
    [1, 2, 3, 4, 9],
    [2, 1, 5, 0, 1],
    [7, 7, 1, 2, 4],
  ];

  it('rebuilds the centred table from scores and loadings', () => {
    const pca = principalComponents(table(rows), { components: 3 });
    rows.forEach((row, g) => {
      const mean = row.reduce((a, b) => a + b, 0) / 5;
      row.forEach((value, s) => {
        let sum = 0;
        for (let k = 0; k < 3; k++) sum += (pca.scores[s * 3 + k] as number) * (pca.loadings[g * 3 + k] as number);
        expect(sum).toBeCloseTo(value - mean, 10);
      });
    });
    expect(pca.explained.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  it('gives the same components from either product, and from fewer of them', () => {
    const wide = principalComponents(table(rows), { components: 2 });
    const padded = principalComponents(table([...rows, ...Array.from({ length: 9 }, () => [3, 3, 3, 3, 3])]), {
      components: 2,
    });
    wide.scores.forEach((score, i) => {
      expect(padded.scores[i]).toBeCloseTo(score, 10);
    });
    expect(scoreRows(wide, 1).map((row) => row.length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('makes the score of largest size positive', () => {
    const pca = principalComponents(table(rows), { components: 3 });
    for (let k = 0; k < 3; k++) {
      const scores = scoreRows(pca).map((row) => row[k] as number);
      expect(Math.max(...scores)).toBeGreaterThanOrEqual(-Math.min(...scores));
    }
  });

  it('returns as many components as there are, and leaves constant genes out of scaling', () => {
    expect(
      principalComponents(
        table([
          [1, 2, 3],
          [2, 4, 6],
        ]),
        { components: 5 },
      ).nComponents,
    ).toBe(1);
    const scaled = principalComponents(
      table([
        [1, 2, 3],
        [0.1, 0.1, 0.1],
      ]),
      { components: 2, scale: true },
    );
    expect(scaled.nComponents).toBe(1);
    expect(scaled.loadings[1]).toBeCloseTo(0, 15);
    expect(principalComponents(table([[4, 4, 4]]), { components: 2 }).nComponents).toBe(0);
  });

  it('refuses missing values and impossible numbers of components', () => {
    expect(() => principalComponents(table([[1, NaN]]), { components: 1 })).toThrow(/"g1".*missing/);
    expect(() => principalComponents(table([[1, 2]]), { components: 0 })).toThrow(/positive integer/);
    expect(() => principalComponents(table([[1]]), { components: 1 })).toThrow(/two samples/);
  });
});

describe('symmetricEigen', () => {
  it('solves A v = λ v for any symmetric matrix, with orthonormal vectors', () => {
    const size = fc.integer({ min: 1, max: 9 });
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 81, maxLength: 81 });
    fc.assert(
      fc.property(size, values, (n, entries) => {
        const a = new Float64Array(n * n);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) a[i * n + j] = entries[Math.max(i, j) * 9 + Math.min(i, j)]!;
        const { values: lambda, vectors } = symmetricEigen(a, n);
        for (let k = 0; k < n; k++) {
          for (let i = 0; i < n; i++) {
            let av = 0;
            let dot = 0;
            for (let j = 0; j < n; j++) {
              av += a[i * n + j]! * vectors[k * n + j]!;
              dot += vectors[i * n + j]! * vectors[k * n + j]!;
            }
            expect(av).toBeCloseTo(lambda[k]! * vectors[k * n + i]!, 9);
            expect(dot).toBeCloseTo(i === k ? 1 : 0, 10);
          }
          if (k > 0) expect(lambda[k - 1]).toBeGreaterThanOrEqual(lambda[k]!);
        }
      }),
    );
  });
});

describe('wardClustering and cutTree', () => {
  const blobs = [
    [0, 0],
    [10, 10],
    [0, 1],
    [11, 10],
    [1, 0],
    [30, -5],
  ];

  it('separates groups and numbers them by first appearance', () => {
    const tree = wardClustering(blobs);
    expect(Array.from(cutTree(tree, 3))).toEqual([1, 2, 1, 2, 1, 3]);
    expect(Array.from(cutTree(tree, 1))).toEqual([1, 1, 1, 1, 1, 1]);
    expect(Array.from(cutTree(tree, 6))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(Array.from(tree.order).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has the merge height √(2 n₁ n₂ / (n₁ + n₂)) · distance of the centres', () => {
    const { heights } = wardClustering([[0], [2], [9]]);
    expect(heights[0]).toBeCloseTo(2, 12);
    expect(heights[1]).toBeCloseTo(Math.sqrt(4 / 3) * 8, 12);
  });

  it('finds the partition of the increase in squares, merge by merge', () => {
    const point = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 10 }), (points) => {
        const k = 2;
        const labels = cutTree(wardClustering(points), k);
        expect(new Set(labels).size).toBe(k);
        const turned = cutTree(wardClustering(points.map(([x, y]) => [y + 5, x - 3])), k);
        // Rotation leaves the tree alone unless rounding breaks a tie of distances, which random reals do not have.
        expect(adjustedRandIndex(labels, turned)).toBeGreaterThanOrEqual(hasTies(points) ? -1 : 1);
      }),
    );
  });

  it('clusters a single point and refuses what it cannot cut', () => {
    expect(Array.from(wardClustering([[1]]).order)).toEqual([0]);
    expect(() => wardClustering([])).toThrow(/at least one point/);
    expect(() => wardClustering([[1], [1, 2]])).toThrow(/number of coordinates/);
    expect(() => wardClustering([[1], [NaN]])).toThrow(/missing/);
    expect(() => cutTree(wardClustering(blobs), 7)).toThrow(/1 to 6/);
  });
});

function hasTies(points: readonly (readonly [number, number])[]): boolean {
  const distances = points.flatMap((a, i) => points.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1])));
  return distances.some((d, i) => distances.some((e, j) => i !== j && Math.abs(d - e) < 1e-6));
}

describe('removeBatchEffect', () => {
  it('moves batches to a common mean and keeps the kept effect', () => {
    const expression = table([[1, 2, 11, 12]]);
    const stage = designFromColumns(
      ['one', 'r'],
      [
        [1, 1, 1, 1],
        [0, 1, 0, 1],
      ],
    );
    const { expression: corrected } = removeBatchEffect(expression, { batch: ['a', 'a', 'b', 'b'], design: stage });
    expect(Array.from(corrected.values)).toEqual([6, 7, 6, 7].map((v) => expect.closeTo(v, 10) as number));
    expect(Array.from(expression.values)).toEqual([1, 2, 11, 12]);
  });

  it('says which batch is confounded and leaves it in', () => {
    const stage = designFromColumns(
      ['one', 'r'],
      [
        [1, 1, 1, 1],
        [0, 0, 1, 1],
      ],
    );
    const result = removeBatchEffect(table([[1, 2, 11, 12]]), { batch: ['a', 'a', 'b', 'b'], design: stage });
    expect(result.confounded).toEqual(['a']);
    expect(Array.from(result.expression.values)).toEqual([1, 2, 11, 12]);
  });

  it('changes nothing for one batch and refuses the wrong number', () => {
    const expression = table([[1, 2]]);
    expect(removeBatchEffect(expression, { batch: ['a', 'a'] }).expression).toBe(expression);
    expect(() => removeBatchEffect(expression, { batch: ['a'] })).toThrow(/one batch per sample/);
  });
});

describe('adjustedRandIndex', () => {
  it('is one for relabelled partitions and about zero for unrelated ones', () => {
    expect(adjustedRandIndex([1, 1, 2, 2], ['b', 'b', 'a', 'a'])).toBe(1);
    // Hubert and Arabie: pairs together in both 2, in a 4, in b 4, of 15.
    expect(adjustedRandIndex([1, 1, 1, 2, 2, 3], [1, 1, 2, 2, 3, 3])).toBeCloseTo((1 - 12 / 15) / (3.5 - 12 / 15), 12);
    expect(adjustedRandIndex([1, 1], [1, 1])).toBe(1);
    expect(adjustedRandIndex([1], [1])).toBeNaN();
    expect(() => adjustedRandIndex([1], [1, 2])).toThrow(/same items/);
  });
});
