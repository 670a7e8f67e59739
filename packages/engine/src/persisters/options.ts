import { OptionError } from '../core/errors.js';
import type { Stage } from '../study/types.js';
import type { ConfounderSet } from './confounder-sets.js';

/** Something measured on every cell before; one number per cell, NaN where missing; null where it was not measured. */
export interface CellCovariates {
  /** Share of a cell's counts that is ambient RNA, or any score of it. */
  readonly ambient?: Float64Array | null;
  /** Mitochondrial share of counts, from quality control; null: taken from the counts given. */
  readonly mitochondrialFraction?: Float64Array | null;
}

/** Options of `persisterCalls`. */
export interface PersisterCallOptions {
  /** Expected share of wrong calls in every sample. Default 0.05. */
  readonly fdr?: number;
  /** Genes per direction of a caller. Default 100. */
  readonly callerSize?: number;
  /** Other patients with both stages that a caller needs. Default 2. */
  readonly minTrainingPatients?: number;
  /** Untreated cells that a patient's null needs. Default 50. */
  readonly minUntreatedCells?: number;
  /** Draws of either control: callers from shuffled labels, and callers on random genes. Default 20. */
  readonly controls?: number;
  /** Most cells of a sample that the controls look at. Default 250. */
  readonly controlCells?: number;
  /** Coverage of the intervals. Default 0.95. */
  readonly level?: number;
  /** Gene sets kept out of the caller; default `confounderSets(cells.genes)`. */
  readonly confounders?: readonly ConfounderSet[] | null;
  readonly covariates?: CellCovariates;
  /** Patients whose stages cannot be compared, with the reason, for instance a confounded technology. They teach nothing and are not called. */
  readonly leftOut?: ReadonlyMap<string, string>;
}

/** Options with every default filled in. */
export type ResolvedPersisterOptions = Required<PersisterCallOptions>;

const defaults: ResolvedPersisterOptions = {
  fdr: 0.05,
  callerSize: 100,
  minTrainingPatients: 2,
  minUntreatedCells: 50,
  controls: 20,
  controlCells: 250,
  level: 0.95,
  confounders: null,
  covariates: {},
  leftOut: new Map(),
};

/**
 * Fills in defaults and checks ranges.
 *
 * @throws OptionError for an unknown option or one out of range
 */
export function resolvePersisterOptions(options: PersisterCallOptions): ResolvedPersisterOptions {
  const unknown = Object.keys(options).find((key) => !(key in defaults));
  if (unknown !== undefined) throw new OptionError(`Persister calls have no option ${unknown}.`);
  const resolved = { ...defaults, ...options };
  inUnit('fdr', resolved.fdr);
  inUnit('level', resolved.level);
  atLeast('callerSize', resolved.callerSize, 10);
  atLeast('minTrainingPatients', resolved.minTrainingPatients, 2);
  atLeast('minUntreatedCells', resolved.minUntreatedCells, 20);
  atLeast('controls', resolved.controls, 0);
  atLeast('controlCells', resolved.controlCells, 50);
  return resolved;
}

function inUnit(name: string, value: number): void {
  if (value > 0 && value < 1) return;
  throw new OptionError(`Option ${name} must lie between 0 and 1.`, { found: String(value) });
}

function atLeast(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new OptionError(`Option ${name} must be a whole number of at least ${String(least)}.`, {
    found: String(value),
  });
}

/** What the stage of a sample is to the calls: the null is anchored in `from`, the state is learned towards `to`. */
export type SampleRole = 'from' | 'to' | 'other';

/** The role of a stage under a contrast. */
export function roleOf(stage: Stage, contrast: { readonly from: Stage; readonly to: Stage }): SampleRole {
  return stage === contrast.from ? 'from' : stage === contrast.to ? 'to' : 'other';
}
