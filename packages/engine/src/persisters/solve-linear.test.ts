import { describe, expect, it } from 'vitest';
import { inverseDiagonal, solveSymmetric } from './solve-linear.js';

describe('symmetric positive definite systems', () => {
  const a = Float64Array.of(4, 2, 0.6, 2, 5, 1, 0.6, 1, 3);

  it('are solved', () => {
    const x = Float64Array.of(1, -2, 0.5);
    const b = Float64Array.from({ length: 3 }, (_, i) =>
      [0, 1, 2].reduce((sum, j) => sum + (a[3 * i + j] as number) * (x[j] as number), 0),
    );
    solveSymmetric(a, b, 3).forEach((value, i) => {
      expect(value).toBeCloseTo(x[i] as number, 12);
    });
  });

  it('are inverted', () => {
    // R: diag(solve(matrix(c(4, 2, 0.6, 2, 5, 1, 0.6, 1, 3), 3)))
    const determinant = 4 * (15 - 1) - 2 * (6 - 0.6) + 0.6 * (2 - 3);
    const expected = [(15 - 1) / determinant, (12 - 0.36) / determinant, (20 - 4) / determinant];
    inverseDiagonal(a, 3).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] as number, 12);
    });
  });

  it('leave out what nothing is known about', () => {
    const [x, y] = solveSymmetric(Float64Array.of(2, 0, 0, 0), Float64Array.of(4, 1), 2);
    expect(x).toBeCloseTo(2, 12);
    expect(y).toBe(0);
  });
});
