/**
 * Elementary functions with the same bits in every host. `Math.exp`, `Math.log`, `Math.pow` and `Math.sin` are
 * implementation-defined and differ between browsers; these are the fdlibm ports of `@stdlib`, pinned by exact version.
 * `Math.sqrt`, `Math.abs`, `Math.floor` and the like are exact by the language standard and are used directly.
 */
import cosPinned from '@stdlib/math-base-special-cos';
import expPinned from '@stdlib/math-base-special-exp';
import expm1Pinned from '@stdlib/math-base-special-expm1';
import lnPinned from '@stdlib/math-base-special-ln';
import log1pPinned from '@stdlib/math-base-special-log1p';
import log2Pinned from '@stdlib/math-base-special-log2';
import powPinned from '@stdlib/math-base-special-pow';
import sinPinned from '@stdlib/math-base-special-sin';

/** e raised to `x`. */
export const exp: (x: number) => number = expPinned;
/** e raised to `x`, minus one, accurate near zero. */
export const expm1: (x: number) => number = expm1Pinned;
/** Natural logarithm. */
export const log: (x: number) => number = lnPinned;
/** Natural logarithm of `1 + x`, accurate near zero. */
export const log1p: (x: number) => number = log1pPinned;
/** `x` raised to `y`. */
export const pow: (x: number, y: number) => number = powPinned;
/** Sine of `x` radians. */
export const sin: (x: number) => number = sinPinned;
/** Cosine of `x` radians. */
export const cos: (x: number) => number = cosPinned;

/** Base-2 logarithm, exact at powers of two. */
export const log2: (x: number) => number = log2Pinned;

/** Base-10 logarithm. */
export function log10(x: number): number {
  return lnPinned(x) * 0.4342944819032518;
}

/** 2 raised to `x`. */
export function exp2(x: number): number {
  return powPinned(2, x);
}
