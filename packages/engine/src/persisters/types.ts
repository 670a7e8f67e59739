import type { Estimate, Warning } from '../core/method.js';
import type { Stage } from '../study/types.js';
import type { ConfounderAssociation } from './confounder-adjustment.js';
import type { ConfounderKind } from './confounder-sets.js';
import type { FractionBasis, ReplicateVariation } from './fraction-estimate.js';
import type { CallerGene, LearnedCaller } from './learn-caller.js';
import type { PersisterVerdict } from './verdict.js';

/** One value per cell, in the order of the counts. */
export interface PersisterCells {
  /** Activity of the shared programme: 0 as untreated, 1 the full effects of the other patients; NaN where not testable. */
  readonly activity: Float64Array;
  /** Its standard error from counting noise: larger in shallow cells. */
  readonly standardError: Float64Array;
  /** Probability to be in the persister state, 0 to 1; NaN where not testable or where the two states are too close. */
  readonly probability: Float64Array;
  /** 1 called, 0 not called. */
  readonly called: Uint8Array;
  /** Probability to be cycling, and the call: 1 yes, 0 no, −1 not computed. */
  readonly cyclingProbability: Float64Array;
  readonly cycling: Int8Array;
  /** log2 of the counts of a confounder set over their untreated expectation at the cell's depth; NaN where not computed. */
  readonly sPhase: Float64Array;
  readonly g2mPhase: Float64Array;
  readonly dissociation: Float64Array;
  readonly stress: Float64Array;
  readonly mitochondrialFraction: Float64Array;
}

/** The cells of one sample. */
export interface PersisterSample {
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  readonly treatment: string;
  readonly nCells: number;
  readonly nCalled: number;
  /** Persister fraction; `censored-low` with value and interval from zero where no persister could be shown. */
  readonly fraction: Estimate;
  /** The same without variation between replicates. */
  readonly technicalFraction: Estimate;
  readonly basis: FractionBasis;
  /** The fraction after scores were adjusted for all confounders together. */
  readonly adjustedFraction: Estimate;
  /** P value of "no persister in this sample". */
  readonly pNone: number | null;
  /** Lowest probability called. */
  readonly threshold: number | null;
  /** Mean probability of the called cells not to be persisters. */
  readonly expectedFdr: number | null;
  /** Share of the calls that the patient's untreated-like cells lead to expect; null in untreated samples and without calls. */
  readonly fdrAgainstUntreated: number | null;
  /** Cycling fraction among the called cells and among the others. */
  readonly cyclingCalled: Estimate;
  readonly cyclingOthers: Estimate;
}

/** The fraction of one patient at one stage, its samples together. */
export interface PatientStageFraction {
  readonly stage: Stage;
  readonly nSamples: number;
  readonly nCells: number;
  readonly fraction: Estimate;
  readonly basis: FractionBasis;
}

/** One patient, called with what the others teach. */
export interface PersisterPatient {
  readonly patient: string;
  readonly verdict: PersisterVerdict;
  readonly reasons: readonly string[];
  readonly trainingPatients: readonly string[];
  /** Genes of its caller; the weight is that of one count. */
  readonly genes: readonly (CallerGene & { readonly weight: number })[];
  /** The two states of the patient; null where not testable. */
  readonly mixture: {
    /** Mean activity of persister cells, one being that of the other patients. */
    readonly strength: number;
    /** True where none of at least a third of that was found, and strength one was assumed. */
    readonly strengthAssumed: boolean;
    /** Standard deviations of the activity between cells, beyond counting noise. */
    readonly spreadUntreated: number;
    readonly spreadPersister: number;
    /** Distance of the states in standard deviations of an untreated-like cell of median depth. */
    readonly separation: number;
    readonly converged: boolean;
  } | null;
  readonly stages: readonly PatientStageFraction[];
  readonly confounders: readonly ConfounderAssociation[];
  readonly explainedBy: string | null;
  /** Called share of the `to` cells, and strength of what was found, by callers on random genes, one per draw. */
  readonly randomGenes: readonly { readonly called: number; readonly strength: number }[];
  /** How well the training patients agree, and how much chance makes likely; null with too few of them. */
  readonly agreement: LearnedCaller['agreement'];
  /** Called share of the cells by callers learned from shuffled labels, one per draw. */
  readonly shuffledLabels: readonly number[];
}

/** What callers learned from shuffled stage labels called. */
export interface ShuffleControl {
  /** Patients × draws, and in how many of them the shuffled patients agreed well enough to learn a caller. */
  readonly draws: number;
  readonly learned: number;
  /** Cells looked at over all draws, and cells called. */
  readonly nCells: number;
  readonly nCalled: number;
  /** Largest share of a patient's cells that one caller called. */
  readonly highestShare: number;
}

/** Calibration on untreated cells that were given the learned programme by hand. */
export interface PlantedCalibration {
  readonly patients: number;
  readonly nCells: number;
  readonly nPlanted: number;
  /** Ten bins of the probability: cells, mean probability, share planted. */
  readonly bins: readonly { readonly nCells: number; readonly meanProbability: number; readonly planted: number }[];
  /** Σ over bins of their share of cells times |mean probability − share planted|. */
  readonly calibrationError: number | null;
  readonly areaUnderCurve: number | null;
  /** Share of the planted cells with probability above one half, and share of the others. */
  readonly sensitivity: number | null;
  readonly falsePositives: number | null;
}

/** The persister state of every cell of a study. */
export interface PersisterCalls {
  readonly contrast: { readonly from: Stage; readonly to: Stage };
  readonly fdr: number;
  readonly cells: PersisterCells;
  readonly samples: readonly PersisterSample[];
  readonly patients: readonly PersisterPatient[];
  /** Mean fraction per stage over patients, the patient as unit. */
  readonly stages: readonly {
    readonly stage: Stage;
    readonly patients: readonly string[];
    readonly fraction: Estimate;
  }[];
  readonly replicateVariation: ReplicateVariation | null;
  /** Confounder genes kept out of every caller. */
  readonly excludedGenes: readonly { readonly kind: ConfounderKind; readonly genes: readonly string[] }[];
  readonly shuffleControl: ShuffleControl | null;
  readonly calibration: PlantedCalibration;
  readonly warnings: readonly Warning[];
}
