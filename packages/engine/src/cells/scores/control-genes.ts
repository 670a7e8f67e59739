import type { Rng } from '../../core/rng.js';
import type { MeasuredGenes } from './gene-weights.js';

/** Genes by average expression, and what may be drawn from each bin. */
export interface ExpressionBins {
  readonly genes: readonly string[];
  readonly binOf: Uint32Array;
  /** Positions per bin, by name, so that the order of the genes leaves no trace. */
  readonly members: readonly (readonly number[])[];
}

/** A gene's weight in a score. */
export interface ControlWeight {
  readonly gene: number;
  readonly weight: number;
}

/** How controls are drawn. */
export interface ControlSampling {
  readonly scheme: 'per-gene' | 'per-bin';
  /** How many per gene or per bin. */
  readonly size: number;
}

/** The controls of a list of genes. Weights of genes and of controls each add up to one. */
export interface MatchedControls {
  /** Genes with controls. */
  readonly genes: readonly number[];
  readonly controls: readonly ControlWeight[];
  /** Genes whose bin holds nothing but genes of the list. */
  readonly unmatched: readonly number[];
}

/**
 * Bins genes by average expression: with N genes and s = round(N / (nBins − 1)), the bin is ⌊rank / s⌋, ties sharing their
 * lowest rank. Genes without counts so share the first bin.
 */
export function binGenes(genes: readonly string[], averages: Float64Array, nBins: number): ExpressionBins {
  const size = Math.max(1, Math.round(genes.length / (nBins - 1)));
  const sorted = averages.slice().sort();
  const binOf = Uint32Array.from(averages, (average) => Math.floor((firstIndex(sorted, average) + 1) / size));
  const members: number[][] = [];
  const byName = genes.map((_, g) => g).sort((a, b) => ((genes[a] as string) < (genes[b] as string) ? -1 : 1));
  for (const gene of byName) (members[binOf[gene] as number] ??= []).push(gene);
  return { genes, binOf, members: Array.from(members, (bin) => (bin as number[] | undefined) ?? []) };
}

/**
 * Draws controls of similar average expression for the genes of a list, never from the list itself.
 * `per-gene`: each gene has its own controls, and each gene weighs the same, so the controls have the expression of the list.
 * `per-bin`: one draw per bin that holds a gene of the list; every distinct control weighs the same.
 */
export function drawControls(
  { positions }: MeasuredGenes,
  bins: ExpressionBins,
  { scheme, size }: ControlSampling,
  rng: Rng,
): MatchedControls {
  const listed = new Set(positions);
  const available = (bin: number): number[] => (bins.members[bin] ?? []).filter((gene) => !listed.has(gene));
  const binOf = (gene: number): number => bins.binOf[gene] as number;
  const genes = positions.filter((gene) => available(binOf(gene)).length > 0);
  const unmatched = positions.filter((gene) => !genes.includes(gene));
  const nameOf = (gene: number): string => bins.genes[gene] as string;
  const weights = new Map<number, number>();
  if (scheme === 'per-gene') {
    for (const gene of genes) {
      const drawn = sample(available(binOf(gene)), size, rng.split(nameOf(gene)));
      for (const control of drawn) {
        weights.set(control, (weights.get(control) ?? 0) + 1 / (drawn.length * genes.length));
      }
    }
  } else {
    const used = [...new Set(genes.map(binOf))].sort((a, b) => a - b);
    const drawn = used.flatMap((bin) => sample(available(bin), size, rng.split('bin', bin)));
    for (const control of drawn) weights.set(control, 1 / drawn.length);
  }
  return { genes, controls: [...weights].map(([gene, weight]) => ({ gene, weight })), unmatched };
}

/** `size` of the items without replacement, or all of them. */
function sample(items: readonly number[], size: number, rng: Rng): readonly number[] {
  if (items.length <= size) return items;
  const pool = [...items];
  for (let i = 0; i < size; i++) {
    const j = i + rng.integer(pool.length - i);
    const held = pool[i] as number;
    pool[i] = pool[j] as number;
    pool[j] = held;
  }
  return pool.slice(0, size);
}

/** Index of the first sorted value that is not below `value`. */
function firstIndex(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
