import { exp, log } from '../../core/pinned-math.js';
import { createRng, type Rng } from '../../core/rng.js';
import { randomPoisson } from '../../simulate/random-poisson.js';
import type { SwitchCells } from './switch-shape.js';

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

/** One residual sample per set of cells, each of its own patient. */
export function cellsOf(parts: readonly PlantedCells[]): SwitchCells {
  const join = (pick: (part: PlantedCells) => Float64Array): Float64Array =>
    Float64Array.from(parts.flatMap((part) => [...pick(part)]));
  return {
    activity: join((part) => part.activity),
    standardError: join((part) => part.standardError),
    sampleOf: Uint32Array.from(parts.flatMap((part, s) => [...part.activity].map(() => s))),
    samples: parts.map((_, s) => ({ sample: `s${String(s)}`, patient: `p${String(s)}`, stage: 'residual' })),
    patients: parts.map((part, s) => ({
      patient: `p${String(s)}`,
      varianceGrowth: part.varianceGrowth,
      notTestable: null,
    })),
    halved: {
      activity: join((part) => part.halved.activity),
      standardError: join((part) => part.halved.standardError),
    },
    doubletScore: null,
  };
}

/** Draws the states of cells of each shape; `graded` is normal, uniform or skewed. */
const planted: Readonly<Record<Planted['kind'], (rng: Rng) => () => number>> = {
  'two-state': (rng) => {
    const share = 0.2 + 0.6 * rng.uniform();
    return () => (rng.uniform() < share ? 1 : 0) + 0.08 * rng.normal();
  },
  graded: (rng) => {
    const kind = rng.integer(3);
    if (kind === 0) return () => 0.5 + 0.25 * rng.normal();
    if (kind === 1) return () => -0.05 + 1.1 * rng.uniform();
    return () => 1.2 * Math.min(rng.uniform(), rng.uniform());
  },
  mixture: (rng) => () => (rng.uniform() < 0.5 ? 0.05 * rng.normal() : 0.3 + 0.8 * rng.uniform()),
};

/** Patients with one planted shape. */
export interface Planted {
  readonly kind: 'two-state' | 'graded' | 'mixture';
  readonly patients: number;
  readonly nCells: number;
  readonly depth?: number;
  /** Seed of the first patient; default 0. */
  readonly firstSeed?: number;
}

/** Patients of one planted shape; depths run from 500 to 10,000 counts unless one is given. */
export function plantPatients({ kind, patients, nCells, depth, firstSeed = 0 }: Planted): readonly PlantedCells[] {
  return Array.from({ length: patients }, (_, i) => {
    const rng = createRng(firstSeed + i, `shape/${kind}`);
    const medianDepth = depth ?? drawDepth(rng);
    return plantCells(rng, { nCells, medianDepth, state: planted[kind](rng) });
  });
}
