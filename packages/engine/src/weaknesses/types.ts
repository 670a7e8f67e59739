import type { EstimateStatus, Warning } from '../core/method.js';
import type { Bilingual } from '../core/text.js';
import type { RandomEffects } from '../stats/meta-analysis.js';
import type { Stage } from '../study/types.js';
import type { AxisGene } from './sets/axis-gene.js';

/** Why a gene counts as part of the programme that persisters were found by. */
export type ProgrammeSource =
  | 'signature'
  | 'signature without a patient'
  | 'called over patients'
  | 'called in the model of all samples'
  | 'called by vote'
  | 'caller of persister cells';

/** A gene persisters were found by; it takes no part in any axis. */
export interface ProgrammeGene {
  readonly gene: string;
  readonly sources: readonly ProgrammeSource[];
}

/** Where the sampling error of an axis comes from. */
export type AxisErrorBasis = 'own-replicates' | 'borrowed-replicates' | 'cell-blocks' | 'none';

/** One axis in one patient. */
export interface AxisPatient {
  readonly patient: string;
  /** Signed mean of the genes' log2 effects. */
  readonly effect: number;
  readonly standardError: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly basis: AxisErrorBasis;
  /** Mean over random genes of like expression with the same signs, and the two-sided P value against them. */
  readonly randomMean: number;
  readonly pMatched: number;
  readonly verdict: 'raised' | 'lowered' | 'no shift shown';
}

/** Whether patients share a change of an axis. */
export type AxisVerdict = 'raised' | 'lowered' | 'not shared' | 'not testable';

/** One axis over patients. */
export interface AxisScore {
  readonly axis: string;
  readonly verdict: AxisVerdict;
  readonly reasons: readonly Bilingual[];
  /** Names as in the data of the genes scored. */
  readonly used: readonly string[];
  /** Genes of the programme, taken out. */
  readonly excluded: readonly string[];
  readonly notMeasured: readonly string[];
  /** Genes without a count in any sample compared. */
  readonly notDetected: readonly string[];
  readonly patients: readonly AxisPatient[];
  /** Mean over patients with its Hartung–Knapp interval; each patient weighs the same. */
  readonly pooled: Pick<RandomEffects, 'estimate' | 'low' | 'high' | 'level' | 'pValue' | 'tau2' | 'i2'> & {
    readonly status: EstimateStatus;
  };
  /** Benjamini–Hochberg over the axes of the same comparison. */
  readonly pAdjusted: number | null;
  /** The pooled mean against that of random genes, drawn alike for all patients. */
  readonly randomMean: number | null;
  readonly pMatched: number | null;
  readonly direction: 1 | 0 | -1;
  /** Patients with the sign of the mean, of those asked, and how many a shared change needs. */
  readonly agree: number;
  readonly asked: number;
  readonly needed: number;
}

/** One gene of one axis in the study. */
export interface AxisGeneRow extends AxisGene {
  readonly axis: string;
  /** Its name in the data; null where it was not measured. */
  readonly measuredAs: string | null;
  readonly status: 'used' | 'programme gene' | 'not detected' | 'not measured';
  readonly sources: readonly ProgrammeSource[];
  /** Mean log2 effect over patients with its interval; null where not computed. */
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Moderated test over patients, and adjusted over the curated genes. */
  readonly pValue: number | null;
  readonly pAdjusted: number | null;
  /** Patients in which it is up and down. */
  readonly up: number;
  readonly down: number;
  /** The published-style estimate over all samples, log2, with its adjusted P value; null where it was not computed. */
  readonly effectAllSamples: number | null;
  readonly pAdjustedAllSamples: number | null;
  /** What the gene says of the hypothesis; `unclear` where it does not change significantly. */
  readonly evidence: 'towards' | 'against' | 'unclear';
}

/** Cells of one kind in one patient at one stage. */
export interface AxisStateRow {
  readonly axis: string;
  readonly patient: string;
  readonly stage: Stage;
  readonly state: TumourCellState;
  readonly nCells: number;
  /** Signed mean log2 expression above the patient's untreated cells that are not called; null for too few cells. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Called persister, not called, or any cell where no call could be made. */
export type TumourCellState = 'persister' | 'other' | 'all';

/** Which two kinds of cells are compared. */
export type StateContrastId = 'persister-other-to' | 'persister-other-from' | 'persister-to-other-from';

/** The axes in single cells. */
export interface AxisCellStates {
  readonly status: 'ok' | 'not testable';
  readonly reasons: readonly Bilingual[];
  readonly contrasts: readonly { readonly id: StateContrastId; readonly axes: readonly AxisScore[] }[];
  readonly rows: readonly AxisStateRow[];
}

/** Immune cells an axis of the host is read in. */
export type ImmuneCompartment = 'CD8 T cells' | 'NK cells' | 'myeloid cells';

/** AhR targets in the immune cells of the tumour. Only CD8 T cells decide. */
export interface AhrActivity {
  readonly verdict: AxisVerdict;
  readonly reasons: readonly Bilingual[];
  readonly compartments: readonly {
    readonly compartment: ImmuneCompartment;
    readonly nCells: number;
    readonly score: AxisScore;
  }[];
}

/** Whether RNA of a gene is there. */
export type ExpressionState = 'expressed' | 'missing' | 'cannot tell';

/** One executor in one kind of cells. */
export interface ExecutorState {
  readonly gene: string;
  readonly status: 'measured' | 'programme gene' | 'not measured';
  /** Counts per million with 95 % Poisson limits; null where not measured. */
  readonly cpm: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Share of cells with a count; null without cells. */
  readonly detected: number | null;
  readonly state: ExpressionState;
}

/** One death mode in one kind of cells. */
export interface DeathModeRow {
  readonly axis: string;
  readonly patient: string;
  readonly stage: Stage;
  readonly state: TumourCellState;
  readonly nCells: number | null;
  readonly verdict: 'open' | 'blocked' | 'cannot tell';
  readonly steps: readonly {
    readonly step: string;
    readonly state: ExpressionState;
    readonly genes: readonly ExecutorState[];
  }[];
}

/** One death mode over patients, in one kind of cells. */
export interface DeathModeSummary {
  readonly axis: string;
  readonly stage: Stage;
  readonly state: TumourCellState;
  readonly open: number;
  readonly blocked: number;
  readonly cannotTell: number;
  readonly verdict: 'open' | 'blocked' | 'differs between patients' | 'cannot tell' | 'not testable';
  /** Steps that were missing in some patient. */
  readonly missing: readonly string[];
}

/** Whether the executors of each death mode are there. */
export interface DeathModes {
  /** Counts per million from which a gene counts as expressed. */
  readonly expressedCpm: number;
  readonly rows: readonly DeathModeRow[];
  readonly summaries: readonly DeathModeSummary[];
}

/** A gene or score in one patient. */
export interface PatternPart {
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** CD44 up, TFRC down, mesenchymal genes up: the feedback of iron, patient by patient. */
export interface IronPattern {
  readonly verdict: 'shared' | 'inverted' | 'not shared' | 'not testable';
  readonly reasons: readonly Bilingual[];
  readonly patients: readonly {
    readonly patient: string;
    readonly cd44: PatternPart;
    readonly tfrc: PatternPart;
    readonly mesenchymal: PatternPart;
    readonly signs: 'pattern' | 'inverted' | 'mixed';
  }[];
  readonly parts: readonly {
    readonly part: 'CD44' | 'TFRC' | 'mesenchymal';
    readonly pooled: PatternPart;
    readonly up: number;
    readonly down: number;
  }[];
  /** Largest one-sided P value of the three parts, for the pattern and for its opposite. */
  readonly pJoint: number | null;
  readonly pInverted: number | null;
  readonly agree: number;
  readonly asked: number;
  readonly needed: number;
  /** CD44 or TFRC where they are genes of the programme. */
  readonly programmeGenes: readonly string[];
}

/** Which of the two opposite iron hypotheses the patients share. */
export interface IronDirection {
  readonly verdict: 'overload' | 'starvation' | 'both' | 'neither' | 'not testable';
  /** Overload less starvation over patients. */
  readonly difference: PatternPart;
  readonly patients: readonly { readonly patient: string; readonly difference: number }[];
}

/** Loss of MHC class I in one patient or kind of cells. */
export interface MhcLoss {
  readonly patient: string;
  /** What is compared: the stages of the patient, or its persisters against its untreated cells. */
  readonly compared: 'stages' | 'persisters against untreated cells';
  readonly effect: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly pMatched: number;
  readonly b2m: number | null;
  readonly flagged: boolean;
  readonly reasons: readonly Bilingual[];
}

/** Everything the signed axes say of a study. */
export interface WeaknessAxes {
  readonly contrast: { readonly from: Stage; readonly to: Stage };
  readonly fdr: number;
  /** Axes of the tumour, stage against stage. */
  readonly axes: readonly AxisScore[];
  readonly genes: readonly AxisGeneRow[];
  readonly programmeGenes: readonly ProgrammeGene[];
  readonly states: AxisCellStates;
  readonly ahr: AhrActivity;
  readonly deathModes: DeathModes;
  readonly ironPattern: IronPattern;
  readonly ironDirection: IronDirection;
  readonly mhcLoss: readonly MhcLoss[];
  readonly warnings: readonly Warning[];
}
