export * from './claim.js';
export * from './results.js';
