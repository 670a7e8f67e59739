import type { CsrMatrix } from '../data/matrix.js';
import { exp } from '../core/pinned-math.js';
import { createRng, type Rng } from '../core/rng.js';
import { randomGamma } from '../simulate/random-gamma.js';
import { randomPoisson } from '../simulate/random-poisson.js';

/** Cells drawn from mixtures of planted programmes. */
export interface PlantedProgrammes {
  readonly counts: CsrMatrix;
  /** Programmes × genes, each of sum one. */
  readonly profiles: readonly Float64Array[];
  /** Programmes × genes: how many times its background a programme raises each gene. */
  readonly raised: readonly (readonly number[])[];
}

export interface PlantedOptions {
  readonly seed: number;
  readonly cells: number;
  readonly genes: number;
  readonly programmes: number;
  readonly markers: number;
  /** Mean counts of a cell. */
  readonly depth: number;
}

/** Profiles of a common background with some genes raised three- to tenfold in each programme; usages mostly of one programme. */
export function plantedProgrammes(options: PlantedOptions): PlantedProgrammes {
  const { seed, cells, genes, programmes, markers } = options;
  const rng = createRng(seed, 'planted');
  const background = Float64Array.from({ length: genes }, () => exp(rng.normal()));
  const raised = Array.from({ length: programmes }, (_, k) =>
    Array.from({ length: markers }, (__, m) => k * markers + m),
  );
  const profiles = raised.map((own) => {
    const profile = background.slice();
    for (const g of own) profile[g] = (profile[g] as number) * (3 + 7 * rng.uniform());
    return normalised(profile);
  });
  const rows = Array.from({ length: cells }, () => drawCell(profiles, options.depth, rng));
  return { counts: csrOf(rows, genes), profiles, raised };
}

function drawCell(profiles: readonly Float64Array[], depth: number, rng: Rng): Float64Array {
  const usage = normalised(Float64Array.from(profiles, () => randomGamma(rng, 0.3)));
  const total = depth * exp(0.3 * rng.normal());
  return Float64Array.from(profiles[0] as Float64Array, (_, g) => {
    const mean = profiles.reduce((sum, profile, k) => sum + (usage[k] as number) * (profile[g] as number), 0);
    return randomPoisson(rng, total * mean);
  });
}

function normalised(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}

export function csrOf(rows: readonly Float64Array[], nColumns: number): CsrMatrix {
  const indptr = new Uint32Array(rows.length + 1);
  const indices: number[] = [];
  const data: number[] = [];
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      if (value === 0) return;
      indices.push(j);
      data.push(value);
    });
    indptr[i + 1] = indices.length;
  });
  const shape = [rows.length, nColumns] as const;
  return { kind: 'csr', shape, indptr, indices: Uint32Array.from(indices), data: Float64Array.from(data) };
}

export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] as number) * (b[i] as number);
    aa += (a[i] as number) ** 2;
    bb += (b[i] as number) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Standard deviation of the counts of each gene over the cells, n − 1. */
export function deviations(counts: CsrMatrix): Float64Array {
  const [nCells, nGenes] = counts.shape;
  const sums = new Float64Array(nGenes);
  const squares = new Float64Array(nGenes);
  counts.indices.forEach((gene, p) => {
    const value = counts.data[p] as number;
    sums[gene] = (sums[gene] as number) + value;
    squares[gene] = (squares[gene] as number) + value * value;
  });
  return sums.map((sum, g) => Math.sqrt(((squares[g] as number) - (sum * sum) / nCells) / (nCells - 1)));
}
