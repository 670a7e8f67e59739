import type { Kernels } from '@remnant/engine';
import { type KernelCall, type KernelStep, kernelSteps } from '@remnant/kernels';
import type { WorkerExecutor } from '../executors/worker-executor.js';

/** What kernels are, without their steps. */
export type KernelsIdentity = Pick<Kernels, 'name' | 'version' | 'maxCells' | 'maxBytes' | 'unavailable'>;

/**
 * Kernels whose steps run on a worker, one after another. Inputs reach it through shared memory. Aborting the signal of a step ends
 * the worker at once, and closing the kernels ends it too: only that gives its memory back. The next step starts another.
 *
 * @param start - makes an executor of one worker that serves `kernelTasks`
 */
export function kernelsOnExecutor(identity: KernelsIdentity, start: () => WorkerExecutor): Kernels {
  let executor: WorkerExecutor | null = null;
  const run = async (
    step: KernelStep,
    call: KernelCall,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<unknown> => {
    executor ??= start();
    const [result] = await executor.map<KernelCall, unknown>(step, [call], signal === undefined ? {} : { signal });
    return result;
  };
  const stepOf = (step: KernelStep): Kernels[KernelStep] => {
    const method = (input: unknown, options: unknown, control?: { readonly signal?: AbortSignal }): Promise<unknown> =>
      run(step, { input, options }, control);
    return method as unknown as Kernels[KernelStep];
  };
  return {
    ...identity,
    ...(Object.fromEntries(kernelSteps.map((step) => [step, stepOf(step)])) as unknown as Pick<Kernels, KernelStep>),
    close: () => {
      executor?.close();
      executor = null;
    },
  };
}
