export * from './antibody-drug-targets.js';
export * from './antigens.js';
export { type CellGroup, cellGroups, type MarkerCellInput } from './cell-groups.js';
export type { GateMarker, GatePatient, GatePerformance } from './gate-performance.js';
export {
  type GateBasis,
  type GatePatientCells,
  type GateReference,
  gateReference,
  type GateReferenceOptions,
} from './gate-reference.js';
export * from './marker-cells.js';
export * from './marker-gates.js';
export type { MarkerStudy } from './marker-study.js';
export * from './marker-table.js';
export * from './named-marker.js';
export type { MarkerListKind, MarkerRanking, RankedMarker, MarkerRankStability } from './rank-markers.js';
export * from './secreted-genes.js';
export * from './secreted-ranking.js';
export * from './surface-ranking.js';
