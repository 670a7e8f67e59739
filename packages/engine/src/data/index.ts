export * from './dataset.js';
export * from './expression.js';
export * from './matrix.js';
export * from './pseudobulk.js';
export * from './resources.js';
export * from './table.js';
