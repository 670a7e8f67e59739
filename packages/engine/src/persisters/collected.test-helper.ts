import { exp, exp2 } from '../core/pinned-math.js';
import { createRng } from '../core/rng.js';
import { randomNegativeBinomial } from '../simulate/random-negative-binomial.js';
import type { CollectedCells } from './collect-genes.js';

/** Cells drawn around one profile: what one sample of a patient looks like to the score. */
export interface DrawnCells {
  readonly rate: Float64Array;
  readonly dispersion: number;
  readonly effects: Float64Array;
  /** 1 for a cell in the shifted state. */
  readonly shifted: Uint8Array;
  readonly meanDepth: number;
  readonly depthSpread?: number;
  readonly seed: number;
}

/** Draws negative binomial counts of every gene in every cell, and Poisson depths. */
export function drawCells(draw: DrawnCells): CollectedCells {
  const rng = createRng(draw.seed, 'persisters/drawn-cells');
  const spread = draw.depthSpread ?? 0.4;
  const indptr = new Uint32Array(draw.shifted.length + 1);
  const slots: number[] = [];
  const values: number[] = [];
  const depth = new Float64Array(draw.shifted.length);
  draw.shifted.forEach((shifted, c) => {
    const expected = draw.meanDepth * exp(spread * rng.normal());
    depth[c] = randomNegativeBinomial(rng, expected, 0);
    draw.rate.forEach((rate, g) => {
      const factor = shifted === 1 ? exp2(draw.effects[g] as number) : 1;
      const count = randomNegativeBinomial(rng, expected * rate * factor, draw.dispersion);
      if (count === 0) return;
      slots.push(g);
      values.push(count);
    });
    indptr[c + 1] = slots.length;
  });
  return {
    nCells: draw.shifted.length,
    indptr,
    slots: Uint16Array.from(slots),
    values: Float32Array.from(values),
    depth,
    total: depth,
  };
}

/** Rates spread over two orders of magnitude, and effects of either sign. */
export function drawProfile(
  nGenes: number,
  seed: number,
): { readonly rate: Float64Array; readonly effects: Float64Array } {
  const rng = createRng(seed, 'persisters/profile');
  return {
    rate: Float64Array.from({ length: nGenes }, () => 2e-4 * exp(1.2 * rng.normal())),
    effects: Float64Array.from({ length: nGenes }, (_, g) => (g % 3 === 0 ? -1 : 1) * (0.5 + 1.5 * rng.uniform())),
  };
}
