import { createRng } from '../core/rng.js';

/** One block of random gene sets. */
export interface GeneSetNullPayload {
  /** Absolute statistic to the exponent, in ranking order. */
  readonly weights: Float64Array;
  /** Size of each tested set. */
  readonly setSizes: Int32Array;
  /** Observed enrichment score of each tested set. */
  readonly setScores: Float64Array;
  readonly nDraws: number;
  /** Number of the block, which names its random stream. */
  readonly block: number;
  readonly rng: { readonly seed: number; readonly label: string };
}

/** What the random sets of one size say about one tested set. Counts of several blocks add up. */
export interface GeneSetNullCounts {
  readonly nDraws: number;
  /** Random scores of the observed sign at least as extreme. */
  readonly nExceeding: number;
  readonly nPositive: number;
  readonly sumPositive: number;
  readonly nNegative: number;
  readonly sumNegative: number;
}

/**
 * Scores random gene sets of every tested size. Each draw is one random order of genes whose first k serve as the set
 * of size k, as in `fgseaSimple`, so sizes share draws; sets of one size share everything.
 * Cost: `O(nDraws · Σ distinct sizes)`.
 */
export function geneSetNullBlock(payload: GeneSetNullPayload): GeneSetNullCounts[] {
  const sizes = [...new Set(payload.setSizes)].sort((a, b) => a - b);
  const draws = randomScores(payload, sizes);
  const rowOfSize = new Map(sizes.map((size, row) => [size, row]));
  return Array.from(payload.setSizes, (size, set) => {
    const start = (rowOfSize.get(size) as number) * payload.nDraws;
    return countDraws(draws.subarray(start, start + payload.nDraws), payload.setScores[set] as number);
  });
}

/**
 * The extreme of the running sum of one set.
 *
 * @param weights - weight of every gene in ranking order
 * @param ranks - ascending positions of the set's genes; only the first `size` are read
 * @returns the score, and which hit it is reached at: the last hit of the leading edge when positive, the first when
 * negative
 */
export function runningSumExtreme(
  weights: Float64Array,
  ranks: Int32Array,
  size: number,
): { readonly score: number; readonly peak: number } {
  let total = 0;
  for (let i = 0; i < size; i++) total += weights[ranks[i] as number] as number;
  const step = 1 / (weights.length - size);
  let hits = 0;
  let highest = 0;
  let lowest = 0;
  let highestAt = 0;
  let lowestAt = 0;
  for (let i = 0; i < size; i++) {
    const rank = ranks[i] as number;
    const misses = (rank - i) * step;
    if (hits - misses < lowest) {
      lowest = hits - misses;
      lowestAt = i;
    }
    hits += total === 0 ? 1 / size : (weights[rank] as number) / total;
    if (hits - misses > highest) {
      highest = hits - misses;
      highestAt = i;
    }
  }
  return highest >= -lowest ? { score: highest, peak: highestAt } : { score: lowest, peak: lowestAt };
}

/** Scores of random sets: one row per size, one column per draw. */
function randomScores(payload: GeneSetNullPayload, sizes: readonly number[]): Float64Array {
  const {
    weights,
    nDraws,
    rng: { seed, label },
    block,
  } = payload;
  const rng = createRng(seed, label, block);
  const largest = sizes.at(-1) ?? 0;
  const order = Int32Array.from(weights, (_, i) => i);
  const scores = new Float64Array(sizes.length * nDraws);
  const sorted = new Int32Array(largest);
  for (let draw = 0; draw < nDraws; draw++) {
    drawPrefix(order, largest, (n) => rng.integer(n));
    let filled = 0;
    sizes.forEach((size, row) => {
      mergeInto(sorted, filled, order.slice(filled, size).sort());
      filled = size;
      scores[row * nDraws + draw] = runningSumExtreme(weights, sorted, size).score;
    });
  }
  return scores;
}

/** Makes the first `n` entries a uniform random sample; any permutation is a valid start. */
function drawPrefix(order: Int32Array, n: number, integer: (n: number) => number): void {
  for (let i = 0; i < n; i++) {
    const j = i + integer(order.length - i);
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
}

/** Merges sorted `incoming` into the sorted first `filled` entries of `sorted`, from the back. */
function mergeInto(sorted: Int32Array, filled: number, incoming: Int32Array): void {
  let i = filled - 1;
  let j = incoming.length - 1;
  for (let k = filled + incoming.length - 1; j >= 0; k--) {
    const takeOld = i >= 0 && (sorted[i] as number) > (incoming[j] as number);
    sorted[k] = takeOld ? (sorted[i--] as number) : (incoming[j--] as number);
  }
}

function countDraws(draws: Float64Array, observed: number): GeneSetNullCounts {
  const positiveSide = observed >= 0;
  let nExceeding = 0;
  let nPositive = 0;
  let sumPositive = 0;
  let sumNegative = 0;
  for (const score of draws) {
    if (score >= 0) {
      nPositive++;
      sumPositive += score;
    } else sumNegative += score;
    if (positiveSide ? score >= observed : score <= observed) nExceeding++;
  }
  const nDraws = draws.length;
  return { nDraws, nExceeding, nPositive, sumPositive, nNegative: nDraws - nPositive, sumNegative };
}
