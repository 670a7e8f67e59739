export * from './claim.js';
export * from './results.js';
export * from './words.js';
export * from './results-document.js';
export type { Analysis } from './analysis.js';
export { makeClaims } from './make-claims.js';
