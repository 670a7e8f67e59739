import { exp } from '../core/pinned-math.js';
import { createRng, type Rng } from '../core/rng.js';
import { createTable, type Table, textColumn } from '../data/table.js';
import type { CellIdentity } from './cell-identity.js';
import type { Droplet } from './draw-droplets.js';
import type { SimulationParameters } from './parameters.js';

/** One single-cell sample, as far as lineages need it. */
export interface BarcodedSample {
  readonly sample: string;
  readonly patient: string;
  readonly barcodes: readonly string[];
  readonly droplets: readonly Droplet[];
}

/** Lineage barcodes of a simulated study. */
export interface SimulatedLineages {
  /** Columns sample, cell, barcode: one row per cell and barcode read. */
  readonly table: Table;
  /** The barcode of the resistant clone of each patient that has one. */
  readonly resistant: Readonly<Record<string, string>>;
}

/**
 * Lineage barcodes, given to the tumour cells of each patient before treatment: clones of log-normal size, the same at every
 * stage, so that the persister state is entered whatever the clone. Cells of the resistant clone all carry one barcode. A
 * barcode is read in a share of the cells; a doublet holds those of both cells, a normal cell none.
 */
export function simulateLineages(
  samples: readonly BarcodedSample[],
  { seed, parameters }: { readonly seed: number; readonly parameters: SimulationParameters },
): SimulatedLineages {
  const rows: { sample: string; cell: string; barcode: string }[] = [];
  const resistant: Record<string, string> = {};
  for (const patient of new Set(samples.map((one) => one.patient))) {
    const rng = createRng(seed, `simulate/lineages/${patient}`);
    const clones = drawClones(parameters, rng);
    for (const { sample, barcodes, droplets } of samples.filter((one) => one.patient === patient)) {
      droplets.forEach(({ cells }, i) => {
        const read = cells.map(({ identity }) => barcodeOf(identity, { clones, parameters, rng }));
        for (const barcode of new Set(read)) {
          if (barcode !== null) rows.push({ sample, cell: barcodes[i] as string, barcode });
        }
        if (cells.some(({ identity }) => identity.state === 'resistant')) resistant[patient] = clones.resistant;
      });
    }
  }
  const column = (name: keyof (typeof rows)[number], description: string): ReturnType<typeof textColumn> =>
    textColumn(
      name,
      description,
      rows.map((row) => row[name]),
    );
  return {
    table: createTable('lineages', 'Lineage barcodes of cells', [
      column('sample', 'Sample'),
      column('cell', 'Cell barcode'),
      column('barcode', 'Lineage barcode'),
    ]),
    resistant,
  };
}

interface Clones {
  readonly names: readonly string[];
  /** Shares added up, in the order of the names; the last is one. */
  readonly cumulative: Float64Array;
  readonly resistant: string;
}

function drawClones({ lineageClones, cloneSizeSpread }: SimulationParameters, rng: Rng): Clones {
  const sizes = Float64Array.from({ length: lineageClones }, () => exp(cloneSizeSpread * rng.normal()));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let sum = 0;
  const names = new Set<string>();
  while (names.size <= lineageClones) names.add(drawBarcode(rng));
  const [resistant = '', ...others] = names;
  return { names: others, cumulative: sizes.map((size) => (sum += size / total)), resistant };
}

function barcodeOf(
  { state }: CellIdentity,
  {
    clones,
    parameters,
    rng,
  }: { readonly clones: Clones; readonly parameters: SimulationParameters; readonly rng: Rng },
): string | null {
  if (state === 'normal' || rng.uniform() >= parameters.barcodedFraction) return null;
  if (state === 'resistant') return clones.resistant;
  const u = rng.uniform();
  const place = clones.cumulative.findIndex((share) => u < share);
  return clones.names[place < 0 ? clones.names.length - 1 : place] as string;
}

function drawBarcode(rng: Rng): string {
  return Array.from({ length: 14 }, () => 'ACGT'[rng.integer(4)] as string).join('');
}
