import type { CellCounts } from '../../cells/cell-counts.js';
import { exp, exp2 } from '../../core/pinned-math.js';
import { createRng, type Rng } from '../../core/rng.js';
import { randomNegativeBinomial } from '../../simulate/random-negative-binomial.js';
import type { Stage } from '../../study/types.js';
import type { GenePosition } from './gene-positions.js';

/** One kind of cell: how many, in which sample, with which arms multiplied, and whether it carries the planted programme. */
export interface PlantedCells {
  readonly label: string;
  readonly n: number;
  readonly stage: Stage;
  readonly patient?: string;
  readonly arms?: Readonly<Record<string, number>>;
  readonly programme?: boolean;
}

export interface PlantedTumour {
  readonly cells: CellCounts;
  readonly positions: readonly GenePosition[];
  /** Label of each cell. */
  readonly labels: readonly string[];
}

export const plantedArms: readonly string[] = [
  ...Array.from({ length: 12 }, (_, i) => [`${String(i + 1)}p`, `${String(i + 1)}q`]).flat(),
  ...['13q', '14q', '15q', '16p', '16q', '17p', '17q', '18q', '19p', '19q', '20p', '20q', '21q', '22q'],
];

/**
 * Counts of cells on genes spread over the arms of the human autosomes: log-normal abundances, negative binomial counts, a
 * log-normal cell total. The programme switches 60 genes by ± 2 log2 and all others by a normal 0.3.
 */
export function plantedTumour(
  groups: readonly PlantedCells[],
  { seed = 1, genes = 2400, depth = 3000 }: { seed?: number; genes?: number; depth?: number } = {},
): PlantedTumour {
  const rng = createRng(seed, 'planted-tumour');
  const positions = placeGenes(genes, rng.split('places'));
  const base = Float64Array.from(positions, () => exp2(1.5 * rng.normal()));
  const dispersion = Float64Array.from(positions, () => 0.2 + 0.4 * rng.uniform());
  const programme = Float64Array.from(positions, () => exp2(0.3 * rng.normal()));
  for (let i = 0; i < 60; i++) programme[rng.integer(genes)] = exp2(i % 2 === 0 ? 2 : -2);
  const order = [...groups].sort((a, b) => sampleOf(a).localeCompare(sampleOf(b)));
  const samples = [...new Set(order.map(sampleOf))];
  const labels = order.flatMap((group) => Array.from({ length: group.n }, () => group.label));
  const rows = order.flatMap((group) => {
    const rates = positions.map(({ chromosome, arm }, g) => {
      const state = group.programme === true ? (programme[g] as number) : 1;
      return (base[g] as number) * (group.arms?.[chromosome + arm] ?? 1) * state;
    });
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    return Array.from({ length: group.n }, () => {
      const size = depth * exp(0.35 * rng.normal());
      return rates.map((rate, g) => randomNegativeBinomial(rng, (size * rate) / total, dispersion[g] as number));
    });
  });
  const sampleIndex = order.flatMap((group) => Array.from({ length: group.n }, () => samples.indexOf(sampleOf(group))));
  return {
    positions,
    labels,
    cells: {
      counts: csr(rows, genes),
      genes: positions.map(({ gene }) => gene),
      barcodes: labels.map((label, i) => `${label}-${String(i)}`),
      sampleOf: Uint32Array.from(sampleIndex),
      samples: samples.map((sample) => {
        const group = order.find((member) => sampleOf(member) === sample) as PlantedCells;
        const patient = group.patient ?? 'P1';
        return { sample, patient, stage: group.stage, treatment: 'none', technology: '10x-v3' };
      }),
    },
  };
}

function sampleOf({ patient = 'P1', stage }: PlantedCells): string {
  return `${patient}_${stage}`;
}

function placeGenes(genes: number, rng: Rng): readonly GenePosition[] {
  return Array.from({ length: genes }, (_, g) => {
    const label = plantedArms[g % plantedArms.length] as string;
    const arm = label.slice(-1) as 'p' | 'q';
    return {
      gene: `G${String(g)}`,
      chromosome: label.slice(0, -1),
      start: 1 + rng.integer(1e6) + (arm === 'q' ? 1e8 : 0),
      arm,
    };
  });
}

function csr(rows: readonly (readonly number[])[], nGenes: number): CellCounts['counts'] {
  const stored = rows.map((row) => row.flatMap((value, g) => (value > 0 ? [g] : [])));
  const indptr = new Uint32Array(rows.length + 1);
  stored.forEach((columns, i) => (indptr[i + 1] = (indptr[i] as number) + columns.length));
  return {
    kind: 'csr',
    shape: [rows.length, nGenes],
    indptr,
    indices: Uint16Array.from(stored.flat()),
    data: Uint16Array.from(stored.flatMap((columns, i) => columns.map((g) => rows[i]?.[g] ?? 0))),
  };
}
