export * from './cell-counts.js';
export type * from './study-cells.js';
export * from './quality/index.js';
export * from './kernels/index.js';
export * from './sets/index.js';
export * from './scores/index.js';
export * from './abundance/index.js';
export * from './doublets/index.js';
export * from './labels/index.js';
