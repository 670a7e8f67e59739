import { OptionError } from '../../core/errors.js';
import type { StageContrast } from '../../study/types.js';

/** Options of `cellReversal`. */
export interface CellReversalOptions {
  readonly contrast: StageContrast;
  /** How near to one the whole interval of an index must lie to count as returned, as at sample level. Default 0.2. */
  readonly margin?: number;
  /** Share of relapse cells in the persister state from which a returned relapse is flagged. Default 0.05. */
  readonly minority?: number;
  /** Cells per stage below which an arm is not testable. Default 20. */
  readonly minCells?: number;
  /** Most cells per sample that positions and distances are taken from, drawn at random. Default 2,000. */
  readonly maxCells?: number;
  /** Genes of a cross-fitted axis, and genes of the components. Default 200. */
  readonly genes?: number;
  /** Draws of the bootstrap. Default 1,000. */
  readonly bootstraps?: number;
  /** Draws of the distances and their null. Default 40. */
  readonly draws?: number;
  /** Name of the arm of a relapse sample, by sample, where its treatment does not tell. Default: its treatment. */
  readonly arms?: ReadonlyMap<string, string>;
}

/** Options with every default filled in. */
export type ResolvedCellReversalOptions = Required<CellReversalOptions>;

const defaults: Omit<ResolvedCellReversalOptions, 'contrast'> = {
  margin: 0.2,
  minority: 0.05,
  minCells: 20,
  maxCells: 2000,
  genes: 200,
  bootstraps: 1000,
  draws: 40,
  arms: new Map(),
};

/** Smallest value of the options that are whole numbers. */
const least = { minCells: 20, maxCells: 100, genes: 10, bootstraps: 100, draws: 20 } as const;

/**
 * Fills in defaults and checks ranges.
 *
 * @throws OptionError for an unknown option, one out of range, or a contrast without three different stages
 */
export function resolveCellReversalOptions(options: CellReversalOptions): ResolvedCellReversalOptions {
  const unknown = Object.keys(options).find((key) => key !== 'contrast' && !(key in defaults));
  if (unknown !== undefined) throw new OptionError(`Reversal at cell level has no option "${unknown}".`);
  const resolved = { ...defaults, ...options };
  const { from, to, back } = resolved.contrast;
  if (new Set([from, to, back]).size < 3) throw new OptionError('Reversal needs three different stages.');
  for (const name of ['margin', 'minority'] as const) {
    if (resolved[name] > 0 && resolved[name] < 0.5) continue;
    throw new OptionError(`Option ${name} must lie between 0 and 0.5.`, { found: String(resolved[name]) });
  }
  for (const [name, minimum] of Object.entries(least) as [keyof typeof least, number][]) {
    if (Number.isInteger(resolved[name]) && resolved[name] >= minimum) continue;
    throw new OptionError(`Option ${name} must be a whole number of at least ${String(minimum)}.`, {
      found: String(resolved[name]),
    });
  }
  return resolved;
}
