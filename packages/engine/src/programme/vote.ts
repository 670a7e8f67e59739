import { type RunContext, report, rngFor, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import { exp2 } from '../core/pinned-math.js';
import { type Rng, shuffleInPlace } from '../core/rng.js';
import { mean } from '../core/sum.js';
import { selectSamples } from '../data/expression.js';
import { quantile } from '../stats/quantile.js';
import type { StageContrast } from '../study/types.js';
import { columnsOf, type NormalizedInput, type NotTestable, testablePatients } from './input.js';
import { countVotes, type DirectedVotes, type VoteNullCounts, type VoteNullPayload } from './vote-null.js';

/** What {@link vote} is. */
export const voteInfo: MethodInfo = {
  id: 'vote',
  title: 'Vote of the patients, with stage labels permuted within patient',
  version: '1.0.0',
  doi: ['10.1073/pnas.091062498', '10.2202/1544-6115.1585'],
  input: 'normalised log2 expression, genes × samples, with patient and stage of every sample',
  output:
    'per gene the patients that agree; per number of patients the genes observed, expected by chance, and the FDR',
  random: true,
};

/** Options of {@link vote}. */
export interface VoteOptions {
  readonly contrast: Pick<StageContrast, 'from' | 'to'>;
  /** Effect a patient needs to vote, log2; zero for the direction alone. */
  readonly effectMin: number;
  readonly permutations: number;
  /** False-discovery rate at which genes are called shared. */
  readonly fdr: number;
}

/** Genes that at least `votes` patients agree on, against permuted labels. */
export interface VoteLevel {
  readonly votes: number;
  readonly observed: number;
  readonly observedUp: number;
  readonly observedDown: number;
  /** Mean number of genes over the permutations. */
  readonly expected: number;
  /** 95 % quantile of the number of genes over the permutations. */
  readonly expected95: number;
  /** `expected / observed`, at most one; null when no gene is observed. */
  readonly fdr: number | null;
  /** Share of permutations with at least as many genes as observed: the P value of the level as a whole. */
  readonly pValue: number;
  /** Share of permutations with any gene at this level: the family-wise error of calling one gene at it. */
  readonly familyWiseError: number;
}

/** The vote of the patients. */
export interface Vote {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly genes: readonly string[];
  readonly patients: readonly string[];
  readonly notTestable: readonly NotTestable[];
  /** Patients raised, and lowered, by at least `effectMin`, per gene. */
  readonly votesUp: Uint8Array;
  readonly votesDown: Uint8Array;
  /** `(1 + permutations with as many votes) / (1 + permutations)`, two-sided, per gene. */
  readonly pValue: Float64Array;
  /** Distinct labellings the design allows; the P value of a gene cannot go below about two over this. */
  readonly nLabellings: number;
  /** One entry per number of votes, from one to the number of patients. */
  readonly levels: readonly VoteLevel[];
  /** Fewest votes from which every level has an FDR at most `fdr`; null when there is none. */
  readonly calledVotes: number | null;
  /** Per gene +1 or −1 when called, else 0. */
  readonly direction: Int8Array;
  /** Genes raised (lowered) in every patient by any amount, and the number a fair coin would give. */
  readonly unanimous: { readonly up: number; readonly down: number; readonly expectedEach: number };
}

/** Permutations per block of work: fixed, so that the answer does not depend on the number of workers. */
const permutationsPerBlock = 50;

/**
 * Counts, for every gene, the patients whose effect (mean of `to` minus mean of `from`) is at least `effectMin` in one
 * direction, and compares the number of genes at each vote with what permuted stage labels give.
 *
 * Labels are permuted within patient, and together for all genes, so patient differences and the correlation between
 * genes are kept. With one sample per arm a permutation is the flip of that patient's sign for the whole genome.
 * The FDR of a level is the mean count under permutation over the observed count (all genes taken as null, hence
 * conservative). A patient with many replicates casts hardly any vote by chance: the null knows how well it was measured.
 *
 * @param input - the study; samples of other stages are not used
 * @throws OptionError when an option is out of range
 * @see doi:10.1073/pnas.091062498 (expected over observed counts), doi:10.2202/1544-6115.1585 (why one is added to P)
 * @example
 * ```ts
 * const found = await vote(input, { contrast, effectMin: 0.5, permutations: 1000, fdr: 0.05 }, context);
 * found.levels.at(-1); // genes all patients agree on, against chance
 * ```
 */
export async function vote(input: NormalizedInput, options: VoteOptions, context: RunContext): Promise<Vote> {
  checkOptions(options);
  const { testable, notTestable } = testablePatients(input, options.contrast);
  if (testable.length < 2) return notIdentifiable(input, testable, notTestable);
  const layout = layOut(input, testable, options);
  const found = countVotes({ ...layout, coefficients: trueCoefficients(layout) });
  const highest = found.up.map((up, g) => Math.max(up, found.down[g] as number));
  const counts = await permute(layout, highest, options, context);
  const levels = testable.map((_, k) => levelOf(k + 1, found, counts.genesAtLevel, testable.length + 1));
  const calledVotes = lowestCalled(levels, options.fdr);
  return {
    status: 'ok',
    reasons: [],
    genes: input.counts.genes,
    patients: testable,
    notTestable,
    votesUp: found.up,
    votesDown: found.down,
    pValue: Float64Array.from(counts.exceedances, (n) => (1 + n) / (1 + options.permutations)),
    nLabellings: labellings(layout),
    levels,
    calledVotes,
    direction: callDirections(found, calledVotes),
    unanimous: unanimousGenes(layout),
  };
}

function checkOptions({ contrast, effectMin, permutations, fdr }: VoteOptions): void {
  if (contrast.from === contrast.to) throw new OptionError('A contrast needs two different stages.');
  if (!(effectMin >= 0)) throw new OptionError('Option effectMin must be zero or more.', { found: String(effectMin) });
  if (!(Number.isInteger(permutations) && permutations >= 1)) {
    throw new OptionError('Option permutations must be a whole number of at least 1.', { found: String(permutations) });
  }
  if (!(fdr > 0 && fdr < 1)) throw new OptionError('Option fdr must lie between 0 and 1.', { found: String(fdr) });
}

function notIdentifiable(
  input: NormalizedInput,
  patients: readonly string[],
  notTestable: readonly NotTestable[],
): Vote {
  const nGenes = input.counts.genes.length;
  return {
    status: 'not-identifiable',
    reasons: ['a vote needs at least two patients with both stages'],
    genes: input.counts.genes,
    patients,
    notTestable,
    votesUp: new Uint8Array(nGenes),
    votesDown: new Uint8Array(nGenes),
    pValue: new Float64Array(nGenes).fill(NaN),
    nLabellings: 0,
    levels: [],
    calledVotes: null,
    direction: new Int8Array(nGenes),
    unanimous: { up: 0, down: 0, expectedEach: NaN },
  };
}

/** The samples the vote uses, patient by patient: first those of `to`, then those of `from`. */
interface Layout extends Omit<VoteNullPayload, 'coefficients' | 'observedVotes'> {
  readonly nTo: readonly number[];
  readonly nFrom: readonly number[];
}

function layOut(input: NormalizedInput, patients: readonly string[], { contrast, effectMin }: VoteOptions): Layout {
  const to = patients.map((patient) => columnsOf(input, patient, contrast.to));
  const from = patients.map((patient) => columnsOf(input, patient, contrast.from));
  const columns = patients.flatMap((_, k) => [...(to[k] ?? []), ...(from[k] ?? [])]);
  const nTo = to.map((c) => c.length);
  const nFrom = from.map((c) => c.length);
  const starts = [0];
  nTo.forEach((n, k) => starts.push((starts[k] as number) + n + (nFrom[k] as number)));
  return {
    expression: selectSamples(input.logExpression, columns).values,
    nGenes: input.counts.genes.length,
    patientStarts: Int32Array.from(starts),
    effectMin,
    nTo,
    nFrom,
  };
}

function trueCoefficients({ nTo, nFrom }: Layout): Float64Array {
  return Float64Array.from(
    nTo.flatMap((n, k) => {
      const m = nFrom[k] as number;
      return [...new Array<number>(n).fill(1 / n), ...new Array<number>(m).fill(-1 / m)];
    }),
  );
}

/** Label coefficients of a block: the true ones shuffled within each patient. */
function permutedCoefficients(layout: Layout, nPermutations: number, rng: Rng): Float64Array {
  const labels = trueCoefficients(layout);
  const rows = new Float64Array(nPermutations * labels.length);
  for (let p = 0; p < nPermutations; p++) {
    rows.set(labels, p * labels.length);
    layout.nTo.forEach((_, k) => {
      const [start, end] = [layout.patientStarts[k] as number, layout.patientStarts[k + 1] as number];
      shuffleInPlace(rows.subarray(p * labels.length + start, p * labels.length + end), rng);
    });
  }
  return rows;
}

async function permute(
  { nTo, nFrom, ...shared }: Layout,
  observedVotes: Uint8Array,
  { permutations }: VoteOptions,
  context: RunContext,
): Promise<VoteNullCounts> {
  const payloads: VoteNullPayload[] = [];
  for (let block = 0; block * permutationsPerBlock < permutations; block++) {
    const n = Math.min(permutationsPerBlock, permutations - block * permutationsPerBlock);
    const coefficients = permutedCoefficients({ nTo, nFrom, ...shared }, n, rngFor(context, 'programme/vote', block));
    payloads.push({ ...shared, coefficients, observedVotes });
  }
  throwIfAborted(context);
  const blocks = await context.executor.map<VoteNullPayload, VoteNullCounts>('programme/vote-null', payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, 'vote', done, total, 'blocks');
    },
  });
  return mergeBlocks(blocks, shared.nGenes);
}

function mergeBlocks(blocks: readonly VoteNullCounts[], nGenes: number): VoteNullCounts {
  const exceedances = new Int32Array(nGenes);
  for (const block of blocks) {
    block.exceedances.forEach((n, g) => {
      exceedances[g] = (exceedances[g] as number) + n;
    });
  }
  return { exceedances, genesAtLevel: Int32Array.from(blocks.flatMap((block) => Array.from(block.genesAtLevel))) };
}

function levelOf(votes: number, found: DirectedVotes, genesAtLevel: Int32Array, nLevels: number): VoteLevel {
  const counts: number[] = [];
  for (let at = votes; at < genesAtLevel.length; at += nLevels) counts.push(genesAtLevel[at] as number);
  const observedUp = countAtLeast(found.up, votes);
  const observedDown = countAtLeast(found.down, votes);
  const observed = found.up.filter((up, g) => Math.max(up, found.down[g] as number) >= votes).length;
  const expected = mean(counts);
  const share = (least: number): number => (1 + counts.filter((n) => n >= least).length) / (1 + counts.length);
  return {
    votes,
    observed,
    observedUp,
    observedDown,
    expected,
    expected95: quantile(counts, 0.95),
    fdr: observed === 0 ? null : Math.min(1, expected / observed),
    pValue: share(observed),
    familyWiseError: share(1),
  };
}

function lowestCalled(levels: readonly VoteLevel[], fdr: number): number | null {
  let called: number | null = null;
  for (const level of levels.toReversed()) {
    if (level.fdr === null) continue;
    if (level.fdr > fdr) return called;
    called = level.votes;
  }
  return called;
}

function callDirections({ up, down }: DirectedVotes, calledVotes: number | null): Int8Array {
  return Int8Array.from(up, (raised, g) => {
    const lowered = down[g] as number;
    if (calledVotes === null || Math.max(raised, lowered) < calledVotes) return 0;
    return Math.sign(raised - lowered);
  });
}

function unanimousGenes(layout: Layout): Vote['unanimous'] {
  const { up, down } = countVotes({ ...layout, coefficients: trueCoefficients(layout), effectMin: 0 });
  const nPatients = layout.nTo.length;
  const expectedEach = layout.nGenes * exp2(-nPatients);
  return { up: countAtLeast(up, nPatients), down: countAtLeast(down, nPatients), expectedEach };
}

function countAtLeast(votes: Uint8Array, least: number): number {
  return votes.filter((n) => n >= least).length;
}

function labellings({ nTo, nFrom }: Layout): number {
  return nTo.reduce((product, n, k) => product * choose(n + (nFrom[k] as number), n), 1);
}

/** Binomial coefficient in floating point: exact while it fits 53 bits, which is all a printed count needs. */
function choose(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return value;
}
