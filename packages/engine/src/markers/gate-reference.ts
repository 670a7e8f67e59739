import { selectCells } from '../cells/kernels/subsample-cells.js';
import type { RunContext } from '../core/context.js';
import type { PersisterCallOptions } from '../persisters/options.js';
import { persisterCalls } from '../persisters/persister-calls.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { type CellGroup, groupCells, type MarkerCellInput } from './cell-groups.js';

/**
 * What a gate is held against. `calls-without-candidates`: cells called persister by callers that use none of the candidate
 * genes. `stage`: tumour cells under treatment, whatever they are.
 */
export type GateBasis = 'calls-without-candidates' | 'stage';

/** The cells of one patient a gate should keep, and those it should leave, as positions among all cells. */
export interface GatePatientCells {
  readonly patient: string;
  readonly persister: Uint32Array;
  readonly untreated: Uint32Array;
  /** Normal or host cells; may be empty. */
  readonly normal: Uint32Array;
}

/** What gates are learned from and measured on. */
export interface GateReference {
  readonly basis: GateBasis;
  readonly patients: readonly GatePatientCells[];
  readonly reasons: readonly string[];
}

/** Options of `gateReference`. */
export interface GateReferenceOptions {
  /** Candidate genes: kept out of the callers. */
  readonly candidates: readonly string[];
  /** Persister and untreated cells a patient needs. Default 20. */
  readonly minCells?: number;
  /** Options of the persister calls; controls are not run again. */
  readonly calling?: PersisterCallOptions;
}

/** Fewest patients for a gate learned on some to be tried on another. */
export const fewestGatePatients = 3;

/**
 * Labels cells for gates without letting a gene vouch for itself: persister cells are called again by callers that were never
 * shown the candidate genes. A cell's count of a candidate so has no part in its label; what is left is that the gene goes
 * with the rest of the programme, which is what a marker is for. Where that leaves fewer than three patients the stage labels
 * stand in: tumour cells under treatment against untreated ones.
 *
 * @param effects - effects of all patients, as given to `persisterCalls`
 */
export async function gateReference(
  input: MarkerCellInput,
  effects: PatientEffects,
  options: GateReferenceOptions,
  context: RunContext,
): Promise<GateReference> {
  const { minCells = 20 } = options;
  const calls = await persisterCalls(
    selectCells(input.cells, input.tumourCells),
    withoutGenes(effects, options.candidates),
    { ...options.calling, controls: 0 },
    context,
  );
  const called = labelled({ ...input, persisters: calls }, 'persister', minCells);
  if (called.length >= fewestGatePatients) {
    return { basis: 'calls-without-candidates', patients: called, reasons: [] };
  }
  return {
    basis: 'stage',
    patients: labelled(input, 'residual', minCells),
    reasons: [
      `without the candidate genes persister cells are called in ${String(called.length)} patients, so gates are held against the stage of the sample`,
    ],
  };
}

function labelled(input: MarkerCellInput, positive: CellGroup, minCells: number): readonly GatePatientCells[] {
  const { patients, members } = groupCells(input);
  return members
    .map((own, p) => ({
      patient: patients[p] as string,
      persister: own[positive],
      untreated: own.untreated,
      normal: own.normal.length >= minCells ? own.normal : new Uint32Array(0),
    }))
    .filter(({ persister, untreated }) => persister.length >= minCells && untreated.length >= minCells);
}

/** The same effects without the rows of some genes. */
function withoutGenes(effects: PatientEffects, genes: readonly string[]): PatientEffects {
  const left = new Set(genes);
  const rows = effects.genes.map((_, g) => g).filter((g) => !left.has(effects.genes[g] as string));
  const k = effects.patients.length;
  const wide = (values: Float64Array): Float64Array => {
    const kept = new Float64Array(rows.length * k);
    rows.forEach((row, i) => {
      kept.set(values.subarray(row * k, (row + 1) * k), i * k);
    });
    return kept;
  };
  return {
    ...effects,
    genes: rows.map((row) => effects.genes[row] as string),
    effects: wide(effects.effects),
    standardErrors: wide(effects.standardErrors),
    averageExpression: Float64Array.from(rows, (row) => effects.averageExpression[row] as number),
  };
}
