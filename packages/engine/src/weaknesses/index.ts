export { type CalledDirections, programmeGenes, type ProgrammeFindings } from './programme-genes.js';
export {
  type AxisGene,
  type AxisGroup,
  type AxisRole,
  curatedAxes,
  type WeaknessAxis,
} from './sets/index.js';
export { axesByGene, axisEvidence, type AxisOfGene } from './axis-evidence.js';
export type { WeaknessCells } from './cell-states.js';
export type * from './types.js';
export { weaknessAxes, weaknessAxesInfo, type WeaknessAxesOptions, type WeaknessStudy } from './weakness-axes.js';
export * from './drugs/index.js';
export * from './targets/index.js';
