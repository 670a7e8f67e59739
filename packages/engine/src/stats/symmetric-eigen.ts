import { ConvergenceError } from '../core/errors.js';

/** Eigenvalues in decreasing order and their unit eigenvectors. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** `vectors[k * n + i]` is component i of the k-th eigenvector. */
  readonly vectors: Float64Array;
}

/**
 * All eigenvalues and eigenvectors of a real symmetric matrix: Householder reduction to tridiagonal form, then QL steps with
 * implicit Wilkinson shifts. O(n³); meant for n up to about a thousand.
 *
 * @param matrix - n × n, row-major; only its lower triangle is read
 * @param n - order
 * @throws ConvergenceError when an eigenvalue needs more than 60 steps, which finite input does not
 * @see Golub and Van Loan, Matrix Computations, 4th edition, algorithms 8.3.1 and 8.3.3; R's `eigen(symmetric = TRUE)`
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const work = matrix.slice();
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const vectors = tridiagonalise(work, n, diagonal, beside);
  diagonaliseInPlace(diagonal, beside, vectors, n);
  const order = Uint32Array.from(diagonal, (_, i) => i);
  order.sort((a, b) => (diagonal[b] as number) - (diagonal[a] as number) || a - b);
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => {
    sorted.set(vectors.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (i) => diagonal[i] as number), vectors: sorted };
}

/** Reduces `a` by reflections from the first column on; returns the accumulated transformation, one vector per row. */
function tridiagonalise(a: Float64Array, n: number, diagonal: Float64Array, beside: Float64Array): Float64Array {
  const basis = new Float64Array(n * n);
  for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 1; k++) {
    let norm2 = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * n + k] as number;
      norm2 += (v[i] as number) * (v[i] as number);
    }
    const head = v[k + 1] as number;
    const target = head > 0 ? -Math.sqrt(norm2) : Math.sqrt(norm2);
    beside[k] = target;
    v[k + 1] = head - target;
    const scale = norm2 === 0 ? 0 : 1 / (-target * (head - target));
    if (scale === 0 || !Number.isFinite(scale)) {
      beside[k] = head;
      continue;
    }
    reflectSymmetric(a, n, k + 1, v, p, scale);
    for (let row = 0; row < n; row++) reflectRow(basis, row * n, v, k + 1, n, scale);
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i] as number;
  return transpose(basis, n);
}

/** A ← H A H on the trailing block from `from`, H = I − scale · v vᵀ; lower triangle only. */
function reflectSymmetric(
  a: Float64Array,
  n: number,
  from: number,
  v: Float64Array,
  p: Float64Array,
  scale: number,
): void {
  p.fill(0);
  for (let i = from; i < n; i++) {
    let sum = 0;
    for (let j = from; j < i; j++) {
      const value = a[i * n + j] as number;
      sum += value * (v[j] as number);
      p[j] = (p[j] as number) + value * (v[i] as number);
    }
    p[i] = (p[i] as number) + sum + (a[i * n + i] as number) * (v[i] as number);
  }
  let dot = 0;
  for (let i = from; i < n; i++) {
    p[i] = (p[i] as number) * scale;
    dot += (p[i] as number) * (v[i] as number);
  }
  for (let i = from; i < n; i++) p[i] = (p[i] as number) - (scale / 2) * dot * (v[i] as number);
  for (let i = from; i < n; i++) {
    for (let j = from; j <= i; j++) {
      a[i * n + j] =
        (a[i * n + j] as number) - (v[i] as number) * (p[j] as number) - (p[i] as number) * (v[j] as number);
    }
  }
}

function reflectRow(rows: Float64Array, start: number, v: Float64Array, from: number, n: number, scale: number): void {
  let dot = 0;
  for (let i = from; i < n; i++) dot += (rows[start + i] as number) * (v[i] as number);
  dot *= scale;
  for (let i = from; i < n; i++) rows[start + i] = (rows[start + i] as number) - dot * (v[i] as number);
}

function transpose(a: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) result[j * n + i] = a[i * n + j] as number;
  return result;
}

/** QL iteration on the tridiagonal matrix; rotates the rows of `vectors` along. */
function diagonaliseInPlace(d: Float64Array, e: Float64Array, vectors: Float64Array, n: number): void {
  for (let l = 0; l < n; l++) {
    for (let step = 0; ; step++) {
      const m = firstNegligible(d, e, l, n);
      if (m === l) break;
      if (step === 60) throw new ConvergenceError('The eigenvalues of a symmetric matrix did not converge.');
      implicitStep(d, e, vectors, n, l, m);
    }
  }
}

function firstNegligible(d: Float64Array, e: Float64Array, from: number, n: number): number {
  for (let m = from; m < n - 1; m++) {
    const size = Math.abs(d[m] as number) + Math.abs(d[m + 1] as number);
    if (Math.abs(e[m] as number) <= Number.EPSILON * size) return m;
  }
  return n - 1;
}

/** One QL step on rows l … m with the shift nearest to d(l), chasing the bulge upwards by plane rotations. */
function implicitStep(d: Float64Array, e: Float64Array, vectors: Float64Array, n: number, l: number, m: number): void {
  const half = ((d[l + 1] as number) - (d[l] as number)) / (2 * (e[l] as number));
  const length = Math.sqrt(half * half + 1);
  let g = (d[m] as number) - (d[l] as number) + (e[l] as number) / (half + (half < 0 ? -length : length));
  let sine = 1;
  let cosine = 1;
  let carried = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * (e[i] as number);
    const b = cosine * (e[i] as number);
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = (d[i + 1] as number) - carried;
      e[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = (d[i + 1] as number) - carried;
    const t = ((d[i] as number) - g) * sine + 2 * cosine * b;
    carried = sine * t;
    d[i + 1] = g + carried;
    g = cosine * t - b;
    rotateRows(vectors, n, i, cosine, sine);
  }
  d[l] = (d[l] as number) - carried;
  e[l] = g;
  e[m] = 0;
}

function rotateRows(vectors: Float64Array, n: number, i: number, cosine: number, sine: number): void {
  const upper = i * n;
  const lower = upper + n;
  for (let k = 0; k < n; k++) {
    const a = vectors[upper + k] as number;
    const b = vectors[lower + k] as number;
    vectors[lower + k] = sine * a + cosine * b;
    vectors[upper + k] = cosine * a - sine * b;
  }
}
