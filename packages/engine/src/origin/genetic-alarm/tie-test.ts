import { report, type RunContext } from '../../core/context.js';
import { normalQuantile } from '../../stats/distributions.js';
import { heritability } from '../lineages/heritability.js';
import { expectedAgreement, groupSisters, type SisterGroups, sisterPairs } from '../lineages/sister-agreement.js';
import type { ResolvedAlarmOptions } from './options.js';
import { agreementSum, type CodedLabel, tieNullTaskName, type TieNullPayload } from './tie-null.js';
import type { GeneticEvidence, GeneticLabel, LabelTie } from './types.js';

/** Draws of one block; fixed, so that the answer does not depend on the number of workers. */
const drawsPerBlock = 250;
const minimumPairs = 10;

/**
 * Independence of the persister state and each label of one source, with the sample as stratum: sister-cell agreement (see
 * `cloneStateTest`) against states dealt out again within samples. Agreement counts every cell once, so that a small clone
 * wholly in the state weighs as it does in Pearson's χ², and cells without a sister weigh nothing.
 *
 * Labels are compared by z = (agreement − mean)/SD of their permutations; a label's corrected P value is the share of
 * permutations in which the largest z of any label is as large (single-step, Westfall and Young 1993).
 *
 * @returns labels that can be tested, most tied first
 */
export async function tieTest(
  evidence: GeneticEvidence,
  options: ResolvedAlarmOptions,
  context: RunContext,
): Promise<readonly LabelTie[]> {
  const order = sampleOrder(evidence);
  const candidates = evidence.labels.flatMap((label): readonly Candidate[] => {
    const groups = groupSisters(statesOf(evidence, label));
    return isTestable(groups, options) ? [{ label, groups, coded: codeLabel(label, evidence, order) }] : [];
  });
  if (candidates.length === 0) return [];
  const nulls = await drawNulls(candidates, { evidence, starts: order.starts, options }, context);
  const largest = largestByDraw(nulls);
  return candidates
    .map(({ label, groups, coded }, l): readonly [LabelTie, number] => {
      const { draws, mean, sd } = nulls[l] as NullOfLabel;
      const sum = observedSum(coded);
      const z = sd === 0 ? 0 : (sum - mean) / sd;
      const pAdjusted = sd === 0 ? 1 : shareAtLeast(largest, z);
      const described = describe(label, groups, { sd, level: options.level });
      return [{ ...described, pValue: shareAtLeast(draws, sum), pAdjusted }, z];
    })
    .sort(([, a], [, b]) => b - a)
    .map(([tie]) => tie);
}

/** A label that can be tested. */
interface Candidate {
  readonly label: GeneticLabel;
  readonly groups: SisterGroups;
  readonly coded: ObservedLabel;
}

async function drawNulls(
  candidates: readonly Candidate[],
  run: { readonly evidence: GeneticEvidence; readonly starts: Int32Array; readonly options: ResolvedAlarmOptions },
  context: RunContext,
): Promise<readonly NullOfLabel[]> {
  const { patient, source } = run.evidence;
  const payloads = blocksOf(
    candidates.map(({ coded }) => coded),
    { starts: run.starts, stream: `origin/genetic-alarm/${patient}/${source}`, ...run.options },
    context.seed,
  );
  const blocks = await context.executor.map<TieNullPayload, Float64Array>(tieNullTaskName, payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, `genetic alarm, ${patient}, ${source}`, done, total, 'blocks');
    },
  });
  return candidates.map(({ coded }, l) => summarise(blocks, { l, n: candidates.length, observed: observedSum(coded) }));
}

interface SampleOrder {
  /** Cells with a state, those of a sample together. */
  readonly cells: readonly number[];
  readonly starts: Int32Array;
}

function sampleOrder({ sample, persister }: GeneticEvidence): SampleOrder {
  const names = [...new Set(sample)];
  const groups = names.map((name) => sample.flatMap((own, i) => (own === name && persister[i] != null ? [i] : [])));
  const starts = new Int32Array(names.length + 1);
  groups.forEach((cells, s) => {
    starts[s + 1] = (starts[s] as number) + cells.length;
  });
  return { cells: groups.flat(), starts };
}

function statesOf(
  { sample, persister }: GeneticEvidence,
  { values }: GeneticLabel,
): Parameters<typeof groupSisters>[0] {
  const state = persister.map((one) => (one === null ? null : one ? 'persister' : 'other'));
  return { clone: values, state, stratum: sample };
}

/** Whether a label can be tested: enough cells, enough of either state within samples, and more than one clone in one. */
function isTestable(groups: SisterGroups, { minimumCells, minimumPerState }: ResolvedAlarmOptions): boolean {
  const { state, cloneSize, stratumStarts } = groups;
  if (state.length < minimumCells || rarerWithin(groups) < minimumPerState) return false;
  return cloneSize.length > stratumStarts.length - 1 && sisterPairs(groups) >= minimumPairs;
}

/** Cells in the rarer state of their sample: only where both states occur can clones differ. */
function rarerWithin({ state, stratumStarts }: SisterGroups): number {
  let sum = 0;
  for (let s = 0; s + 1 < stratumStarts.length; s++) {
    const own = state.subarray(stratumStarts[s], stratumStarts[s + 1]);
    const first = own.filter((one) => one === 0).length;
    sum += Math.min(first, own.length - first);
  }
  return sum;
}

interface ObservedLabel extends CodedLabel {
  /** Cells of each clone in the rarer state of its sample. */
  readonly observed: Int32Array;
}

function codeLabel(
  { values }: GeneticLabel,
  { persister }: GeneticEvidence,
  { cells, starts }: SampleOrder,
): ObservedLabel {
  const clone = new Int32Array(cells.length).fill(-1);
  const sizes: number[] = [];
  const inState: number[] = [];
  const rarer = new Int32Array(starts.length - 1);
  for (let s = 0; s < rarer.length; s++) {
    const [from, to] = [starts[s] as number, starts[s + 1] as number];
    const held = cells.slice(from, to).filter((cell) => values[cell] != null);
    const nPersisters = held.filter((cell) => persister[cell] === true).length;
    const isRarer = 2 * nPersisters <= held.length;
    rarer[s] = Math.min(nPersisters, held.length - nPersisters);
    const codes = new Map<string, number>();
    for (let i = from; i < to; i++) {
      const name = values[cells[i] as number] ?? null;
      if (name === null) continue;
      const c = codes.get(name) ?? sizes.push(0) - 1;
      codes.set(name, c);
      clone[i] = c;
      sizes[c] = (sizes[c] as number) + 1;
      inState[c] = (inState[c] ?? 0) + (persister[cells[i] as number] === isRarer ? 1 : 0);
    }
  }
  return { clone, cloneSize: Int32Array.from(sizes), rarer, observed: Int32Array.from(inState) };
}

function blocksOf(
  labels: readonly ObservedLabel[],
  {
    starts,
    stream,
    permutations,
  }: { readonly starts: Int32Array; readonly stream: string; readonly permutations: number },
  seed: number,
): readonly TieNullPayload[] {
  const coded = labels.map(({ clone, cloneSize, rarer }) => ({ clone, cloneSize, rarer }));
  return Array.from({ length: Math.ceil(permutations / drawsPerBlock) }, (_, block) => ({
    labels: coded,
    starts,
    draws: Math.min(drawsPerBlock, permutations - block * drawsPerBlock),
    seed,
    stream,
    block,
  }));
}

function observedSum({ observed, cloneSize }: ObservedLabel): number {
  return agreementSum(observed, cloneSize);
}

interface NullOfLabel {
  readonly draws: Float64Array;
  readonly mean: number;
  readonly sd: number;
}

function summarise(
  blocks: readonly Float64Array[],
  { l, n, observed }: { readonly l: number; readonly n: number; readonly observed: number },
): NullOfLabel {
  const draws = Float64Array.from(
    blocks.flatMap((block) => Array.from({ length: block.length / n }, (_, draw) => block[draw * n + l] as number)),
  );
  // The observed sum is one more draw under the null: with it, z of draws and of the data are exchangeable.
  const all = [...draws, observed];
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
  const variance = all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (all.length - 1);
  return { draws, mean, sd: Math.sqrt(variance) };
}

function largestByDraw(nulls: readonly NullOfLabel[]): Float64Array {
  const nDraws = (nulls[0] as NullOfLabel).draws.length;
  return Float64Array.from({ length: nDraws }, (_, draw) =>
    nulls.reduce(
      (most, { draws, mean, sd }) => (sd === 0 ? most : Math.max(most, ((draws[draw] as number) - mean) / sd)),
      -Infinity,
    ),
  );
}

/** Permutation P value; equal tables may differ by rounding and count as equal. */
function shareAtLeast(draws: Float64Array, observed: number): number {
  const least = observed - 1e-9 * Math.max(1, Math.abs(observed));
  return (draws.filter((draw) => draw >= least).length + 1) / (draws.length + 1);
}

function describe(
  { name, kind }: GeneticLabel,
  groups: SisterGroups,
  { sd, level }: { readonly sd: number; readonly level: number },
): Omit<LabelTie, 'pValue' | 'pAdjusted'> {
  const expected = expectedAgreement(groups);
  const nPaired = groups.cloneSize.reduce((sum, size) => sum + (size > 1 ? size : 0), 0);
  const found = heritability(groups, { level });
  const value = found.value ?? NaN;
  const underNull = (normalQuantile(0.95) * sd) / (nPaired * (1 - expected));
  const ofEstimate = found.low === null ? 0 : value - found.low;
  const heritabilityBound = Math.min(1, value + Math.max(underNull, ofEstimate));
  return { label: name, kind, nCells: groups.state.length, heritability: found, heritabilityBound };
}
