import type { Kernels } from '../cells/kernels/kernels.js';
import { report, throwIfAborted, type RunContext } from '../core/context.js';
import { hashParts } from '../core/hash.js';
import type { StepStore } from '../core/step-store.js';

/** What running a step needs besides its work. */
export interface StepEnvironment {
  readonly context: RunContext;
  /** Null where nothing can be kept (the browser). */
  readonly store: StepStore | null;
  /** Version of Remnant: a step kept by another version is computed again. */
  readonly version: string;
  /** What computes the standard steps on cells; null where the host has none. */
  readonly kernels: Kernels | null;
}

/**
 * Runs one step of the analysis, or takes it from the store when the same version has already finished it on the same inputs.
 *
 * @param name - shown as the progress stage
 * @param inputs - everything the result depends on, as texts and typed arrays (or hashes of them)
 */
export async function runStep<T>(
  name: string,
  inputs: readonly (string | ArrayBufferView)[],
  environment: StepEnvironment,
  work: (context: RunContext) => Promise<T> | T,
): Promise<T> {
  const { context, store } = environment;
  throwIfAborted(context);
  const key = hashParts([name, environment.version, String(context.seed), ...inputs]);
  const kept = await store?.get(key);
  if (kept !== undefined && kept !== null) {
    report(context, name, 1, 1, 'step');
    return kept as T;
  }
  report(context, name, 0, 1, 'step');
  const result = await work(context);
  throwIfAborted(context);
  await store?.put(key, result);
  report(context, name, 1, 1, 'step');
  return result;
}
