import { ShapeError } from '../core/errors.js';

/**
 * Adjusted Rand index of two partitions of the same items: (Σ C(n_ij, 2) − E) / (½(A + B) − E) with A = Σ C(a_i, 2),
 * B = Σ C(b_j, 2) and E = A B / C(n, 2).
 *
 * @returns one for equal partitions, about zero for unrelated ones; NaN for fewer than two items
 * @throws ShapeError when lengths differ
 * @see doi:10.1007/BF01908075
 */
export function adjustedRandIndex(a: ArrayLike<string | number>, b: ArrayLike<string | number>): number {
  const n = a.length;
  if (b.length !== n) throw new ShapeError('Two partitions to compare must label the same items.');
  if (n < 2) return NaN;
  const first = Array.from(a, String);
  const second = Array.from(b, String);
  const both = sumOfPairs(first.map((label, i) => JSON.stringify([label, second[i]])));
  const inA = sumOfPairs(first);
  const inB = sumOfPairs(second);
  const expected = (inA * inB) / pairs(n);
  const largest = (inA + inB) / 2;
  return largest === expected ? 1 : (both - expected) / (largest - expected);
}

function sumOfPairs(labels: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0);
}

function pairs(n: number): number {
  return (n * (n - 1)) / 2;
}
