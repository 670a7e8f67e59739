export * from './rank-targets.js';
export type { TargetCaution } from './target-cautions.js';
export {
  type TargetAxis,
  type TargetEvidence,
  type TargetLine,
  targetLines,
  type TargetRegulator,
  type TargetStandingOfLine,
} from './target-evidence.js';
