import { type CellCounts, sampleRanges } from '../cells/cell-counts.js';
import { report, rngFor, type RunContext, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import type { MethodInfo, Warning } from '../core/method.js';
import { selectRows } from '../data/compact-counts.js';
import type { GeneSetCollection } from '../data/resources.js';
import type { StageContrast } from '../study/types.js';
import {
  annotateMetaProgramme,
  confounderOverlaps,
  type ConfounderOverlap,
  type MetaProgrammeAnnotation,
} from './annotate-meta-programmes.js';
import { type CellProgramme, overlapMatrix } from './cell-programme.js';
import { type ConsensusNmf, consensusNmf, type ConsensusNmfOptions } from './consensus-nmf.js';
import { controlMatchedScores } from './control-matched-score.js';
import { meanExpression, rowsFrom, type SampleMeans } from './mean-expression.js';
import { type MergedProgramme, mergeProgrammes } from './merge-programmes.js';
import { metaProgrammeWarnings } from './meta-programme-warnings.js';
import { type ProgrammeNumber, programmeNumber } from './programme-number.js';
import { type ProgrammeTally, robustProgrammes } from './robust-programmes.js';
import { checkRules, type FounderRule, founderRule, metaProgrammeRules, type MetaProgrammeRules } from './rules.js';
import { type MetaProgrammeTest, testMetaProgrammes } from './test-meta-programmes.js';

/** What {@link metaProgrammes} is. */
export const metaProgrammesInfo: MethodInfo = {
  id: 'meta-programmes',
  title: 'Programmes of each sample without labels, and meta-programmes across patients',
  version: '1.0.0',
  doi: ['10.1038/s41586-023-06130-4', '10.7554/eLife.43803', '10.1111/1467-9868.00293'],
  input: 'raw counts of the cells of all samples',
  output:
    'programmes per sample and rank; meta-programmes with their number, annotation and difference between stages per patient',
  random: true,
};

/** Options of {@link metaProgrammes}. */
export interface MetaProgrammesOptions {
  readonly contrast: Pick<StageContrast, 'from' | 'to'>;
  /** Changes to {@link metaProgrammeFactorisation}. */
  readonly factorisation?: Partial<ConsensusNmfOptions>;
  /** Changes to {@link metaProgrammeRules}. */
  readonly rules?: Partial<MetaProgrammeRules>;
  /** Shuffles of gene labels per patient for the number of meta-programmes. Default 200. */
  readonly shuffles?: number;
  /** P value above which left-out patients are taken to share nothing. Default 0.05. */
  readonly pValueMax?: number;
  /** Published sets listed per meta-programme. Default 5. */
  readonly annotations?: number;
}

/** Sets of genes that meta-programmes are compared with; null when not installed. */
export interface MetaProgrammeKnowledge {
  /** The vocabulary: published meta-programmes. */
  readonly metaPrograms: GeneSetCollection | null;
  /** Curated sets whose meta-programmes are flagged: cell cycle, dissociation stress. */
  readonly confounders: GeneSetCollection | null;
}

/** Factorisation in the making of meta-programmes: ten replicates, as published, at ranks four to nine. */
export const metaProgrammeFactorisation: Partial<ConsensusNmfOptions> = { ranks: [4, 5, 6, 7, 8, 9], replicates: 10 };

/** One sample: its factorisations, without the usages of single cells, and its programmes. */
export interface SampleProgrammes extends Omit<ConsensusNmf, 'cells' | 'genes' | 'ranks'> {
  readonly sample: string;
  readonly patient: string;
  /** Cells and genes factorised. */
  readonly nCellsUsed: number;
  readonly nGenes: number;
  readonly ranks: readonly SampleRank[];
  readonly programmes: readonly CellProgramme[];
}

/** Stability and error of one rank of a sample. */
export interface SampleRank {
  readonly rank: number;
  readonly stability: number;
  readonly error: number;
  readonly nOutliers: number;
  readonly meanIterations: number;
  readonly notConverged: number;
}

/** A programme found in several patients. */
export interface MetaProgramme {
  /** `MP1`, `MP2`, … in the order they were made. */
  readonly name: string;
  readonly genes: readonly string[];
  /** Members that list each gene. */
  readonly frequency: Int32Array;
  /** Indices into `kept`, in the order they joined. */
  readonly members: readonly number[];
  readonly samples: readonly string[];
  readonly patients: readonly string[];
  /** Among the first `number.chosen`; null when the number could not be tested. */
  readonly supported: boolean | null;
  /** Best published sets; null without the collection. */
  readonly annotations: readonly MetaProgrammeAnnotation[] | null;
  /** Overlap with every confounder set; null without them. */
  readonly confounders: readonly ConfounderOverlap[] | null;
  /** Score in each sample, in the order of `samples` of the result. */
  readonly scores: Float64Array;
  readonly test: MetaProgrammeTest;
}

/** Programmes without labels, and what patients share of them. */
export interface MetaProgrammes {
  readonly status: 'ok' | 'none' | 'not-testable';
  readonly reasons: readonly string[];
  readonly samples: readonly SampleProgrammes[];
  readonly rules: MetaProgrammeRules;
  readonly founder: FounderRule;
  readonly tally: readonly ProgrammeTally[];
  /** Programmes that passed the rules, in the order of a heat map: by meta-programme, then those in none. */
  readonly kept: readonly CellProgramme[];
  /** Meta-programme of each kept programme, −1 for none. */
  readonly memberOf: Int32Array;
  /** Genes shared by each pair of kept programmes, in their order. */
  readonly overlaps: Int32Array;
  readonly metaProgrammes: readonly MetaProgramme[];
  readonly number: ProgrammeNumber;
  readonly warnings: readonly Warning[];
}

/**
 * Finds programmes in each sample without using any label, merges those that recur across patients into meta-programmes, says how many of
 * these held-out patients support, names them by published ones, and tests each between two stages with the patient as unit.
 *
 * @param cells - the tumour cells of all samples
 * @param knowledge - gene sets to compare with
 * @throws OptionError when an option is out of range; AbortedError when the caller asked to stop
 * @see doi:10.1038/s41586-023-06130-4, doi:10.7554/eLife.43803; differences are listed at {@link consensusNmf}, `robustProgrammes`,
 * `mergeProgrammes`
 * @example
 * ```ts
 * const found = await metaProgrammes(cells, { metaPrograms, confounders: null }, { contrast }, context);
 * found.metaProgrammes.map(({ name, patients, test }) => [name, patients.length, test.pooled.estimate]);
 * ```
 */
export async function metaProgrammes(
  cells: CellCounts,
  knowledge: MetaProgrammeKnowledge,
  options: MetaProgrammesOptions,
  context: RunContext,
): Promise<MetaProgrammes> {
  const rules = { ...metaProgrammeRules, ...options.rules };
  checkRules(rules);
  if (options.contrast.from === options.contrast.to) throw new OptionError('A contrast needs two different stages.');
  const samples = await factoriseSamples(cells, options, context);
  const programmes = samples.flatMap((sample) => sample.programmes);
  const used = samples.filter((sample) => sample.programmes.length > 0);
  const founder = founderRule(rules, new Set(used.map((sample) => sample.patient)).size, used.length);
  const robust = robustProgrammes(programmes, rules, founder.unit);
  const candidates = robust.kept.map((i) => programmes[i] as CellProgramme);
  const merged = mergeProgrammes(candidates, rules, founder);
  const number = countProgrammes(programmes, merged.length, { options, rules, founder }, context);
  const order = heatMapOrder(candidates.length, merged);
  const kept = order.map((i) => candidates[i] as CellProgramme);
  const placeOf = new Map(order.map((i, place) => [i, place]));
  const means = await meanExpression(cells, context);
  const found = describe(merged, { candidates, placeOf, means, number, cells, knowledge, options }, context);
  const result = {
    ...statusOf(used.length, candidates.length, found.length),
    ...{ samples, rules, founder, kept, number, tally: robust.tally, metaProgrammes: found },
    memberOf: Int32Array.from(kept, (_, place) => found.findIndex(({ members }) => members.includes(place))),
    overlaps: overlapMatrix(kept),
  };
  return { ...result, warnings: metaProgrammeWarnings(result) };
}

async function factoriseSamples(
  cells: CellCounts,
  options: MetaProgrammesOptions,
  context: RunContext,
): Promise<readonly SampleProgrammes[]> {
  const factorisation = { ...metaProgrammeFactorisation, ...options.factorisation };
  const found: SampleProgrammes[] = [];
  for (const [s, [start, end]] of sampleRanges(cells).entries()) {
    throwIfAborted(context);
    report(context, 'programmes of samples', s, cells.samples.length, 'samples');
    const { sample, patient } = cells.samples[s] as CellCounts['samples'][number];
    const counts = selectRows(cells.counts, rowsFrom(start, end));
    const { ranks, cells: used, genes, ...rest } = await consensusNmf(counts, factorisation, withoutProgress(context));
    found.push({
      ...{ ...rest, sample, patient, nCellsUsed: used.length, nGenes: genes.length },
      ranks: ranks.map(({ rank, stability, error, nOutliers, meanIterations, notConverged }) => ({
        ...{ rank, stability, error, nOutliers, meanIterations, notConverged },
      })),
      programmes: ranks.flatMap(({ rank, programmes }) =>
        programmes.map((programme, j) => ({
          ...{ sample, patient, rank, index: j + 1, usageShare: programme.usageShare },
          genes: Array.from(programme.genes, (g) => cells.genes[g] as string),
          weights: programme.scores,
        })),
      ),
    });
  }
  report(context, 'programmes of samples', cells.samples.length, cells.samples.length, 'samples');
  return found;
}

/** Progress is told by sample; that of the blocks of one sample would go back and forth. */
function withoutProgress({ seed, executor, signal }: RunContext): RunContext {
  return signal === undefined ? { seed, executor } : { seed, executor, signal };
}

function countProgrammes(
  programmes: readonly CellProgramme[],
  most: number,
  used: {
    readonly options: MetaProgrammesOptions;
    readonly rules: MetaProgrammeRules;
    readonly founder: FounderRule;
  },
  context: RunContext,
): ProgrammeNumber {
  const { shuffles = 200, pValueMax = 0.05 } = used.options;
  const { rules, founder } = used;
  return programmeNumber(programmes, most, { rules, founder, shuffles, pValueMax }, context);
}

/** Members of each meta-programme in the order they joined, then the programmes in none. */
function heatMapOrder(n: number, merged: readonly MergedProgramme[]): readonly number[] {
  const members = merged.flatMap((one) => one.members);
  const taken = new Set(members);
  return [...members, ...Array.from({ length: n }, (_, i) => i).filter((i) => !taken.has(i))];
}

interface Described {
  readonly candidates: readonly CellProgramme[];
  readonly placeOf: ReadonlyMap<number, number>;
  readonly means: SampleMeans;
  readonly number: ProgrammeNumber;
  readonly cells: CellCounts;
  readonly knowledge: MetaProgrammeKnowledge;
  readonly options: MetaProgrammesOptions;
}

function describe(merged: readonly MergedProgramme[], found: Described, context: RunContext): readonly MetaProgramme[] {
  const { candidates, placeOf, means, number, cells, knowledge, options } = found;
  const measured = measuredGenes(means);
  const scores = merged.map(({ genes }) => controlMatchedScores(means, genes));
  const { samples } = cells;
  const tests = testMetaProgrammes(
    scores,
    { samples, contrast: options.contrast },
    rngFor(context, 'metaprogrammes/test'),
  );
  const lists = merged.map(({ genes }) => genes);
  const confounded = knowledge.confounders === null ? null : confounderOverlaps(lists, measured, knowledge.confounders);
  return merged.map((one, k) => {
    const members = one.members.map((i) => candidates[i] as CellProgramme);
    const { metaPrograms: collection } = knowledge;
    return {
      name: `MP${String(k + 1)}`,
      genes: one.genes,
      frequency: one.frequency,
      members: one.members.map((i) => placeOf.get(i) as number),
      samples: [...new Set(members.map((member) => member.sample))],
      patients: [...new Set(members.map((member) => member.patient))],
      supported: number.chosen === null ? null : k < number.chosen,
      annotations:
        collection === null
          ? null
          : annotateMetaProgramme(one.genes, measured, { collection, most: options.annotations ?? 5 }),
      confounders: confounded?.[k] ?? null,
      scores: scores[k] as Float64Array,
      test: tests[k] as MetaProgrammeTest,
    };
  });
}

/** Genes with a count in any sample. */
function measuredGenes({ genes, means }: SampleMeans): readonly string[] {
  const nSamples = means.length / Math.max(1, genes.length);
  return genes.filter((_, g) =>
    Array.from({ length: nSamples }, (__, s) => means[s * genes.length + g] as number).some((value) => value > 0),
  );
}

function statusOf(nUsed: number, nKept: number, nFound: number): Pick<MetaProgrammes, 'status' | 'reasons'> {
  if (nUsed < 2)
    return { status: 'not-testable', reasons: ['fewer than two samples have enough cells for programmes'] };
  if (nKept === 0)
    return { status: 'none', reasons: ['no programme is found at several ranks and in another patient'] };
  if (nFound === 0) return { status: 'none', reasons: ['no programme has enough partners to found a meta-programme'] };
  return { status: 'ok', reasons: [] };
}
