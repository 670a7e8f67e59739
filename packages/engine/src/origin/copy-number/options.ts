import { OptionError } from '../../core/errors.js';
import type { AlleleCounts } from './allele-counts.js';
import type { ReferenceProfile } from './reference-model.js';

/** What expression is compared with. */
export type CopyNumberReference =
  /** Normal cells: the type of each cell of the study, null for cells that are not reference. */
  | { readonly kind: 'cells'; readonly types: readonly (string | null)[] }
  /** Expression of normal cell types from elsewhere. */
  | { readonly kind: 'profile'; readonly profile: ReferenceProfile }
  /** The patient's own untreated sample: alterations are then changes since treatment began, not the tumour's own. */
  | { readonly kind: 'untreated' }
  /** Normal cells of the tumour's surroundings, found by markers. */
  | { readonly kind: 'find' };

/** Options of `copyNumber`. */
export interface CopyNumberOptions {
  /** Default: find normal cells by markers. */
  readonly reference?: CopyNumberReference;
  /** Genes left out besides the families that imitate copy number, for instance those of a programme under study. */
  readonly excludeGenes?: readonly string[];
  readonly alleles?: AlleleCounts | null;
  /** Genes per bin; default 10. */
  readonly binGenes?: number;
  /** Genes per smoothing window and per region; default 100. */
  readonly windowGenes?: number;
  /** Largest residual of one gene in one cell, log2; default 3. */
  readonly cap?: number;
  /** A gene is used when at least this share of the patient's cells shows it; default 0.05. */
  readonly minDetection?: number;
  /** Genes in use below which nothing is called; default 1000. */
  readonly minGenes?: number;
  /** Arms with 20 genes in use below which nothing is called; default 10. */
  readonly minArms?: number;
  /** Genes in use that a cell must show; default 200. */
  readonly minDetectedGenes?: number;
  /** Reference cells needed; default 20. */
  readonly minReferenceCells?: number;
  /** Cells of a sample, and of a clone; default 10. */
  readonly minCloneCells?: number;
  /** Clones of a patient at most; default 8. */
  readonly maxClones?: number;
  /** Posterior probability that an arm or segment needs to be called; default 0.95. */
  readonly posterior?: number;
  /** Probability that a cell needs to be called altered (or, less one, unaltered); default 0.9. */
  readonly cellPosterior?: number;
  /** Cells of the heatmap; default 500. */
  readonly heatmapCells?: number;
}

/** Options with every default filled in. */
export type ResolvedCopyNumberOptions = Required<CopyNumberOptions>;

const defaults: ResolvedCopyNumberOptions = {
  reference: { kind: 'find' },
  excludeGenes: [],
  alleles: null,
  binGenes: 10,
  windowGenes: 100,
  cap: 3,
  minDetection: 0.05,
  minGenes: 1000,
  minArms: 10,
  minDetectedGenes: 200,
  minReferenceCells: 20,
  minCloneCells: 10,
  maxClones: 8,
  posterior: 0.95,
  cellPosterior: 0.9,
  heatmapCells: 500,
};

const whole = [
  'binGenes',
  'windowGenes',
  'minGenes',
  'minArms',
  'minDetectedGenes',
  'minReferenceCells',
  'minCloneCells',
  'maxClones',
  'heatmapCells',
] as const;

/**
 * Fills in defaults and checks ranges.
 *
 * @throws OptionError for an unknown option or one out of its range
 */
export function resolveCopyNumberOptions(options: CopyNumberOptions): ResolvedCopyNumberOptions {
  const unknown = Object.keys(options).find((key) => !(key in defaults));
  if (unknown !== undefined) throw new OptionError(`Copy number has no option "${unknown}".`);
  const resolved = { ...defaults, ...options };
  for (const name of whole) {
    if (!Number.isInteger(resolved[name]) || resolved[name] < 1) {
      throw new OptionError(`Option ${name} must be a positive whole number.`, { found: String(resolved[name]) });
    }
  }
  between('minDetection', resolved.minDetection, 0, 1);
  between('posterior', resolved.posterior, 0.5, 1);
  between('cellPosterior', resolved.cellPosterior, 0.5, 1);
  between('cap', resolved.cap, 0, Infinity);
  if (resolved.maxClones > 255) throw new OptionError('Option maxClones must be 255 at most.');
  return resolved;
}

function between(name: string, value: number, low: number, high: number): void {
  if (value > low && value <= high) return;
  throw new OptionError(`Option ${name} is out of its range.`, {
    expected: `above ${String(low)}, at most ${String(high)}`,
    found: String(value),
  });
}
