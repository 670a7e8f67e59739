import type { Kernels, TaskRegistry } from '@remnant/engine';

/** The steps of kernels, by the names of their tasks. */
export const kernelSteps: readonly KernelStep[] = [
  'principalComponents',
  'correctBatches',
  'nearestNeighbours',
  'clusters',
  'umap',
  'tsne',
  'scoreMarkers',
  'labelCells',
];

/** One step of kernels. */
export type KernelStep = Exclude<keyof Kernels, 'name' | 'version' | 'unavailable' | 'maxCells' | 'maxBytes' | 'close'>;

/** What a step is called with, in a message to a worker. */
export interface KernelCall {
  readonly input: unknown;
  readonly options: unknown;
}

/** The steps of kernels as tasks that a worker serves. */
export function kernelTasks(kernels: Kernels): TaskRegistry {
  return Object.fromEntries(
    kernelSteps.map((step) => [
      step,
      ({ input, options }: KernelCall) => kernels[step](input as never, options as never),
    ]),
  );
}
