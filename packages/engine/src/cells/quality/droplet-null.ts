import type { TaskSignal } from '../../core/executor.js';
import { AbortedError } from '../../core/errors.js';
import { log } from '../../core/pinned-math.js';
import { createRng, type Rng } from '../../core/rng.js';

/** One block of simulated ambient droplets. */
export interface DropletNullPayload {
  readonly seed: number;
  /** Name of the random stream, and the block within it. */
  readonly label: string;
  readonly block: number;
  readonly iterations: number;
  /** Ambient profile, one share per gene. */
  readonly proportions: Float64Array;
  readonly alpha: number;
  /** Distinct total counts of the barcodes tested, increasing. */
  readonly totals: Uint32Array;
  /** First barcode of each total in `logProbabilities`, and their number at the end. */
  readonly starts: Uint32Array;
  /** Log-probability of each barcode, increasing within a total. */
  readonly logProbabilities: Float64Array;
}

/** Per barcode, in the order of the payload, simulations of its total that are no more probable. */
export type DropletNullCounts = Uint32Array;

/** Two log-probabilities this close are the same number added up in another order. */
const tie = 1e-9;

/**
 * Simulates droplets that hold nothing but ambient RNA, molecule by molecule, and counts for every barcode the simulations with the same total that
 * are at most as probable; pure over plain arrays, so that a worker can run it.
 *
 * A droplet is Pólya's urn: molecule m + 1 repeats one of the m before it with probability m / (α + m), and is drawn from the profile
 * otherwise, which is a Dirichlet-multinomial draw at every total on the way.
 */
export function dropletNullBlock(payload: DropletNullPayload, signal: TaskSignal): DropletNullCounts {
  const rng = createRng(payload.seed, payload.label, payload.block);
  const atPosition = new Uint32Array(payload.logProbabilities.length);
  const state = newDroplet(payload);
  for (let iteration = 0; iteration < payload.iterations; iteration++) {
    if (signal.aborted) throw new AbortedError();
    fillDroplet(payload, state, rng);
    payload.totals.forEach((_, t) => {
      const position = firstAtLeast(payload, t, (state.logProbability[t] as number) - tie);
      if (position < (payload.starts[t + 1] as number)) atPosition[position] = (atPosition[position] as number) + 1;
    });
  }
  return accumulate(atPosition, payload.starts);
}

/** Scratch arrays of a droplet being filled. */
interface Droplet {
  readonly molecules: Uint32Array;
  readonly counts: Uint32Array;
  /** Log-probability when the droplet reached each of the totals. */
  readonly logProbability: Float64Array;
  readonly alias: AliasTable;
}

function newDroplet({ proportions, totals }: DropletNullPayload): Droplet {
  return {
    molecules: new Uint32Array(totals[totals.length - 1] ?? 0),
    counts: new Uint32Array(proportions.length),
    logProbability: new Float64Array(totals.length),
    alias: aliasTable(proportions),
  };
}

function fillDroplet({ proportions, alpha, totals }: DropletNullPayload, droplet: Droplet, rng: Rng): void {
  const { molecules, counts, logProbability, alias } = droplet;
  counts.fill(0);
  let [logSum, product, next] = [0, 1, 0];
  for (let m = 0; m < molecules.length; m++) {
    const u = rng.uniform() * (alpha + m);
    const gene = u < m ? (molecules[Math.floor(u)] as number) : drawAlias(alias, rng);
    molecules[m] = gene;
    const before = counts[gene] as number;
    counts[gene] = before + 1;
    product *= (alpha * (proportions[gene] as number) + before) / (before + 1);
    if (product < 1e-250 || product > 1e250) {
      logSum += log(product);
      product = 1;
    }
    if (m + 1 === totals[next]) logProbability[next++] = logSum + log(product);
  }
}

function firstAtLeast({ starts, logProbabilities }: DropletNullPayload, t: number, value: number): number {
  let [low, high] = [starts[t] as number, starts[t + 1] as number];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((logProbabilities[middle] as number) >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A simulation counts for its position and for every more probable barcode behind it. */
function accumulate(atPosition: Uint32Array, starts: Uint32Array): Uint32Array {
  for (let t = 0; t + 1 < starts.length; t++) {
    for (let i = (starts[t] as number) + 1; i < (starts[t + 1] as number); i++) {
      atPosition[i] = (atPosition[i] as number) + (atPosition[i - 1] as number);
    }
  }
  return atPosition;
}

/** Walker's table: draws a gene in constant time. */
interface AliasTable {
  readonly threshold: Float64Array;
  readonly other: Uint32Array;
}

/** Vose's construction, doi:10.1109/32.92917. */
function aliasTable(proportions: Float64Array): AliasTable {
  const n = proportions.length;
  const threshold = proportions.map((p) => p * n);
  const other = Uint32Array.from({ length: n }, (_, g) => g);
  const small: number[] = [];
  const large: number[] = [];
  threshold.forEach((value, g) => (value < 1 ? small : large).push(g));
  for (;;) {
    const less = small.pop();
    const more = large.pop();
    if (less === undefined || more === undefined) break;
    other[less] = more;
    const left = (threshold[more] as number) - (1 - (threshold[less] as number));
    threshold[more] = left;
    (left < 1 ? small : large).push(more);
    // A large one that is used up with no small one left keeps its own place: rounding only.
  }
  return { threshold, other };
}

function drawAlias({ threshold, other }: AliasTable, rng: Rng): number {
  const u = rng.uniform() * threshold.length;
  const gene = Math.floor(u);
  return u - gene < (threshold[gene] as number) ? gene : (other[gene] as number);
}
