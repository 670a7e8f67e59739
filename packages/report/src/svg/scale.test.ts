import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extent, linearScale, niceTicks, padded } from './scale.js';
import { fitText, textWidth, wrapText } from './text-width.js';

describe('linearScale', () => {
  it('takes the ends of the domain to the ends of the range', () => {
    const scale = linearScale([-2, 2], [100, 0]);
    expect([scale.at(-2), scale.at(0), scale.at(2)]).toEqual([100, 50, 0]);
    expect(linearScale([3, 3], [0, 10]).at(3)).toBe(5);
  });
});

describe('extent', () => {
  it('skips what is not finite', () => {
    expect(extent([NaN, 3, -1, Infinity])).toEqual([-1, 3]);
    expect(extent([NaN])).toBeNull();
    expect(padded([0, 10], 0.1)).toEqual([-1, 11]);
    expect(padded([4, 4], 0.1)).toEqual([3, 5]);
  });
});

describe('niceTicks', () => {
  it('writes ticks with the decimals they need', () => {
    expect(niceTicks([0, 1], 5)).toEqual({ values: [0, 0.2, 0.4, 0.6, 0.8, 1], decimals: 1 });
    expect(niceTicks([-3.2, 3.2], 6)).toEqual({ values: [-3, -2, -1, 0, 1, 2, 3], decimals: 0 });
    expect(niceTicks([0, 70], 6).values).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
    expect(niceTicks([5, 5], 6).values).toEqual([5]);
  });

  it('stays inside the domain, evenly spaced, near the count asked for', () => {
    const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (low, width, count) => {
          fc.pre(width > Math.abs(low) * 1e-9);
          const { values } = niceTicks([low, low + width], count);
          expect(values.length).toBeGreaterThanOrEqual(1);
          expect(values.length).toBeLessThanOrEqual(2 * count + 1);
          for (const value of values) {
            expect(value).toBeGreaterThanOrEqual(low - width * 1e-6);
            expect(value).toBeLessThanOrEqual(low + width * (1 + 1e-6));
          }
        },
      ),
    );
  });
});

describe('text width', () => {
  it('follows the Helvetica metrics', () => {
    expect(textWidth('AB', 10)).toBeCloseTo(13.34);
    expect(textWidth('été', 10)).toBeCloseTo(textWidth('ete', 10));
    expect(textWidth('A', 10, 'bold')).toBeGreaterThan(textWidth('A', 10));
  });

  it('cuts and wraps to a width', () => {
    expect(fitText('HBCx10', 200, 12)).toBe('HBCx10');
    expect(fitText('HALLMARK_INTERFERON', 60, 12)).toMatch(/^HALL.*…$/);
    const lines = wrapText('one two three four five six', 60, 12);
    expect(lines.join(' ')).toBe('one two three four five six');
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(60);
  });
});
