import { type RunContext, report } from '../../core/context.js';
import type { Rng } from '../../core/rng.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { selectRows } from '../../data/compact-counts.js';
import type { ResolvedDoubletOptions } from './doublet-options.js';
import { type DoubletPoints, doubletPoints, fewestVariableGenes } from './doublet-points.js';
import { type DoubletProbabilities, doubletProbability } from './doublet-probability.js';
import { type SimulatedNeighboursPayload, simulatedNeighboursTask } from './simulated-neighbours.js';

/**
 * What can be said of the doublets of a sample. `not-separable`: doublets could not be told from single cells, none is
 * called; the scores still rank the cells.
 */
export type DoubletStatus = 'ok' | 'not-separable' | 'not-testable';

/** Doublets of one sample. */
export interface SampleDoublets {
  readonly sample: string;
  readonly nCells: number;
  readonly status: DoubletStatus;
  readonly reasons: readonly string[];
  /** Share of doublets expected. */
  readonly expectedRate: number;
  readonly nCalled: number;
  /** Smallest score that is called; null where nothing is. */
  readonly threshold: number | null;
  /** Share of simulated doublets that would be called: the most that can be found of real ones. Null where not testable. */
  readonly detectableShare: number | null;
  /** Called share over detectable share: doublets of every kind among the cells. Null where nothing is detectable. */
  readonly estimatedRate: number | null;
  readonly nSimulated: number;
  readonly nVariableGenes: number;
  readonly nComponents: number;
  readonly nNeighbours: number;
  /** Scores of some of the simulated doublets, for a histogram beside those of the cells. */
  readonly simulatedScores: Float64Array;
}

/** Where the cells of a sample stand. */
export interface SamplePart {
  readonly sample: string;
  readonly counts: CsrMatrix;
  /** First cell and the one after the last. */
  readonly range: readonly [number, number];
}

/** Score, probability and call of the cells of one sample. */
export interface ScoredSample {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
  readonly called: Uint8Array;
  readonly summary: SampleDoublets;
}

const fewestCells = 100;
const fewestSimulated = 1500;
/** More are not needed to fill the space between the kinds of cell, and each is compared with every cell. */
const mostSimulated = 10_000;
/** Simulated doublets that are scored: enough for a density to a few per cent. */
const mostScored = 3000;
const queriesPerBlock = 256;
/** Below this detectable share, what would be called is chance. */
const smallestDetectable = 0.02;

/** Scores and calls the cells of one sample; see `callDoublets`. */
export async function callSampleDoublets(
  { sample, counts, range: [from, to] }: SamplePart,
  options: ResolvedDoubletOptions,
  context: RunContext & { readonly rng: Rng },
): Promise<ScoredSample> {
  const nCells = to - from;
  const withCounts = Array.from({ length: nCells }, (_, i) => from + i).filter(
    (cell) => (counts.indptr[cell + 1] as number) > (counts.indptr[cell] as number),
  );
  const n = withCounts.length;
  const expectedRate = options.expectedRate ?? Math.min(0.4, (options.ratePerThousand * nCells) / 1000);
  const summary = emptySummary(sample, nCells, expectedRate);
  if (n < fewestCells) {
    return notTestable(summary, `${String(n)} cells with counts, at least ${String(fewestCells)} are needed`);
  }
  const nSimulated = Math.min(Math.max(fewestSimulated, Math.round(options.simulatedPerCell * n)), mostSimulated);
  const { variableGenes, components } = options;
  const placement = { variableGenes, components, nSimulated, rng: context.rng };
  const placed = await doubletPoints(selectRows(counts, withCounts), placement, context);
  if (placed === null) {
    return notTestable(summary, `fewer than ${String(fewestVariableGenes)} genes vary beyond the trend`);
  }
  const perCell = options.neighbours ?? Math.max(10, Math.round(Math.sqrt(n)));
  const k = Math.min(Math.round(perCell * (1 + nSimulated / n)), n + nSimulated - 1);
  const scored = await scorePoints(placed, { nCells: n, k }, context);
  const probability = doubletProbability(scored, expectedRate);
  const outcome = judge(scored.cells, probability, options.probabilityMin);
  const probabilities = spread(probability.cells, withCounts, { from, nCells });
  const least = outcome.status === 'ok' ? options.probabilityMin : Infinity;
  return {
    scores: spread(scored.cells, withCounts, { from, nCells }),
    probabilities,
    called: Uint8Array.from(probabilities, (p) => (p >= least ? 1 : 0)),
    summary: {
      ...summary,
      ...outcome,
      nSimulated,
      nVariableGenes: placed.nVariableGenes,
      nComponents: placed.nComponents,
      nNeighbours: k,
      simulatedScores: scored.simulated,
    },
  };
}

async function scorePoints(
  { points, nDimensions, nSimulated }: DoubletPoints,
  { nCells, k }: { readonly nCells: number; readonly k: number },
  context: RunContext,
): Promise<{ readonly cells: Float64Array; readonly simulated: Float64Array }> {
  const nQueries = nCells + Math.min(nSimulated, mostScored);
  const shared = { points, nDimensions, nCells, k };
  const payloads = Array.from({ length: Math.ceil(nQueries / queriesPerBlock) }, (_, b) => ({
    ...shared,
    from: b * queriesPerBlock,
    to: Math.min(nQueries, (b + 1) * queriesPerBlock),
  }));
  const blocks = await context.executor.map<SimulatedNeighboursPayload, Float64Array>(
    simulatedNeighboursTask,
    payloads,
    {
      ...(context.signal === undefined ? {} : { signal: context.signal }),
      onDone: (done, total) => {
        report(context, 'doublets', done, total, 'blocks of cells');
      },
    },
  );
  const scores = new Float64Array(nQueries);
  blocks.forEach((block, b) => {
    scores.set(block, b * queriesPerBlock);
  });
  return { cells: scores.slice(0, nCells), simulated: scores.slice(nCells) };
}

type Outcome = Pick<
  SampleDoublets,
  'status' | 'reasons' | 'nCalled' | 'threshold' | 'detectableShare' | 'estimatedRate'
>;

function judge(scores: Float64Array, { cells, simulated }: DoubletProbabilities, probabilityMin: number): Outcome {
  const isCalled = (probability: number): boolean => probability >= probabilityMin;
  const detectableShare = simulated.filter(isCalled).length / simulated.length;
  if (detectableShare < smallestDetectable) {
    const reason =
      'no score is reached by simulated doublets and by few cells only: the cells are too alike, or doublets are far more than expected';
    const nothing = { nCalled: 0, threshold: null, estimatedRate: null };
    return { status: 'not-separable', reasons: [reason], detectableShare, ...nothing };
  }
  const called = scores.filter((_, i) => isCalled(cells[i] as number));
  return {
    status: 'ok',
    reasons: [],
    nCalled: called.length,
    threshold: called.length === 0 ? null : called.reduce((least, score) => Math.min(least, score)),
    detectableShare,
    estimatedRate: called.length / scores.length / detectableShare,
  };
}

function spread(
  values: Float64Array,
  cells: readonly number[],
  { from, nCells }: { readonly from: number; readonly nCells: number },
): Float64Array {
  const all = new Float64Array(nCells).fill(NaN);
  cells.forEach((cell, i) => {
    all[cell - from] = values[i] as number;
  });
  return all;
}

function emptySummary(sample: string, nCells: number, expectedRate: number): SampleDoublets {
  return {
    sample,
    nCells,
    status: 'not-testable',
    reasons: [],
    expectedRate,
    nCalled: 0,
    threshold: null,
    detectableShare: null,
    estimatedRate: null,
    nSimulated: 0,
    nVariableGenes: 0,
    nComponents: 0,
    nNeighbours: 0,
    simulatedScores: new Float64Array(0),
  };
}

function notTestable(summary: SampleDoublets, reason: string): ScoredSample {
  const missing = new Float64Array(summary.nCells).fill(NaN);
  const called = new Uint8Array(summary.nCells);
  return { scores: missing, probabilities: missing, called, summary: { ...summary, reasons: [reason] } };
}
