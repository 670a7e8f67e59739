import { exp } from '../../core/pinned-math.js';
import { type DepthVariance, fitDepthVariance, varianceAt } from './depth-variance.js';
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
 * residuals over the called arms and segments, weighted by the clone's mean there; it has one normal distribution in the
 * cells of the clone and another in reference cells and unaltered clones, with a variance that depends on depth. The likelihood ratios
 * times the prior odds (share of the clone, kept within 5 and 95 %) of all altered clones are added up.
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
  const neutral = cellsWhere(input, (cell) => {
    const own = input.cloneOf[cell] as number;
    return own >= 0 ? altered[own] === false : input.isReference[cell] === 1;
  });
  altered.forEach((is, k) => {
    if (!is) return;
    const ratios = likelihoodRatios(input, k, neutral);
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

function likelihoodRatios(input: CellCallInput, k: number, neutral: Uint32Array): Float64Array {
  const { depths } = input;
  const own = cellsWhere(input, (cell) => input.cloneOf[cell] === k);
  const scores = cloneScores(input, input.clones[k] as GroupProfile, own);
  const known = neutral.length >= leastNeutral;
  const low = known ? meanOf(scores, neutral) : 0;
  const high = meanOf(scores, own);
  const inClone = fitDepthVariance(scores, depths, { cells: own, centre: high });
  const inNeutral = known ? fitDepthVariance(scores, depths, { cells: neutral, centre: low }) : inClone;
  const share = Math.min(0.95, Math.max(0.05, own.length / (own.length + neutral.length)));
  return scores.map((score, cell) => {
    const variance = pooled(inClone, inNeutral, depths[cell] as number);
    const exponent = ((high - low) * (score - (low + high) / 2)) / variance;
    return (share / (1 - share)) * exp(Math.min(exponent, 60));
  });
}

function pooled(a: DepthVariance, b: DepthVariance, depth: number): number {
  return (varianceAt(a, depth) + varianceAt(b, depth)) / 2;
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
