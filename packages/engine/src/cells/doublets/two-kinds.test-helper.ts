import { createRng } from '../../core/rng.js';
import { randomPoisson } from '../../simulate/random-poisson.js';
import { type CellCounts, createCellCounts } from '../cell-counts.js';

/** Cells of a few kinds with doublets among them. */
export interface KindsOfCells {
  readonly cells: CellCounts;
  /** Kind of each cell; two for a doublet. */
  readonly kinds: readonly (readonly number[])[];
}

const nGenes = 600;

/**
 * Poisson counts of cells of `kinds` kinds, each raising 60 genes of its own fourfold; the last `doublets` barcodes hold two
 * random cells. About 1,200 counts per cell.
 */
export function cellsOfKinds(
  n: number,
  { kinds, doublets, seed }: { readonly kinds: number; readonly doublets: number; readonly seed: number },
): KindsOfCells {
  const rng = createRng(seed, 'kinds-of-cells');
  const level = Float64Array.from({ length: nGenes }, () => 0.5 + 3 * rng.uniform() * rng.uniform());
  const held = Array.from({ length: n }, (_, i) =>
    Array.from({ length: i < n - doublets ? 1 : 2 }, () => rng.integer(kinds)),
  );
  const indptr = new Uint32Array(n + 1);
  const indices: number[] = [];
  const data: number[] = [];
  held.forEach((own, cell) => {
    for (let g = 0; g < nGenes; g++) {
      const mean = own.reduce((sum, kind) => sum + level[g]! * (Math.floor(g / 60) === kind ? 4 : 1), 0);
      const count = randomPoisson(rng, mean);
      if (count === 0) continue;
      indices.push(g);
      data.push(count);
    }
    indptr[cell + 1] = indices.length;
  });
  const counts = {
    kind: 'csr' as const,
    shape: [n, nGenes] as const,
    indptr,
    indices: Uint32Array.from(indices),
    data: Float32Array.from(data),
  };
  return {
    cells: oneSample(
      counts,
      Array.from({ length: nGenes }, (_, g) => `G${String(g)}`),
    ),
    kinds: held,
  };
}

/** A matrix as the only sample of a study. */
export function oneSample(counts: CellCounts['counts'], genes: readonly string[], sample = 'S1'): CellCounts {
  return createCellCounts({
    counts,
    genes,
    barcodes: Array.from({ length: counts.shape[0] }, (_, i) => `B${String(i)}`),
    sampleOf: new Uint32Array(counts.shape[0]),
    samples: [{ sample, patient: 'P1', stage: 'untreated', treatment: 'none', technology: '10x-v3' }],
  });
}
