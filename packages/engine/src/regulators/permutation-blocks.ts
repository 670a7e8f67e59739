import { type RunContext, report, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';

/** Permutations per block of work. Fixed, so that the answer does not depend on the number of workers. */
export const permutationsPerBlock = 100;

/** One block of a permutation job: its number, how many permutations it draws, and the seed of the run. */
export interface PermutationBlock {
  readonly seed: number;
  readonly block: number;
  readonly permutations: number;
}

/**
 * Cuts a number of permutations into blocks of fixed size.
 *
 * @throws OptionError when the number is not a whole number of at least 1
 */
export function permutationBlocks(permutations: number, seed: number): PermutationBlock[] {
  if (!Number.isInteger(permutations) || permutations < 1) {
    throw new OptionError('permutations has to be a whole number of at least 1.', { found: String(permutations) });
  }
  const blocks: PermutationBlock[] = [];
  for (let done = 0; done < permutations; done += permutationsPerBlock) {
    blocks.push({ seed, block: blocks.length, permutations: Math.min(permutationsPerBlock, permutations - done) });
  }
  return blocks;
}

/** Runs blocks through the executor with progress and the chance to stop; results come back in block order. */
export async function runBlocks<P, R>(
  task: string,
  payloads: readonly P[],
  stage: string,
  context: RunContext,
): Promise<R[]> {
  throwIfAborted(context);
  report(context, stage, 0, payloads.length, 'blocks');
  const results = await context.executor.map<P, R>(task, payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, stage, done, total, 'blocks');
    },
  });
  throwIfAborted(context);
  return results;
}
