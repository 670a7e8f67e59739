import { exp } from '../core/pinned-math.js';
import type { Rng } from '../core/rng.js';
import type { CellIdentity, Population } from './cell-identity.js';
import { uniformIn } from './gene-model.js';
import type { SimulationParameters } from './parameters.js';
import type { SimulatedTroubles } from './troubles.js';

/** What a barcode holds: one good tumour cell, two cells, a damaged cell, or one good normal cell. */
export type DropletKind = 'good' | 'doublet' | 'low-quality' | 'host';

/** One cell in a droplet. */
export interface DropletCell {
  readonly identity: CellIdentity;
  /** Expected counts of its own RNA. */
  readonly depth: number;
  /** Mitochondrial share of its counts; null: as its expression profile has it. */
  readonly mitochondria: number | null;
}

/** One barcode with its one or two cells. */
export interface Droplet {
  readonly kind: DropletKind;
  readonly cells: readonly [DropletCell, ...DropletCell[]];
}

/** What droplets are drawn from. */
export interface DropletDraw {
  readonly populations: readonly Population[];
  /** Mitochondrial share of the sample; null: as the expression profiles have it. */
  readonly mitochondria: number | null;
  readonly meanDepth: number;
  readonly parameters: SimulationParameters;
  readonly troubles: SimulatedTroubles;
}

/**
 * Draws what each barcode of a sample holds. The partners of a doublet are two random cells of the sample, as in a
 * droplet that caught two, so some doublets are of one kind of cell and cannot be seen.
 */
export function drawDroplets(draw: DropletDraw, n: number, rng: Rng): readonly Droplet[] {
  return Array.from({ length: n }, () => drawDroplet(draw, rng));
}

function drawDroplet(draw: DropletDraw, rng: Rng): Droplet {
  const { parameters, troubles } = draw;
  const doublets = troubles.doublets ? parameters.doubletFraction : 0;
  const lowQuality = troubles.lowQuality ? parameters.lowQualityFraction : 0;
  const u = rng.uniform();
  const cell = drawCell(draw, rng);
  if (u < doublets) return { kind: 'doublet', cells: [cell, drawCell(draw, rng)] };
  if (u < doublets + lowQuality) return { kind: 'low-quality', cells: [damaged(cell, parameters, rng)] };
  return { kind: cell.identity.state === 'normal' ? 'host' : 'good', cells: [cell] };
}

function drawCell({ populations, mitochondria, meanDepth, parameters }: DropletDraw, rng: Rng): DropletCell {
  const identity = drawIdentity(populations, rng);
  const spread = parameters.cellDepthSpread;
  const size = identity.state === 'normal' ? parameters.normalDepth : 1;
  const depth = size * meanDepth * exp(spread * rng.normal() - (spread * spread) / 2);
  if (mitochondria === null) return { identity, depth, mitochondria };
  return {
    identity,
    depth,
    mitochondria: Math.min(mitochondria * exp(parameters.mitochondrialSpread * rng.normal()), 0.9),
  };
}

function damaged(cell: DropletCell, parameters: SimulationParameters, rng: Rng): DropletCell {
  return {
    identity: cell.identity,
    depth: cell.depth * uniformIn(rng, parameters.lowQualityDepth),
    mitochondria: uniformIn(rng, parameters.lowQualityMitochondria),
  };
}

function drawIdentity(populations: readonly Population[], rng: Rng): CellIdentity {
  let u = rng.uniform();
  for (const { identity, weight } of populations) {
    u -= weight;
    if (u < 0) return identity;
  }
  // Weights sum to one up to rounding, so the last population can be passed by a draw just below one.
  return (populations.at(-1) as Population).identity;
}
