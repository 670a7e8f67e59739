import type { CellCounts } from '../cells/cell-counts.js';
import { report, rngFor, type RunContext, throwIfAborted } from '../core/context.js';
import { ShapeError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import { binByExpression, type ExpressionBins } from '../programme/matched-gene-null.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { assembleCalls, type PatientOutcome } from './assemble-calls.js';
import type { CallPatientPayload, PatientStates } from './call-patient.js';
import { collectGenes, countedGene, ignoredGene } from './collect-genes.js';
import type { ScoredSet } from './confounder-scores.js';
import { type ConfounderSet, confounderSets } from './confounder-sets.js';
import {
  type ControlCall,
  type ControlCaller,
  type ControlPayload,
  cancellingSigns,
  matchedGenes,
} from './control-callers.js';
import { type CallerGene, learnCaller, type LearnedCaller } from './learn-caller.js';
import { type PersisterCallOptions, resolvePersisterOptions } from './options.js';
import { learnOptions, type PlannedPatient, type PlanOptions, planPatients } from './patient-plan.js';
import type { CallerEffects } from './score-cells.js';
import { someRows } from './some-rows.js';
import type { PersisterCalls } from './types.js';

/** What {@link persisterCalls} is. */
export const persisterCallsInfo: MethodInfo = {
  id: 'persister-calls',
  title: 'Persister state of every cell, called with the programme of the other patients',
  version: '1.0.0',
  doi: ['10.1093/biostatistics/5.2.155', '10.1073/pnas.17.12.684'],
  input: 'raw counts of good tumour cells with patient and stage of every sample; one effect per gene and patient',
  output: 'per cell a probability from 0 to 1 and a call, per sample a fraction with interval, per patient a verdict',
  random: true,
};

/**
 * Calls the persister state of every cell by cross-fitting: the cells of a patient are scored with the programme learned from the
 * other patients (single-cell and bulk), never from its own labels; its own untreated cells anchor the null.
 *
 * 1. **Caller.** Genes of largest |t| over the other patients, without confounder genes, with shrunken mean effects.
 * 2. **Score.** The negative binomial log likelihood ratio of each cell, with mean, variance and skewness known at its depth.
 * 3. **Probability.** A two-component mixture per patient: null anchored in untreated cells, a strength of its own, a fraction per
 *    sample.
 * 4. **Calls** at a Bayesian false-discovery rate within each sample, in patients whose verdict is `present`.
 * 5. **Controls.** The same with callers learned from exchanged labels, with random genes of like expression, with scores
 *    adjusted for confounders, and on untreated cells given the programme by hand.
 *
 * Cost: one pass over a patient's stored values, then passes over those of its some 200 genes.
 *
 * @param cells - good tumour cells of all single-cell samples, raw counts
 * @param effects - effects of all patients, bulk patients included, on the same gene symbols
 * @returns plain data; `not testable` and `none` are results
 * @throws OptionError for an option out of range, ShapeError for covariates that do not fit the cells, AbortedError on request
 * @example
 * ```ts
 * const calls = await persisterCalls(cells, patientEffects(input, { contrast }), { fdr: 0.05 }, context);
 * calls.patients.map(({ patient, verdict }) => [patient, verdict]);
 * ```
 */
export async function persisterCalls(
  cells: CellCounts,
  effects: PatientEffects,
  options: PersisterCallOptions,
  context: RunContext,
): Promise<PersisterCalls> {
  const resolved = resolvePersisterOptions(options);
  checkCovariates(cells, resolved.covariates);
  const confounders = resolved.confounders ?? confounderSets(cells.genes);
  const study = prepare(cells, effects, confounders, resolved);
  const planned = planPatients(cells, effects, study.options);
  const outcomes: PatientOutcome[] = [];
  const total = 2 * planned.length;
  for (const [i, plan] of planned.entries()) {
    throwIfAborted(context);
    const states = plan.reasons.length > 0 ? null : await callPatient(study, plan, context);
    report(context, 'persister calls', 2 * i + 1, total, 'steps');
    const controls = states === null ? noControls : await controlCalls(study, plan, context);
    report(context, 'persister calls', 2 * i + 2, total, 'steps');
    outcomes.push({ plan, states, ...controls });
  }
  return assembleCalls({ cells, contrast: effects.contrast, confounders, options: resolved }, outcomes);
}

/** What every patient's calls share. */
interface PreparedStudy {
  readonly cells: CellCounts;
  readonly effects: PatientEffects;
  readonly options: PlanOptions;
  readonly confounders: readonly ConfounderSet[];
  readonly geneIndex: ReadonlyMap<string, number>;
  /** 1 for confounder genes. */
  readonly ignored: Uint8Array;
  readonly bins: ExpressionBins;
}

function prepare(
  cells: CellCounts,
  effects: PatientEffects,
  confounders: readonly ConfounderSet[],
  options: Omit<PlanOptions, 'usable'>,
): PreparedStudy {
  const geneIndex = new Map(cells.genes.map((gene, g) => [gene, g]));
  const ignored = new Uint8Array(cells.genes.length);
  for (const { genes } of confounders) {
    for (const gene of genes) {
      const place = geneIndex.get(gene);
      if (place !== undefined) ignored[place] = 1;
    }
  }
  const usable = (gene: string): boolean => ignored[geneIndex.get(gene) ?? -1] === 0;
  const nUsable = effects.genes.filter(usable).length;
  const callerSize = Math.max(fewestGenesPerSide, Math.min(options.callerSize, Math.floor(nUsable / 10)));
  const bins = binByExpression(effects.genes, effects.averageExpression);
  return { cells, effects, options: { ...options, callerSize, usable }, confounders, geneIndex, ignored, bins };
}

/** A caller takes at most a tenth of the usable genes per direction, and at least this many. */
const fewestGenesPerSide = 10;

async function callPatient(study: PreparedStudy, plan: PlannedPatient, context: RunContext): Promise<PatientStates> {
  const payload = patientPayload(study, plan, context.seed);
  const hooks = context.signal === undefined ? {} : { signal: context.signal };
  const [states] = await context.executor.map<CallPatientPayload, PatientStates>(
    'persisters/call-patient',
    [payload],
    hooks,
  );
  return states as PatientStates;
}

const scoredSets: readonly ScoredSet[] = ['s-phase', 'g2m-phase', 'dissociation', 'stress', 'mitochondrial'];

function patientPayload(study: PreparedStudy, plan: PlannedPatient, seed: number): CallPatientPayload {
  const { cells, geneIndex, ignored, options } = study;
  const { genes } = plan.caller;
  const slotOf = Int32Array.from(ignored, (out) => (out === 1 ? ignoredGene : countedGene));
  const sets = placeSets(study, slotOf, genes.length);
  genes.forEach(({ gene }, slot) => {
    slotOf[geneIndex.get(gene) as number] = slot;
  });
  return {
    patient: plan.patient,
    cells: collectGenes(cells.counts, plan.ranges, slotOf),
    sampleOf: sampleOfCells(plan),
    roles: plan.roles,
    caller: callerEffects(plan.caller, genes, genes.length + scoredSets.length),
    sets,
    ambient: pickRows(options.covariates.ambient ?? null, plan),
    mitochondrialFraction: pickRows(options.covariates.mitochondrialFraction ?? null, plan),
    fdr: options.fdr,
    seed,
  };
}

/** The effects of some genes of a caller, in their order, with zeros up to `nSlots` places. */
function callerEffects({ heldOutShare }: LearnedCaller, genes: readonly CallerGene[], nSlots: number): CallerEffects {
  const padded = (values: readonly number[]): Float64Array => {
    const column = new Float64Array(nSlots);
    column.set(values);
    return column;
  };
  const nTraining = genes[0]?.trainingEffects.length ?? 0;
  return {
    effects: padded(genes.map(({ effect }) => effect)),
    training: Array.from({ length: nTraining }, (_, q) =>
      padded(genes.map((gene) => gene.trainingEffects[q] as number)),
    ),
    heldOutShare,
  };
}

/** Gives every scored confounder set one place behind the genes of the caller; −1 where none of its genes is measured. */
function placeSets(
  { confounders, geneIndex }: PreparedStudy,
  slotOf: Int32Array,
  first: number,
): CallPatientPayload['sets'] {
  const entries = scoredSets.map((kind, i): [ScoredSet, number] => {
    const genes = confounders.filter((set) => set.kind === kind).flatMap((set) => set.genes);
    const places = genes.flatMap((gene) => geneIndex.get(gene) ?? []);
    for (const place of places) slotOf[place] = first + i;
    return [kind, places.length === 0 ? -1 : first + i];
  });
  return Object.fromEntries(entries) as Record<ScoredSet, number>;
}

function sampleOfCells({ ranges, nCells }: PlannedPatient): Uint32Array {
  const sampleOf = new Uint32Array(nCells);
  let at = 0;
  ranges.forEach(([start, end], j) => {
    sampleOf.fill(j, at, at + end - start);
    at += end - start;
  });
  return sampleOf;
}

function pickRows(values: Float64Array | null, { ranges, nCells }: PlannedPatient): Float64Array | null {
  if (values === null) return null;
  const picked = new Float64Array(nCells);
  let at = 0;
  for (const [start, end] of ranges) {
    picked.set(values.subarray(start, end), at);
    at += end - start;
  }
  return picked;
}

/** What the control callers called in one patient, one entry per draw. */
interface Controls {
  readonly shuffled: readonly ControlCall[];
  readonly random: readonly ControlCall[];
}

const noControls: Controls = { shuffled: [], random: [] };
/** Control callers per block of work. */
const callersPerBlock = 5;

async function controlCalls(study: PreparedStudy, plan: PlannedPatient, context: RunContext): Promise<Controls> {
  const { options, cells, ignored } = study;
  const rng = rngFor(context, `persisters/controls/${plan.patient}`);
  const draws = Array.from({ length: options.controls }, (_, i) => i);
  const alignment = alignments(plan.caller);
  const shuffled = draws.flatMap((i) => {
    const own = rng.split('shuffled', i);
    const signs = cancellingSigns(alignment, own);
    const learned = learnCaller(study.effects, learnOptions(plan.trainingPatients, options, signs));
    return learned.status === 'ok' ? [controlCaller(study, learned, own.uniform() < 0.5)] : [];
  });
  const random = draws.map((i) => randomCaller(study, plan.caller, rng.split('random', i)));
  const { counts, sampleOf } = someRows(cells.counts, plan.ranges, options.controlCells, rng.split('rows'));
  const callers = [...shuffled, ...random];
  const blocks = Array.from(
    { length: Math.ceil(callers.length / callersPerBlock) },
    (_, b): ControlPayload => ({
      counts,
      sampleOf,
      roles: plan.roles,
      ignored,
      callers: callers.slice(b * callersPerBlock, (b + 1) * callersPerBlock),
      fdr: options.fdr,
    }),
  );
  const hooks = context.signal === undefined ? {} : { signal: context.signal };
  const calls = (
    await context.executor.map<ControlPayload, readonly ControlCall[]>('persisters/control-calls', blocks, hooks)
  ).flat();
  return { shuffled: calls.slice(0, shuffled.length), random: calls.slice(shuffled.length) };
}

/** How much of the change that the training patients share each of them shows, over the genes of the caller. */
function alignments({ genes }: LearnedCaller): readonly number[] {
  const nTraining = genes[0]?.trainingEffects.length ?? 0;
  return Array.from({ length: nTraining }, (_, q) =>
    genes.reduce((sum, gene) => sum + gene.meanEffect * (gene.trainingEffects[q] as number), 0),
  );
}

function controlCaller({ geneIndex }: PreparedStudy, learned: LearnedCaller, exchanged: boolean): ControlCaller {
  const { genes } = learned;
  return {
    genes: Int32Array.from(genes, ({ gene }) => geneIndex.get(gene) as number),
    ...callerEffects(learned, genes, genes.length),
    exchanged,
  };
}

/** The same effects on random genes of like expression. */
function randomCaller(study: PreparedStudy, learned: LearnedCaller, rng: ReturnType<typeof rngFor>): ControlCaller {
  const { effects, bins, geneIndex, options } = study;
  const { genes } = learned;
  const places = new Map(effects.genes.map((gene, g) => [gene, g]));
  const drawn = matchedGenes(
    genes.map(({ gene }) => places.get(gene) as number),
    bins,
    { usable: (g) => options.usable(effects.genes[g] as string), rng },
  );
  const kept = genes.filter((_, i) => (drawn[i] as number) >= 0);
  return {
    genes: drawn.filter((place) => place >= 0).map((place) => geneIndex.get(effects.genes[place] as string) as number),
    ...callerEffects(learned, kept, kept.length),
    exchanged: false,
  };
}

function checkCovariates(cells: CellCounts, covariates: NonNullable<PersisterCallOptions['covariates']>): void {
  for (const [name, values] of Object.entries(covariates) as [string, Float64Array | null][]) {
    if (values === null || values.length === cells.sampleOf.length) continue;
    throw new ShapeError(`The covariate "${name}" does not fit the cells.`, {
      expected: `${String(cells.sampleOf.length)} values, one per cell`,
      found: String(values.length),
    });
  }
}
