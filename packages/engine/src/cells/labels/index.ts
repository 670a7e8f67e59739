export * from './label-tumour-cells.js';
export type { LineageScores } from './lineage-scores.js';
export {
  type LineageMarker,
  markerPanel,
  type NormalCellLineage,
  type PanelLineage,
  type TumourHintLineage,
} from './marker-panel.js';
export { emptyLabels, tumourWords } from './own-labels.js';
