import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { cloneDiversity } from './clone-diversity.js';
import { cloneSizes } from './clone-sizes.js';

const names = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([clone, n]) => Array.from({ length: n }, () => clone));

describe('clone diversity', () => {
  it('counts cells by clone, largest first, and leaves out cells without one', () => {
    const found = cloneSizes([...names({ b: 2, a: 2, c: 5 }), null]);
    expect(found.clones).toEqual(['c', 'a', 'b']);
    expect([...found.sizes]).toEqual([5, 2, 2]);
    expect(found.total).toBe(9);
  });

  it('has as many effective clones as there are when all are equal', () => {
    const { effectiveClones, topShare, clonesPerCell } = cloneDiversity(
      cloneSizes(names({ a: 20, b: 20, c: 20, d: 20 })),
      { depth: 40 },
    );
    expect(effectiveClones.value).toBeCloseTo(4, 12);
    expect(topShare.value).toBe(0.25);
    expect(clonesPerCell).toBe(4 / 80);
  });

  it('says insufficient below the minimum, and unknown beyond the depth', () => {
    const few = cloneDiversity(cloneSizes(names({ a: 3, b: 2 })));
    expect(few.sufficient).toBe(false);
    expect(few.topShare.reasons).toEqual(['5 barcoded cells; at least 50 needed']);
    const shallow = cloneDiversity(cloneSizes(names({ a: 30, b: 30 })));
    expect(shallow.rarefiedClones.reasons).toEqual(['fewer barcoded cells than the depth compared']);
    expect(shallow.topShare.status).toBe('ok');
    const none = cloneDiversity(cloneSizes([]), { minimumCells: 0 });
    expect([none.topShare.value, none.effectiveClones.value, none.topClone]).toEqual([null, null, null]);
  });

  it('covers exp(H) and the expected richness of a tumour with ten clones', () => {
    const shares = [0.3, 0.2, 0.1, 0.1, 0.1, 0.05, 0.05, 0.04, 0.03, 0.03];
    const truth = Math.exp(-shares.reduce((sum, p) => sum + p * Math.log(p), 0));
    const richness = shares.reduce((sum, p) => sum + 1 - (1 - p) ** 50, 0);
    const covered = [0, 0];
    for (let seed = 0; seed < 200; seed++) {
      const rng = createRng(seed, 'diversity');
      const cells = Array.from({ length: 300 }, () => {
        let left = rng.uniform();
        return String(shares.findIndex((share) => (left -= share) < 0));
      });
      const found = cloneDiversity(cloneSizes(cells), { depth: 50 });
      [found.effectiveClones, found.rarefiedClones].forEach(({ low, high }, i) => {
        const value = i === 0 ? truth : richness;
        if ((low as number) <= value && value <= (high as number)) covered[i] = (covered[i] as number) + 1;
      });
    }
    // exp(H) is a little low with few cells, which costs coverage; 200 draws have an error of 1.5 points.
    expect((covered[0] as number) / 200).toBeGreaterThan(0.88);
    expect((covered[1] as number) / 200).toBeGreaterThan(0.9);
  });
});
