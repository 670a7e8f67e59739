export * from './claim.js';
export * from './results.js';
export * from './words.js';
