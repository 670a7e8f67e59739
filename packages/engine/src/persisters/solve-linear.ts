/**
 * Solves A X = B for a small symmetric positive definite A by Cholesky's factorisation; rows and columns whose pivot vanishes are
 * left out, and their part of the solution is zero.
 *
 * @param a - n × n, row-major
 * @param b - n × m, row-major
 */
export function solveSymmetric(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const m = b.length / n;
  const factor = cholesky(a, n);
  const x = Float64Array.from(b);
  for (let column = 0; column < m; column++) {
    for (let i = 0; i < n; i++) substitute(factor, x, { i, column, m, from: 0, to: i, n, transposed: false });
    for (let i = n - 1; i >= 0; i--) substitute(factor, x, { i, column, m, from: i + 1, to: n, n, transposed: true });
  }
  return x;
}

/** Diagonal of the inverse of a small symmetric positive definite matrix. */
export function inverseDiagonal(a: Float64Array, n: number): Float64Array {
  const identity = new Float64Array(n * n);
  for (let i = 0; i < n; i++) identity[i * n + i] = 1;
  const inverse = solveSymmetric(a, identity, n);
  return Float64Array.from({ length: n }, (_, i) => inverse[i * n + i] as number);
}

/** Relative size under which a pivot counts as zero. */
const tiny = 1e-12;

function cholesky(a: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    let pivot = a[j * n + j] as number;
    for (let k = 0; k < j; k++) pivot -= (factor[j * n + k] as number) * (factor[j * n + k] as number);
    if (!(pivot > tiny * (a[j * n + j] as number))) continue;
    const root = Math.sqrt(pivot);
    factor[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] as number) * (factor[j * n + k] as number);
      factor[i * n + j] = sum / root;
    }
  }
  return factor;
}

interface Substitution {
  readonly i: number;
  readonly column: number;
  readonly m: number;
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly transposed: boolean;
}

function substitute(factor: Float64Array, x: Float64Array, step: Substitution): void {
  const { i, column, m, n, transposed } = step;
  const pivot = factor[i * n + i] as number;
  let sum = x[i * m + column] as number;
  for (let k = step.from; k < step.to; k++) {
    sum -= (factor[transposed ? k * n + i : i * n + k] as number) * (x[k * m + column] as number);
  }
  x[i * m + column] = pivot === 0 ? 0 : sum / pivot;
}
