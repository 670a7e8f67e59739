import type { Estimate, Warning } from '../../core/method.js';
import type { AlleleEvidence } from './allele-evidence.js';
import type { GenomeArm, GenomeBin } from './genome-layout.js';

/** What a stretch of the genome is, against the reference. */
export type CopyState = 'loss' | 'neutral' | 'gain';

/** Why something cannot be told. */
export type CopyNumberReason =
  | 'no-reference'
  | 'few-reference-cells'
  | 'few-genes'
  | 'few-arms'
  | 'few-cells'
  | 'low-depth'
  | 'quiet-genome'
  | 'uncertain'
  | 'narrow';

/** Where the reference came from. */
export type ReferenceKind = 'cells' | 'profile' | 'untreated' | 'found' | 'none';

/** One arm or segment of a group of cells against the reference. */
export interface SpanCall {
  readonly call: CopyState | 'cannot-tell';
  /** Why it cannot be told; null with a call. */
  readonly reason: CopyNumberReason | null;
  /** Probabilities of loss, neutral and gain; they sum to one. NaN where nothing could be estimated. */
  readonly posterior: readonly [number, number, number];
  /** Robust mean of the log2 ratios of the genes, against the central arm of the genome. */
  readonly effect: number;
  readonly standardError: number;
  readonly nGenes: number;
  /** Genes on the side of the effect. */
  readonly nAgreeing: number;
  readonly nCells: number;
}

/** One arm of a group of cells. */
export interface ArmCall extends SpanCall {
  readonly arm: string;
}

/** One altered stretch of an arm in a clone; it may be all of it. */
export interface SegmentCall extends SpanCall {
  readonly arm: string;
  readonly chromosome: string;
  /** Start of the first and of the last gene, in bases. */
  readonly start: number;
  readonly end: number;
  readonly firstBin: number;
  readonly endBin: number;
}

/** The cells of one sample. */
export interface SampleCopyNumber {
  readonly sample: string;
  readonly status: 'called' | 'cannot-tell';
  readonly reasons: readonly CopyNumberReason[];
  /** Cells that are not reference; those with a call; those without one, by reason. */
  readonly nCells: number;
  readonly nAltered: number;
  readonly nUnaltered: number;
  readonly abstained: Readonly<Partial<Record<CopyNumberReason, number>>>;
  /** Share of altered cells: the tumour fraction where the reference is normal. */
  readonly alteredFraction: Estimate;
  /** All cells of the sample that are not reference, together. */
  readonly arms: readonly ArmCall[];
}

/** A group of cells with one copy-number profile. */
export interface CopyNumberClone {
  /** Counts from 1, altered clones first, larger ones first. */
  readonly clone: number;
  readonly altered: boolean;
  readonly nCells: number;
  /** Cells in each sample of the patient, in the order of `samples`. */
  readonly cellsBySample: readonly number[];
  readonly arms: readonly ArmCall[];
  /** Altered segments; stretches without a call are left out. */
  readonly segments: readonly SegmentCall[];
  /** Log2 ratio of each bin, smoothed over the window; NaN where no gene could be measured. */
  readonly profile: Float32Array;
}

/** Per-cell results of one patient; all arrays have one entry per cell. */
export interface CellCopyNumber {
  /** Row of the cell in the counts. */
  readonly row: Uint32Array;
  /** Whether the cell served as reference. */
  readonly isReference: Uint8Array;
  /** Probability that the cell carries a clone's alterations; NaN when it cannot be told. */
  readonly alteredProbability: Float64Array;
  /** Clone the cell belongs to; 0 when it cannot be told. */
  readonly clone: Uint8Array;
  /** Why there is no call; null with one. */
  readonly abstained: readonly (CopyNumberReason | null)[];
  /** Cells × arms: mean residual of the arm in units of its noise between reference cells; NaN for arms not judged. */
  readonly armScores: Float32Array;
}

/** Smoothed profiles of some cells, for a heatmap. */
export interface CellHeatmap {
  /** Index into the cells of the patient: by clone, then by sample, spread evenly over the cells. */
  readonly cells: Uint32Array;
  /** Cells × bins, log2. */
  readonly values: Float32Array;
}

/** Copy number of one patient. */
export interface PatientCopyNumber {
  readonly patient: string;
  /** `called` when at least one alteration is called in some clone or sample. */
  readonly status: 'called' | 'cannot-tell';
  readonly reasons: readonly CopyNumberReason[];
  readonly reference: {
    readonly kind: ReferenceKind;
    readonly groups: readonly { readonly name: string; readonly nCells: number }[];
    /** Whether the reference cells are other patients'. */
    readonly fromOtherPatients: boolean;
    /** What an alteration is against: normal cells, or this tumour before treatment. */
    readonly comparedWith: 'normal' | 'untreated' | null;
  };
  readonly nGenes: number;
  readonly genomeArms: readonly GenomeArm[];
  readonly bins: readonly GenomeBin[];
  readonly samples: readonly SampleCopyNumber[];
  readonly clones: readonly CopyNumberClone[];
  readonly cells: CellCopyNumber;
  readonly heatmap: CellHeatmap;
  readonly alleles: readonly AlleleEvidence[];
  readonly warnings: readonly Warning[];
}

/** Copy number of all single-cell patients of a study. */
export interface CopyNumber {
  readonly patients: readonly PatientCopyNumber[];
  readonly warnings: readonly Warning[];
}
