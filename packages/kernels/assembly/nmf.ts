/*
 * The three loops of non-negative matrix factorisation, two numbers at a time. Lanes are the columns of a factor, so no sum runs
 * across lanes and every number sees the roundings of the TypeScript kernel in packages/engine/src/metaprogrammes/nmf-kernel.ts.
 * Addresses are in bytes; `stride` is the even number of f64 in a row of a factor.
 */

/** out[i, j] = Σ data[p] · factor[indices[p], j] over the stored values p of major i. */
export function multiply(
  indptr: usize, indices: usize, data: usize, nMajors: u32, factor: usize, out: usize, stride: u32,
): void {
  for (let i: u32 = 0; i < nMajors; i++) {
    const start: usize = load<u32>(indptr + (<usize>i << 2));
    const end: usize = load<u32>(indptr + (<usize>i << 2), 4);
    const row = out + ((<usize>i * stride) << 3);
    for (let j: u32 = 0; j < stride; ) {
      const left = stride - j;
      const width: u32 = left >= 10 || left == 6 ? 6 : left >= 4 ? 4 : 2;
      const at = <usize>j << 3;
      if (width == 6) multiply6(indices, data, start, end, factor + at, row + at, stride);
      else if (width == 4) multiply4(indices, data, start, end, factor + at, row + at, stride);
      else multiply2(indices, data, start, end, factor + at, row + at, stride);
      j += width;
    }
  }
}

// @ts-ignore: decorator
@inline
function multiply6(indices: usize, data: usize, start: usize, end: usize, factor: usize, out: usize, stride: u32): void {
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  let sum2 = f64x2.splat(0);
  for (let p = start; p < end; p++) {
    const value = v128.load_splat<f64>(data + (p << 3));
    const at = factor + ((<usize>load<u32>(indices + (p << 2)) * stride) << 3);
    sum0 = f64x2.add(sum0, f64x2.mul(value, v128.load(at)));
    sum1 = f64x2.add(sum1, f64x2.mul(value, v128.load(at, 16)));
    sum2 = f64x2.add(sum2, f64x2.mul(value, v128.load(at, 32)));
  }
  v128.store(out, sum0);
  v128.store(out, sum1, 16);
  v128.store(out, sum2, 32);
}

// @ts-ignore: decorator
@inline
function multiply4(indices: usize, data: usize, start: usize, end: usize, factor: usize, out: usize, stride: u32): void {
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  for (let p = start; p < end; p++) {
    const value = v128.load_splat<f64>(data + (p << 3));
    const at = factor + ((<usize>load<u32>(indices + (p << 2)) * stride) << 3);
    sum0 = f64x2.add(sum0, f64x2.mul(value, v128.load(at)));
    sum1 = f64x2.add(sum1, f64x2.mul(value, v128.load(at, 16)));
  }
  v128.store(out, sum0);
  v128.store(out, sum1, 16);
}

// @ts-ignore: decorator
@inline
function multiply2(indices: usize, data: usize, start: usize, end: usize, factor: usize, out: usize, stride: u32): void {
  let sum = f64x2.splat(0);
  for (let p = start; p < end; p++) {
    const value = v128.load_splat<f64>(data + (p << 3));
    const at = factor + ((<usize>load<u32>(indices + (p << 2)) * stride) << 3);
    sum = f64x2.add(sum, f64x2.mul(value, v128.load(at)));
  }
  v128.store(out, sum);
}

/** out[j, l] = Σ factor[i, j] · factor[i, l] over the rows i. */
export function gram(factor: usize, nRows: u32, out: usize, stride: u32): void {
  const width = <usize>stride << 3;
  memory.fill(out, 0, width * stride);
  const end = factor + width * nRows;
  for (let row = factor; row < end; row += width) {
    for (let j: usize = 0; j < width; j += 8) {
      const value = load<f64>(row + j);
      if (value != 0) addScaled(out + j * stride, row, value, width);
    }
  }
}

/** Cyclic coordinate descent on every row of `factor`; `scratch` has room for two rows. */
export function descend(
  factor: usize, nRows: u32, gram: usize, products: usize, stride: u32, sweeps: u32, tolerance: f64, scratch: usize,
): void {
  const width = <usize>stride << 3;
  const residual = scratch;
  const inverse = scratch + width;
  for (let j: usize = 0; j < width; j += 8) {
    const curvature = load<f64>(gram + j * stride + j);
    store<f64>(inverse + j, curvature > 0 ? 1 / curvature : 0);
  }
  for (let i: u32 = 0; i < nRows; i++) {
    const row = factor + width * i;
    memory.copy(residual, products + width * i, width);
    for (let j: usize = 0; j < width; j += 8) {
      const value = load<f64>(row + j);
      if (value != 0) addScaled(residual, gram + j * stride, -value, width);
    }
    let first: f64 = 0;
    for (let sweep: u32 = 0; sweep < sweeps; sweep++) {
      const moved = sweepRow(row, residual, inverse, gram, stride);
      if (sweep == 0) first = moved;
      if (moved <= tolerance * first) break;
    }
  }
}

// @ts-ignore: decorator
@inline
function sweepRow(row: usize, residual: usize, inverse: usize, gram: usize, stride: u32): f64 {
  const width = <usize>stride << 3;
  let moved: f64 = 0;
  for (let j: usize = 0; j < width; j += 8) {
    const before = load<f64>(row + j);
    const after = max<f64>(0, before + load<f64>(residual + j) * load<f64>(inverse + j));
    const step = after - before;
    if (step == 0) continue;
    store<f64>(row + j, after);
    addScaled(residual, gram + j * stride, -step, width);
    moved += step * step * load<f64>(gram + j * stride + j);
  }
  return moved;
}

/** target += scale · source, over one row. */
// @ts-ignore: decorator
@inline
function addScaled(target: usize, source: usize, scale: f64, width: usize): void {
  const factor = f64x2.splat(scale);
  for (let l: usize = 0; l < width; l += 16) {
    v128.store(target + l, f64x2.add(v128.load(target + l), f64x2.mul(factor, v128.load(source + l))));
  }
}
