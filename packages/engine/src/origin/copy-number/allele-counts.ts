import { ShapeError } from '../../core/errors.js';

/** One heterozygous site, or a site whose genotype is not known. */
export interface AlleleSite {
  readonly chromosome: string;
  readonly position: number;
  readonly arm: 'p' | 'q';
  /** Gene it lies in; null where unknown. Sites of one gene are one observation. */
  readonly gene: string | null;
  /** `1|0`: the alternative allele is on haplotype 1; `0|1`: on haplotype 2; `0/1`: heterozygous, not phased; null: not known. */
  readonly genotype: '1|0' | '0|1' | '0/1' | null;
}

/** Reads over sites, cell by cell: the columns of numbat's `df_allele`. */
export interface AlleleCounts {
  readonly sites: readonly AlleleSite[];
  /** Row of the cell in the counts, site, reads with the alternative allele and reads in all: one entry per cell and site. */
  readonly cell: Uint32Array;
  readonly site: Uint32Array;
  readonly alternative: ArrayLike<number>;
  readonly total: ArrayLike<number>;
}

/**
 * Checks that the columns of allele counts fit each other.
 *
 * @throws ShapeError when lengths differ, a site is unknown or there are more alternative reads than reads
 */
export function createAlleleCounts(counts: AlleleCounts): AlleleCounts {
  const { sites, cell, site, alternative, total } = counts;
  if (site.length !== cell.length || alternative.length !== cell.length || total.length !== cell.length) {
    throw new ShapeError('The columns of allele counts differ in length.', { expected: String(cell.length) });
  }
  for (let i = 0; i < cell.length; i++) {
    if ((site[i] as number) >= sites.length) throw new ShapeError('Allele counts name a site that is not listed.');
    const reads = total[i] as number;
    if (!((alternative[i] as number) >= 0 && (alternative[i] as number) <= reads)) {
      throw new ShapeError('Allele counts have more reads of the alternative allele than reads.', {
        row: i + 1,
        found: `${String(alternative[i])} of ${String(reads)}`,
      });
    }
  }
  return counts;
}
