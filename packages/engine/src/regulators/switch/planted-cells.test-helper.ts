import { exp, log } from '../../core/pinned-math.js';
import type { Rng } from '../../core/rng.js';
import { randomPoisson } from '../../simulate/random-poisson.js';

/** Cells of one sample with a planted distribution of states, scored as the persister calls score them. */
export interface PlantedCells {
  readonly activity: Float64Array;
  readonly standardError: Float64Array;
  readonly varianceGrowth: number;
  readonly depth: Float64Array;
  /** The same with half of the counts. */
  readonly halved: { readonly activity: Float64Array; readonly standardError: Float64Array };
}

/** Draws the counts of 100 programme genes in every cell and scores them with the likelihood-ratio weights. */
export function plantCells(
  rng: Rng,
  options: { readonly nCells: number; readonly medianDepth: number; readonly state: () => number },
): PlantedCells {
  const { nCells, medianDepth, state } = options;
  const genes = Array.from({ length: 100 }, (_, g) => ({
    rate: (0.05 * exp(rng.normal())) / 100 / exp(0.5),
    effect: (g < 70 ? 1 : -1) * (0.5 + 1.2 * rng.uniform()) * Math.LN2,
  }));
  const weights = genes.map(({ effect }) => effect);
  const sum = (f: (g: { rate: number; effect: number }, a: number) => number): number =>
    genes.reduce((total, gene, i) => total + f(gene, weights[i] as number), 0);
  const off = sum((g, a) => a * g.rate);
  const gain = sum((g, a) => a * g.rate * (exp(g.effect) - 1));
  const variance = sum((g, a) => a * a * g.rate);
  const varianceOn = sum((g, a) => a * a * g.rate * exp(g.effect));
  const depth = Float64Array.from({ length: nCells }, () => medianDepth * exp(0.4 * rng.normal()));
  const score = (L: number, counts: readonly number[]): number =>
    (counts.reduce((total, k, g) => total + (weights[g] as number) * k, 0) - L * off) / (L * gain);
  const activity = new Float64Array(nCells);
  const halved = new Float64Array(nCells);
  depth.forEach((L, c) => {
    const theta = state();
    const counts = genes.map(({ rate, effect }) =>
      randomPoisson(rng, L * rate * Math.max(0.05, 1 + theta * (exp(effect) - 1))),
    );
    activity[c] = score(L, counts);
    halved[c] = score(
      L / 2,
      counts.map((k) => thinned(k, rng)),
    );
  });
  const standardError = depth.map((L) => Math.sqrt(L * variance) / (L * gain));
  return {
    activity,
    standardError,
    varianceGrowth: varianceOn / variance - 1,
    depth,
    halved: { activity: halved, standardError: standardError.map((s) => s * Math.SQRT2) },
  };
}

function thinned(count: number, rng: Rng): number {
  let kept = 0;
  for (let i = 0; i < count; i++) if (rng.uniform() < 0.5) kept++;
  return kept;
}

/** A median depth of 500 to 10,000 counts, uniform on the log scale. */
export function drawDepth(rng: Rng): number {
  return 500 * exp(rng.uniform() * log(20));
}
