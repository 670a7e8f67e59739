import type { CellCounts } from '../../cells/cell-counts.js';
import { report, type RunContext, throwIfAborted } from '../../core/context.js';
import { ShapeError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import { selectRows } from '../../data/compact-counts.js';
import type { PersisterCalls } from '../../persisters/types.js';
import type { Reversal } from '../reversal.js';
import { armVerdict } from './arm-verdict.js';
import { calledFraction } from './called-fractions.js';
import { contrastParts } from './deal-units.js';
import { type ArmPayload, measureArmTaskName } from './measure-arm.js';
import { type CellReversalOptions, type ResolvedCellReversalOptions, resolveCellReversalOptions } from './options.js';
import { patientReversal, pooledIndex } from './patient-reversal.js';
import { chosenRows, type PlannedArm, planArms, type TumourCells, tumourCellsOf } from './plan-arms.js';
import type { ArmMeasure, CellReversal, ReversalArm } from './types.js';

/** What {@link cellReversal} is. */
export const cellReversalInfo: MethodInfo = {
  id: 'cell-reversal',
  title: 'Where relapse cells sit between untreated and residual cells',
  version: '1.0.0',
  doi: ['10.1198/016214502753479248', '10.1007/s10851-014-0506-3', '10.1080/01621459.1988.10478591'],
  input:
    'raw counts of good cells with patient, stage and treatment of every sample; persister calls where there are any',
  output:
    'per patient and arm an index (1: back to untreated, 0: as residual), distances with a within-stage null, a verdict',
  random: true,
};

/** What reversal at cell level is read from. */
export interface CellReversalInput {
  /** All good cells; null for a study without single cells. */
  readonly cells: CellCounts | null;
  /** Tumour cells, as positions among all good cells: those that persisters were called on. */
  readonly tumourCells: Uint32Array;
  /** Calls on the tumour cells, in their order; null where none were made. */
  readonly persisters: PersisterCalls | null;
  /** The index over samples, to stand beside; null where it was not computed. */
  readonly reversal: Reversal | null;
}

/**
 * Where the relapse cells of every patient sit between its untreated (U) and residual (P) cells, arm by arm: relapse samples of
 * one treatment are an arm, so that drug-holiday designs are answered separately.
 *
 * 1. **Depth** is matched across stages by thinning, rank by rank (`cellFeatures`).
 * 2. **Position**: each half of the cells (or replicate samples) is placed on a discriminant axis learned from the other half
 *    (`crossFittedPositions`); index `1 − (r − u)/(p − u)` of mean positions, bootstrap interval (`unitIndex`). The same on
 *    the axis of the programme that the other patients teach, from the activity of the persister calls.
 * 3. **Distance**: Wasserstein along both axes and sliced Wasserstein in principal components, each beside the distance between
 *    two halves of one stage (`stageDistances`).
 * 4. **State**: fractions of cells in the persister state as called, and the index of the relapse cells that are not in it.
 * 5. **Verdict** (`armVerdict`), with the index over samples beside it.
 *
 * Genes that imitate a state (cell cycle, dissociation, stress, mitochondrial, ribosomal: those the calls exclude) take no part.
 * Cost: three passes over the stored values of at most `maxCells` cells per sample.
 *
 * @returns plain data; `not testable` and `cannot tell` are results, with reasons
 * @throws OptionError for an option out of range, ShapeError where calls and tumour cells disagree, AbortedError on request
 * @example
 * ```ts
 * const input = { cells, tumourCells, persisters, reversal };
 * const found = await cellReversal(input, { contrast }, context);
 * found.patients.map(({ patient, verdict }) => [patient, verdict]);
 * ```
 */
export async function cellReversal(
  input: CellReversalInput,
  options: CellReversalOptions,
  context: RunContext,
): Promise<CellReversal> {
  const resolved = resolveCellReversalOptions(options);
  checkInput(input);
  const arms = input.cells === null ? [] : await measuredArms(input, input.cells, resolved, context);
  const bulk = (input.reversal?.patients ?? []).map(({ patient }) => patient);
  const names = [...new Set([...arms.map(({ patient }) => patient), ...bulk])];
  const patients = names.map((patient) =>
    patientReversal(
      patient,
      arms.filter((arm) => arm.patient === patient),
      input.reversal?.patients.find((p) => p.patient === patient) ?? null,
    ),
  );
  return {
    contrast: resolved.contrast,
    margin: resolved.margin,
    minority: resolved.minority,
    patients,
    pooled: pooledIndex(patients),
    fractions: (input.persisters?.stages ?? []).map(({ stage, patients: own, fraction }) => {
      return { stage, nPatients: own.length, fraction };
    }),
    nTestable: patients.filter(({ verdict }) => verdict !== 'not testable').length,
    warnings: warningsOf(arms),
  };
}

async function measuredArms(
  input: CellReversalInput,
  cells: CellCounts,
  options: ResolvedCellReversalOptions,
  context: RunContext,
): Promise<readonly ReversalArm[]> {
  const tumour = tumourCellsOf(cells, input.tumourCells);
  const planned = planArms(tumour, options);
  const asked = planned.filter(({ notTestable }) => notTestable === null);
  const measures = new Map<PlannedArm, ArmMeasure>();
  const hooks = context.signal === undefined ? {} : { signal: context.signal };
  // As many at a time as can run, so that few copies of counts are held.
  const atOnce = Math.max(1, context.executor.concurrency);
  for (let first = 0; first < asked.length; first += atOnce) {
    throwIfAborted(context);
    report(context, 'reversal at cell level', first, asked.length, 'arms');
    const some = asked.slice(first, first + atOnce);
    const payloads = some.map((arm) => payloadOf({ arm, tumour, input }, options, context));
    const found = await context.executor.map<ArmPayload, ArmMeasure>(measureArmTaskName, payloads, hooks);
    found.forEach((measure, i) => measures.set(some[i] as PlannedArm, measure));
  }
  return planned.map((arm) => judged(arm, measures.get(arm) ?? null, { tumour, input, options }));
}

function payloadOf(
  { arm, tumour, input }: { readonly arm: PlannedArm; readonly tumour: TumourCells; readonly input: CellReversalInput },
  { maxCells, margin, genes, bootstraps, draws }: ResolvedCellReversalOptions,
  context: RunContext,
): ArmPayload {
  const taken = contrastParts.flatMap((part, group) =>
    arm.samples[part].map((sample) => ({ group, sample, rows: chosenRows(tumour, sample, maxCells, context) })),
  );
  const perCell = (of: (from: (typeof taken)[number]) => number): number[] =>
    taken.flatMap((from) => Array.from(from.rows, () => of(from)));
  const rows = Uint32Array.from(taken.flatMap((from) => [...from.rows]));
  const { counts, genes: names } = tumour.cells;
  const excluded = new Set(input.persisters?.excludedGenes.flatMap((set) => set.genes) ?? []);
  return {
    label: `${arm.patient}/${arm.arm}`,
    seed: context.seed,
    counts: selectRows(counts, rows),
    groupOf: Uint8Array.from(perCell(({ group }) => group)),
    sampleOf: Uint32Array.from(perCell(({ sample }) => sample)),
    excluded: Uint8Array.from(names, (gene) => (excluded.has(gene) ? 1 : 0)),
    ...callsOf(input, tumour.placeOf, rows),
    options: { margin, genes, bootstraps, draws },
  };
}

/** Activities and probabilities of some cells; null where any of them has none. */
function callsOf(
  { persisters }: CellReversalInput,
  placeOf: Int32Array,
  rows: Uint32Array,
): Pick<ArmPayload, 'activity' | 'probability'> {
  if (persisters === null) return { activity: null, probability: null };
  const pick = (values: Float64Array): Float64Array | null => {
    const own = Float64Array.from(rows, (row) => values[placeOf[row] as number] as number);
    return own.every(Number.isFinite) ? own : null;
  };
  const value = pick(persisters.cells.activity);
  const standardError = pick(persisters.cells.standardError);
  return {
    activity: value === null || standardError === null ? null : { value, standardError },
    probability: pick(persisters.cells.probability),
  };
}

function judged(
  { patient, arm, samples, nCells, notTestable, reasons }: PlannedArm,
  measure: ArmMeasure | null,
  {
    tumour,
    input,
    options,
  }: { readonly tumour: TumourCells; readonly input: CellReversalInput; readonly options: ResolvedCellReversalOptions },
): ReversalArm {
  const namesOf = (own: readonly number[]): readonly string[] => own.map((s) => tumour.cells.samples[s]?.sample ?? '');
  const names = { from: namesOf(samples.from), to: namesOf(samples.to), back: namesOf(samples.back) };
  const { persisters } = input;
  const fraction = (own: readonly string[]): ReversalArm['fractions']['from'] =>
    persisters === null ? null : calledFraction(persisters, patient, own);
  const fractions = { from: fraction(names.from), to: fraction(names.to), back: fraction(names.back) };
  const common = { patient, arm, samples: names, nCells, measure, fractions };
  if (measure === null) {
    const unknown = {
      verdict: 'not testable',
      status: 'not-identifiable',
      subpopulation: null,
      offTheLine: null,
    } as const;
    return { ...common, ...unknown, reasons, notTestable };
  }
  const called = persisters?.patients.find((p) => p.patient === patient)?.verdict ?? null;
  return { ...common, ...armVerdict({ measure, persisters: called, fractions }, options) };
}

function warningsOf(arms: readonly ReversalArm[]): readonly Warning[] {
  const named = (found: readonly ReversalArm[]): string => [...new Set(found.map(({ patient }) => patient))].join(', ');
  const scaled = arms.filter(({ measure }) => measure?.depth.method === 'scaled');
  const technical = arms.filter(({ measure }) => measure?.basis === 'technical only');
  return [
    ...(scaled.length === 0
      ? []
      : [
          {
            code: 'cell-reversal-depth',
            message: `${named(scaled)}: the numbers are not whole counts, so that depth could be divided out but not matched; a difference in depth between stages can still show.`,
          },
        ]),
    ...(technical.length === 0
      ? []
      : [
          {
            code: 'cell-reversal-technical-only',
            message: `${named(technical)}: a stage has one sample, so that intervals and nulls hold the sampling of cells, not what differs from one biopsy or animal to the next.`,
          },
        ]),
  ];
}

function checkInput({ cells, tumourCells, persisters }: CellReversalInput): void {
  const nCells = cells?.barcodes.length ?? 0;
  const outside = tumourCells.find((row) => row >= nCells);
  if (outside !== undefined) {
    throw new ShapeError('A tumour cell is not among the cells.', {
      expected: `positions below ${String(nCells)}`,
      found: String(outside),
    });
  }
  if (persisters === null || persisters.cells.activity.length === tumourCells.length) return;
  throw new ShapeError('The persister calls do not fit the tumour cells.', {
    expected: `${String(tumourCells.length)} cells`,
    found: String(persisters.cells.activity.length),
  });
}
