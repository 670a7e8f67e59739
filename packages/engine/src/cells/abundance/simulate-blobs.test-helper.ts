import { createRng, type Rng } from '../../core/rng.js';
import type { DenseMatrix } from '../../data/matrix.js';
import { quantile } from '../../stats/quantile.js';
import type { CellSample } from '../cell-counts.js';
import type { CellSamples } from './patient-units.js';
import type { SampledSpace } from './sample-neighbourhoods.js';

/** What to simulate. */
export interface BlobOptions {
  readonly seed: number;
  readonly patients: number;
  readonly cellsPerSample: number;
  /** How many times more frequent the first blob is among residual cells. */
  readonly enrichment: number;
  /** Spread of blob shares between patients, and between samples of one patient (log scale). */
  readonly patientSpread: number;
  readonly sampleSpread: number;
}

/** Cells in a plane around six centres. */
export interface Blobs extends SampledSpace {
  readonly cells: CellSamples;
  /** Centre each cell was drawn around; the first is the enriched one. */
  readonly blobOf: Uint8Array;
}

const centres = [
  [0, 0],
  [4, 0],
  [0, 4],
  [4, 4],
  [2, 7],
  [7, 2],
] as const;

/** Draws cells whose blob depends on patient, sample and stage. */
export function simulateBlobs(options: BlobOptions): Blobs {
  const rng = createRng(options.seed, 'blobs');
  const samples: CellSample[] = [];
  const sampleOf: number[] = [];
  const blobOf: number[] = [];
  const points: number[] = [];
  for (let p = 0; p < options.patients; p++) {
    const own = centres.map((_, b) => (b === 0 ? 0.35 : 1) * Math.exp(options.patientSpread * rng.normal()));
    for (const stage of ['untreated', 'residual'] as const) {
      const shares = own.map((share, b) => {
        const planted = b === 0 && stage === 'residual' ? options.enrichment : 1;
        return share * planted * Math.exp(options.sampleSpread * rng.normal());
      });
      const n = Math.round(options.cellsPerSample * Math.exp(0.2 * rng.normal()));
      for (let c = 0; c < n; c++) {
        const blob = draw(shares, rng);
        blobOf.push(blob);
        sampleOf.push(samples.length);
        points.push(centres[blob]![0] + rng.normal(), centres[blob]![1] + rng.normal());
      }
      samples.push({
        sample: `P${String(p)} ${stage}`,
        patient: `P${String(p)}`,
        stage,
        treatment: 'none',
        technology: '10x',
      });
    }
  }
  const embedding: DenseMatrix = { kind: 'dense', shape: [blobOf.length, 2], data: Float64Array.from(points) };
  return {
    cells: { samples, sampleOf: Uint32Array.from(sampleOf) },
    blobOf: Uint8Array.from(blobOf),
    embedding,
    graph: nearestNeighbours(embedding, 40),
  };
}

/** All distances, the k smallest sorted: the obvious way. */
export function nearestNeighbours({ data, shape: [n] }: DenseMatrix, k: number): SampledSpace['graph'] {
  const indices = new Uint32Array(n * k);
  const distances = new Float64Array(n * k);
  const squared = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [dx, dy] = [data[2 * i]! - data[2 * j]!, data[2 * i + 1]! - data[2 * j + 1]!];
      squared[j] = i === j ? Infinity : dx * dx + dy * dy;
    }
    const limit = quantile(squared, (k - 1) / (n - 1));
    const near = Array.from(squared.keys()).filter((j) => squared[j]! <= limit);
    near.sort((a, b) => squared[a]! - squared[b]!);
    for (let m = 0; m < k; m++) {
      indices[i * k + m] = near[m]!;
      distances[i * k + m] = Math.sqrt(squared[near[m]!]!);
    }
  }
  return { k, indices, distances };
}

function draw(shares: readonly number[], rng: Rng): number {
  let u = rng.uniform() * shares.reduce((sum, share) => sum + share, 0);
  for (const [b, share] of shares.entries()) {
    u -= share;
    if (u < 0) return b;
  }
  return shares.length - 1;
}
