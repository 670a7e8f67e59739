import { exp } from '../../core/pinned-math.js';
import { fitDepthVariance, varianceAt } from './depth-variance.js';
import type { GenomeLayout } from './genome-layout.js';
import type { GroupProfile } from './group-profile.js';

/** What cells are judged with. All per-cell arrays have one entry per row of `bins`. */
export interface CellCallInput {
  readonly layout: GenomeLayout;
  /** Mean residuals, cells × bins. */
  readonly bins: Float32Array;
  readonly depths: Float64Array;
  /** Clone of each cell, from 0; −1 for cells in none (reference cells, cells of low depth). */
  readonly cloneOf: Int16Array;
  readonly isReference: Uint8Array;
  readonly clones: readonly GroupProfile[];
}

/** Fewest cells without alterations that their mean is taken from. */
const leastNeutral = 10;

/**
 * Probability of each cell to carry the alterations of one of the clones. For an altered clone, a cell's score is the sum of its
 * residuals over the called arms and segments, weighted by the clone's mean there. Cells without the alterations have a
 * normal distribution of scores with the mean and the depth-dependent variance of reference cells (without them, of the clones
 * shown not to carry one of its arms); cells with them have another mean, fitted together with their share by EM over the cells of the clone and of the
 * unaltered clones, because clones are cut by such scores and their plain means lie too far apart. Likelihood ratios times prior odds
 * of all altered clones are added up.
 *
 * @returns `probability` per cell, and the clone (from 0) that contributes most to it; NaN and −1 without altered clones
 */
export function cellCalls(input: CellCallInput): { readonly probability: Float64Array; readonly clone: Int16Array } {
  const nCells = input.depths.length;
  const odds = new Float64Array(nCells);
  const highest = new Float64Array(nCells);
  const clone = new Int16Array(nCells).fill(-1);
  const altered = input.clones.map(isAltered);
  if (!altered.includes(true)) return { probability: odds.fill(NaN), clone };
  const unaltered = cellsWhere(input, (cell) => altered[input.cloneOf[cell] as number] === false);
  const reference = cellsWhere(input, (cell) => input.isReference[cell] === 1);
  altered.forEach((is, k) => {
    if (!is) return;
    const others = input.clones.map(
      (clone, other) => altered[other] === false && excludes(clone, input.clones[k] as GroupProfile),
    );
    const neutral =
      reference.length >= leastNeutral
        ? reference
        : cellsWhere(input, (cell) => others[input.cloneOf[cell] as number] === true);
    const ratios = priorTimesLikelihood(input, k, { neutral, unaltered });
    ratios.forEach((ratio, cell) => {
      odds[cell] = (odds[cell] as number) + ratio;
      if (ratio > (highest[cell] as number)) [highest[cell], clone[cell]] = [ratio, k];
    });
  });
  return { probability: odds.map((ratio) => (ratio > 1e12 ? 1 : ratio / (1 + ratio))), clone };
}

/** Whether anything is called in a clone. */
export function isAltered({ arms, segments }: GroupProfile): boolean {
  return segments.length > 0 || arms.some(({ call }) => call === 'loss' || call === 'gain');
}

/** Whether a clone without calls is shown to lack at least one arm called in another: some small clones only lack the evidence. */
function excludes(unaltered: GroupProfile, { arms }: GroupProfile): boolean {
  const called = arms.flatMap(({ call }, arm) => (call === 'loss' ? [[arm, 0]] : call === 'gain' ? [[arm, 2]] : []));
  return (
    called.length === 0 ||
    called.some(([arm, state]) => (unaltered.arms[arm as number]?.posterior[state as number] ?? NaN) <= 0.01)
  );
}

/** Odds of each cell to belong to clone `k` instead of having no alterations. */
function priorTimesLikelihood(
  input: CellCallInput,
  k: number,
  { neutral, unaltered }: { readonly neutral: Uint32Array; readonly unaltered: Uint32Array },
): Float64Array {
  const { depths } = input;
  const own = cellsWhere(input, (cell) => input.cloneOf[cell] === k);
  const scores = cloneScores(input, input.clones[k] as GroupProfile, own);
  const known = neutral.length >= leastNeutral;
  const low = known ? meanOf(scores, neutral) : 0;
  const start = { low, high: meanOf(scores, own), share: own.length / (own.length + unaltered.length) };
  const inClone = fitDepthVariance(scores, depths, { cells: own, centre: start.high });
  const inNeutral = known ? fitDepthVariance(scores, depths, { cells: neutral, centre: low }) : inClone;
  const variances = depths.map((depth) => Math.max(varianceAt(inClone, depth), varianceAt(inNeutral, depth)));
  const cells = Uint32Array.from([...own, ...unaltered]);
  const fitted = known ? fitHigh({ scores, variances, cells }, start) : start;
  return oddsOf({ scores, variances }, fitted);
}

interface AnchoredMixture {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

/** EM for the high mean and its share; the low mean and the variances stay as they are. */
function fitHigh(
  data: { readonly scores: Float64Array; readonly variances: Float64Array; readonly cells: Uint32Array },
  start: AnchoredMixture,
): AnchoredMixture {
  const scores = Float64Array.from(data.cells, (cell) => data.scores[cell] as number);
  const variances = Float64Array.from(data.cells, (cell) => data.variances[cell] as number);
  let fit = start;
  for (let step = 0; step < 25; step++) {
    let [weight, sum] = [0, 0];
    oddsOf({ scores, variances }, fit).forEach((odds, i) => {
      const p = odds / (1 + odds);
      weight += p;
      sum += p * (scores[i] as number);
    });
    fit = { low: start.low, high: sum / Math.max(weight, 1e-9), share: weight / scores.length };
  }
  return fit;
}

function oddsOf(
  { scores, variances }: { readonly scores: Float64Array; readonly variances: Float64Array },
  { low, high, share }: AnchoredMixture,
): Float64Array {
  const prior = Math.min(0.95, Math.max(0.05, share));
  return scores.map((score, i) => {
    const exponent = ((high - low) * (score - (low + high) / 2)) / (variances[i] as number);
    return (prior / (1 - prior)) * exp(Math.min(exponent, 60));
  });
}

/** Residuals over the called stretches, weighted by the clone's mean residual there and by genes. */
function cloneScores({ layout, bins, depths }: CellCallInput, clone: GroupProfile, own: Uint32Array): Float64Array {
  const nBins = layout.bins.length;
  const weights = new Float64Array(nBins);
  for (const [firstBin, endBin] of calledStretches(layout, clone)) {
    let [sum, total] = [0, 0];
    for (let bin = firstBin; bin < endBin; bin++) {
      const { firstGene, endGene } = layout.bins[bin] as GenomeLayout['bins'][number];
      for (const cell of own) sum += (endGene - firstGene) * (bins[cell * nBins + bin] as number);
      total += (endGene - firstGene) * own.length;
    }
    for (let bin = firstBin; bin < endBin; bin++) {
      const { firstGene, endGene } = layout.bins[bin] as GenomeLayout['bins'][number];
      weights[bin] = (endGene - firstGene) * (sum / total);
    }
  }
  return Float64Array.from(depths, (_, cell) => {
    let score = 0;
    for (let bin = 0; bin < nBins; bin++) score += (weights[bin] as number) * (bins[cell * nBins + bin] as number);
    return score;
  });
}

/** Bins of called segments, and of called arms no segment reaches. */
function calledStretches({ arms }: GenomeLayout, clone: GroupProfile): readonly (readonly [number, number])[] {
  const segments = clone.segments.map(({ firstBin, endBin }) => [firstBin, endBin] as const);
  const whole = arms.flatMap(({ firstBin, endBin }, a) => {
    const call = clone.arms[a]?.call;
    const reached = segments.some(([from, end]) => from < endBin && end > firstBin);
    return (call === 'loss' || call === 'gain') && !reached ? [[firstBin, endBin] as const] : [];
  });
  return [...segments, ...whole];
}

function cellsWhere({ depths }: CellCallInput, holds: (cell: number) => boolean): Uint32Array {
  return Uint32Array.from(depths.keys()).filter(holds);
}

function meanOf(values: Float64Array, cells: Uint32Array): number {
  return cells.reduce((sum, cell) => sum + (values[cell] as number), 0) / cells.length;
}
