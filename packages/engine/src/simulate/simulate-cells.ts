import type { Rng } from '../core/rng.js';
import { createDataset, type Dataset } from '../data/dataset.js';
import type { CsrMatrix } from '../data/matrix.js';
import type { Population } from './cell-identity.js';
import { drawDroplets, type Droplet } from './draw-droplets.js';
import { addExpectedCounts, dropletExpectation, type DropletExpectation } from './droplet-expectation.js';
import type { ProfileInput } from './expression-profile.js';
import { uniformIn } from './gene-model.js';
import type { SimulationParameters } from './parameters.js';
import { randomNegativeBinomial } from './random-negative-binomial.js';
import { mixedGenomeNames } from './species.js';
import type { SimulatedTroubles } from './troubles.js';

/** The cells of one sample with what each barcode holds. The data set does not carry the truth. */
export interface SimulatedCells {
  readonly dataset: Dataset;
  /** In the order of `dataset.obsNames`. */
  readonly droplets: readonly Droplet[];
  /** Ambient share of counts; 0 without ambient RNA. */
  readonly ambient: number;
  /** Mitochondrial share of counts; null: as the expression profiles have it. */
  readonly mitochondria: number | null;
}

/** What `simulateCells` needs besides the expected expression. */
export interface CellsDraw {
  readonly populations: readonly Population[];
  /** Barcodes, ≥ 1. */
  readonly cells: number;
  readonly parameters: SimulationParameters;
  readonly troubles: SimulatedTroubles;
  readonly rng: Rng;
}

/**
 * Draws the barcodes of one sample. What a barcode holds is drawn from the populations of the sample. A cell's total L is
 * log-normal with a mean proportional to the number of genes, and its count of gene g negative binomial with the gene's
 * dispersion and mean (1 − a)·L·π(g | cell) + a·L̄·π̄(g), where a is the ambient share of the sample, L̄ the mean total and π̄ the
 * expected mixture of its cells. Mitochondrial genes are scaled to the cell's mitochondrial share, the others to the rest.
 * A doublet is the sum of two cells, with the ambient RNA of one droplet.
 *
 * Cost: one negative binomial draw per cell and gene.
 *
 * @param input - what the expected expression depends on
 * @returns cells × genes raw counts (csr) and what each barcode holds
 */
export function simulateCells(input: ProfileInput, draw: CellsDraw): SimulatedCells {
  const { cells, parameters, troubles, rng } = draw;
  const sampleRng = rng.split('troubles');
  const mitochondria = troubles.mitochondria ? uniformIn(sampleRng, parameters.mitochondrialShare) : null;
  const ambient = troubles.ambient ? uniformIn(sampleRng, parameters.ambientShare) : 0;
  const meanDepth = parameters.cellCountsPerGene * input.model.genes.length;
  const sample = { populations: draw.populations, meanDepth, mitochondria };
  const expected = dropletExpectation(input, {
    ...sample,
    ambient,
    geneSpread: parameters.geneSpread,
    rng: rng.split('mouse'),
  });
  const droplets = drawDroplets({ ...sample, parameters, troubles }, cells, rng.split('droplets'));
  const dataset = createDataset({
    X: drawCounts(droplets, expected, rng.split('counts')),
    obsNames: drawBarcodes(cells, rng.split('barcodes')),
    varNames: expected.mixed ? mixedGenomeNames(input.model.genes) : input.model.genes,
    obs: [],
    var: [],
    layers: {},
    obsm: {},
    uns: {},
    raw: null,
  });
  return { dataset, droplets, ambient, mitochondria };
}

function drawCounts(droplets: readonly Droplet[], expected: DropletExpectation, rng: Rng): CsrMatrix {
  const nGenes = expected.dispersion.length;
  const indptr = new Uint32Array(droplets.length + 1);
  let indices = new Uint32Array(droplets.length * Math.ceil(nGenes / 4));
  let data = new Float32Array(indices.length);
  const counts = new Float64Array(nGenes);
  let stored = 0;
  droplets.forEach((droplet, i) => {
    if (stored + nGenes > indices.length) {
      indices = grown(indices, new Uint32Array(2 * indices.length + nGenes));
      data = grown(data, new Float32Array(indices.length));
    }
    drawDropletCounts(counts, droplet, { expected, rng });
    for (let g = 0; g < nGenes; g++) {
      if (counts[g] === 0) continue;
      indices[stored] = g;
      data[stored] = counts[g] as number;
      stored += 1;
    }
    indptr[i + 1] = stored;
  });
  const shape = [droplets.length, nGenes] as const;
  return { kind: 'csr', shape, indptr, indices: indices.slice(0, stored), data: data.slice(0, stored) };
}

function drawDropletCounts(
  counts: Float64Array,
  droplet: Droplet,
  { expected, rng }: { readonly expected: DropletExpectation; readonly rng: Rng },
): void {
  const { dispersion, ambient, ownShare } = expected;
  counts.fill(0);
  const mean = new Float64Array(counts.length);
  droplet.cells.forEach((cell, i) => {
    if (i === 0 && ambient !== null) mean.set(ambient);
    else mean.fill(0);
    addExpectedCounts(mean, { ...cell, depth: ownShare * cell.depth }, expected);
    for (let g = 0; g < counts.length; g++) {
      if (mean[g] === 0) continue;
      counts[g] = (counts[g] as number) + randomNegativeBinomial(rng, mean[g] as number, dispersion[g] as number);
    }
  });
}

function grown<T extends Uint32Array | Float32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

/** Distinct 16-letter barcodes with the `-1` that Cell Ranger appends. */
function drawBarcodes(cells: number, rng: Rng): readonly string[] {
  const barcodes = new Set<string>();
  while (barcodes.size < cells) {
    const letters = Array.from({ length: 16 }, () => 'ACGT'[rng.integer(4)] as string);
    barcodes.add(`${letters.join('')}-1`);
  }
  return [...barcodes];
}
