import type { RunContext } from '../core/context.js';
import type { MethodInfo } from '../core/method.js';
import type { AntibodyDrug } from '../data/resources.js';
import { compareText } from '../programme/compare-text.js';
import type { NormalizedInput } from '../programme/input.js';
import { quantile } from '../stats/quantile.js';
import { curatedAntibodyDrugs } from './antibody-drug-targets.js';
import type { MarkerCells, MarkerGeneCells } from './marker-cells.js';
import type { MarkerStudy } from './marker-study.js';
import { rankMarkers, type RankedMarker } from './rank-markers.js';

/** What the antibody–drug view is. */
export const antigenViewInfo: MethodInfo = {
  id: 'antigen-view',
  title: 'Antigens of antibody–drug conjugates on persister cells',
  version: '1.0.0',
  doi: ['10.1038/s41591-025-03885-3'],
  input: 'expression of all samples, one effect per patient, cells with calls where there are any',
  output:
    'per antigen: level, change, positive fraction, spread over cells and patients, normal cells, drugs and their status',
  random: true,
};

/** Options of `antigenView`. */
export interface AntigenOptions {
  /** Conjugates of a pack; they join the curated ones. */
  readonly drugs: readonly AntibodyDrug[];
  /** Genes asked for by name. */
  readonly markers: readonly string[];
  readonly fdr?: number;
}

/** Level of one antigen in one patient at the stage under treatment. */
export interface AntigenLevel {
  readonly patient: string;
  /** Mean log2 counts per million under treatment and before it; null without a sample. */
  readonly treated: number | null;
  readonly untreated: number | null;
  /** Place of that level among all genes, 0 lowest to 1 highest: comparable between technologies. */
  readonly percentile: number | null;
}

/** One antigen. */
export interface Antigen {
  readonly gene: string;
  /** Null where the study has no row for it. */
  readonly marker: RankedMarker | null;
  readonly levels: readonly AntigenLevel[];
  /** Lowest and highest percentile over patients: the spread a trial would meet. */
  readonly percentileRange: readonly [number, number] | null;
  /** On cells; null without cells or where cells do not have the gene. */
  readonly cells: MarkerGeneCells | null;
  readonly drugs: readonly AntibodyDrug[];
  readonly namedByUser: boolean;
}

/** Antigens of conjugates. */
export interface AntigenView {
  readonly status: 'ok' | 'not testable';
  readonly reasons: readonly string[];
  readonly antigens: readonly Antigen[];
  /** Whether conjugates came from a pack besides the curated ones. */
  readonly fromPack: boolean;
}

/** The antigens a view looks at: those with a drug, then those named by the user, each once. */
export function antigenGenes({ drugs, markers }: Pick<AntigenOptions, 'drugs' | 'markers'>): readonly string[] {
  const withDrug = [...curatedAntibodyDrugs, ...drugs].map(({ gene }) => gene);
  return [...new Set([...withDrug.sort(compareText), ...markers])];
}

/**
 * For every antigen with a conjugate, and every gene named: what the contrast does to it, patient by patient, how high it is
 * under treatment, and on cells the fraction positive, the spread, and how many normal cells carry it too. An antigen need not
 * rise to be a target: level and positive fraction say whether a conjugate has something to bind, the change says whether it
 * marks persisters. RNA is not surface protein.
 *
 * @param cells - from `markerCells` on {@link antigenGenes}; null without single cells
 */
export function antigenView(
  study: MarkerStudy & {
    readonly input: NormalizedInput;
    readonly contrast: { readonly from: string; readonly to: string };
  },
  cells: MarkerCells | null,
  options: AntigenOptions,
  context: RunContext,
): AntigenView {
  const genes = antigenGenes(options);
  const list = {
    kind: 'surface',
    source: 'antigens',
    genes,
    ...(options.fdr === undefined ? {} : { fdr: options.fdr }),
  } as const;
  const ranking = rankMarkers(study, list, context);
  const markerOf = new Map(ranking.rows.map((row) => [row.gene, row]));
  const onCells = new Map(cells?.genes.map((row) => [row.gene, row]) ?? []);
  const levelsOf = levelReader(study);
  const antigens = genes.map((gene): Antigen => {
    const levels = levelsOf(gene);
    const percentiles = levels.flatMap(({ percentile }) => (percentile === null ? [] : [percentile]));
    return {
      gene,
      marker: markerOf.get(gene) ?? null,
      levels,
      percentileRange: percentiles.length === 0 ? null : [quantile(percentiles, 0), quantile(percentiles, 1)],
      cells: onCells.get(gene) ?? null,
      drugs: [...curatedAntibodyDrugs, ...options.drugs].filter((drug) => drug.gene === gene),
      namedByUser: options.markers.includes(gene),
    };
  });
  return { status: ranking.status, reasons: ranking.reasons, antigens, fromPack: options.drugs.length > 0 };
}

type LevelStudy = Parameters<typeof antigenView>[0];

/** Levels by gene. The means of all genes of a patient are computed once, for the percentiles. */
function levelReader({ input, contrast }: LevelStudy): (gene: string) => readonly AntigenLevel[] {
  const { values, genes, samples } = input.logExpression;
  const place = new Map(genes.map((gene, g) => [gene, g]));
  const patients = [...new Set(input.patient)].sort(compareText);
  const meansAt = (patient: string, stage: string): Float64Array | null => {
    const columns = samples.map((_, s) => s).filter((s) => input.patient[s] === patient && input.stage[s] === stage);
    if (columns.length === 0) return null;
    return Float64Array.from(
      genes,
      (_, g) => columns.reduce((sum, s) => sum + (values[g * samples.length + s] as number), 0) / columns.length,
    );
  };
  const arms = patients.map((patient) => {
    const treated = meansAt(patient, contrast.to);
    return { patient, treated, untreated: meansAt(patient, contrast.from), sorted: treated?.slice().sort() ?? null };
  });
  return (gene) => {
    const g = place.get(gene);
    if (g === undefined) return [];
    return arms.map(({ patient, treated, untreated, sorted }) => {
      const level = treated?.[g] ?? null;
      return { patient, treated: level, untreated: untreated?.[g] ?? null, percentile: percentileIn(sorted, level) };
    });
  };
}

function percentileIn(sorted: Float64Array | null, level: number | null): number | null {
  if (sorted === null || level === null || sorted.length < 2) return null;
  let below = 0;
  for (const value of sorted) {
    if (value >= level) break;
    below++;
  }
  return below / (sorted.length - 1);
}
