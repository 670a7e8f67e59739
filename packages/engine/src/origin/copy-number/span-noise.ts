import { median, quantileInPlace } from '../../stats/quantile.js';
import type { GenomeLayout } from './genome-layout.js';

/** Log2 ratio of each gene in use between a group of cells and what the reference expects of it. */
export interface GeneRatios {
  readonly log2Ratio: Float64Array;
  /** Sampling variance, log2²; infinite where the gene cannot be used. */
  readonly variance: Float64Array;
}

/** Ratios against the central arm of the genome with their noise: the genes are the sample, an arm's effect is a mean over them. */
export interface SpanNoise {
  /** Log2 ratio minus that of the central arm. */
  readonly centred: Float64Array;
  /** 1 / (τ² + variance); zero where the gene cannot be used. */
  readonly weight: Float64Array;
  /** Spread τ of true ratios between genes of one arm: programmes, cell types, states. */
  readonly geneSpread: number;
  /** Factor (≥ 1) on standard errors because neighbouring genes move together. */
  readonly inflation: number;
}

/** Neighbouring genes per window when the breadth of a call is checked. */
export const noiseWindowGenes = 10;
/** Genes per window when co-movement is measured: clusters of related genes, and the waves that differ between technologies. */
const noiseScales: readonly number[] = [10, 30, 60];
/** Median of the χ² distribution with one degree of freedom. */
const chiSquaredMedian = 0.4549;
/** Pairs of neighbouring windows that the next smaller scale counts as much as, because a median of few pairs is a poor one. */
const priorPairs = 60;

/**
 * Ratios against the central arm (the median of the arms' Huber means, weighted by their genes: a level the genome really has,
 * also when much of it is altered), and their noise. τ² is the robust variance (1.4826 × median deviation, squared) of the ratios about the median of their
 * arm, less the median sampling variance. The inflation is the square root of the median of (m_j − m_{j+1})² /
 * (v_j + v_{j+1}) over neighbouring windows, divided by the median of χ²₁ (0.455), the largest over windows of 10, 30 and 60
 * genes: the derivative log ratio spread of array CGH,
 * which an altered arm does not raise.
 */
export function spanNoise(layout: GenomeLayout, ratios: GeneRatios): SpanNoise {
  const { log2Ratio, variance } = ratios;
  const usable = variance.map((v) => (Number.isFinite(v) ? 1 : 0));
  const sampling = median(variance.map((v) => (Number.isFinite(v) ? v : NaN)));
  const spread2 = Math.max(1e-4, robustVariance(layout, log2Ratio, usable) - sampling);
  const weight = variance.map((v) => (Number.isFinite(v) ? 1 / (spread2 + v) : 0));
  const baseline = centralArm(layout, { centred: log2Ratio, weight });
  const centred = log2Ratio.map((value, g) => (usable[g] === 1 ? value - baseline : 0));
  const noise = { centred, weight, geneSpread: Math.sqrt(spread2), inflation: 1 };
  return { ...noise, inflation: neighbourInflation(layout, noise) };
}

/** Median of the Huber means of the arms, each counting as many times as it has usable genes; 0 without any. */
function centralArm(layout: GenomeLayout, noise: Pick<SpanNoise, 'centred' | 'weight'>): number {
  const arms = layout.arms
    .map(({ firstGene, endGene }) => {
      const genes: number[] = [];
      for (let g = firstGene; g < endGene; g++) if ((noise.weight[g] as number) > 0) genes.push(g);
      return { mean: huberMean(noise, genes), size: genes.length };
    })
    .filter(({ size }) => size > 0)
    .sort((a, b) => a.mean - b.mean);
  let left = arms.reduce((sum, { size }) => sum + size, 0) / 2;
  for (const { mean, size } of arms) {
    left -= size;
    if (left <= 0) return mean;
  }
  return 0;
}

/** Weighted Huber mean (k = 1.345) of the centred ratios of some genes. */
export function huberMean(
  { centred, weight }: Pick<SpanNoise, 'centred' | 'weight'>,
  genes: readonly number[],
): number {
  let mean = weightedMean(centred, weight, genes, null);
  for (let step = 0; step < 30; step++) {
    const next = weightedMean(centred, weight, genes, mean);
    if (Math.abs(next - mean) < 1e-9) return next;
    mean = next;
  }
  return mean;
}

const huberLimit = 1.345;

function weightedMean(
  values: Float64Array,
  weight: Float64Array,
  genes: readonly number[],
  about: number | null,
): number {
  let sum = 0;
  let total = 0;
  for (const g of genes) {
    let w = weight[g] as number;
    if (about !== null && w > 0) {
      const distance = Math.abs((values[g] as number) - about) * Math.sqrt(w);
      if (distance > huberLimit) w *= huberLimit / distance;
    }
    sum += w * (values[g] as number);
    total += w;
  }
  return total > 0 ? sum / total : NaN;
}

function robustVariance(layout: GenomeLayout, centred: Float64Array, usable: Float64Array): number {
  const deviations: number[] = [];
  for (const { firstGene, endGene } of layout.arms) {
    const values: number[] = [];
    for (let g = firstGene; g < endGene; g++) if (usable[g] === 1) values.push(centred[g] as number);
    if (values.length < 5) continue;
    const middle = median(values);
    // One degree of freedom goes into the median of the arm.
    const factor = Math.sqrt(values.length / (values.length - 1));
    for (const value of values) deviations.push(Math.abs(value - middle) * factor);
  }
  if (deviations.length === 0) return 1;
  const scale = 1.4826 * quantileInPlace(Float64Array.from(deviations), 0.5, deviations.length);
  return scale * scale;
}

function neighbourInflation(layout: GenomeLayout, noise: SpanNoise): number {
  let squared = 1;
  let most = 1;
  for (const size of noiseScales) {
    const ratios = neighbourRatios(layout, noise, size);
    if (ratios.length === 0) break;
    const own = median(ratios) / chiSquaredMedian;
    squared = (ratios.length * own + priorPairs * squared) / (ratios.length + priorPairs);
    most = Math.max(most, squared);
  }
  return Math.sqrt(most);
}

function neighbourRatios(layout: GenomeLayout, noise: SpanNoise, size: number): readonly number[] {
  return layout.arms.flatMap(({ firstGene, endGene }) => {
    const windows = usableWindows(noise, firstGene, endGene, size).map((genes) => ({
      mean: huberMean(noise, genes),
      variance: 1 / genes.reduce((sum, g) => sum + 0.95 * (noise.weight[g] as number), 0),
    }));
    return windows.slice(1).map(({ mean, variance }, j) => {
      const before = windows[j] as { mean: number; variance: number };
      return (mean - before.mean) ** 2 / (variance + before.variance);
    });
  });
}

/** The usable genes of a stretch in runs of about `size`. */
export function usableWindows(
  noise: SpanNoise,
  firstGene: number,
  endGene: number,
  size: number = noiseWindowGenes,
): readonly (readonly number[])[] {
  const genes: number[] = [];
  for (let g = firstGene; g < endGene; g++) if ((noise.weight[g] as number) > 0) genes.push(g);
  const n = Math.floor(genes.length / size);
  if (n === 0) return genes.length > 0 ? [genes] : [];
  return Array.from({ length: n }, (_, i) =>
    genes.slice(Math.floor((i * genes.length) / n), Math.floor(((i + 1) * genes.length) / n)),
  );
}
