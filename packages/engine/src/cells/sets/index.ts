export * from './cell-cycle.js';
export * from './curated-gene.js';
export * from './immediate-early.js';
export * from './stress-response.js';
