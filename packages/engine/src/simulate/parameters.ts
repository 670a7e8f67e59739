import type { CellState } from './cell-identity.js';

/** Every constant of the simulation model. Spreads of effects are in log2 units. They are printed in the truth. */
export interface SimulationParameters {
  /** Spread of expression between genes. */
  readonly geneSpread: number;
  /** Spread of a gene between patients, in every stage. */
  readonly patientSpread: number;
  /** Spread of a gene between single-cell and bulk sequencing; half of it between 10x chemistries. */
  readonly technologySpread: number;
  /** Spread of a gene between samples of one patient and stage (biological replicates). */
  readonly sampleSpread: number;
  /** Range of the absolute effect of the shared programme on a persister cell. */
  readonly programmeEffect: readonly [number, number];
  /** Effect of the planted marker, above every other of the programme. */
  readonly markerEffect: number;
  /** Spread of the factor by which each patient scales the whole programme (log-normal). */
  readonly scalingSpread: number;
  /** Spread of the factor by which a patient scales each programme gene on its own (normal around one). */
  readonly geneScalingSpread: number;
  /** Genes that move in the persister cells of one patient only, half of them up. */
  readonly privateGenes: number;
  /** Genes that move in persister cells under one regimen only, two thirds of them up. */
  readonly treatmentGenes: number;
  /** Range of the absolute effect of a private or treatment gene. */
  readonly privateEffect: readonly [number, number];
  /** Spread of the small effects every gene has in the persister cells of one patient, at 2,500 genes. */
  readonly backgroundSpread: number;
  /** Absolute effect of the iron-axis genes in the two patients that have one. */
  readonly ironEffect: number;
  /** Range of the effect of dissociation on the immediate-early genes. */
  readonly artefactEffect: readonly [number, number];
  /** Factor of the gained chromosome arm. */
  readonly armFactor: number;
  readonly persisterFractionUntreated: number;
  /** Range of the fraction under treatment; one draw per patient and regimen. */
  readonly persisterFractionResidual: readonly [number, number];
  readonly persisterFractionRelapse: number;
  /** Fraction of the resistant clone in the relapse of the clonal patient. */
  readonly resistantFractionRelapse: number;
  /** Mean counts of a cell per gene of the study, and spread of the natural logarithm of a cell's total. */
  readonly cellCountsPerGene: number;
  readonly cellDepthSpread: number;
  /** Mean counts of a bulk sample per gene of the study, and spread of the natural logarithm of its total. */
  readonly bulkCountsPerGene: number;
  readonly bulkDepthSpread: number;
  /** Range of the negative binomial dispersion of a gene between cells. */
  readonly cellDispersion: readonly [number, number];
  /** Negative binomial dispersion of bulk counts. */
  readonly bulkDispersion: number;
  readonly targets: { readonly up: number; readonly down: number; readonly other: number };
  /** Chance that a relative of the regulator shares one of its targets. */
  readonly relativeOverlap: number;
  /** Chance that an edge of a decoy activates (in CollecTRI 86 % of edges do). */
  readonly activatingShare: number;
  /** Spread of the noise of the perturbation table. */
  readonly perturbationNoise: number;
  /** Fraction of cells in the cycle, by state. */
  readonly cyclingFraction: Readonly<Record<CellState | 'normal', number>>;
  /** Share of cycling cells that are in S; the others are in G2 or M. */
  readonly sPhaseShare: number;
  /** Range of the effect of a phase on its genes. */
  readonly cycleEffect: readonly [number, number];
  /** Share of barcodes that hold two cells. */
  readonly doubletFraction: number;
  /** Share of barcodes that hold a damaged cell; range of its depth and of its mitochondrial share of counts. */
  readonly lowQualityFraction: number;
  readonly lowQualityDepth: readonly [number, number];
  readonly lowQualityMitochondria: readonly [number, number];
  /** Range over samples of the mitochondrial share of counts; spread of its natural logarithm between cells. */
  readonly mitochondrialShare: readonly [number, number];
  readonly mitochondrialSpread: number;
  /** Range over samples of the ambient share of counts. */
  readonly ambientShare: readonly [number, number];
  /** Range over samples of the fraction of immune and stromal cells, in patients that have them. */
  readonly normalFraction: readonly [number, number];
  /** Depth of an immune or stromal cell against a tumour cell. */
  readonly normalDepth: number;
  /** Spread of a gene between a normal lineage and the tumour, beside the markers; effect of a marker in its lineage. */
  readonly lineageSpread: number;
  readonly lineageMarkerEffect: number;
  /** Clones of a patient before treatment, and spread of the natural logarithm of their sizes. */
  readonly lineageClones: number;
  readonly cloneSizeSpread: number;
  /** Share of the tumour cells whose lineage barcode is read. */
  readonly barcodedFraction: number;
  /** Range over samples of the fraction of mouse cells, in the xenograft patient. */
  readonly mouseFraction: readonly [number, number];
}

/** The constants used unless `SimulationOptions.parameters` changes them. `docs/methods/simulator.md` gives the reason for each. */
export const simulationParameters: SimulationParameters = {
  geneSpread: 1.3,
  patientSpread: 0.7,
  technologySpread: 0.5,
  sampleSpread: 0.1,
  programmeEffect: [0.4, 2.6],
  markerEffect: 3,
  scalingSpread: 0.2,
  geneScalingSpread: 0.35,
  privateGenes: 140,
  treatmentGenes: 30,
  privateEffect: [1.2, 2.6],
  backgroundSpread: 0.3,
  ironEffect: 1.5,
  artefactEffect: [1.5, 3],
  armFactor: 1.5,
  persisterFractionUntreated: 0.01,
  persisterFractionResidual: [0.6, 0.95],
  persisterFractionRelapse: 0.02,
  resistantFractionRelapse: 0.95,
  cellCountsPerGene: 1,
  cellDepthSpread: 0.35,
  bulkCountsPerGene: 800,
  bulkDepthSpread: 0.3,
  cellDispersion: [0.2, 0.6],
  bulkDispersion: 0.01,
  targets: { up: 24, down: 10, other: 6 },
  relativeOverlap: 0.5,
  activatingShare: 0.86,
  perturbationNoise: 0.15,
  cyclingFraction: { sensitive: 0.35, persister: 0.2, resistant: 0.35, normal: 0.05 },
  sPhaseShare: 0.5,
  cycleEffect: [1.2, 2.4],
  doubletFraction: 0.04,
  lowQualityFraction: 0.03,
  lowQualityDepth: [0.1, 0.3],
  lowQualityMitochondria: [0.3, 0.7],
  mitochondrialShare: [0.05, 0.1],
  mitochondrialSpread: 0.25,
  ambientShare: [0.03, 0.08],
  normalFraction: [0.05, 0.08],
  normalDepth: 0.6,
  lineageSpread: 1,
  lineageMarkerEffect: 9,
  lineageClones: 250,
  cloneSizeSpread: 1,
  barcodedFraction: 0.5,
  mouseFraction: [0.1, 0.2],
};
