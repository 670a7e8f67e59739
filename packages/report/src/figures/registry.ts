import type { FigureId } from '@remnant/engine';
import { drawDemoScore } from './demo-score.js';
import type { DrawFigure } from './figure.js';
import { drawGeneSets } from './gene-sets.js';
import { drawLeaveOneOut } from './leave-one-out.js';
import { drawNamedMarker } from './named-marker.js';
import { drawNamedRegulator } from './named-regulator.js';
import { drawPatientForest } from './patient-forest.js';
import { drawRegulatorRanking } from './regulator-ranking.js';
import { drawReversal } from './reversal.js';
import { drawSampleMap } from './sample-map.js';
import { drawTreatmentHeatmap } from './treatment-heatmap.js';
import { drawVolcano } from './volcano.js';
import { drawVoteNull } from './vote-null.js';

/** How each figure is drawn. A new `FigureId` without a renderer does not compile. */
export const figureRenderers: Readonly<Record<FigureId, DrawFigure>> = {
  'pca-raw': (context) => drawSampleMap(context, 'raw'),
  'pca-corrected': (context) => drawSampleMap(context, 'corrected'),
  volcano: drawVolcano,
  'patient-forest': drawPatientForest,
  'leave-one-out': drawLeaveOneOut,
  'vote-null': drawVoteNull,
  'treatment-heatmap': drawTreatmentHeatmap,
  'gene-sets': drawGeneSets,
  'regulator-ranking': drawRegulatorRanking,
  'named-regulator': drawNamedRegulator,
  reversal: drawReversal,
  'named-marker': drawNamedMarker,
  'demo-score': drawDemoScore,
};

/** Every figure, in the order of the report. */
export const figureIds: readonly FigureId[] = Object.keys(figureRenderers) as FigureId[];
