import { describe, expect, it } from 'vitest';
import { readReferenceJson, worstDifference } from '../../../../tests/support/reference.js';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import { areaUnderCurve } from './auc.js';
import { midRanks, pearson, spearman } from './correlation.js';
import { principalComponents } from './pca.js';
import { symmetricEigen } from './symmetric-eigen.js';
import { cutTree, wardClustering } from './ward.js';

/** R 4.2.2: prcomp, hclust, cor, eigen (reference/sample-display/sample-display.R). */
interface Pca {
  readonly sdev: readonly number[];
  readonly scores: readonly number[];
  readonly loadings: readonly number[];
  readonly exact: readonly number[];
}
const expected = readReferenceJson<{
  readonly pca: { readonly values: readonly number[]; readonly plain: Pca; readonly scaled: Pca };
  readonly ward: {
    readonly points: readonly number[];
    readonly merges: readonly number[];
    readonly heights: readonly number[];
    readonly order: readonly number[];
    readonly cuts: readonly (readonly number[])[];
  };
  readonly correlation: Record<'a' | 'b' | 'ranks', readonly (number | null)[]> &
    Record<'pearson' | 'spearman', number>;
  readonly auc: {
    readonly positives: readonly number[];
    readonly negatives: readonly number[];
    readonly value: number;
  };
  readonly eigen: { readonly matrix: readonly number[]; readonly values: readonly number[] };
}>('sample-display/expected.json');

const names = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => prefix + String(i));
const matrix: ExpressionMatrix = createExpressionMatrix(
  names('g', 40),
  names('s', 12),
  Float64Array.from(expected.pca.values),
);

/** Components of a row-major table with their signs removed, since R leaves them open. */
const unsigned = (table: ArrayLike<number>): number[] => Array.from(table, Math.abs);

describe('principal components', () => {
  it.each([
    ['plain', false],
    ['scaled', true],
  ] as const)('equal prcomp up to sign: %s', (name, scale) => {
    const found = principalComponents(matrix, { components: 5, scale });
    const wanted = expected.pca[name];
    expect(worstDifference(found.standardDeviations, wanted.sdev)).toBeLessThan(1e-12);
    expect(worstDifference(found.explained, wanted.exact)).toBeLessThan(1e-12);
    expect(worstDifference(unsigned(found.scores), unsigned(wanted.scores), { floor: 1 })).toBeLessThan(1e-11);
    expect(worstDifference(unsigned(found.loadings), unsigned(wanted.loadings), { floor: 1 })).toBeLessThan(1e-11);
  });

  it('eigenvalues equal eigen()', () => {
    const { values } = symmetricEigen(Float64Array.from(expected.eigen.matrix), 7);
    expect(worstDifference(values, expected.eigen.values)).toBeLessThan(1e-10);
  });
});

describe('Ward clustering', () => {
  const points = Array.from({ length: 60 }, (_, i) => expected.ward.points.slice(3 * i, 3 * i + 3));
  const tree = wardClustering(points);

  it('has the tree of hclust(dist(x), "ward.D2")', () => {
    expect(Array.from(tree.merges)).toEqual(expected.ward.merges);
    expect(worstDifference(tree.heights, expected.ward.heights)).toBeLessThan(1e-12);
    expect(Array.from(tree.order, (i) => i + 1)).toEqual(expected.ward.order);
  });

  it('has the partitions of cutree', () => {
    expected.ward.cuts.forEach((cut, i) => {
      expect(Array.from(cutTree(tree, i + 2))).toEqual(cut);
    });
  });
});

describe('correlation and AUC', () => {
  it('equal cor() on complete pairs and rank()', () => {
    const a = expected.correlation.a.map((v) => v ?? NaN);
    const b = expected.correlation.b.map((v) => v ?? NaN);
    expect(pearson(a, b)).toBeCloseTo(expected.correlation.pearson, 13);
    expect(spearman(a, b)).toBeCloseTo(expected.correlation.spearman, 13);
    expect(worstDifference(midRanks(a), expected.correlation.ranks)).toBe(0);
  });

  it('AUC equals the share of pairs', () => {
    expect(areaUnderCurve(expected.auc.positives, expected.auc.negatives)).toBeCloseTo(expected.auc.value, 14);
  });
});
