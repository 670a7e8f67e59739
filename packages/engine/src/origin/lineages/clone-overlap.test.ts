import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { cloneOverlap } from './clone-overlap.js';
import { type CloneSizes, cloneSizes } from './clone-sizes.js';

const sizes = (counts: Readonly<Record<string, number>>): CloneSizes =>
  cloneSizes(Object.keys(counts), Object.values(counts));

/** Cells drawn from shares of clones. */
function draw(shares: readonly number[], n: number, stream: string): CloneSizes {
  const rng = createRng(5, stream);
  return cloneSizes(
    Array.from({ length: n }, () => {
      let left = rng.uniform();
      return String(shares.findIndex((share) => (left -= share) < 0));
    }),
  );
}

describe('overlap of clones', () => {
  it('is Morisita’s index of a case done by hand', () => {
    const { morisita, nShared, cellsInKnownClones } = cloneOverlap([sizes({ a: 3, b: 1 }), sizes({ a: 2, c: 2 })]);
    // λx = (3·2)/(4·3) = 1/2, λy = (2·1 + 2·1)/12 = 1/3; 2·(3·2)/((1/2 + 1/3)·16) = 0.9
    expect(morisita.value).toBeCloseTo(0.9, 12);
    expect(nShared).toBe(1);
    expect(cellsInKnownClones.value).toBe(0.5);
  });

  it('is zero without a common clone and at most one for the same clones', () => {
    expect(cloneOverlap([sizes({ a: 5 }), sizes({ b: 5 })]).morisita.value).toBe(0);
    const same = cloneOverlap([sizes({ a: 5, b: 5 }), sizes({ a: 5, b: 5 })]).morisita;
    expect([same.value, same.high]).toEqual([1, 1]);
    expect(same.low as number).toBeLessThanOrEqual(1);
  });

  it('is unknown where no clone has two cells, or a sample has none', () => {
    const single = sizes({ a: 1, b: 1 });
    expect(cloneOverlap([single, single]).morisita.status).toBe('not-identifiable');
    expect(cloneOverlap([sizes({}), single]).cellsInKnownClones.value).toBe(1 - 1);
    expect(cloneOverlap([single, sizes({})]).cellsInKnownClones.status).toBe('not-identifiable');
  });

  it('covers the true index, whatever the depths', () => {
    const [p, q] = [
      [0.5, 0.3, 0.1, 0.1],
      [0.1, 0.3, 0.5, 0.1],
    ] as const;
    const product = p.reduce<number>((sum, share, i) => sum + share * (q[i] as number), 0);
    const squares = [p, q].map((shares) => shares.reduce<number>((sum, share) => sum + share * share, 0));
    const truth = (2 * product) / ((squares[0] as number) + (squares[1] as number));
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    const found = seeds.map((seed) => {
      const pair = [draw(p, 60, `x${String(seed)}`), draw(q, 200, `y${String(seed)}`)] as const;
      return cloneOverlap(pair).morisita;
    });
    const covered = found.filter(({ low, high }) => (low as number) <= truth && truth <= (high as number)).length;
    const mean = found.reduce((sum, { value }) => sum + (value as number), 0) / found.length;
    // Binomial error of 200 draws at 95 %: 1.5 points.
    expect(covered / seeds.length).toBeGreaterThan(0.9);
    expect(mean).toBeCloseTo(truth, 1);
  });
});
