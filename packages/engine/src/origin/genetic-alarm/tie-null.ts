import { AbortedError } from '../../core/errors.js';
import type { TaskRegistry, TaskSignal } from '../../core/executor.js';
import { createRng, shuffleInPlace } from '../../core/rng.js';

/** One label of the cells of a patient, coded for permutation. Cells of a sample stand together. */
export interface CodedLabel {
  /** Clone of each cell, numbered anew in each sample; −1 without one. */
  readonly clone: Int32Array;
  readonly cloneSize: Int32Array;
  /** In each sample, cells with this label in the rarer state. */
  readonly rarer: Int32Array;
}

/** A block of permutations of the states of one patient. */
export interface TieNullPayload {
  readonly labels: readonly CodedLabel[];
  /** First cell of each sample, and the number of cells at the end. */
  readonly starts: Int32Array;
  readonly draws: number;
  readonly seed: number;
  readonly stream: string;
  readonly block: number;
}

/** Name of the block task of permuted states. */
export const tieNullTaskName = 'origin/genetic-alarm/tie-null';

/** The block tasks of the genetic alarm, for the registry of the pipeline. */
export const geneticAlarmTasks: TaskRegistry = {
  [tieNullTaskName]: (payload: TieNullPayload, signal: TaskSignal) => tieNull(payload, signal),
};

/**
 * Sister-cell agreement of every label with states dealt out at random within samples. One order of the cells serves all
 * labels, so that labels that go together do so under the null; each label keeps its own number of cells in the rarer state
 * among the cells it covers, so that cells without a label (which may depend on the state) do not matter.
 *
 * @returns draws × labels, the sums of {@link agreementSum}
 */
export function tieNull(
  { labels, starts, draws, seed, stream, block }: TieNullPayload,
  signal?: TaskSignal,
): Float64Array {
  const rng = createRng(seed, stream, block);
  const order = Int32Array.from({ length: starts[starts.length - 1] as number }, (_, cell) => cell);
  const counts = labels.map(({ cloneSize }) => new Int32Array(cloneSize.length));
  const sums = new Float64Array(draws * labels.length);
  for (let draw = 0; draw < draws; draw++) {
    if (signal?.aborted === true) throw new AbortedError();
    for (let s = 0; s + 1 < starts.length; s++) shuffleInPlace(order.subarray(starts[s], starts[s + 1]), rng);
    labels.forEach((label, l) => {
      const own = (counts[l] as Int32Array).fill(0);
      deal(label, { order, starts, counts: own });
      sums[draw * labels.length + l] = agreementSum(own, label.cloneSize);
    });
  }
  return sums;
}

/** The first cells of the order that have the label are those in the rarer state. */
function deal(
  { clone, rarer }: CodedLabel,
  { order, starts, counts }: { readonly order: Int32Array; readonly starts: Int32Array; readonly counts: Int32Array },
): void {
  for (let s = 0; s < rarer.length; s++) {
    let left = rarer[s] as number;
    for (let i = starts[s] as number; left > 0; i++) {
      const c = clone[order[i] as number] as number;
      if (c < 0) continue;
      counts[c] = (counts[c] as number) + 1;
      left -= 1;
    }
  }
}

/** Σ_c [a(a − 1) + (n − a)(n − a − 1)]/(n − 1): cells that share their state with a sister drawn at random. */
export function agreementSum(rarerOfClone: Int32Array, cloneSize: Int32Array): number {
  let sum = 0;
  for (let c = 0; c < cloneSize.length; c++) {
    const n = cloneSize[c] as number;
    if (n < 2) continue;
    const a = rarerOfClone[c] as number;
    sum += (a * (a - 1) + (n - a) * (n - a - 1)) / (n - 1);
  }
  return sum;
}
