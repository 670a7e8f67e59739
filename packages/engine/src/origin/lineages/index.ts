export * from './clone-diversity.js';
export * from './clone-overlap.js';
export * from './clone-sizes.js';
export {
  cloneStateTest,
  type CloneStateOptions,
  type CloneStateTest,
  lineageTasks,
} from './clone-state.js';
export * from './lineage-verdict.js';
export * from './merge-barcodes.js';
export * from './rarefied-richness.js';
export type { CloneStates } from './sister-agreement.js';
