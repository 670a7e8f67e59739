import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chao1, rarefiedRichness } from './rarefied-richness.js';

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });

describe('rarefied richness', () => {
  it('grows with depth from one to all clones', () => {
    fc.assert(
      fc.property(sizes, (clones) => {
        const total = clones.reduce((sum, n) => sum + n, 0);
        const at = [1, Math.ceil(total / 2), total].map((depth) => rarefiedRichness(clones, depth).value);
        expect(at[0]).toBeCloseTo(1, 9);
        expect(at[2]).toBeCloseTo(clones.length, 9);
        expect(at[1] as number).toBeLessThanOrEqual(clones.length + 1e-9);
        expect(at[1] as number).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on the order of the clones, and has an error at least that of nothing', () => {
    fc.assert(
      fc.property(sizes, (clones) => {
        const depth = Math.ceil(clones.reduce((sum, n) => sum + n, 0) / 3);
        const [one, other] = [rarefiedRichness(clones, depth), rarefiedRichness([...clones].reverse(), depth)];
        expect(other.value).toBeCloseTo(one.value, 9);
        expect(one.standardError).toBeGreaterThanOrEqual(0);
        expect(chao1(clones)).toBeGreaterThanOrEqual(clones.length);
      }),
      { numRuns: 50 },
    );
  });

  it('is unknown beyond the cells read', () => {
    expect(rarefiedRichness([3, 2], 6).value).toBeNaN();
  });
});
