import type { Estimate, Warning } from '../../core/method.js';
import type { Stage, StageContrast } from '../../study/types.js';
import type { ReversalVerdict } from '../reversal-verdict.js';

/** Where the relapse cells of one arm sit, in a word. */
export type CellReversalVerdict = 'returned' | 'partly returned' | 'not returned' | 'cannot tell' | 'not testable';

/** Why an arm could not be asked. */
export type NotTestableReason =
  | 'no-cells'
  | 'missing-stage'
  | 'too-few-cells'
  | 'technology'
  | 'no-programme'
  | 'not-separable';

/** The three stages of a contrast by their part in it: U, P and R. */
export type ContrastPart = 'from' | 'to' | 'back';

/**
 * What a distance is measured in. `transcriptome axis`: cross-fitted discriminant of the patient's own untreated and residual cells;
 * `programme axis`: activity of the programme the other patients teach; `components`: principal components, where a
 * move off the line from untreated to residual shows too.
 */
export type DistanceSpace = 'transcriptome axis' | 'programme axis' | 'components';

/** What was resampled: replicate samples where a stage has two or more, else cells of its one sample. */
export type ResampledUnit = 'samples' | 'cells';

/** A distance over draws of equally many cells of both sides. */
export interface DrawnDistance {
  readonly mean: number;
  /** 5 % and 95 % quantiles of the draws. */
  readonly low: number;
  readonly high: number;
}

/** Distance between two halves of one stage. */
export interface WithinStageNull extends DrawnDistance {
  readonly part: ContrastPart;
  readonly unit: ResampledUnit;
}

/** Wasserstein distances between the stages of one arm in one space. */
export interface StageDistances {
  readonly space: DistanceSpace;
  /** Cells of either side in every draw. */
  readonly nCells: number;
  readonly relapseUntreated: DrawnDistance;
  readonly relapseResidual: DrawnDistance;
  readonly residualUntreated: DrawnDistance;
  readonly nulls: readonly WithinStageNull[];
  /** Relapse–untreated over residual–untreated distance, either after taking out the null: 0 back, 1 as far as residual. */
  readonly ratio: Estimate;
  /** Residual and untreated lie further apart than the halves of either do. */
  readonly separable: boolean;
  /** The relapse lies within the null of untreated, or its ratio within the margin. */
  readonly back: boolean;
}

/** Where the cells of a stage lie on an axis: quantiles of their positions, 0 mean untreated, 1 mean residual. */
export interface PositionSummary {
  readonly space: Exclude<DistanceSpace, 'components'>;
  readonly part: ContrastPart;
  readonly nCells: number;
  readonly mean: number;
  readonly quantiles: {
    readonly q05: number;
    readonly q25: number;
    readonly q50: number;
    readonly q75: number;
    readonly q95: number;
  };
}

/** Median counts per cell of the three stages, as sequenced and as compared. */
export interface DepthMatch {
  readonly before: Readonly<Record<ContrastPart, number>>;
  readonly after: Readonly<Record<ContrastPart, number>>;
  /** `thinned`: whole counts drawn down to one distribution; `scaled`: numbers that are no counts, divided only. */
  readonly method: 'thinned' | 'scaled';
}

/** What the cells of one arm show. */
export interface ArmMeasure {
  /** `1 − (r − u)/(p − u)` of mean positions on the cross-fitted axis: 1 back at untreated, 0 as residual. */
  readonly index: Estimate;
  /** The same on the axis of the shared programme; null without activities. */
  readonly programmeIndex: Estimate | null;
  /** The first index over the cells that are not in the persister state; null without calls. */
  readonly othersIndex: Estimate | null;
  /** `replicates`: every stage has two samples or more; otherwise the interval is technical only in some stage. */
  readonly basis: 'replicates' | 'technical only';
  readonly units: Readonly<Record<ContrastPart, { readonly unit: ResampledUnit; readonly n: number }>>;
  readonly distances: readonly StageDistances[];
  readonly positions: readonly PositionSummary[];
  readonly depth: DepthMatch;
  /** Genes of the cross-fitted axes together, and of the components. */
  readonly nGenes: { readonly axis: number; readonly components: number };
}

/** One group of relapse samples of a patient: of one treatment, or as named by the caller. */
export interface ReversalArm {
  readonly patient: string;
  readonly arm: string;
  readonly verdict: CellReversalVerdict;
  readonly status: Estimate['status'];
  readonly reasons: readonly string[];
  /** Null where the arm could be asked. */
  readonly notTestable: NotTestableReason | null;
  readonly samples: Readonly<Record<ContrastPart, readonly string[]>>;
  readonly nCells: Readonly<Record<ContrastPart, number>>;
  /** Null when not testable for want of cells. */
  readonly measure: ArmMeasure | null;
  /** Fractions of cells in the persister state, as called; null without calls. */
  readonly fractions: Readonly<Record<ContrastPart, Estimate | null>>;
  /** Most cells went back while a minority of at least `minority` is shown to stay in the state; null without calls. */
  readonly subpopulation: boolean | null;
  /** The relapse lies away from the line between untreated and residual, whatever its index. */
  readonly offTheLine: boolean | null;
}

/** A patient: its arms, and what its samples as a whole say. */
export interface PatientCellReversal {
  readonly patient: string;
  readonly verdict: CellReversalVerdict;
  readonly reasons: readonly string[];
  readonly arms: readonly ReversalArm[];
  /** Mean index over its testable arms. */
  readonly index: number | null;
  readonly subpopulation: boolean | null;
  /** The index over samples; null where the patient is not in it. */
  readonly sampleLevel: {
    readonly verdict: ReversalVerdict;
    readonly index: Estimate | null;
  } | null;
  /** Whether both levels say the same; null where either cannot tell. */
  readonly agrees: boolean | null;
}

/** Reversal at cell level of every patient. */
export interface CellReversal {
  readonly contrast: StageContrast;
  readonly margin: number;
  readonly minority: number;
  readonly patients: readonly PatientCellReversal[];
  /** Mean index over patients, the patient as unit. */
  readonly pooled: Estimate;
  /** Mean fraction in the state per stage over patients, as called. */
  readonly fractions: readonly { readonly stage: Stage; readonly nPatients: number; readonly fraction: Estimate }[];
  readonly nTestable: number;
  readonly warnings: readonly Warning[];
}
