import { report, rngFor, type RunContext, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import { shuffleInPlace } from '../core/rng.js';
import { selectRows } from '../data/compact-counts.js';
import type { CsrMatrix } from '../data/matrix.js';
import { chooseRank } from './choose-rank.js';
import type { ConsensusOfRank, ConsensusPayload } from './consensus-block.js';
import type { NmfRuns, NmfRunsPayload } from './nmf-runs.js';
import { scaleCounts, type ScaledCounts } from './scale-counts.js';
import type { MeasuredCounts } from './gene-spectra.js';
import { genesToFactorise, perMillionMoments } from './genes-to-factorise.js';

/** What {@link consensusNmf} is. */
export const consensusNmfInfo: MethodInfo = {
  id: 'consensus-nmf',
  title: 'Consensus non-negative matrix factorisation of one sample',
  version: '1.0.0',
  doi: ['10.7554/eLife.43803', '10.1162/NECO_a_00256'],
  input: 'raw counts of the cells of one sample',
  output: 'per rank stability, error and programmes with their genes; the rank chosen by stability',
  random: true,
};

/** Options of {@link consensusNmf}. All have defaults, see {@link consensusNmfDefaults}. */
export interface ConsensusNmfOptions {
  /** Numbers of programmes to try. */
  readonly ranks: readonly number[];
  /** Factorisations per rank, each from its own random start. */
  readonly replicates: number;
  /** Genes factorised: the most overdispersed ones, or with `geneRanking: 'mean'` those of highest mean. */
  readonly variableGenes: number;
  readonly geneRanking: 'overdispersion' | 'mean';
  /** Columns to factorise instead, increasing. */
  readonly genes: Uint32Array | null;
  /** Genes listed per programme. */
  readonly programmeGenes: number;
  /** A gene seen in fewer cells is not factorised. */
  readonly minimumCellsPerGene: number;
  /** With fewer cells nothing is factorised. */
  readonly minimumCells: number;
  /** Of more cells so many are drawn. */
  readonly maximumCells: number;
  readonly tolerance: number;
  readonly maximumIterations: number;
  readonly densityThreshold: number;
  readonly neighbourhood: number;
  /** Counts without any programme have stabilities of 0.35 to 0.66 (measured, see the method's page). */
  readonly stabilityMin: number;
  /** How far below the best stability a larger rank may lie and still be taken. */
  readonly stabilityMargin: number;
}

/** Defaults of {@link consensusNmf}. */
export const consensusNmfDefaults: ConsensusNmfOptions = {
  ranks: [4, 5, 6, 7, 8, 9],
  replicates: 20,
  variableGenes: 2000,
  geneRanking: 'overdispersion',
  genes: null,
  programmeGenes: 50,
  minimumCellsPerGene: 10,
  minimumCells: 100,
  maximumCells: 5000,
  tolerance: 1e-5,
  maximumIterations: 500,
  densityThreshold: 0.5,
  neighbourhood: 0.3,
  stabilityMin: 0.7,
  stabilityMargin: 0.05,
};

/** One rank of a sample. */
export interface RankProgrammes extends ConsensusOfRank {
  readonly rank: number;
  /** Squared error of each replicate over ‖X‖². */
  readonly replicateErrors: Float64Array;
  readonly meanIterations: number;
  /** Replicates stopped by the number of iterations. */
  readonly notConverged: number;
}

/** Programmes of one sample. */
export interface ConsensusNmf {
  /** `not-testable`: too few cells or genes, nothing factorised. `unstable`: programmes at every rank, but no rank to prefer. */
  readonly status: 'ok' | 'unstable' | 'not-testable';
  readonly reasons: readonly string[];
  readonly nCells: number;
  /** Rows factorised, increasing. */
  readonly cells: Uint32Array;
  /** Columns factorised, increasing. */
  readonly genes: Uint32Array;
  readonly ranks: readonly RankProgrammes[];
  readonly chosenRank: number | null;
}

/**
 * Consensus NMF of one sample: counts of variable genes scaled to unit variance, factorised from many random starts at several ranks;
 * the spectra of all starts filtered by local density, clustered, and replaced by medians; usages refitted, genes scored on all genes.
 *
 * Every replicate draws from the random stream of its own number and is a block task, so the result is the same for any number of workers.
 *
 * Cost: 4 × rank operations per stored value of the variable genes, iteration and replicate.
 *
 * @param counts - cells × genes, raw
 * @throws OptionError when an option is out of range
 * @throws AbortedError when the caller asked to stop
 * @see doi:10.7554/eLife.43803; Python cNMF 1.7. Differences: coordinate descent makes several sweeps per product and stops by the
 * relative change of the error; genes seen in fewer than `minimumCellsPerGene` cells are left out; usages are not refitted a second time on
 * counts per million; the rank is chosen by a rule instead of by eye
 * @example
 * ```ts
 * const found = await consensusNmf(counts, { ranks: [5, 6, 7] }, context);
 * found.ranks.find((r) => r.rank === found.chosenRank)?.programmes;
 * ```
 */
export async function consensusNmf(
  counts: CsrMatrix,
  options: Partial<ConsensusNmfOptions>,
  context: RunContext,
): Promise<ConsensusNmf> {
  const resolved = { ...consensusNmfDefaults, ...options };
  checkOptions(resolved);
  const cells = drawCells(counts.shape[0], resolved.maximumCells, context);
  const used = cells.length === counts.shape[0] ? counts : selectRows(counts, cells);
  const all = { counts: used, moments: perMillionMoments(used) };
  const genes = resolved.genes ?? chosenGenes(all, resolved);
  const base = { nCells: counts.shape[0], cells, genes };
  const reasons = whyNot(counts.shape[0], genes.length, resolved);
  if (reasons.length > 0) return { ...base, status: 'not-testable', reasons, ranks: [], chosenRank: null };
  const sample = { all, counts: scaleCounts(used, genes), options: resolved };
  const runs = await factorise(sample, context);
  const ranks = await agree(sample, runs, context);
  const chosen = chooseRank(ranks, resolved);
  const status = chosen.rank === null ? 'unstable' : 'ok';
  return { ...base, status, reasons: [chosen.reason], ranks, chosenRank: chosen.rank };
}

interface Sample {
  readonly all: MeasuredCounts;
  readonly counts: ScaledCounts;
  readonly options: ConsensusNmfOptions;
}

function checkOptions(options: ConsensusNmfOptions): void {
  const whole = (
    name: 'replicates' | 'variableGenes' | 'programmeGenes' | 'maximumIterations',
    least: number,
  ): void => {
    const value = options[name];
    if (Number.isInteger(value) && value >= least) return;
    throw new OptionError(`Option ${name} must be a whole number of at least ${String(least)}.`, {
      found: String(value),
    });
  };
  whole('replicates', 2);
  whole('variableGenes', 2);
  whole('programmeGenes', 1);
  whole('maximumIterations', 1);
  if (
    options.ranks.length === 0 ||
    !options.ranks.every((rank) => Number.isInteger(rank) && rank >= 2 && rank <= 100)
  ) {
    throw new OptionError('Option ranks must list whole numbers from 2 to 100.', { found: options.ranks.join(', ') });
  }
  if (!(options.tolerance > 0)) {
    throw new OptionError('Option tolerance must be above zero.', { found: String(options.tolerance) });
  }
}

function drawCells(nCells: number, maximum: number, context: RunContext): Uint32Array {
  const cells = Uint32Array.from({ length: nCells }, (_, cell) => cell);
  if (nCells <= maximum) return cells;
  shuffleInPlace(cells, rngFor(context, 'metaprogrammes/cells'));
  return cells.slice(0, maximum).sort();
}

function chosenGenes({ moments }: MeasuredCounts, options: ConsensusNmfOptions): Uint32Array {
  const { variableGenes: genes, geneRanking: ranking, minimumCellsPerGene: minimumCells } = options;
  return genesToFactorise(moments, { genes, ranking, minimumCells });
}

function whyNot(
  nCells: number,
  nGenes: number,
  { minimumCells, ranks, programmeGenes }: ConsensusNmfOptions,
): string[] {
  const reasons: string[] = [];
  if (nCells < minimumCells) {
    reasons.push(`${String(nCells)} cells; programmes of a sample need at least ${String(minimumCells)}`);
  }
  const leastGenes = Math.max(programmeGenes, ...ranks);
  if (nGenes < leastGenes) reasons.push(`${String(nGenes)} usable genes; at least ${String(leastGenes)} are needed`);
  return reasons;
}

/** Most multiply-adds of a block of replicates at thirty iterations each: some tenths of a second, two seconds without SIMD. */
const blockWork = 8e8;

async function factorise({ counts, options }: Sample, context: RunContext): Promise<ReadonlyMap<number, NmfRuns[]>> {
  const { replicates, tolerance, maximumIterations } = options;
  const payloads: NmfRunsPayload[] = [];
  for (const rank of options.ranks) {
    const perBlock = Math.max(1, Math.floor(blockWork / (60 * rank * counts.rows.data.length)));
    for (let first = 0; first < replicates; first += perBlock) {
      payloads.push({
        ...{ counts, rank, tolerance, maximumIterations, seed: context.seed, firstReplicate: first },
        replicates: Math.min(perBlock, replicates - first),
        label: `metaprogrammes/nmf/${String(rank)}`,
      });
    }
  }
  const blocks = await mapTask<NmfRunsPayload, NmfRuns>('metaprogrammes/nmf-runs', payloads, context);
  return new Map(options.ranks.map((rank) => [rank, blocks.filter((_, b) => payloads[b]?.rank === rank)]));
}

async function agree(
  { all, counts, options }: Sample,
  runs: ReadonlyMap<number, readonly NmfRuns[]>,
  context: RunContext,
): Promise<readonly RankProgrammes[]> {
  const { replicates, densityThreshold, neighbourhood, programmeGenes } = options;
  const payloads = options.ranks.map(
    (rank): ConsensusPayload => ({
      ...{ all, counts, rank, replicates, densityThreshold, neighbourhood, programmeGenes, seed: context.seed },
      spectra: (runs.get(rank) ?? []).map((block) => block.spectra),
      label: `metaprogrammes/consensus/${String(rank)}`,
    }),
  );
  const found = await mapTask<ConsensusPayload, ConsensusOfRank>('metaprogrammes/consensus', payloads, context);
  return options.ranks.map((rank, r) => {
    const blocks = runs.get(rank) ?? [];
    const iterations = blocks.flatMap((block) => Array.from(block.iterations));
    return {
      ...(found[r] as ConsensusOfRank),
      rank,
      replicateErrors: Float64Array.from(blocks.flatMap((block) => Array.from(block.errors))),
      meanIterations: iterations.reduce((sum, n) => sum + n, 0) / iterations.length,
      notConverged: blocks.reduce((sum, block) => sum + block.notConverged, 0),
    };
  });
}

/** What progress calls the two kinds of blocks. */
const stageOf = {
  'metaprogrammes/nmf-runs': 'factorisations',
  'metaprogrammes/consensus': 'consensus of factorisations',
};

function mapTask<P, R>(task: keyof typeof stageOf, payloads: readonly P[], context: RunContext): Promise<R[]> {
  throwIfAborted(context);
  return context.executor.map<P, R>(task, payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, stageOf[task], done, total, 'blocks');
    },
  });
}
