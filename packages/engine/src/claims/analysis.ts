import type { Composition } from '../cells/abundance/composition.js';
import type { DifferentialAbundance } from '../cells/abundance/differential-abundance.js';
import type { CellEmbedding } from '../cells/kernels/embed-cells.js';
import type { StudyCells } from '../cells/study-cells.js';
import type { MetaProgrammes } from '../metaprogrammes/meta-programmes.js';
import type { PersisterCalls } from '../persisters/types.js';
import type { NormalizedInput } from '../programme/input.js';
import type { FixedEffectModel } from '../programme/fixed-effect-model.js';
import type { GeneSetEnrichment } from '../programme/gene-set-enrichment.js';
import type { GeneSetOverlap } from '../programme/gene-set-overlap.js';
import type { LeaveOnePatientOut } from '../programme/leave-one-patient-out.js';
import type { OutlierPatients } from '../programme/outlier-patients.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import type { PatientMetaAnalysis } from '../programme/patient-meta-analysis.js';
import type { SampleDisplay } from '../programme/sample-display.js';
import type { SignatureScores } from '../programme/score-signature.js';
import type { TreatmentComparison } from '../programme/treatment-comparison.js';
import type { Vote } from '../programme/vote.js';
import type { AntigenView } from '../markers/antigens.js';
import type { MarkerCells } from '../markers/marker-cells.js';
import type { MarkerGates } from '../markers/marker-gates.js';
import type { MarkerRanking } from '../markers/rank-markers.js';
import type { NamedMarker } from '../markers/named-marker.js';
import type { CellReversal } from '../origin/cell-reversal/types.js';
import type { CopyNumber } from '../origin/copy-number/types.js';
import type { GeneticAlarm, GeneticEvidence } from '../origin/genetic-alarm/types.js';
import type { VariantStudy } from '../origin/genetic-alarm/variant-fractions.js';
import type { LineageStudy } from '../origin/lineages/lineage-study.js';
import type { Reversal } from '../origin/reversal.js';
import type { NamedRegulator } from '../regulators/named-regulator.js';
import type { RegulatorRanking } from '../regulators/rank-regulators.js';
import type { SwitchFindings } from '../regulators/switch/analyse-switch.js';
import type { DrugMatches } from '../weaknesses/drugs/match-drugs.js';
import type { TargetRanking } from '../weaknesses/targets/rank-targets.js';
import type { WeaknessAxes } from '../weaknesses/types.js';
import type { DesignReport } from '../study/design.js';
import type { Study } from '../study/types.js';

/** What every step found: the one record that tables and claims are made from. */
export interface Analysis {
  readonly study: Study;
  /** The options that shaped the calls. */
  readonly options: {
    readonly fdr: number;
    readonly pAdjustedMax: number;
    readonly logFoldChangeMin: number;
    readonly signatureSize: number;
    readonly permutations: number;
    readonly reversalMargin: number;
  };
  readonly design: DesignReport;
  readonly input: NormalizedInput;
  /** Cells summed per sample; null for table columns. */
  readonly nCells: readonly (number | null)[];
  readonly display: SampleDisplay;
  readonly fixedEffect: FixedEffectModel;
  readonly effects: PatientEffects;
  readonly meta: PatientMetaAnalysis;
  readonly vote: Vote;
  readonly leaveOneOut: LeaveOnePatientOut;
  readonly sampleScores: SignatureScores;
  readonly outliers: OutlierPatients;
  readonly treatments: TreatmentComparison;
  readonly enrichment: readonly GeneSetEnrichment[];
  /** Overlap of called genes with the meta-programmes; null without the pack. */
  readonly overlap: { readonly up: GeneSetOverlap; readonly down: GeneSetOverlap } | null;
  /** Null without a regulon pack. */
  readonly regulators: RegulatorRanking | null;
  readonly namedRegulators: readonly NamedRegulator[];
  readonly namedMarkers: readonly NamedMarker[];
  readonly reversal: Reversal;
  /** Null without single cells. */
  readonly cellReversal: CellReversal | null;
  readonly origin: OriginAnalysis;
  readonly switch: SwitchFindings;
  readonly targets: TargetAnalysis;
  /** Null without single-cell samples. */
  readonly cells: CellAnalysis | null;
}

/** Selected clone or adaptation: what every genetic source says. */
export interface OriginAnalysis {
  readonly lineages: LineageStudy | null;
  /** Null without single cells, or where it was switched off. */
  readonly copyNumber: CopyNumber | null;
  /** One per patient with a mutation table. */
  readonly variants: readonly VariantStudy[];
  /** What the alarm was read from; one per patient and source. */
  readonly evidence: readonly GeneticEvidence[];
  /** Null without any genetic source. */
  readonly alarm: GeneticAlarm | null;
}

/** How to see the cells and how to hit them. */
export interface TargetAnalysis {
  readonly surface: MarkerRanking;
  readonly secreted: MarkerRanking;
  /** Markers read on cells; null without single cells. */
  readonly onCells: MarkerCells | null;
  readonly antigens: AntigenView;
  /** Null without single cells or without a list of surface proteins. */
  readonly gates: MarkerGates | null;
  /** Null where no patient can be compared. */
  readonly weaknesses: WeaknessAxes | null;
  readonly drugs: DrugMatches;
  readonly targets: TargetRanking;
}

/** What was found on single cells. */
export interface CellAnalysis extends StudyCells {
  /** Cells in the embedding, as positions among all good cells. */
  readonly embedded: Uint32Array;
  readonly embedding: CellEmbedding;
  /** Cells that persister calls were made on, as positions among all good cells. */
  readonly tumourCells: Uint32Array;
  readonly persisters: PersisterCalls;
  /** Clusters by stage; null without an embedding. */
  readonly clusters: Composition | null;
  readonly abundance: DifferentialAbundance | null;
  /** Null where they were not looked for. */
  readonly metaProgrammes: MetaProgrammes | null;
}
