import { FormatError } from '../../core/errors.js';
import {
  columnAt,
  placeOf,
  requireColumn,
  requireSample,
  requireText,
  type RowPlace,
  type TableSource,
  textAt,
  type TextRows,
} from '../lineages/text-rows.js';
import type { AlleleCounts, AlleleSite } from './allele-counts.js';
import { chromosomeArm } from './centromeres.js';

/** Reads over sites as a table gives them: cells by name, one entry per cell and site. */
export interface NamedAlleleCounts extends Omit<AlleleCounts, 'cell'> {
  readonly sample: readonly string[];
  readonly cell: readonly string[];
}

const expected =
  'the columns sample, cell, chromosome (CHROM), position (POS), alternative reads (AD), reads (DP), and optionally genotype (GT) and gene';
const genotypes: readonly string[] = ['1|0', '0|1', '0/1'];

/**
 * Reads allele counts: the columns of numbat's `df_allele` with the sample in front. Sites off the numbered chromosomes and in
 * centromeres are left out, as are rows without reads.
 *
 * @param table - as text; positions are GRCh38
 * @throws FormatError naming file, row and column
 */
export function allelesFromTable(table: TextRows, { file, samples }: TableSource): NamedAlleleCounts {
  const require = (...names: readonly string[]): number => requireColumn(table, names, { file, expected });
  const at = {
    sample: require('sample', 'sample_id'),
    cell: require('cell', 'cell_id', 'cell_barcode'),
    chromosome: require('chromosome', 'CHROM', 'chr'),
    position: require('position', 'POS'),
    alternative: require('alternative', 'AD', 'alt_count'),
    total: require('total', 'DP', 'depth'),
    genotype: columnAt(table, ['genotype', 'GT']),
    gene: columnAt(table, ['gene']),
  };
  const sites = new Map<string, { readonly index: number; readonly site: AlleleSite }>();
  const found = { sample: [] as string[], cell: [] as string[], site: [] as number[] };
  const [alternative, total]: [number[], number[]] = [[], []];
  table.rows.forEach((row, i) => {
    const place = placeOf(table, i, file);
    const reads = wholeNumber(row, at.total, { ...place, column: 'total' });
    const others = wholeNumber(row, at.alternative, { ...place, column: 'alternative' });
    if (others > reads) throw moreThanAll({ others, reads }, place);
    const sample = requireSample(row, at.sample, { place, samples });
    const site = siteOf(row, at, place);
    if (site === null || reads === 0) return;
    const key = `${site.chromosome}:${String(site.position)}:${site.genotype ?? ''}`;
    const known = sites.get(key) ?? { index: sites.size, site };
    sites.set(key, known);
    found.sample.push(sample);
    found.cell.push(requireText(row, at.cell, { ...place, column: 'cell' }));
    found.site.push(known.index);
    alternative.push(others);
    total.push(reads);
  });
  return {
    sites: [...sites.values()].map(({ site }) => site),
    sample: found.sample,
    cell: found.cell,
    site: Uint32Array.from(found.site),
    alternative: Uint32Array.from(alternative),
    total: Uint32Array.from(total),
  };
}

/** The counts of the cells that are known, with their rows. */
export function allelesOfCells(
  counts: NamedAlleleCounts,
  rowOf: (sample: string, cell: string) => number | undefined,
): AlleleCounts {
  const entries = counts.cell.flatMap((cell, i) => {
    const row = rowOf(counts.sample[i] as string, cell);
    return row === undefined ? [] : [{ i, row }];
  });
  const picked = (values: ArrayLike<number>): Uint32Array => Uint32Array.from(entries, ({ i }) => values[i] as number);
  return {
    sites: counts.sites,
    cell: Uint32Array.from(entries, ({ row }) => row),
    site: picked(counts.site),
    alternative: picked(counts.alternative),
    total: picked(counts.total),
  };
}

function siteOf(
  row: readonly string[],
  at: { readonly chromosome: number; readonly position: number; readonly genotype: number; readonly gene: number },
  place: RowPlace,
): AlleleSite | null {
  const chromosome = requireText(row, at.chromosome, { ...place, column: 'chromosome' }).replace(/^chr/, '');
  const position = wholeNumber(row, at.position, { ...place, column: 'position' });
  const arm = chromosomeArm(chromosome, position, 'GRCh38');
  if (arm === null) return null;
  const written = at.genotype < 0 ? null : textAt(row, at.genotype);
  const genotype = genotypes.includes(written ?? '') ? (written as AlleleSite['genotype']) : null;
  return { chromosome, position, arm, gene: at.gene < 0 ? null : textAt(row, at.gene), genotype };
}

function wholeNumber(row: readonly string[], column: number, place: RowPlace & { readonly column: string }): number {
  const text = requireText(row, column, place);
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new FormatError('A number cannot be read.', {
    ...place,
    expected: 'a whole number, zero or more',
    found: `"${text}"`,
  });
}

function moreThanAll(
  { others, reads }: { readonly others: number; readonly reads: number },
  place: RowPlace,
): FormatError {
  return new FormatError('There are more reads of the alternative allele than reads.', {
    ...place,
    column: 'alternative',
    expected: `at most ${String(reads)}`,
    found: String(others),
  });
}
