import type { CellCounts } from '../cells/cell-counts.js';
import { exp2 } from '../core/pinned-math.js';
import { createRng } from '../core/rng.js';
import { randomPoisson } from '../simulate/random-poisson.js';
import type { Stage } from '../study/types.js';
import type { WeaknessCells } from './cell-states.js';
import { curatedGenes } from './planted.test-helper.js';

/** One kind of cells in every sample. */
export interface PlantedKind {
  readonly label: string;
  readonly tumour: boolean;
  readonly called: 1 | 0 | -1;
  readonly nCells: number;
  /** log2 effect on a gene. */
  readonly effectOf: (gene: string, stage: Stage, patient: number) => number;
}

const markerGenes = ['CD3D', 'CD3E', 'CD8A', 'KLRD1', 'CD4'];
const plain = Array.from({ length: 200 }, (_, g) => `PLAIN${String(g)}`);

/** Genes of the planted cells. */
export const cellGenes: readonly string[] = [...new Set([...curatedGenes, ...markerGenes, ...plain])];

/** Poisson counts of several patients before and under treatment, each sample with the same kinds of cells. */
export function plantedCells(
  kinds: readonly PlantedKind[],
  options: { readonly seed: number; readonly patients?: number; readonly meanCount?: number },
): WeaknessCells {
  const { seed, patients = 4, meanCount = 4 } = options;
  const rng = createRng(seed, 'planted-cells');
  const stages: readonly Stage[] = ['untreated', 'residual'];
  const samples = Array.from({ length: patients }, (_, p) => `P${String(p)}`).flatMap((patient) =>
    stages.map((stage) => ({ sample: `${patient} ${stage}`, patient, stage, treatment: stage, technology: '10x' })),
  );
  const base = cellGenes.map(() => meanCount * exp2(rng.normal() - 0.35));
  const rows: number[][] = [];
  const sampleOf: number[] = [];
  const given: PlantedKind[] = [];
  samples.forEach(({ stage }, s) => {
    for (const kind of kinds) {
      const means = base.map((mean, g) => {
        const effect = kind.effectOf(cellGenes[g] as string, stage, Math.floor(s / 2));
        return mean * exp2(effect + 0.15 * rng.normal());
      });
      for (let c = 0; c < kind.nCells; c++) {
        rows.push(means.map((mean) => randomPoisson(rng, mean)));
        sampleOf.push(s);
        given.push(kind);
      }
    }
  });
  const cells: CellCounts = {
    counts: sparse(rows),
    genes: cellGenes,
    barcodes: rows.map((_, c) => `C${String(c)}`),
    sampleOf: Uint32Array.from(sampleOf),
    samples,
  };
  return {
    cells,
    label: given.map(({ label }) => label),
    tumour: Uint8Array.from(given, ({ tumour }) => (tumour ? 1 : 0)),
    called: Int8Array.from(given, ({ called }) => called),
  };
}

function sparse(rows: readonly (readonly number[])[]): CellCounts['counts'] {
  const [indptr, indices, data] = [[0], [] as number[], [] as number[]];
  for (const row of rows) {
    row.forEach((count, g) => {
      if (count === 0) return;
      indices.push(g);
      data.push(count);
    });
    indptr.push(indices.length);
  }
  return {
    kind: 'csr',
    shape: [rows.length, cellGenes.length],
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(indices),
    data: Float32Array.from(data),
  };
}
