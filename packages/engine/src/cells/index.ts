export * from './cell-counts.js';
