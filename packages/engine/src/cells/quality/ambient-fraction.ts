import { rngFor, type RunContext } from '../../core/context.js';
import { OptionError, ShapeError } from '../../core/errors.js';
import type { Estimate, MethodInfo, Warning } from '../../core/method.js';
import { exp, log } from '../../core/pinned-math.js';
import type { Rng } from '../../core/rng.js';
import { normalQuantile } from '../../stats/distributions.js';
import { quantile } from '../../stats/quantile.js';
import {
  type AmbientGene,
  type CandidateCounts,
  candidateCounts,
  findAmbientGenes,
  highestFraction,
} from './ambient-genes.js';
import { type AmbientScore, ambientShares, towardsEmptyDroplets } from './ambient-score.js';
import { requireGenes, rowTotals, type SampleCellCounts } from './sample-cell-counts.js';

/** What {@link ambientFraction} is. */
export const ambientFractionInfo: MethodInfo = {
  id: 'ambient-fraction',
  title: 'Share of a sample’s counts that is ambient RNA',
  version: '1.0.0',
  doi: ['10.1093/gigascience/giaa151', '10.1214/aop/1176996359'],
  input: 'raw counts of the cells of one sample; the profile of its empty droplets',
  output: 'the ambient fraction of the counts, 0 to 1, with an interval; a score per cell',
  random: true,
};

/** Options of {@link ambientFraction}. */
export interface AmbientFractionOptions {
  /** Share of every gene in the empty droplets (`EmptyDroplets.ambientProfile`); null when they are not known. */
  readonly profile: Float64Array | null;
  /** Coverage of the interval. */
  readonly level?: number;
  /** Bootstrap draws of the interval. */
  readonly bootstraps?: number;
  /** Genes with two groups of cells that an estimate needs. */
  readonly minimumGenes?: number;
  /** Names the random stream, so that samples of a study do not share theirs. */
  readonly stream?: string;
}

/** A gene that informed the estimate. */
export interface AmbientGeneRow extends AmbientGene {
  readonly gene: string;
}

/** The ambient RNA of one sample. */
export interface AmbientEstimate {
  /**
   * Ambient share of all counts of the cells. `not-identifiable` when the profile of the empty droplets is unknown, or when no gene is
   * expressed by only a part of the cells; `high` is then the most that the data allow.
   */
  readonly fraction: Estimate;
  /** The same with the cells' mean profile in place of the unknown one; null when the profile is known. */
  readonly standIn: Estimate | null;
  readonly profileFrom: 'empty droplets' | 'mean of the cells (stand-in)';
  /** Genes the estimate rests on, by ambient share. */
  readonly genes: readonly AmbientGeneRow[];
  /**
   * A covariate per cell: its own ambient share where `fraction` or `standIn` has a value, else how far it lies towards the empty droplets where those are
   * known, else null.
   */
  readonly score: AmbientScore | null;
  readonly warnings: readonly Warning[];
}

/**
 * Estimates the ambient share ρ of a sample's counts from genes that only a part of its cells express: in the other cells every count of such a
 * gene is ambient.
 *
 * For each of the 500 genes with the largest ambient shares, cells are parted into two groups where there are two, and the lower group gives
 * `ρ_g = found / expected` (see `findAmbientGenes`). A gene that the lower group expresses a little gives too much, so ρ is the mode of
 * the ρ_g and not their mean: the highest point of the sum of log-normal densities around them, each as wide as its Poisson error
 * and 10 % for what is not Poisson. Interval: percentile bootstrap over genes. No clusters are needed.
 *
 * A sample of one kind of cell has no such genes: then ρ cannot be told from expression, and the answer is *not identifiable*, with the
 * highest value the genes allow. So is one whose interval spans more than a factor of two: its genes are not ambient alone in any group of cells.
 *
 * @param sample - the cells only, raw counts
 * @throws ShapeError when genes, counts and profile do not fit; OptionError for an option out of range
 * @see SoupX, doi:10.1093/gigascience/giaa151: same model (counts in cells that do not express a gene, mode over genes); there the
 * cells come from clusters, and marker genes from their tf-idf
 */
export async function ambientFraction(
  sample: SampleCellCounts,
  options: AmbientFractionOptions,
  context: RunContext,
): Promise<AmbientEstimate> {
  const resolved = { level: 0.9, bootstraps: 500, minimumGenes: 10, stream: '', ...options };
  requireFit(sample, resolved);
  const totals = rowTotals(sample.counts);
  const mean = meanProfile(sample, totals);
  const candidates = candidateCounts(sample.counts, totals, resolved.profile ?? mean);
  const genes = await findAmbientGenes(candidates, context);
  const rng = rngFor(context, `cells/ambient-fraction/${resolved.stream}`);
  const estimate = estimateFraction(genes, candidates, { ...resolved, rng });
  const isKnown = resolved.profile !== null;
  const cells = { counts: sample.counts, mean, profile: resolved.profile };
  return {
    fraction: isKnown ? estimate : unknownProfile(estimate),
    standIn: isKnown ? null : estimate,
    profileFrom: isKnown ? 'empty droplets' : 'mean of the cells (stand-in)',
    genes: genes.map((gene) => ({ gene: sample.genes[gene.column] as string, ...gene })),
    score: await scoreCells(cells, { genes, fraction: estimate.value }, context),
    warnings: isKnown ? [] : [standInWarning()],
  };
}

interface ProfiledCells {
  readonly counts: SampleCellCounts['counts'];
  readonly mean: Float64Array;
  readonly profile: Float64Array | null;
}

async function scoreCells(
  { counts, mean, profile }: ProfiledCells,
  { genes, fraction }: { readonly genes: readonly AmbientGene[]; readonly fraction: number | null },
  context: RunContext,
): Promise<AmbientScore | null> {
  if (fraction !== null) return ambientShares(counts, { genes, fraction }, context);
  return profile === null ? null : towardsEmptyDroplets(counts, { mean, profile }, context);
}

type Resolved = Required<AmbientFractionOptions>;

function requireFit(sample: SampleCellCounts, { profile, level, bootstraps, minimumGenes }: Resolved): void {
  requireGenes(sample);
  if (profile !== null && profile.length !== sample.genes.length) {
    throw new ShapeError('The ambient profile does not fit the genes of the sample.', {
      expected: String(sample.genes.length),
      found: String(profile.length),
    });
  }
  if (!(level > 0 && level < 1))
    throw new OptionError('Option level must lie between 0 and 1.', { found: String(level) });
  for (const [name, value] of Object.entries({ bootstraps, minimumGenes })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new OptionError(`Option ${name} must be a whole number of at least 1.`, { found: String(value) });
  }
}

/** Mean over cells of their shares, so that large cells do not decide. */
function meanProfile({ counts }: SampleCellCounts, totals: Float64Array): Float64Array {
  const mean = new Float64Array(counts.shape[1]);
  let nCells = 0;
  for (let cell = 0; cell < totals.length; cell++) {
    const total = totals[cell] as number;
    if (total === 0) continue;
    nCells++;
    const end = counts.indptr[cell + 1] as number;
    for (let k = counts.indptr[cell] as number; k < end; k++) {
      const gene = counts.indices[k] as number;
      mean[gene] = (mean[gene] as number) + (counts.data[k] as number) / total;
    }
  }
  return mean.map((share) => share / Math.max(1, nCells));
}

/** Width of a gene's density beyond its Poisson error, as a share of its fraction. */
const otherSpread = 0.1;

/** Upper over lower end of the interval beyond which the genes are taken to disagree. */
const mostDisagreement = 2;

function estimateFraction(
  genes: readonly AmbientGene[],
  candidates: CandidateCounts,
  { level, bootstraps, minimumGenes, rng }: Resolved & { readonly rng: Rng },
): Estimate {
  const method = 'mode over genes that part of the cells express; percentile bootstrap over genes';
  if (genes.length < minimumGenes) {
    const reason = `${String(genes.length)} genes are expressed by only a part of the cells; ${String(minimumGenes)} are needed`;
    const high = highestFraction(
      candidates,
      normalQuantile(1 - (1 - level) / (2 * Math.max(1, candidates.columns.length))),
    );
    return { value: null, low: 0, high, level, method, status: 'not-identifiable', reasons: [reason] };
  }
  const points = genes.map(toPoint);
  const draws = Float64Array.from({ length: bootstraps }, () =>
    modeOf(points.map(() => points[rng.integer(points.length)] as Point)),
  );
  const tail = (1 - level) / 2;
  const [low, high] = [quantile(draws, tail), quantile(draws, 1 - tail)];
  if (high > mostDisagreement * low) {
    const reason = 'the genes that only a part of the cells express do not agree on one fraction';
    return { value: null, low, high, level, method, status: 'not-identifiable', reasons: [reason] };
  }
  return { value: modeOf(points), low, high, level, method, status: 'ok', reasons: [] };
}

/** A gene's fraction on the log scale, with its standard error. */
interface Point {
  readonly logFraction: number;
  readonly error: number;
}

/** Half a count is added, so that a gene without any has a place too. */
function toPoint({ found, expected }: AmbientGene): Point {
  const counts = found + 0.5;
  return { logFraction: log(counts / expected), error: Math.sqrt(1 / counts + otherSpread ** 2) };
}

/** Place of the highest density on a grid of 0.5 % steps between 0.1 % and 100 %. */
function modeOf(points: readonly Point[]): number {
  const [from, step] = [log(0.001), log(1.005)];
  const size = Math.ceil(-from / step) + 1;
  const density = new Float64Array(size);
  for (const { logFraction, error } of points) {
    const first = Math.max(0, Math.floor((logFraction - 4 * error - from) / step));
    const last = Math.min(size - 1, Math.ceil((logFraction + 4 * error - from) / step));
    for (let i = first; i <= last; i++) {
      const z = (from + i * step - logFraction) / error;
      density[i] = (density[i] as number) + exp(-0.5 * z * z) / error;
    }
  }
  const best = density.reduce((top, value, i) => (value > (density[top] as number) ? i : top), 0);
  return Math.min(1, exp(from + best * step));
}

function unknownProfile(standIn: Estimate): Estimate {
  const reasons = ['the profile of the empty droplets is unknown: the matrix was filtered before', ...standIn.reasons];
  return { ...standIn, value: null, low: null, high: null, status: 'not-identifiable', reasons };
}

function standInWarning(): Warning {
  return {
    code: 'ambient-profile-unknown',
    message:
      'The ambient share cannot be estimated without the empty droplets. The stand-in value and score take the mean of the cells for the soup.',
  };
}
