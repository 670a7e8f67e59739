import { exp } from '../core/pinned-math.js';
import type { Rng } from '../core/rng.js';
import { createDataset, type Dataset } from '../data/dataset.js';
import type { CsrMatrix } from '../data/matrix.js';
import { expressionProfile, type ProfileInput } from './expression-profile.js';
import { simulationParameters as parameters } from './parameters.js';
import { cellStates, type CellState } from './patient-model.js';
import { randomNegativeBinomial } from './random-negative-binomial.js';

/** The cells of one sample with the state each was drawn in. The data set does not carry the states. */
export interface SimulatedCells {
  readonly dataset: Dataset;
  /** State of each cell, in the order of `dataset.obsNames`. */
  readonly states: readonly CellState[];
}

/**
 * Draws the cells of one sample. A cell's state is drawn from the sample's fractions, its total L from a log-normal
 * distribution with a mean proportional to the number of genes, and its count of gene g from the negative binomial with mean L·π(g | state) and
 * the gene's dispersion.
 *
 * Cost: one negative binomial draw per cell and gene.
 *
 * @param input - what the expected expression depends on
 * @param options - `fractions` of each state in the order of `cellStates`; `cells` ≥ 1; `rng`
 * @returns cells × genes raw counts (csr) and the states
 */
export function simulateCells(
  input: ProfileInput,
  options: { readonly fractions: readonly number[]; readonly cells: number; readonly rng: Rng },
): SimulatedCells {
  const { cells, rng } = options;
  const states = drawStates(options.fractions, cells, rng.split('states'));
  const profiles = new Map(
    cellStates.filter((state) => states.includes(state)).map((state) => [state, expressionProfile(input, state)]),
  );
  const X = drawCounts(
    states.map((state) => profiles.get(state) as Float64Array),
    input.model.dispersion,
    rng.split('counts'),
  );
  const dataset = createDataset({
    X,
    obsNames: drawBarcodes(cells, rng.split('barcodes')),
    varNames: input.model.genes,
    obs: [],
    var: [],
    layers: {},
    obsm: {},
    uns: {},
    raw: null,
  });
  return { dataset, states };
}

function drawStates(fractions: readonly number[], cells: number, rng: Rng): readonly CellState[] {
  return Array.from({ length: cells }, (): CellState => {
    let u = rng.uniform();
    for (const [i, state] of cellStates.entries()) {
      u -= fractions[i] as number;
      if (u < 0) return state;
    }
    return 'sensitive';
  });
}

function drawCounts(profiles: readonly Float64Array[], dispersion: Float64Array, rng: Rng): CsrMatrix {
  const nGenes = dispersion.length;
  const spread = parameters.cellDepthSpread;
  const meanDepth = parameters.cellCountsPerGene * nGenes;
  const indptr = new Uint32Array(profiles.length + 1);
  let indices = new Uint32Array(profiles.length * Math.ceil(nGenes / 4));
  let data = new Float32Array(indices.length);
  let stored = 0;
  profiles.forEach((profile, cell) => {
    if (stored + nGenes > indices.length) {
      indices = grown(indices, new Uint32Array(2 * indices.length + nGenes));
      data = grown(data, new Float32Array(indices.length));
    }
    const depth = meanDepth * exp(spread * rng.normal() - (spread * spread) / 2);
    for (let g = 0; g < nGenes; g++) {
      const count = randomNegativeBinomial(rng, depth * (profile[g] as number), dispersion[g] as number);
      if (count === 0) continue;
      indices[stored] = g;
      data[stored] = count;
      stored += 1;
    }
    indptr[cell + 1] = stored;
  });
  const shape = [profiles.length, nGenes] as const;
  return { kind: 'csr', shape, indptr, indices: indices.slice(0, stored), data: data.slice(0, stored) };
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
