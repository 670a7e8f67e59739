import { AbortedError } from './errors.js';
import type { Executor } from './executor.js';
import { createRng, type Rng } from './rng.js';

/** How far a long function has come. `done` never goes down within a stage. */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}

/** What a long function may use of the world around it. */
export interface RunContext {
  /** The one seed of the run. */
  readonly seed: number;
  /** Runs blocks of work, here or on workers. */
  readonly executor: Executor;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The random stream named `label` of this run. */
export function rngFor(context: RunContext, label: string, block = 0): Rng {
  return createRng(context.seed, label, block);
}

/** Throws `AbortedError` once the caller has asked to stop. Called between blocks of work. */
export function throwIfAborted(context: Pick<RunContext, 'signal'>): void {
  if (context.signal?.aborted === true) throw new AbortedError();
}

/** Reports progress when anyone listens. */
export function report(
  context: Pick<RunContext, 'onProgress'>,
  stage: string,
  done: number,
  total: number,
  unit: string,
): void {
  context.onProgress?.({ stage, done, total, unit });
}
