import { ShapeError } from '../core/errors.js';
import type { RegulonNetwork } from './regulon-network.js';

/**
 * Gene statistics to read regulator activity from: one column per contrast, patient or sample.
 * Row-major by gene: the value of gene `g` in column `c` is `values[g * names.length + c]`.
 */
export interface ActivityInput {
  readonly genes: readonly string[];
  /** Name of each column. */
  readonly names: readonly string[];
  readonly values: Float64Array;
}

/** The statistics a regulator's activity can be expressed in, by their names in decoupleR. */
export type ActivityMethod = 'ulm' | 'mlm' | 'wsum' | 'norm_wsum' | 'corr_wsum' | 'consensus';

/** Scores and two-sided P values, row-major: regulator `r` in column `c` is at `r * names.length + c`; NaN = not defined. */
export interface ActivityScores {
  readonly method: ActivityMethod;
  readonly regulators: readonly string[];
  readonly names: readonly string[];
  readonly scores: Float64Array;
  readonly pValues: Float64Array;
}

/**
 * Checks lengths once and returns the input.
 *
 * @throws ShapeError when the values do not fill genes × columns.
 */
export function createActivityInput(
  genes: readonly string[],
  names: readonly string[],
  values: Float64Array,
): ActivityInput {
  if (values.length !== genes.length * names.length) {
    throw new ShapeError('The gene statistics do not fit their genes and columns.', {
      expected: `${String(genes.length)} genes × ${String(names.length)} columns`,
      found: `${String(values.length)} values`,
    });
  }
  return { genes, names, values };
}

/** One column as its own array. */
export function columnOf(input: ActivityInput, column: number): Float64Array {
  const width = input.names.length;
  const values = new Float64Array(input.genes.length);
  for (let g = 0; g < values.length; g++) values[g] = input.values[g * width + column] as number;
  return values;
}

/** One row of scores per regulator and column, as `[regulator * names.length + column]`. */
export function emptyScores(network: RegulonNetwork, names: readonly string[]): Float64Array {
  return new Float64Array(network.regulators.length * names.length).fill(NaN);
}

/**
 * Checks that a network was prepared on the genes of an input.
 *
 * @throws ShapeError naming the first gene that differs.
 */
export function requireSameGenes(genes: readonly string[], network: RegulonNetwork): void {
  if (genes === network.genes) return;
  const length = Math.max(genes.length, network.genes.length);
  for (let g = 0; g < length; g++) {
    if (genes[g] !== network.genes[g]) {
      throw new ShapeError('The regulon network was prepared on other genes than the statistics.', {
        row: g + 1,
        expected: network.genes[g] ?? 'no gene',
        found: genes[g] ?? 'no gene',
        hint: 'Call prepareNetwork with the genes of the statistics.',
      });
    }
  }
}

/**
 * Checks that no statistic is missing.
 *
 * @throws ShapeError naming the gene and the column.
 */
export function requireComplete(input: ActivityInput, method: string): void {
  const width = input.names.length;
  for (let i = 0; i < input.values.length; i++) {
    if (Number.isFinite(input.values[i])) continue;
    throw new ShapeError(`${method} needs a finite statistic for every gene.`, {
      row: Math.floor(i / width) + 1,
      column: input.names[i % width] ?? '',
      found: `${String(input.values[i])} for gene ${input.genes[Math.floor(i / width)] ?? ''}`,
      hint: 'Leave out genes without a statistic first.',
    });
  }
}
