import type { RegulonEdge } from '../data/resources.js';
import type { Stage } from '../study/types.js';
import type { SimulationParameters } from './parameters.js';
import type { CellState, CyclePhase, NormalLineage } from './cell-identity.js';
import type { DropletKind } from './draw-droplets.js';
import type { GeneEffect } from './patient-model.js';
import type { PatientRole, SimulatedTechnology } from './patient-plan.js';
import type { ArmGrowth, VolumeSchedule } from './simulate-volumes.js';
import type { SimulatedTroubles } from './troubles.js';

/** Version of the `truth.json` layout. */
export const truthSchemaVersion = 1;

/** What the way back after treatment is, by construction. */
export type ReversalTruth =
  /** The relapse is untreated again but for its few persisters. */
  | 'returned'
  /** The relapse keeps the residual state: a resistant clone. */
  | 'not returned'
  /** No residual change to come back from. */
  | 'nothing to reverse'
  /** No relapse sample. */
  | 'not testable';

/** Everything planted in a simulated study. Plain data, written as `truth.json`; none of it is in the input files. */
export interface SimulationTruth {
  readonly schemaVersion: number;
  readonly seed: number;
  /** Effects on a fully persister cell, before the patient's scaling, log2. */
  readonly programme: { readonly up: readonly GeneEffect[]; readonly down: readonly GeneEffect[] };
  readonly regulator: PlantedRegulator;
  /** The surface gene planted as shared marker, and one that moves in opposite directions in two patients. */
  readonly marker: { readonly shared: string; readonly notShared: string };
  /** Genes raised in each phase of the cell cycle, log2. */
  readonly cellCycle: { readonly s: readonly GeneEffect[]; readonly g2m: readonly GeneEffect[] };
  /** Immediate-early genes raised by dissociation, in the residual samples of the first patient that has it; null: no one has. */
  readonly dissociation: { readonly patient: string | null; readonly genes: readonly GeneEffect[] };
  readonly arm: {
    /** The first patient with a resistant clone; null: no one has one. */
    readonly patient: string | null;
    readonly arm: string;
    readonly factor: number;
    readonly genes: readonly string[];
  };
  readonly iron: readonly IronTruth[];
  readonly treatments: readonly { readonly treatment: string; readonly genes: readonly GeneEffect[] }[];
  readonly patients: readonly PatientTruth[];
  readonly samples: readonly SampleTruth[];
  /**
   * State of each cell of each single-cell sample, in the order of its barcodes: of the first of the two cells of a doublet,
   * `normal` for an immune, stromal or mouse cell.
   */
  readonly cellStates: Readonly<Record<string, readonly (CellState | 'normal')[]>>;
  /** What each barcode of each single-cell sample holds. */
  readonly cells: Readonly<Record<string, CellsTruth>>;
  /** Lineage barcode of the resistant clone, by patient that has one. */
  readonly resistantClones: Readonly<Record<string, string>>;
  readonly growth: { readonly schedule: VolumeSchedule; readonly arms: readonly ArmGrowth[] };
  readonly troubles: SimulatedTroubles;
  readonly parameters: SimulationParameters;
}

/** What each barcode of one sample holds: parallel lists, in the order of its barcodes. */
export interface CellsTruth {
  readonly barcodes: readonly string[];
  readonly kind: readonly DropletKind[];
  readonly state: readonly (CellState | 'normal')[];
  /** Of a normal cell; null in tumour cells. */
  readonly lineage: readonly (NormalLineage | null)[];
  readonly phase: readonly CyclePhase[];
  readonly cycling: readonly boolean[];
  /** The second cell of a doublet; null in single cells. */
  readonly partner: readonly (PartnerTruth | null)[];
}

/** The second cell of a doublet. */
export interface PartnerTruth {
  readonly state: CellState | 'normal';
  readonly lineage: NormalLineage | null;
  readonly phase: CyclePhase;
}

/** The regulator whose targets carry the programme while its own RNA does not change. */
export interface PlantedRegulator {
  readonly symbol: string;
  readonly targets: readonly Omit<RegulonEdge, 'source'>[];
  /** Regulators whose regulons share targets with it by construction. */
  readonly related: readonly string[];
}

/** The iron axis of one patient: signs of the genes follow the direction. */
export interface IronTruth {
  readonly patient: string;
  readonly direction: 'overload' | 'starvation';
  readonly genes: readonly GeneEffect[];
}

/** What is planted in one patient. */
export interface PatientTruth {
  readonly patient: string;
  readonly role: PatientRole;
  readonly technology: SimulatedTechnology;
  readonly treatments: readonly string[];
  readonly stages: readonly Stage[];
  /** Whether residual cells carry the shared programme. */
  readonly programme: 'present' | 'none';
  readonly reversal: ReversalTruth;
  readonly scaling: number;
  readonly privateGenes: readonly GeneEffect[];
}

/** The composition of one sample. */
export interface SampleTruth {
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  /** Expected fractions among tumour cells. */
  readonly persisterFraction: number;
  readonly resistantFraction: number;
  /** Expected fraction of normal cells among all cells. */
  readonly normalFraction: number;
  /** Ambient and mitochondrial share of counts; null for bulk samples and where the share is not planted. */
  readonly ambientShare: number | null;
  readonly mitochondrialShare: number | null;
  /** Barcodes drawn, in all and by state, and the same among good tumour cells; null for bulk samples. */
  readonly cells: (StateCounts & { readonly good: StateCounts }) | null;
}

/** Cells of a sample, in all and by state. */
export interface StateCounts {
  readonly total: number;
  readonly persister: number;
  readonly resistant: number;
}
