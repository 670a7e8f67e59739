export { cellReversal, cellReversalInfo, type CellReversalInput } from './cell-reversal.js';
export { cellReversalTasks } from './measure-arm.js';
export type { CellReversalOptions } from './options.js';
export type * from './types.js';
export { slicedWasserstein, wassersteinOfSorted } from './wasserstein.js';
