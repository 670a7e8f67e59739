/** When a sample was taken: before treatment, alive under it, or regrown after it. */
export type Stage = 'untreated' | 'residual' | 'relapse';

/** What a sample's numbers are. `counts` may feed a count model; `intensity` is linear but not counted; `log2` is taken back to linear. */
export type ValueScale = 'counts' | 'intensity' | 'log2';

/** One condition on the cells of a file: a column of its cell table has this value. */
export interface SubsetCondition {
  readonly column: string;
  readonly value: string;
}

/** Where the user's own cell labels are: a column of each file's cell table, or a table with the columns sample, cell, label. */
export type CellLabelSource =
  | { readonly kind: 'obs'; readonly column: string }
  | { readonly kind: 'table'; readonly path: string };

/** One row of the sample sheet, as read. */
export interface Sample {
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  /** The word in the sheet that was read as the stage. */
  readonly stageAsWritten: string;
  /** Regimen; `none` for untreated samples without one. */
  readonly treatment: string;
  readonly dose: string | null;
  readonly day: number | null;
  readonly replicate: string | null;
  readonly technology: string;
  /** Processing batch, where the sheet has the column. */
  readonly batch?: string | null;
  /** `cells`: single-cell counts to be summed; `table`: a column of a genes × samples table. */
  readonly input: 'cells' | 'table';
  /** Path relative to the study file. */
  readonly path: string;
  /** Column of the table; null for single-cell input. */
  readonly column: string | null;
  /** Which cells of a file of several samples are this sample: all conditions hold. Null for all cells of the file. */
  readonly subset?: readonly SubsetCondition[] | null;
  /** Row of the sample sheet, counting the header as row 1. */
  readonly row: number;
}

/** Which two stages are compared, and which one may show the way back. */
export interface StageContrast {
  readonly from: Stage;
  readonly to: Stage;
  readonly back: Stage;
}

/** A study, read and checked against its schema, before any data file is opened. */
export interface Study {
  readonly title: string;
  readonly organism: 'human' | 'mouse';
  readonly host: 'human' | 'mouse' | null;
  readonly samples: readonly Sample[];
  readonly contrast: StageContrast;
  readonly resources: readonly string[];
  /** Assay name to path, relative to the study file; read by later steps. */
  readonly assays: Readonly<Record<string, string>>;
  readonly chromatin: string | null;
  readonly perturbation: string | null;
  /** The user's own cell labels, which win over any labelling made here. */
  readonly cellLabels?: CellLabelSource | null;
  /** What was read in a way the user should see: stage synonyms, defaults taken. */
  readonly readings: readonly string[];
}
