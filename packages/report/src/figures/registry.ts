import type { FigureId } from '@remnant/engine';
import { drawAbundanceMap } from './abundance-map.js';
import { drawAntigens } from './antigens.js';
import { drawCellFilters } from './cell-filters.js';
import { drawCellMap } from './cell-map.js';
import { drawCellReversal } from './cell-reversal.js';
import { drawClusterChanges } from './cluster-changes.js';
import { drawCopyNumberCells } from './copy-number-cells.js';
import { drawCopyNumberClones } from './copy-number-clones.js';
import { drawDeathModes } from './death-modes.js';
import { drawDemoScore } from './demo-score.js';
import type { DrawFigure } from './figure.js';
import { drawGeneSets } from './gene-sets.js';
import { drawGeneticStates } from './genetic-states.js';
import { drawIronPattern } from './iron-pattern.js';
import { drawKnockOut } from './knock-out.js';
import { drawLeaveOneOut } from './leave-one-out.js';
import { drawLineageClones } from './lineage-clones.js';
import { drawLineageDiversity } from './lineage-diversity.js';
import { drawMarkerGates } from './marker-gates.js';
import { drawMetaProgrammeEffects } from './meta-programme-effects.js';
import { drawMetaProgrammeHeatmap } from './meta-programme-heatmap.js';
import { drawNamedMarker } from './named-marker.js';
import { drawNamedRegulator } from './named-regulator.js';
import { drawPatientForest } from './patient-forest.js';
import { drawPersisterCycling } from './persister-cycling.js';
import { drawPersisterFractions } from './persister-fractions.js';
import { drawPersisterScores } from './persister-scores.js';
import { drawRegulatorRanking } from './regulator-ranking.js';
import { drawReversal } from './reversal.js';
import { drawSampleMap } from './sample-map.js';
import { drawSurfaceMarkers } from './surface-markers.js';
import { drawSwitchRegulators } from './switch-regulators.js';
import { drawSwitchResponse } from './switch-response.js';
import { drawSwitchShape } from './switch-shape.js';
import { drawTargetMatrix } from './target-matrix.js';
import { drawTreatmentHeatmap } from './treatment-heatmap.js';
import { drawVolcano } from './volcano.js';
import { drawVoteNull } from './vote-null.js';
import { drawWeaknessAxes } from './weakness-axes.js';

/** How each figure is drawn. A new `FigureId` without a renderer does not compile. */
export const figureRenderers: Readonly<Record<FigureId, DrawFigure>> = {
  'pca-raw': (context) => drawSampleMap(context, 'raw'),
  'pca-corrected': (context) => drawSampleMap(context, 'corrected'),
  'cell-filters': drawCellFilters,
  'cell-map-stages': (context) => drawCellMap(context, 'stages'),
  'cell-map-patients': (context) => drawCellMap(context, 'patients'),
  'cell-map-labels': (context) => drawCellMap(context, 'labels'),
  'cell-map-calls': (context) => drawCellMap(context, 'calls'),
  'abundance-map': drawAbundanceMap,
  'cluster-changes': drawClusterChanges,
  'persister-fractions': drawPersisterFractions,
  'persister-scores': drawPersisterScores,
  'persister-cycling': drawPersisterCycling,
  'meta-programme-heatmap': drawMetaProgrammeHeatmap,
  'meta-programme-effects': drawMetaProgrammeEffects,
  volcano: drawVolcano,
  'patient-forest': drawPatientForest,
  'leave-one-out': drawLeaveOneOut,
  'vote-null': drawVoteNull,
  'treatment-heatmap': drawTreatmentHeatmap,
  'gene-sets': drawGeneSets,
  'regulator-ranking': drawRegulatorRanking,
  'named-regulator': drawNamedRegulator,
  reversal: drawReversal,
  'switch-regulators': drawSwitchRegulators,
  'knock-out': drawKnockOut,
  'switch-shape': drawSwitchShape,
  'switch-response': drawSwitchResponse,
  'lineage-clones': drawLineageClones,
  'lineage-diversity': drawLineageDiversity,
  'genetic-states': drawGeneticStates,
  'copy-number-clones': drawCopyNumberClones,
  'copy-number-cells': drawCopyNumberCells,
  'cell-reversal': drawCellReversal,
  'named-marker': drawNamedMarker,
  'surface-markers': drawSurfaceMarkers,
  'marker-gates': drawMarkerGates,
  antigens: drawAntigens,
  'weakness-axes': drawWeaknessAxes,
  'iron-pattern': drawIronPattern,
  'death-modes': drawDeathModes,
  'target-matrix': drawTargetMatrix,
  'demo-score': drawDemoScore,
};

/** Every figure, in the order of the report. */
export const figureIds: readonly FigureId[] = Object.keys(figureRenderers) as FigureId[];
