import { type ExpressionMatrix, FormatError, type ValueScale } from '@remnant/engine';
import { gunzip, isGzip } from '../text/gunzip.js';
import { createScannedRow, fieldText, isBlankRow, type ScannedRow, scanRow } from '../text/scan-row.js';
import type { Delimiter } from '../text/split-rows.js';
import { readTableHead, type TableHead } from '../text/table-head.js';
import { decodeUtf8 } from '../text/utf8.js';
import { checkCounts } from './check-counts.js';
import { detectScale } from './detect-scale.js';
import { findGeneColumn, type GeneColumnRule, isMissing, listed, textColumns } from './gene-column.js';

/** What to read of an expression table, and as what. */
export interface ReadExpressionTableOptions {
  /** Sample columns to keep, in this order; default every column of numbers. */
  readonly columns?: readonly string[];
  /** What the numbers are; default decided from the numbers themselves. */
  readonly scale?: ValueScale;
}

/** How an expression table was read, for the user to see. */
export interface ExpressionTableReport {
  readonly geneColumn: string;
  readonly geneColumnRule: GeneColumnRule;
  /** Columns of the file that were not read as samples. */
  readonly columnsLeftOut: readonly string[];
  /** Rows dropped because they name no gene. */
  readonly rowsWithoutGene: number;
  /** Why the numbers were taken for counts, intensities or log2 values. */
  readonly scaleReason: string;
  readonly delimiter: Delimiter;
  readonly compressed: boolean;
}

/** A genes × samples table with the scale of its values. Gene names are as written; repeated names are kept apart. */
export interface ExpressionTable extends ExpressionMatrix {
  readonly scale: ValueScale;
  readonly report: ExpressionTableReport;
}

/**
 * Reads a genes × samples table: counts, microarray intensities or log2 values.
 * The gene column is found by its name (Symbol, gene, ID … anywhere in the table), else it is the first column,
 * else the only column of text. Only the requested columns are kept. Numbers are parsed from the bytes.
 *
 * @param bytes - content of the file, gzip or not
 * @param file - its name, for errors
 * @throws FormatError for a missing or repeated column, a cell that is not a number, a missing value, a ragged row,
 * values that do not fit the scale asked for, and everything that is not a table at all
 */
export function readExpressionTable(
  bytes: Uint8Array,
  file: string,
  options: ReadExpressionTableOptions = {},
): ExpressionTable {
  const compressed = isGzip(bytes);
  const text = compressed ? gunzip(bytes, file) : bytes;
  const head = readTableHead(text, file);
  const layout = chooseColumns(head, options.columns, file);
  const body = readBody(text, head, layout, file);
  const matrix: ExpressionMatrix = {
    genes: body.genes,
    samples: layout.kept.map((column) => head.columns[column] as string),
    values: body.values,
  };
  if (body.genes.length === 0) throw new FormatError('No row of this table names a gene.', { file });
  const detected = detectScale(matrix.values);
  const scale = options.scale ?? detected.scale;
  if (scale === 'counts') checkCounts(matrix, file);
  return {
    ...matrix,
    scale,
    report: {
      ...layout.report,
      rowsWithoutGene: body.rowsWithoutGene,
      scaleReason: options.scale === undefined ? detected.reason : 'as stated by the study',
      delimiter: head.delimiter,
      compressed,
    },
  };
}

interface Layout {
  readonly gene: number;
  /** File column of each sample, in output order. */
  readonly kept: readonly number[];
  readonly report: Pick<ExpressionTableReport, 'geneColumn' | 'geneColumnRule' | 'columnsLeftOut'>;
}

function chooseColumns(head: TableHead, requested: readonly string[] | undefined, file: string): Layout {
  const { index: gene, rule } = findGeneColumn(head, file);
  const text = new Set(textColumns(head));
  const numeric = head.columns.map((_, i) => i).filter((i) => i !== gene && !text.has(i));
  const kept = requested?.map((name) => columnOf(head, name, file)) ?? numeric;
  if (kept.length === 0) throw new FormatError('This table has no column of numbers.', { file, row: head.headerRow });
  checkRepeated(head, kept, file);
  const keptSet = new Set(kept);
  const leftOut = head.columns.filter((_, i) => i !== gene && !keptSet.has(i));
  return {
    gene,
    kept,
    report: { geneColumn: head.columns[gene] as string, geneColumnRule: rule, columnsLeftOut: leftOut },
  };
}

function columnOf(head: TableHead, name: string, file: string): number {
  const index = head.columns.indexOf(name);
  if (index !== -1) return index;
  const close = head.columns.find((column) => loose(column) === loose(name));
  throw new FormatError(`This table has no column "${name}".`, {
    file,
    row: head.headerRow,
    expected: `one of ${listed(head.columns)}`,
    hint:
      close === undefined
        ? 'Check the "column" of the sample sheet against the header.'
        : `Did you mean "${close}"? R rewrites names with spaces and dashes.`,
  });
}

function loose(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^x(?=\d)/, '');
}

function checkRepeated(head: TableHead, kept: readonly number[], file: string): void {
  for (const column of kept) {
    const name = head.columns[column] as string;
    if (head.columns.indexOf(name) === head.columns.lastIndexOf(name)) continue;
    throw new FormatError('This column name is there more than once.', {
      file,
      row: head.headerRow,
      column: name,
      hint: 'Give every sample its own column name.',
    });
  }
}

interface Body {
  readonly genes: string[];
  readonly values: Float64Array;
  readonly rowsWithoutGene: number;
}

function readBody(bytes: Uint8Array, head: TableHead, layout: Layout, file: string): Body {
  const nKept = layout.kept.length;
  const delimiter = head.delimiter.charCodeAt(0);
  const scratch = createScannedRow(head.columns.length);
  const values = new Float64Array(countLines(bytes, head.bodyStart) * nKept);
  const genes: string[] = [];
  let rowsWithoutGene = 0;
  let rowNumber = head.headerRow;
  for (let at = head.bodyStart; at < bytes.length; ) {
    at = scanRow(bytes, at, delimiter, scratch);
    rowNumber++;
    if (isBlankRow(scratch, at)) continue;
    checkFields(scratch, head, file, rowNumber);
    const place = { file, row: rowNumber };
    const gene = cellText(bytes, scratch, layout.gene, head, place);
    if (isMissing(gene)) {
      rowsWithoutGene++;
      continue;
    }
    for (let k = 0, out = genes.length * nKept; k < nKept; k++, out++) {
      const column = layout.kept[k] as number;
      const value = scratch.numbers[column] as number;
      if (Number.isNaN(value)) {
        throw badCell(cellText(bytes, scratch, column, head, place), column, head, place, gene);
      }
      values[out] = value;
    }
    genes.push(gene);
  }
  return { genes, values: values.slice(0, genes.length * nKept), rowsWithoutGene };
}

function countLines(bytes: Uint8Array, start: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(10, start); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

function cellText(bytes: Uint8Array, row: ScannedRow, column: number, head: TableHead, place: Place): string {
  const decode = (part: Uint8Array): string => decodeUtf8(part, place.file, place.row);
  return fieldText(bytes, row.starts[column] as number, head.delimiter.charCodeAt(0), decode);
}

/** Where in the file something is. */
interface Place {
  readonly file: string;
  readonly row: number;
}

function checkFields(row: ScannedRow, head: TableHead, file: string, rowNumber: number): void {
  if (row.fields === head.columns.length) return;
  throw new FormatError('This row does not have as many cells as the header.', {
    file,
    row: rowNumber,
    expected: `${String(head.columns.length)} cells`,
    found: String(row.fields),
    hint: 'A line cut in the middle often means an incomplete download.',
  });
}

function badCell(cell: string, column: number, head: TableHead, where: Place, gene: string): FormatError {
  const place = { ...where, column: head.columns[column] as string };
  if (isMissing(cell)) {
    return new FormatError(`The value of gene "${gene}" is missing.`, {
      ...place,
      found: cell === '' ? 'an empty cell' : `"${cell}"`,
      hint: 'Remove the gene or fill the value in: a missing value is never read as zero.',
    });
  }
  const decimalComma = head.delimiter === ';' && /^[+-]?\d*,\d+$/.test(cell.trim());
  return new FormatError(`The value of gene "${gene}" is not a number.`, {
    ...place,
    found: `"${cell}"`,
    hint: decimalComma
      ? 'Save the table with decimal points instead of commas.'
      : 'Correct the cell or leave the column out.',
  });
}
