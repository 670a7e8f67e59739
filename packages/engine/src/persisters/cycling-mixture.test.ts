import { createRng, exp, randomNegativeBinomial } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { twoLevels } from './cycling-mixture.js';

function draw(
  share: number,
  ratio: number,
  nCells = 1500,
): { counts: Float64Array; depth: Float64Array; high: Uint8Array } {
  const rng = createRng(4, 'cycling');
  const high = Uint8Array.from({ length: nCells }, () => (rng.uniform() < share ? 1 : 0));
  const depth = Float64Array.from(high, () => 3000 * exp(0.4 * rng.normal()));
  const counts = Float64Array.from(high, (on, c) =>
    randomNegativeBinomial(rng, (depth[c] as number) * 0.004 * (on === 1 ? ratio : 1), 0.05),
  );
  return { counts, depth, high };
}

describe('two levels of a gene set', () => {
  it.each([0.35, 0.1])('recovers a cycling share of %f', (share) => {
    const { counts, depth, high } = draw(share, 4);
    const found = twoLevels(counts, depth);
    expect(found.status).toBe('ok');
    expect(found.high / found.low).toBeCloseTo(4, 0);
    const wrong = high.filter((on, c) => on !== ((found.probability[c] as number) > 0.5 ? 1 : 0)).length;
    expect(wrong / high.length).toBeLessThan(0.03);
    expect(found.share).toBeCloseTo(share, 1);
  });

  it('finds one level where there is one, in shallow and deep cells alike', () => {
    const { counts, depth } = draw(0, 1);
    expect(twoLevels(counts, depth)).toMatchObject({ status: 'not-identifiable', share: NaN });
  });

  it('says why it cannot tell', () => {
    expect(twoLevels(new Float64Array(10), new Float64Array(10).fill(5)).reasons).toEqual(['fewer than 30 cells']);
    expect(twoLevels(new Float64Array(50), new Float64Array(50).fill(5)).reasons).toEqual([
      'the genes of the set are not expressed',
    ]);
  });

  it('leaves out cells without depth', () => {
    const { counts, depth } = draw(0.3, 4);
    depth[2] = 0;
    expect(twoLevels(counts, depth).probability[2]).toBeNaN();
  });
});
