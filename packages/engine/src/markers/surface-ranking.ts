import type { RunContext } from '../core/context.js';
import type { MethodInfo } from '../core/method.js';
import type { MarkerStudy } from './marker-study.js';
import { type MarkerRanking, rankMarkers, type RankMarkersOptions } from './rank-markers.js';

/** What the surface ranking is. */
export const surfaceMarkersInfo: MethodInfo = {
  id: 'surface-markers',
  title: 'Surface proteins ranked as markers shared by the patients',
  version: '1.0.0',
  doi: ['10.1073/pnas.1808790115', '10.2202/1544-6115.1027'],
  input: 'one effect per gene and patient, the model of all samples, a list of surface proteins',
  output: 'every measured surface gene with rank, effect per patient, verdict, and ranks without each patient',
  random: true,
};

/** A list of genes whose protein is at the cell surface, as a pack gives it. */
export interface SurfaceList {
  readonly pack: string;
  readonly genes: ReadonlySet<string>;
}

/** Options of `surfaceMarkers`. */
export type SurfaceMarkersOptions = Pick<RankMarkersOptions, 'fdr' | 'effectMin' | 'top'>;

/**
 * Ranks the genes of a surface pack as markers of the state; see `rankMarkers` for the statistics.
 *
 * @param study - effects of the contrast, all samples and patient by patient
 * @param surface - null without a pack: the result is "not testable" and names it
 * @throws OptionError for a rate or a number out of range
 * @example
 * ```ts
 * const ranking = surfaceMarkers({ fixedEffect, perPatient: { effects, meta } }, resources.surface, {}, context);
 * ranking.rows.slice(0, 10).map(({ gene, agree, asked }) => [gene, agree, asked]);
 * ```
 */
export function surfaceMarkers(
  study: MarkerStudy,
  surface: SurfaceList | null,
  options: SurfaceMarkersOptions,
  context: RunContext,
): MarkerRanking {
  const list = { kind: 'surface', source: surface?.pack ?? '', genes: [...(surface?.genes ?? [])] } as const;
  const ranking = rankMarkers(study, { ...options, ...list }, context);
  return surface === null
    ? { ...ranking, status: 'not testable', reasons: ['no pack of surface proteins is installed (surfaceome)'] }
    : ranking;
}
