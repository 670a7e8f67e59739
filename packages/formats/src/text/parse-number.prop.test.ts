import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseNumber } from './parse-number.js';

const parse = (text: string): number => {
  const bytes = new TextEncoder().encode(text);
  return parseNumber(bytes, 0, bytes.length);
};

it('reads every double as the host does, in each way of writing it', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 1, max: 17 }),
      (value, digits) => {
        for (const text of [String(value), value.toPrecision(digits), value.toExponential(digits)]) {
          expect(parse(text)).toBe(Number(text));
        }
      },
    ),
  );
});

it('reads decimals of up to fifteen digits exactly rounded', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.nat({ max: 15 }), (mantissa, fraction) => {
      const digits = mantissa.toString().padStart(fraction + 1, '0');
      const text = `${digits.slice(0, digits.length - fraction)}.${digits.slice(digits.length - fraction)}`;
      expect(parse(text)).toBe(Number(text));
    }),
  );
});

it.each(['', '.', '-', 'NA', 'NaN', 'Inf', '1-Mar', '0x10', '1,5', '1 2', '1e', '--1', '1.2.3'])(
  'is no number: %j',
  (text) => {
    expect(parse(text)).toBeNaN();
  },
);

it.each([
  ['1.', 1],
  ['.5', 0.5],
  ['+3', 3],
  [' 7 ', 7],
  ['-0.25', -0.25],
  ['1E3', 1000],
])('reads %j', (text, value) => {
  expect(parse(text)).toBe(value);
});
