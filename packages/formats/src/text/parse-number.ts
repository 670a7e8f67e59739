/** Powers of ten that a double holds exactly. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${String(i)}`));
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * The number written in ASCII in `bytes[from … to)`, correctly rounded; NaN when it is not a plain decimal number.
 * Mantissas of up to 15 digits with a power of ten up to 22 are exact in one multiplication or division
 * (Clinger 1990, doi 10.1145/93548.93557); anything longer goes through the host's own parser.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  let mantissa = 0;
  let digits = 0;
  let fraction = 0;
  let point = false;
  for (; at < to; at++) {
    const digit = (bytes[at] as number) - 48;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (point) fraction++;
    } else if (digit === -2 && !point) point = true;
    else break;
  }
  if (at < to || digits === 0 || digits > 15) return parseSlowly(bytes, from, to);
  const value = fraction === 0 ? mantissa : mantissa / (powersOfTen[fraction] as number);
  return sign === 45 ? -value : value;
}

function parseSlowly(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 64) return NaN;
  const text = String.fromCharCode(...bytes.subarray(from, to)).trim();
  return decimal.test(text) ? Number(text) : NaN;
}
