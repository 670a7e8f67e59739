import type { Rng } from '../core/rng.js';
import type { RegulonNetwork } from './regulon-network.js';

/**
 * Everything needed to draw weighted sums under permuted gene labels, as plain data a worker can take.
 * Genes are laid out stratum by stratum, the targets of any regulon first, each part sorted by symbol: the draws then do
 * not depend on the order of the rows, and only the places of targets have to be drawn.
 */
export interface PermutationPlan {
  /** Genes in layout order × columns, row-major. */
  readonly pool: Float64Array;
  readonly nColumns: number;
  /** Where each stratum starts in the layout, and where the last ends. */
  readonly starts: Uint32Array;
  /** How many places of each stratum belong to targets. */
  readonly targets: Uint32Array;
  readonly indptr: Uint32Array;
  /** Place of each target in the layout. */
  readonly places: Uint32Array;
  readonly weights: Float64Array;
}

/**
 * Lays out one or more columns of gene statistics for permutation.
 *
 * @param values - genes × columns, row-major, in the gene order of the network
 * @param strata - labels are exchanged only between genes of one stratum
 */
export function planPermutations(network: RegulonNetwork, values: Float64Array, strata: Uint32Array): PermutationPlan {
  const nGenes = network.genes.length;
  const nColumns = values.length / Math.max(1, nGenes);
  const isTarget = new Uint8Array(nGenes);
  for (const gene of network.indices) isTarget[gene] = 1;
  const layout = layOut(network.genes, strata, isTarget);
  const placeOf = new Uint32Array(nGenes);
  const pool = new Float64Array(values.length);
  layout.forEach((gene, place) => {
    placeOf[gene] = place;
    pool.set(values.subarray(gene * nColumns, (gene + 1) * nColumns), place * nColumns);
  });
  return {
    pool,
    nColumns,
    ...countStrata(strata, isTarget),
    indptr: network.indptr,
    places: network.indices.map((gene) => placeOf[gene] as number),
    weights: network.weights,
  };
}

/**
 * Draws permutations and hands over the weighted sum of every regulator. Only target places are drawn (a partial
 * Fisher–Yates shuffle per stratum), which has the distribution of a full shuffle; all regulators of one permutation
 * share it, so the overlap of regulons is kept.
 *
 * @param visit - called with the sums (regulators × columns, row-major; the array is reused) once per permutation
 */
export function drawWeightedSums(
  plan: PermutationPlan,
  permutations: number,
  rng: Rng,
  visit: (sums: Float64Array) => void,
): void {
  const order = Uint32Array.from({ length: plan.pool.length / plan.nColumns }, (_, place) => place);
  const drawn = new Float64Array(order.length);
  const sums = new Float64Array((plan.indptr.length - 1) * plan.nColumns);
  for (let permutation = 0; permutation < permutations; permutation++) {
    shuffleTargets(plan, order, rng);
    for (let column = 0; column < plan.nColumns; column++) {
      gatherTargets(plan, order, drawn, column);
      addUp(plan, drawn, sums, column);
    }
    visit(sums);
  }
}

/** The weighted sums of the statistics as they are, in the same layout. */
export function observedSums(plan: PermutationPlan): Float64Array {
  const sums = new Float64Array((plan.indptr.length - 1) * plan.nColumns);
  for (let column = 0; column < plan.nColumns; column++) {
    const values = plan.pool.filter((_, i) => i % plan.nColumns === column);
    addUp(plan, values, sums, column);
  }
  return sums;
}

function shuffleTargets(plan: PermutationPlan, order: Uint32Array, rng: Rng): void {
  for (let stratum = 0; stratum < plan.targets.length; stratum++) {
    const start = plan.starts[stratum] as number;
    const end = plan.starts[stratum + 1] as number;
    const last = start + (plan.targets[stratum] as number);
    for (let i = start; i < last; i++) {
      const j = i + rng.integer(end - i);
      const held = order[i] as number;
      order[i] = order[j] as number;
      order[j] = held;
    }
  }
}

function gatherTargets(plan: PermutationPlan, order: Uint32Array, drawn: Float64Array, column: number): void {
  for (let stratum = 0; stratum < plan.targets.length; stratum++) {
    const start = plan.starts[stratum] as number;
    const last = start + (plan.targets[stratum] as number);
    for (let place = start; place < last; place++) {
      drawn[place] = plan.pool[(order[place] as number) * plan.nColumns + column] as number;
    }
  }
}

function addUp(plan: PermutationPlan, values: Float64Array, sums: Float64Array, column: number): void {
  const { indptr, places, weights, nColumns } = plan;
  for (let r = 0; r + 1 < indptr.length; r++) {
    let sum = 0;
    for (let k = indptr[r] as number; k < (indptr[r + 1] as number); k++) {
      sum += (weights[k] as number) * (values[places[k] as number] as number);
    }
    sums[r * nColumns + column] = sum;
  }
}

function layOut(genes: readonly string[], strata: Uint32Array, isTarget: Uint8Array): Uint32Array {
  return Uint32Array.from(genes, (_, g) => g).sort((a, b) => {
    const byStratum = (strata[a] as number) - (strata[b] as number);
    const byTarget = (isTarget[b] as number) - (isTarget[a] as number);
    return byStratum || byTarget || ((genes[a] as string) < (genes[b] as string) ? -1 : 1);
  });
}

function countStrata(strata: Uint32Array, isTarget: Uint8Array): Pick<PermutationPlan, 'starts' | 'targets'> {
  const nStrata = strata.reduce((most, stratum) => Math.max(most, stratum + 1), 0);
  const starts = new Uint32Array(nStrata + 1);
  const targets = new Uint32Array(nStrata);
  strata.forEach((stratum, gene) => {
    starts[stratum + 1] = (starts[stratum + 1] as number) + 1;
    targets[stratum] = (targets[stratum] as number) + (isTarget[gene] as number);
  });
  for (let s = 0; s < nStrata; s++) starts[s + 1] = (starts[s + 1] as number) + (starts[s] as number);
  return { starts, targets };
}
