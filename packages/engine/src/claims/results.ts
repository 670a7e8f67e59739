import type { Warning } from '../core/method.js';
import type { Bilingual } from '../core/text.js';
import type { Dataset } from '../data/dataset.js';
import type { PackUse } from '../data/resources.js';
import type { Table } from '../data/table.js';
import type { TruthScore } from '../simulate/truth-score.js';
import type { DesignFinding } from '../study/design-finding.js';
import type { StageContrast } from '../study/types.js';
import type { Claim } from './claim.js';

export type { TruthScore } from '../simulate/truth-score.js';
export type { DesignFinding } from '../study/design-finding.js';

/** Version of the `results.json` layout; raised when a field changes meaning or goes away. */
export const resultsSchemaVersion = 1;

/** Everything a run found. `results.json` is this without the contents of `tables`, which are the CSV files, and without `cells`, which is `cells.h5ad`. */
export interface StudyResult {
  readonly schemaVersion: number;
  readonly title: string;
  readonly organism: string;
  readonly summary: StudySummary;
  readonly claims: readonly Claim[];
  /** What the design can and cannot answer, as printed by `remnant check`. */
  readonly design: readonly DesignFinding[];
  /** Methods used, one paragraph each, in both languages, in the order they ran. */
  readonly methods: readonly MethodParagraph[];
  readonly warnings: readonly Warning[];
  readonly tables: readonly Table[];
  /** Every good cell with its calls, scores and coordinates; null without single-cell samples, and when read back from a folder. */
  readonly cells: Dataset | null;
  readonly provenance: Provenance;
  /** Present for a simulated study that was scored against its truth. */
  readonly truth: TruthScore | null;
}

/** Counts shown on the first page. */
export interface StudySummary {
  readonly nPatients: number;
  readonly nSamples: number;
  readonly nCells: number;
  readonly nGenes: number;
  readonly samplesPerStage: Readonly<Record<string, number>>;
  readonly technologies: readonly string[];
  readonly treatments: readonly string[];
  /** The stages compared, so that axes and captions can name them. */
  readonly contrast?: StageContrast;
}

/** One method in words. */
export interface MethodParagraph {
  readonly id: string;
  readonly title: Bilingual;
  readonly text: Bilingual;
  readonly doi: readonly string[];
}

/** How to get the same bytes again. No clock and no path of a machine in it. */
export interface Provenance {
  readonly remnantVersion: string;
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly inputs: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  readonly packs: readonly PackUse[];
}
