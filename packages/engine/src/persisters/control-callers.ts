import type { TaskSignal } from '../core/executor.js';
import { AbortedError } from '../core/errors.js';
import { type Rng, shuffleInPlace } from '../core/rng.js';
import type { CsrMatrix } from '../data/matrix.js';
import type { ExpressionBins } from '../programme/matched-gene-null.js';
import { callSamples } from './call-samples.js';
import { collectGenes, countedGene, ignoredGene } from './collect-genes.js';
import { fitPatient } from './fit-patient.js';
import { fractionInformation } from './mixture-information.js';
import type { SampleRole } from './options.js';
import type { CallerEffects } from './score-cells.js';

/** A caller as genes of the counts and their effects. */
export interface ControlCaller extends CallerEffects {
  readonly genes: Int32Array;
  /** Whether the two stages of the patient are exchanged. */
  readonly exchanged: boolean;
}

/** A patient's cells, some of every sample, and the callers to try on them: plain data, for a worker. */
export interface ControlPayload {
  readonly counts: CsrMatrix;
  readonly sampleOf: Uint32Array;
  readonly roles: readonly SampleRole[];
  /** Genes that are neither called on nor counted. */
  readonly ignored: Uint8Array;
  readonly callers: readonly ControlCaller[];
  readonly fdr: number;
}

/** What one control caller called in one patient. */
export interface ControlCall {
  readonly nCells: number;
  readonly nCalled: number;
  /** Called share of the cells of the `to` samples (of the `from` samples where the stages are exchanged). */
  readonly calledTo: number;
  /** Strength of the state it found. */
  readonly strength: number;
}

/** Controls only have to show whether cells are called. */
const effort = { passes: 2, iterations: 60 };

/** Runs control callers on the cells of one patient. A block task. */
export function controlCallsBlock(payload: ControlPayload, signal: TaskSignal): readonly ControlCall[] {
  return payload.callers.map((caller) => {
    if (signal.aborted) throw new AbortedError();
    return controlCall(payload, caller);
  });
}

function controlCall({ counts, sampleOf, roles, ignored, fdr }: ControlPayload, caller: ControlCaller): ControlCall {
  const slotOf = Int32Array.from(ignored, (out) => (out === 1 ? ignoredGene : countedGene));
  caller.genes.forEach((gene, slot) => {
    slotOf[gene] = slot;
  });
  const cells = collectGenes(counts, [[0, counts.shape[0]]], slotOf);
  const own = roles.map((role) => (caller.exchanged ? exchange(role) : role));
  const fit = fitPatient({ cells, sampleOf, untreated: own.map((role) => role === 'from') }, caller, effort);
  const called = new Uint8Array(cells.nCells);
  const samples = callSamples(fit, fractionInformation(fit.input, fit.mixture), { roles: own, fdr, called });
  const to = samples.filter((_, j) => own[j] === 'to');
  return {
    nCells: cells.nCells,
    nCalled: called.reduce((sum, one) => sum + one, 0),
    calledTo: share(
      to.reduce((sum, s) => sum + s.nCalled, 0),
      to.reduce((sum, s) => sum + s.nCells, 0),
    ),
    strength: fit.mixture.strength,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function exchange(role: SampleRole): SampleRole {
  return role === 'from' ? 'to' : role === 'to' ? 'from' : 'other';
}

/** Random exchanges among which the one that cancels the programme best is taken. */
const candidates = 25;

/**
 * Exchanges the labels of some patients at random such that what they share cancels: of 25 random sets of exchanges the one
 * with the smallest |Σ ± a|, where a is how much of the shared change each patient shows. What every patient has of its own stays.
 * An exchange that leaves most of the programme in place would be no control.
 *
 * @param alignment - inner product of each patient's effects with the mean of all
 * @returns one sign per patient
 */
export function cancellingSigns(alignment: readonly number[], rng: Rng): readonly number[] {
  const drawn = Array.from({ length: candidates }, () => alignment.map(() => (rng.uniform() < 0.5 ? -1 : 1)));
  const left = (signs: readonly number[]): number =>
    Math.abs(signs.reduce((sum, sign, i) => sum + sign * (alignment[i] as number), 0));
  return drawn.reduce((best, signs) => (left(signs) < left(best) ? signs : best));
}

/** Random genes of the same expression bins in the place of the given ones, each at most once; −1 where a bin has run out. */
export function matchedGenes(
  genes: readonly number[],
  bins: ExpressionBins,
  { usable, rng }: { readonly usable: (gene: number) => boolean; readonly rng: Rng },
): Int32Array {
  const pools = bins.members.map((members) => {
    const pool = members.filter(usable);
    shuffleInPlace(pool, rng);
    return [...pool];
  });
  return Int32Array.from(genes, (gene) => pools[bins.binOf[gene] as number]?.pop() ?? -1);
}
