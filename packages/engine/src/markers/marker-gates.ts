import { report, rngFor, type RunContext, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import type { MethodInfo, Warning } from '../core/method.js';
import { type Rng, shuffleInPlace } from '../core/rng.js';
import type { CellCounts } from '../cells/cell-counts.js';
import { buildLiterals, type CellBlocks3, countBoth, type Literal, type LiteralSet } from './gate-bits.js';
import {
  type GateMarker,
  gateOnPatient,
  type GatePatient,
  type GatePerformance,
  performanceOf,
} from './gate-performance.js';
import { fewestGatePatients, type GateBasis, type GatePatientCells, type GateReference } from './gate-reference.js';
import { gateBits, type GateTerm, patientScores, type ScoredGate, searchGates } from './gate-search.js';
import { cellsPerPass, type GeneCounts, geneCounter, slotsOf } from './gene-counts.js';

/** What the gates are. */
export const markerGatesInfo: MethodInfo = {
  id: 'marker-gates',
  title: 'Gates of one to three markers, tried on patients they were not learned from',
  version: '1.0.0',
  doi: ['10.1002/1097-0142(1950)3:1<32::aid-cncr2820030106>3.0.co;2-3', '10.1186/1471-2105-7-91'],
  input: 'raw counts of good cells, candidate genes, persister, untreated and normal cells of every patient',
  output: 'best gates per size with sensitivity and specificity across patients, before and after paying for selection',
  random: true,
};

/** Options of `markerGates`. */
export interface MarkerGatesOptions {
  /** Candidate genes, best first; those the cells do not have are left out. */
  readonly candidates: readonly string[];
  /** Numbers of markers looked at. Default 1, 2 and 3. */
  readonly sizes?: readonly (1 | 2 | 3)[];
  /** Most cells of a group of one patient in the search; performance is measured on all. Default 500. */
  readonly searchCells?: number;
  /** Times the labels are shuffled within patients. Default 49. */
  readonly shuffles?: number;
  /** Gates listed per size. Default 10. */
  readonly listed?: number;
}

/** One gate chosen on all patients. */
export interface RankedGate {
  readonly rank: number;
  readonly markers: readonly GateMarker[];
  /** On the patients it was chosen on: too good. */
  readonly apparent: GatePerformance;
  /** Markers as chosen on all patients, thresholds learned without the patient they are measured on. */
  readonly crossPatient: GatePerformance;
}

/** Gates of one size. */
export interface GatesOfSize {
  readonly size: 1 | 2 | 3;
  readonly gates: readonly RankedGate[];
  /** Markers and thresholds chosen without each patient and measured on it: the number that holds after selection. */
  readonly nested: GatePerformance & { readonly chosen: readonly (readonly GateMarker[])[] };
  /** Youden's index of the nested choice with labels shuffled within patients, one per shuffle. */
  readonly shuffled: readonly number[];
  /** (1 + shuffles that reach the nested index) / (1 + shuffles). */
  readonly pValue: number | null;
}

/** Gates that would show or sort the cells. */
export interface MarkerGates {
  readonly status: 'ok' | 'not testable';
  readonly reasons: readonly string[];
  readonly basis: GateBasis;
  readonly candidates: readonly string[];
  readonly patients: readonly string[];
  readonly sizes: readonly GatesOfSize[];
  readonly warnings: readonly Warning[];
}

/**
 * Learns gates on some patients and tries them on another. Every candidate is cut at fixed levels (any count, then 1, 2, 4 …
 * 256 counts per 10,000); gates are AND and AND-NOT of up to three; the score is Youden's index against untreated tumour
 * cells and normal cells, whichever contaminates more, averaged over patients with each weighing the same.
 *
 * Three performances are given: *apparent* (chosen and measured on the same patients), *cross-patient* (thresholds learned
 * without the patient) and *nested* (the whole choice made without the patient). The last is the honest one. Intervals are t
 * intervals over patients. The control shuffles persister and untreated labels within patients and repeats the nested choice.
 *
 * @param reference - the cells gates are held against, from `gateReference`
 * @throws OptionError for a number out of range; AbortedError on request
 */
export async function markerGates(
  cells: CellCounts,
  reference: GateReference,
  options: MarkerGatesOptions,
  context: RunContext,
): Promise<MarkerGates> {
  const { sizes = [1, 2, 3], searchCells = 500, shuffles = 49, listed = 10 } = options;
  atLeast('searchCells', searchCells, 20);
  atLeast('shuffles', shuffles, 0);
  atLeast('listed', listed, 1);
  const known = new Set(cells.genes);
  const candidates = [...new Set(options.candidates)].filter((gene) => known.has(gene));
  const { patients } = reference;
  const shared = { basis: reference.basis, candidates, patients: patients.map(({ patient }) => patient) };
  const reasons = whyNot(candidates, patients, reference);
  if (reasons.length > 0) return { status: 'not testable', reasons, ...shared, sizes: [], warnings: [] };
  const counts = await countCandidates(cells, candidates, context);
  const study: GateStudy = { counts, candidates, patients };
  const set = buildLiterals(counts, candidates.length, blocksOf(patients, searchCells));
  const search = searchGates(set, sizes);
  const shuffled = await shuffledIndices(study, { sizes, searchCells, shuffles }, context);
  const found = sizes.map((size): GatesOfSize => {
    const gates = (search.all[size - 1] ?? []).slice(0, listed);
    const nested = nestedPerformance(
      study,
      set,
      search.without.map((fold) => fold[size - 1]?.[0] ?? null),
    );
    const own = shuffled.map((index) => index[size - 1] as number);
    const reaching = own.filter((index) => index >= (nested.youden.value ?? NaN)).length;
    return {
      size,
      gates: gates.map((gate, i) => ({ rank: i + 1, ...rankedGate(study, set, gate) })),
      nested,
      shuffled: own,
      pValue: own.length === 0 ? null : (1 + reaching) / (1 + own.length),
    };
  });
  return { status: 'ok', reasons: reference.reasons, ...shared, sizes: found, warnings: warningsOf(reference) };
}

interface GateStudy {
  readonly counts: GeneCounts;
  readonly candidates: readonly string[];
  readonly patients: readonly GatePatientCells[];
}

function whyNot(
  candidates: readonly string[],
  patients: readonly GatePatientCells[],
  { reasons }: GateReference,
): readonly string[] {
  const few = patients.length < fewestGatePatients;
  return [
    ...(candidates.length === 0 ? ['no candidate gene was measured in cells'] : []),
    ...(few
      ? [
          ...reasons,
          `${String(patients.length)} patients have enough persister and untreated cells; a gate tried on patients it was not learned from needs ${String(fewestGatePatients)}`,
        ]
      : []),
  ];
}

function warningsOf({ basis, reasons }: GateReference): readonly Warning[] {
  return basis === 'stage' ? [{ code: 'gates-on-stage', message: `Gates: ${reasons.join('; ')}.` }] : [];
}

async function countCandidates(cells: CellCounts, genes: readonly string[], context: RunContext): Promise<GeneCounts> {
  const { found, count } = geneCounter(cells.counts, slotsOf(cells.genes, genes), genes.length);
  const nCells = cells.barcodes.length;
  for (let start = 0; start < nCells; start += cellsPerPass) {
    throwIfAborted(context);
    count(start, Math.min(nCells, start + cellsPerPass));
    await Promise.resolve();
  }
  return found;
}

/** At most so many cells of each group, spread evenly over it. */
function blocksOf(patients: readonly GatePatientCells[], most: number): CellBlocks3 {
  const some = (cells: Uint32Array): Uint32Array =>
    cells.length <= most
      ? cells
      : Uint32Array.from({ length: most }, (_, i) => cells[Math.floor((i * cells.length) / most)] as number);
  return patients.map(({ persister, untreated, normal }) => [some(persister), some(untreated), some(normal)]);
}

function markersOf({ candidates }: GateStudy, { literals }: LiteralSet, terms: readonly GateTerm[]): MarkerWithSlot[] {
  return terms.map(({ literal, kept }) => {
    const { gene, level } = literals[literal] as Literal;
    return { gene: candidates[gene] as string, sign: kept ? '+' : '−', level, slot: gene };
  });
}

type MarkerWithSlot = GateMarker & { readonly slot: number };

function rankedGate(study: GateStudy, set: LiteralSet, gate: ScoredGate): Omit<RankedGate, 'rank'> {
  const markers = markersOf(study, set, gate.terms);
  const on = (terms: readonly GateTerm[], p: number): GatePatient =>
    gateOnPatient(markersOf(study, set, terms), study.patients[p] as GatePatientCells, study.counts);
  const relearned = thresholdsWithout(set, gate.terms);
  return {
    markers: markers.map(({ gene, sign, level }) => ({ gene, sign, level })),
    apparent: performanceOf(study.patients.map((_, p) => on(gate.terms, p))),
    crossPatient: performanceOf(study.patients.map((_, p) => on(relearned[p] as readonly GateTerm[], p))),
  };
}

/** The same genes and signs with the thresholds that score best without each patient. */
function thresholdsWithout(set: LiteralSet, terms: readonly GateTerm[]): readonly (readonly GateTerm[])[] {
  const options = terms.map(({ literal, kept }) => {
    const { gene } = set.literals[literal] as Literal;
    return set.literals.flatMap((own, i) => (own.gene === gene ? [{ literal: i, kept }] : []));
  });
  const combinations = options.reduce<readonly (readonly GateTerm[])[]>(
    (found, own) => found.flatMap((chosen) => own.map((term) => [...chosen, term])),
    [[]],
  );
  const n = set.nPatients;
  const best = Array.from({ length: n }, () => ({ score: -Infinity, terms }));
  const counts = new Float64Array(3 * n);
  const scores = new Float64Array(n);
  for (const combination of combinations) {
    const bits = gateBits(set, combination);
    countBoth(bits, bits, set.starts, counts);
    patientScores(counts, set.sizes, scores);
    const sum = scores.reduce((total, score) => total + score, 0);
    scores.forEach((own, p) => {
      const score = sum - own;
      if (score > (best[p] as { score: number }).score) best[p] = { score, terms: combination };
    });
  }
  return best.map((found) => found.terms);
}

function nestedPerformance(
  study: GateStudy,
  set: LiteralSet,
  chosen: readonly (ScoredGate | null)[],
): GatesOfSize['nested'] {
  const markers = chosen.map((gate) => (gate === null ? [] : markersOf(study, set, gate.terms)));
  const measured = markers.flatMap((own, p) =>
    own.length === 0 ? [] : [gateOnPatient(own, study.patients[p] as GatePatientCells, study.counts)],
  );
  return {
    ...performanceOf(measured),
    chosen: markers.map((own) => own.map(({ gene, sign, level }) => ({ gene, sign, level }))),
  };
}

/** Fewer cells than the search itself: with shuffled labels there is nothing to resolve. */
const shuffledCells = 200;

async function shuffledIndices(
  study: GateStudy,
  { sizes, searchCells, shuffles }: { sizes: readonly number[]; searchCells: number; shuffles: number },
  context: RunContext,
): Promise<readonly (readonly number[])[]> {
  const found: number[][] = [];
  const blocks = blocksOf(study.patients, Math.min(shuffledCells, searchCells));
  for (let draw = 0; draw < shuffles; draw++) {
    throwIfAborted(context);
    report(context, 'gates with shuffled labels', draw, shuffles, 'shuffles');
    const rng = rngFor(context, 'markers/gates/shuffle', draw);
    const set = buildLiterals(
      study.counts,
      study.candidates.length,
      blocks.map((own) => shuffledBlocks(own, rng)),
    );
    const { without } = searchGates(set, sizes);
    found.push(
      [0, 1, 2].map((size) =>
        nestedIndex(
          set,
          without.map((fold) => fold[size]?.[0] ?? null),
        ),
      ),
    );
    await Promise.resolve();
  }
  return found;
}

/** Persister and untreated cells change labels among themselves; normal cells stay. */
function shuffledBlocks([persister, untreated, normal]: CellBlocks3[number], rng: Rng): CellBlocks3[number] {
  const pool = Uint32Array.of(...persister, ...untreated);
  shuffleInPlace(pool, rng);
  return [pool.slice(0, persister.length), pool.slice(persister.length), normal];
}

function nestedIndex(set: LiteralSet, chosen: readonly (ScoredGate | null)[]): number {
  const counts = new Float64Array(3 * set.nPatients);
  const scores = new Float64Array(set.nPatients);
  let sum = 0;
  chosen.forEach((gate, p) => {
    if (gate === null) return;
    const bits = gateBits(set, gate.terms);
    countBoth(bits, bits, set.starts, counts);
    patientScores(counts, set.sizes, scores);
    sum += scores[p] as number;
  });
  return sum / set.nPatients;
}

function atLeast(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new OptionError(`Option ${name} must be a whole number of at least ${String(least)}.`, {
    found: String(value),
  });
}
