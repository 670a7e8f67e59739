import { median } from '../../stats/quantile.js';
import type { SpeciesCall, SpeciesCounts } from './barnyard.js';

/** Host counts found in tumour cells: the ambient RNA of a xenograft, seen directly. */
export interface HostContamination {
  /** Tumour cells (10x rule) the numbers are over. */
  readonly nCells: number;
  /** Host counts over all counts in tumour cells, pooled; NaN without tumour cells. */
  readonly hostFraction: number;
  /** Median over tumour cells of their own host share. */
  readonly medianHostFraction: number;
  /** Host share of the soup: of the barcodes not judged (empty droplets) where there are any, else of all barcodes. */
  readonly soupHostFraction: number;
  readonly soupFrom: 'empty droplets' | 'all barcodes (stand-in)';
  /** `hostFraction / soupHostFraction`: share of a tumour cell's counts that came from the soup, at most one. NaN without host counts. */
  readonly ambientFraction: number;
}

/** Fewest counts in empty droplets that tell the make-up of the soup. */
const fewestSoupCounts = 1000;

/**
 * Measures the host counts in tumour cells. Every one of them came from the soup (or from reads that fit both genomes), so with h the host
 * share in tumour cells and s that of the soup, the ambient share of a tumour cell is `h / s`.
 *
 * Reads of conserved sequence that are placed on the wrong genome are counted as soup: the estimate is an upper one.
 */
export function hostContamination(
  counts: SpeciesCounts,
  { calls, isJudged }: { readonly calls: readonly SpeciesCall[]; readonly isJudged: Uint8Array },
): HostContamination {
  const cells = Uint32Array.from(calls.keys()).filter((cell) => calls[cell] === 'tumour');
  const empty = Uint32Array.from(calls.keys()).filter((cell) => isJudged[cell] === 0);
  const inEmpty = pooled(counts, empty);
  const fromEmpty = inEmpty.tumour + inEmpty.host >= fewestSoupCounts;
  const soupHostFraction = hostShare(fromEmpty ? inEmpty : pooled(counts, Uint32Array.from(calls.keys())));
  const hostFraction = hostShare(pooled(counts, cells));
  const own = Float64Array.from(cells, (cell) =>
    hostShare({ tumour: counts.tumour[cell] as number, host: counts.host[cell] as number }),
  );
  return {
    nCells: cells.length,
    hostFraction,
    medianHostFraction: median(own),
    soupHostFraction,
    soupFrom: fromEmpty ? 'empty droplets' : 'all barcodes (stand-in)',
    ambientFraction: Math.min(1, hostFraction / soupHostFraction),
  };
}

interface Pooled {
  readonly tumour: number;
  readonly host: number;
}

function pooled(counts: SpeciesCounts, cells: Uint32Array): Pooled {
  let [tumour, host] = [0, 0];
  for (const cell of cells) {
    tumour += counts.tumour[cell] as number;
    host += counts.host[cell] as number;
  }
  return { tumour, host };
}

function hostShare({ tumour, host }: Pooled): number {
  return host / (tumour + host);
}
