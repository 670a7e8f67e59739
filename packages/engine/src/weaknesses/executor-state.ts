import { chiSquaredQuantile } from '../stats/distributions.js';
import type { ExecutorState, ExpressionState } from './types.js';

/** Counts of one gene in one kind of cells. */
export interface GeneCounts {
  readonly count: number;
  /** All counts of the kind of cells. */
  readonly library: number;
  /** Cells with a count, of how many; null for a table column. */
  readonly detected: number | null;
  readonly nCells: number | null;
}

/**
 * Whether a gene is expressed: its counts per million with exact 95 % Poisson limits, `χ²(0.025, 2k)/2` and
 * `χ²(0.975, 2k + 2)/2`, against the limit. `expressed` when the lower end is at or above it, `missing` when the upper end is below
 * it, else `cannot tell`: with few counts a gene without any can still be there.
 *
 * @see doi:10.1093/biomet/28.3-4.437 (Garwood 1936)
 */
export function executorState(
  gene: string,
  { count, library, detected, nCells }: GeneCounts,
  options: { readonly expressedCpm: number; readonly countable: boolean },
): ExecutorState {
  const perMillion = (k: number): number => (k / library) * 1e6;
  const low = count > 0 ? perMillion(chiSquaredQuantile(0.025, 2 * count) / 2) : 0;
  const high = perMillion(chiSquaredQuantile(0.975, 2 * count + 2) / 2);
  return {
    gene,
    status: 'measured',
    cpm: perMillion(count),
    low: options.countable ? low : null,
    high: options.countable ? high : null,
    detected: detected === null || nCells === null ? null : detected / nCells,
    state: options.countable ? stateOf(low, high, options.expressedCpm) : 'cannot tell',
  };
}

function stateOf(low: number, high: number, limit: number): ExpressionState {
  if (low >= limit) return 'expressed';
  return high < limit ? 'missing' : 'cannot tell';
}

/** An executor whose expression says nothing: of the programme, or not measured. */
export function unreadExecutor(gene: string, status: 'programme gene' | 'not measured'): ExecutorState {
  return { gene, status, cpm: null, low: null, high: null, detected: null, state: 'cannot tell' };
}

/** A step is there when one of its genes is, missing when all of them are. */
export function stepState(genes: readonly ExecutorState[]): ExpressionState {
  if (genes.some(({ state }) => state === 'expressed')) return 'expressed';
  return genes.every(({ state }) => state === 'missing') ? 'missing' : 'cannot tell';
}
