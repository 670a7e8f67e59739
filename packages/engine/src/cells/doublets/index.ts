export * from './call-doublets.js';
export type { DoubletOptions, ResolvedDoubletOptions } from './doublet-options.js';
export { doubletTasks } from './doublet-tasks.js';
export type { DoubletStatus, SampleDoublets } from './sample-doublets.js';
