import type { Estimate, Warning } from '../../core/method.js';
import type { Stage } from '../../study/types.js';
import type { CloneOverlap } from '../lineages/clone-overlap.js';
import type { LineageShift, OriginVerdict } from '../lineages/lineage-verdict.js';
import type { CompositionChange } from './composition-change.js';
import type { TiedLabel } from './tied-label.js';

/** Where genetic labels come from. */
export type GeneticSource = 'barcode' | 'copy-number' | 'mutation';

/** One genetic property of the cells of a patient. */
export interface GeneticLabel {
  /** For instance `clone`, `8q`, or a variant. */
  readonly name: string;
  /** `clone` names the clone a cell belongs to and is what composition is read from. */
  readonly kind: 'clone' | 'arm' | 'variant';
  /** One per cell; null where it cannot be told (abstained, not covered, no barcode). */
  readonly values: readonly (string | null)[];
}

/** What one source says of the cells of one patient. Arrays have one entry per cell. */
export interface GeneticEvidence {
  readonly patient: string;
  readonly source: GeneticSource;
  /** Why the source gives no labels for this patient; null when it does. */
  readonly abstained: string | null;
  /** Name of each cell within its sample, where known. */
  readonly cell?: readonly string[];
  readonly sample: readonly string[];
  readonly stage: readonly Stage[];
  /** Whether the cell is a persister; null where not known. */
  readonly persister: readonly (boolean | null)[];
  readonly labels: readonly GeneticLabel[];
}

/** Whether the persister state goes with a label. */
export interface LabelTie {
  readonly label: string;
  readonly kind: GeneticLabel['kind'];
  /** Cells with this label and a state. */
  readonly nCells: number;
  /** Permutation P value of this label alone, and corrected for having looked at all labels of the source. */
  readonly pValue: number;
  readonly pAdjusted: number;
  /** Share of the agreement between sister cells that chance leaves open. */
  readonly heritability: Estimate;
  /** Upper bound of the heritability: by its interval, or by its spread under permutation where that is wider. */
  readonly heritabilityBound: number;
}

/** What became of the clones between two stages. */
export type CloneFate = 'kept' | 'partly kept' | 'lost' | 'cannot tell';

/** Clones at the later stage of the contrast against the earlier. */
export interface CloneChange {
  readonly fate: CloneFate;
  readonly reasons: readonly string[];
  /** Rarefied richness after and before; barcodes only. */
  readonly shift: LineageShift | null;
  readonly overlap: CloneOverlap | null;
  readonly composition: CompositionChange | null;
  /** Mutated share of each variant; mutations without clones only. */
  readonly variants: readonly VariantShift[];
}

/** Mutated share of one variant at the later stage against the earlier. */
export interface VariantShift {
  readonly variant: string;
  readonly basis: CompositionChange['basis'];
  readonly difference: Estimate;
  readonly pValue: number;
  /** Benjamini–Hochberg over variants. */
  readonly pAdjusted: number;
}

/** What one source says of one patient. */
export interface SourceAlarm {
  readonly source: GeneticSource;
  readonly tie: 'tied' | 'not tied' | 'cannot tell';
  readonly tieReasons: readonly string[];
  readonly nCells: number;
  readonly nPersisters: number;
  /** Smallest corrected P value; NaN when not tested. */
  readonly pValue: number;
  /** All labels tested, most tied first. */
  readonly labels: readonly LabelTie[];
  /** The clone, arm or variant most tied to the state; null where none has enough cells. */
  readonly mostTied: TiedLabel | null;
  readonly clones: CloneChange;
  /** Share of labelled cells in the state at the later stage minus the earlier; null where a stage has none. */
  readonly stateChange: number | null;
  readonly verdict: OriginVerdict;
  readonly reasons: readonly string[];
}

/** One patient, all sources together. */
export interface PatientAlarm {
  readonly patient: string;
  /** True when some source ties the state to a label, or shows that most clones were lost. */
  readonly alarm: boolean;
  readonly verdict: OriginVerdict;
  readonly reasons: readonly string[];
  readonly sources: readonly SourceAlarm[];
}

/** The genetic alarm of a study. */
export interface GeneticAlarm {
  readonly patients: readonly PatientAlarm[];
  readonly verdict: OriginVerdict;
  readonly reasons: readonly string[];
  /** Patients by verdict. */
  readonly counts: Readonly<Record<OriginVerdict, number>>;
  /** Mean over patients of the heritability of their most tied label, the patient as unit. */
  readonly heritability: Estimate;
  readonly warnings: readonly Warning[];
}
