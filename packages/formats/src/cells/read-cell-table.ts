import { type Column, FormatError } from '@remnant/engine';
import { loadGeneTable } from '../genes/load-gene-table.js';
import { type FileSource, openFile, readFile } from '../source.js';
import { isGeneColumnName, isMissing, textColumns } from '../tables/gene-column.js';
import { type LineBlocks, readLines } from '../text/line-blocks.js';
import { createScannedRow, fieldText, isBlankRow, type ScannedRow, scanRow } from '../text/scan-row.js';
import { readTableHead, type TableHead } from '../text/table-head.js';
import { decodeUtf8 } from '../text/utf8.js';
import type { CellDataset } from './cell-dataset.js';
import { type GeneAxis, geneAxis } from './gene-axis.js';
import { besideTable, readCellColumns } from './read-cell-columns.js';
import { requireContent, toCsr } from './sparse.js';
import { createSparseBuilder, type SparseBuilder } from './sparse-builder.js';
import { uniqueNames } from './unique-names.js';

const description = 'Read from the input file.';

/**
 * Reads single-cell counts from a delimited table, gzip or not, block by block: genes × cells, or cells × genes.
 * Which axis holds the genes is decided by how gene-like its names are, and reported.
 * Columns of text beside the names are kept as columns of their axis.
 *
 * Memory: the compact values, and once more while genes × cells are turned round.
 * A table of the cells beside it, such as `x.metadata.csv` beside `x.count.csv`, gives further columns of the cells.
 *
 * @param source - where the file is
 * @param file - its path
 * @throws FormatError for a cell that is no number, a missing value, a ragged row, or an empty matrix
 */
export async function readCellTable(source: FileSource, file: string): Promise<CellDataset> {
  const input = await openFile(source, file);
  const table = await readLines(input, file, (blocks) => readTable(blocks, file));
  const axis = await geneAxis(table.head.columns[table.names], table.rowNames, table.columnNames, loadGeneTable);
  const { builder } = table;
  const X = toCsr(axis.genes === 'rows' ? builder.finishColumns() : builder.finishRows());
  requireContent(X, file);
  const [genes, cells] =
    axis.genes === 'rows' ? [table.rowNames, table.columnNames] : [table.columnNames, table.rowNames];
  const unique = uniqueNames(cells, 'cell names');
  const beside = await besideTable(source, file);
  const described = beside === null ? null : readCellColumns(await readFile(source, beside), beside, cells);
  const own = axis.genes === 'rows' ? [] : table.annotations;
  return {
    X,
    obsNames: unique.names,
    varNames: genes,
    obs: withoutRepeats([...own, ...(described?.columns ?? [])]),
    var: axis.genes === 'rows' ? table.annotations : [],
    layers: {},
    obsm: {},
    uns: {},
    raw: null,
    format: 'table',
    readings: [orientationReading(axis), ...unique.readings, ...(described?.readings ?? [])],
  };
}

/** Of columns of one name, the first: those of the counts table itself go before those beside it. */
function withoutRepeats(columns: readonly Column[]): Column[] {
  return columns.filter((column, i) => columns.findIndex(({ name }) => name === column.name) === i);
}

function orientationReading(axis: GeneAxis): string {
  const orientation = axis.genes === 'rows' ? 'genes × cells' : 'cells × genes';
  return `The table was read as ${orientation}: ${axis.reason}.`;
}

interface Table {
  readonly head: TableHead;
  /** Column of the row names. */
  readonly names: number;
  readonly rowNames: string[];
  readonly columnNames: readonly string[];
  readonly annotations: readonly Column[];
  readonly builder: SparseBuilder;
}

async function readTable(blocks: LineBlocks, file: string): Promise<Table> {
  let reading: Reading | null = null;
  for await (const block of blocks) {
    let at = 0;
    if (reading === null) {
      reading = startReading(block, file);
      at = reading.head.bodyStart;
    }
    readRows(block, at, reading, file);
  }
  if (reading === null) throw new FormatError('This file is empty, not a table.', { file });
  const { head, names, rowNames, numeric, text, texts, builder } = reading;
  return {
    head,
    names,
    rowNames,
    columnNames: Array.from(numeric, (column) => head.columns[column] as string),
    annotations: text.map((column, k) => ({
      kind: 'text',
      name: head.columns[column] as string,
      description,
      values: texts[k] as string[],
    })),
    builder,
  };
}

interface Reading {
  readonly head: TableHead;
  readonly names: number;
  /** Columns of text beside the row names. */
  readonly text: readonly number[];
  readonly numeric: Uint32Array;
  /** The numbers of one row: part of the scratch space where the columns of numbers are side by side, else gathered. */
  readonly values: Float64Array;
  readonly rowNames: string[];
  readonly texts: string[][];
  readonly builder: SparseBuilder;
  readonly scratch: ScannedRow;
  row: number;
}

function startReading(block: Uint8Array, file: string): Reading {
  const head = readTableHead(block, file);
  const text = textColumns(head);
  const named = head.columns.findIndex(isGeneColumnName);
  const names = named === -1 ? (text[0] ?? 0) : named;
  const besides = text.filter((column) => column !== names);
  const isNumeric = (column: number): boolean => column !== names && !besides.includes(column);
  const numeric = Uint32Array.from(head.columns.flatMap((_, column) => (isNumeric(column) ? [column] : [])));
  if (numeric.length === 0) {
    throw new FormatError('This table has no column of numbers.', { file, row: head.headerRow });
  }
  const scratch = createScannedRow(head.columns.length);
  const [first = 0] = numeric;
  const together = (numeric.at(-1) ?? 0) - first + 1 === numeric.length;
  return {
    head,
    names,
    text: besides,
    numeric,
    values: together ? scratch.numbers.subarray(first, first + numeric.length) : new Float64Array(numeric.length),
    rowNames: [],
    texts: besides.map(() => []),
    builder: createSparseBuilder(numeric.length),
    scratch,
    row: head.headerRow,
  };
}

function readRows(bytes: Uint8Array, start: number, reading: Reading, file: string): void {
  const { head, scratch, values, builder } = reading;
  const delimiter = head.delimiter.charCodeAt(0);
  for (let at = start; at < bytes.length; ) {
    at = scanRow(bytes, at, delimiter, scratch);
    reading.row++;
    if (isBlankRow(scratch, at)) continue;
    checkFields(reading, file);
    if (values.buffer !== scratch.numbers.buffer) gather(reading);
    if (firstNaN(values) !== -1) throw badNumber(bytes, reading, file);
    reading.rowNames.push(textOf(bytes, reading, reading.names, file));
    reading.text.forEach((column, k) => (reading.texts[k] as string[]).push(textOf(bytes, reading, column, file)));
    builder.addRow(values);
  }
}

function gather({ scratch, numeric, values }: Reading): void {
  for (let k = 0; k < values.length; k++) values[k] = scratch.numbers[numeric[k] as number] as number;
}

function firstNaN(values: Float64Array): number {
  for (let k = 0; k < values.length; k++) if (Number.isNaN(values[k])) return k;
  return -1;
}

function checkFields({ head, scratch, row }: Reading, file: string): void {
  if (scratch.fields === head.columns.length) return;
  throw new FormatError('This row does not have as many cells as the header.', {
    file,
    row,
    expected: `${String(head.columns.length)} cells`,
    found: String(scratch.fields),
    hint: 'A line cut in the middle often means an incomplete download.',
  });
}

function badNumber(bytes: Uint8Array, reading: Reading, file: string): FormatError {
  const column = reading.numeric[firstNaN(reading.values)] ?? 0;
  const cell = textOf(bytes, reading, column, file);
  return new FormatError(isMissing(cell) ? 'This value is missing.' : 'This value is not a number.', {
    file,
    row: reading.row,
    column: reading.head.columns[column] ?? '',
    found: cell === '' ? 'an empty cell' : `"${cell}"`,
    hint: 'Single-cell counts need a number in every cell of the table.',
  });
}

function textOf(bytes: Uint8Array, { head, scratch, row }: Reading, column: number, file: string): string {
  const decode = (part: Uint8Array): string => decodeUtf8(part, file, row);
  return fieldText(bytes, scratch.starts[column] as number, head.delimiter.charCodeAt(0), decode);
}
