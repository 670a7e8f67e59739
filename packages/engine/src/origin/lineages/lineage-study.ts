import type { Warning } from '../../core/method.js';
import type { Stage } from '../../study/types.js';
import type { BulkLibrary, BulkShift, BulkStage } from './bulk-libraries.js';
import type { CloneDiversity } from './clone-diversity.js';
import type { CloneOverlap } from './clone-overlap.js';
import type { CloneStateTest } from './clone-state.js';
import type { LineageShift, OriginVerdict } from './lineage-verdict.js';
import type { LineageRow } from './lineages-from-table.js';
import type { SisterFate } from './sister-fate.js';

/** What the sample sheet says of a sample with barcodes. */
export interface LineageSampleInfo {
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  /** Bulk libraries with the same replicate are technical repeats. Left out, every library is its own replicate. */
  readonly replicate?: string | null;
}

/** What a study of lineages starts from. */
export interface LineageStudyInput {
  readonly rows: readonly LineageRow[];
  readonly samples: readonly LineageSampleInfo[];
  /** State of cells, per sample by cell: called persister or not, or any label. */
  readonly states?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Cells of each sample, barcoded or not. */
  readonly nCells?: ReadonlyMap<string, number>;
}

/** Options of `studyLineages`. */
export interface LineageStudyOptions {
  /** Stages the verdict is about; untreated to residual by default. */
  readonly contrast?: { readonly from: Stage; readonly to: Stage };
  /** `merge`: barcodes one letter away from a commoner one are read as its errors. `keep` by default. */
  readonly barcodeErrors?: 'keep' | 'merge';
  /** The state of persister cells, for pre-existing against induced; `persister` by default. */
  readonly persisterState?: string;
  /** Barcoded cells samples are brought down to; 150 by default. */
  readonly depth?: number;
  /** Fewer barcoded cells than this are insufficient; 50 by default. */
  readonly minimumCells?: number;
  readonly permutations?: number;
  readonly level?: number;
}

/** Diversity of one sample. */
export interface SampleLineages {
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  /** Cells of the sample; null where not known. */
  readonly nCells: number | null;
  readonly nAmbiguous: number;
  readonly diversity: CloneDiversity;
  /** Clone against state within the sample; null without states. */
  readonly cloneState: CloneStateTest | null;
}

/** Diversity of the cells of one sample that are in one state. */
export interface StateLineages {
  readonly sample: string;
  readonly state: string;
  readonly diversity: CloneDiversity;
}

/** A later stage of a patient against an earlier one. */
export interface StageLineages {
  readonly patient: string;
  readonly fromStage: Stage;
  readonly toStage: Stage;
  /** One later sample, or null for all samples of the later stage together. */
  readonly sample: string | null;
  readonly shift: LineageShift;
  readonly overlap: CloneOverlap;
}

/** What the lineages say of one patient. */
export interface PatientLineages {
  readonly patient: string;
  readonly verdict: OriginVerdict;
  readonly reasons: readonly string[];
  /** Samples of the patient, each a stratum; null without states. */
  readonly cloneState: CloneStateTest | null;
  /** Null without both stages of the contrast or without states. */
  readonly sisterFate: SisterFate | null;
}

/** Lineage barcodes of a study. */
export interface LineageStudy {
  readonly samples: readonly SampleLineages[];
  readonly states: readonly StateLineages[];
  readonly stages: readonly StageLineages[];
  readonly patients: readonly PatientLineages[];
  /** All patients, each sample a stratum; null without states. */
  readonly cloneState: CloneStateTest | null;
  readonly bulk: {
    readonly libraries: readonly BulkLibrary[];
    readonly stages: readonly BulkStage[];
    readonly shifts: readonly BulkShift[];
  };
  readonly warnings: readonly Warning[];
}
