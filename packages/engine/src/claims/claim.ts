import type { Bilingual } from '../core/text.js';

export type { Bilingual } from '../core/text.js';

/** The only four answers Remnant gives. */
export type Verdict = 'supported' | 'not supported' | 'contradicted' | 'not testable';

/** One number behind a claim. `low`/`high` are null when it has no interval. */
export interface ClaimNumber {
  readonly label: Bilingual;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
}

/** The steps of the analysis a claim may come from, in report order. */
export const claimSteps = [
  'design',
  'cells',
  'persisters',
  'programme',
  'regulators',
  'switch',
  'origin',
  'markers',
  'weaknesses',
] as const;

/** One of {@link claimSteps}. */
export type ClaimStep = (typeof claimSteps)[number];

/** A question answered: what the data say, how sure, what could have refuted it, and what would settle it. */
export interface Claim {
  /** Stable id, for instance `programme.shared` or `regulator.FOSL1`. */
  readonly id: string;
  readonly step: ClaimStep;
  readonly question: Bilingual;
  readonly sentence: Bilingual;
  readonly verdict: Verdict;
  readonly numbers: readonly ClaimNumber[];
  /** Patients that agree, of those that could be asked; null when the unit does not apply. */
  readonly patients: { readonly agree: number; readonly asked: number } | null;
  /** The control that could have killed the claim, with its result. */
  readonly control: Bilingual;
  /** What data would settle or strengthen it. */
  readonly needed: Bilingual;
  /** Sub-lines graded on their own (evidence lines of a regulator, patients of a reversal). */
  readonly lines: readonly ClaimLine[];
  /** Tables (by name) the numbers come from. */
  readonly tables: readonly string[];
  /** Figures of the report that show it, by figure id. */
  readonly figures: readonly FigureId[];
}

/** One separately graded line of evidence. */
export interface ClaimLine {
  readonly id: string;
  readonly label: Bilingual;
  readonly verdict: Verdict;
  readonly sentence: Bilingual;
}

/** Every figure the report can draw. */
export type FigureId =
  | 'cell-filters'
  | 'cell-map-stages'
  | 'cell-map-patients'
  | 'cell-map-labels'
  | 'cell-map-calls'
  | 'abundance-map'
  | 'cluster-changes'
  | 'persister-fractions'
  | 'persister-scores'
  | 'persister-cycling'
  | 'meta-programme-heatmap'
  | 'meta-programme-effects'
  | 'volcano'
  | 'patient-forest'
  | 'leave-one-out'
  | 'treatment-heatmap'
  | 'regulator-ranking'
  | 'named-regulator'
  | 'reversal'
  | 'switch-regulators'
  | 'knock-out'
  | 'switch-shape'
  | 'switch-response'
  | 'lineage-clones'
  | 'lineage-diversity'
  | 'genetic-states'
  | 'copy-number-clones'
  | 'copy-number-cells'
  | 'cell-reversal'
  | 'pca-raw'
  | 'pca-corrected'
  | 'gene-sets'
  | 'vote-null'
  | 'named-marker'
  | 'surface-markers'
  | 'marker-gates'
  | 'antigens'
  | 'weakness-axes'
  | 'iron-pattern'
  | 'death-modes'
  | 'target-matrix'
  | 'demo-score';
