import { OptionError } from '../../core/errors.js';

/** Options of `callDoublets`. */
export interface DoubletOptions {
  /** Doublets expected per barcode and thousand barcodes of a sample. Default 0.008, of 10x Genomics' droplets. */
  readonly ratePerThousand?: number;
  /** Share of barcodes expected to be doublets, the same in every sample, above 0 and below 0.5. Default: from `ratePerThousand`. */
  readonly expectedRate?: number | null;
  /**
   * Probability from which a cell is called a doublet, above 0 and at most 1. Default 0.35: more likely than not if there are 40 % more
   * doublets than expected, which is how well their share is known.
   */
  readonly probabilityMin?: number;
  /** Simulated doublets per cell, but 1,500 at least and 10,000 at most. Default 2. */
  readonly simulatedPerCell?: number;
  /** Most variable genes used. Default 2,000. */
  readonly variableGenes?: number;
  /** Principal components used. Default 20. */
  readonly components?: number;
  /** Neighbours among as many points as there are cells. Default √cells, at least 10. */
  readonly neighbours?: number | null;
}

/** Options with every default filled in. */
export type ResolvedDoubletOptions = Required<DoubletOptions>;

/**
 * Fills in defaults and checks ranges.
 *
 * @throws OptionError for a value out of range, naming the option
 */
export function resolveDoubletOptions(options: DoubletOptions): ResolvedDoubletOptions {
  const resolved: ResolvedDoubletOptions = {
    ratePerThousand: 0.008,
    expectedRate: null,
    probabilityMin: 0.35,
    simulatedPerCell: 2,
    variableGenes: 2000,
    components: 20,
    neighbours: null,
    ...options,
  };
  const require = (name: keyof DoubletOptions, holds: boolean, expected: string): void => {
    if (holds) return;
    throw new OptionError(`Doublet option ${name} is out of range.`, { expected, found: String(resolved[name]) });
  };
  const { ratePerThousand, expectedRate, probabilityMin, simulatedPerCell, neighbours } = resolved;
  require('ratePerThousand', ratePerThousand > 0 && ratePerThousand < 0.5, 'above 0 and below 0.5');
  require('expectedRate', expectedRate === null || (expectedRate > 0 && expectedRate < 0.5), 'above 0 and below 0.5');
  require('probabilityMin', probabilityMin > 0 && probabilityMin <= 1, 'above 0 and at most 1');
  require('simulatedPerCell', simulatedPerCell > 0 && simulatedPerCell <= 20, 'above 0 and at most 20');
  require('variableGenes', isCount(resolved.variableGenes, 50), 'a whole number of at least 50');
  require('components', isCount(resolved.components, 2), 'a whole number of at least 2');
  require('neighbours', neighbours === null || isCount(neighbours, 5), 'a whole number of at least 5');
  return resolved;
}

function isCount(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}
