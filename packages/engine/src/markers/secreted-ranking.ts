import type { RunContext } from '../core/context.js';
import type { MethodInfo } from '../core/method.js';
import type { MarkerStudy } from './marker-study.js';
import { type MarkerRanking, rankMarkers } from './rank-markers.js';
import { secretedGenes } from './secreted-genes.js';
import type { SurfaceMarkersOptions } from './surface-ranking.js';

/** What the ranking of secreted proteins is. */
export const secretedMarkersInfo: MethodInfo = {
  id: 'secreted-markers',
  title: 'Secreted proteins ranked as candidates for a blood test',
  version: '1.0.0',
  doi: ['10.1126/scisignal.aaz0274'],
  input: 'one effect per gene and patient, the model of all samples',
  output: 'every measured gene of the curated list with rank, effect per patient and verdict',
  random: true,
};

/** Ranks the curated secreted proteins like surface proteins; see `rankMarkers`. RNA of tumour cells is not a plasma level. */
export function secretedMarkers(
  study: MarkerStudy,
  options: SurfaceMarkersOptions,
  context: RunContext,
): MarkerRanking {
  const list = { kind: 'secreted', source: 'curated list', genes: secretedGenes.map(({ gene }) => gene) } as const;
  return rankMarkers(study, { ...options, ...list }, context);
}
