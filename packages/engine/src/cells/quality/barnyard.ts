import { quantile } from '../../stats/quantile.js';

/** What a barcode of a two-species sample holds. `not-judged`: too few counts. */
export type SpeciesCall = 'tumour' | 'host' | 'multiplet' | 'not-judged';

/** Counts of each barcode on the genes of either species. */
export interface SpeciesCounts {
  readonly tumour: Float64Array;
  readonly host: Float64Array;
}

/** The two-species plot: a call per barcode, the limits between calls, and what they say of multiplets. */
export interface Barnyard {
  readonly calls: readonly SpeciesCall[];
  /** Counts a barcode must exceed on both species to be a multiplet; NaN where no barcode has more of that species. */
  readonly tumourLimit: number;
  readonly hostLimit: number;
  readonly counts: Readonly<Record<SpeciesCall, number>>;
  /** Multiplets of two species over the barcodes judged; NaN when none is. */
  readonly observedMultipletRate: number;
  /**
   * Multiplets of any species: the observed rate over `2pq`, the chance that a random pair is of two species, with p and q the shares
   * of the species among single cells. Null when one species has no cell; at most one.
   */
  readonly inferredMultipletRate: number | null;
}

/** Quantile of a species' own barcodes that the other species' barcodes must exceed. */
const limitQuantile = 0.1;

/**
 * Calls every barcode of a two-species sample by the rule 10x Genomics documents: each barcode belongs at first to the species it has
 * more counts of; the limit of a species is the 10th percentile of its counts among those barcodes; a barcode that exceeds
 * both limits is a multiplet.
 *
 * @param counts - barcodes that hold cells, and others
 * @param judged - per barcode 1 when it is judged; empty droplets would drag the percentiles down
 * @see 10x Genomics, "How does cellranger count identify multiplets?". Equal counts of both species go to the host, the
 * percentile interpolates between order statistics, and the multiplet rate is corrected by 2pq instead of doubled.
 */
export function callBarnyard({ tumour, host }: SpeciesCounts, judged: Uint8Array): Barnyard {
  const isTumour = tumour.map((count, cell) => (count > (host[cell] as number) ? 1 : 0));
  const limitOf = (values: Float64Array, majority: number): number =>
    quantile(
      values.filter((_, cell) => judged[cell] === 1 && isTumour[cell] === majority),
      limitQuantile,
    );
  const tumourLimit = limitOf(tumour, 1);
  const hostLimit = limitOf(host, 0);
  const calls = Array.from(tumour, (count, cell): SpeciesCall => {
    if (judged[cell] !== 1) return 'not-judged';
    if (count > tumourLimit && (host[cell] as number) > hostLimit) return 'multiplet';
    return isTumour[cell] === 1 ? 'tumour' : 'host';
  });
  return { calls, tumourLimit, hostLimit, ...rates(calls) };
}

function rates(
  calls: readonly SpeciesCall[],
): Pick<Barnyard, 'counts' | 'observedMultipletRate' | 'inferredMultipletRate'> {
  const counts = { tumour: 0, host: 0, multiplet: 0, 'not-judged': 0 };
  for (const call of calls) counts[call]++;
  const singles = counts.tumour + counts.host;
  const observed = counts.multiplet / (singles + counts.multiplet);
  const mixedPairs = (2 * counts.tumour * counts.host) / (singles * singles);
  return {
    counts,
    observedMultipletRate: observed,
    inferredMultipletRate: mixedPairs > 0 ? Math.min(1, observed / mixedPairs) : null,
  };
}
