export * from './drug-tables.js';
export * from './match-drugs.js';
export { type SharedGene, sharedGenes } from './shared-direction.js';
export type { SignatureReversal } from './signature-reversal.js';
export type { DrugTarget, TargetChance, TargetMatch, TargetStanding } from './target-matches.js';
