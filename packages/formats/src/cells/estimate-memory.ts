import { LimitError } from '@remnant/engine';
import { type FileSource, openFile, type OpenFile } from '../source.js';
import { beginningOf } from '../text/line-blocks.js';
import { isGzip, gzipSize } from '../text/gunzip.js';
import { createScannedRow, scanRow } from '../text/scan-row.js';
import { readTableHead, type TableHead } from '../text/table-head.js';
import { openH5Tree } from '../tree/h5-tree.js';
import { type ArrayNode, getArray, getGroup, type GroupNode } from '../tree/node.js';
import { openZarrTree } from '../tree/zarr-tree.js';
import { type CellSource, findCellSource } from './cell-source.js';
import { readMatrixMarketHeader } from './matrix-market.js';
import { matrixHeader, type MatrixHeader } from './read-matrix.js';
import type { TenXFiles } from './ten-x-folder.js';
import { findTenXGroups } from './ten-x-h5.js';

/** Every matrix of a file, or one after the other until the counts are found. */
export type MatricesRead = 'all' | 'counts';

/** How much memory reading needs at its peak, and what that was judged from. */
export interface MemoryEstimate {
  readonly bytes: number;
  readonly basis: string;
}

const gibibyte = 2 ** 30;
const countBytes = 2;
const realBytes = 4;
/** Later rows of a matrix may hold more values than its first ones. */
const roomForOtherRows = 1.25;

/**
 * Estimates the memory that reading single-cell data needs, from headers only: the size line of a matrix.mtx, the shapes
 * of an HDF5 or Zarr file, the first rows and the size of a table. What the program itself needs comes on top.
 *
 * @param matrices - what `readCells` (`all`) or `readCounts` (`counts`) would hold at once
 */
export async function estimateMemory(
  source: FileSource,
  path: string,
  matrices: MatricesRead = 'all',
): Promise<MemoryEstimate> {
  return estimateCellSource(source, await findCellSource(source, path), matrices);
}

/**
 * Refuses what would not fit, before it is read.
 *
 * @param options - the budget, and what will be read
 * @throws LimitError naming the estimate, what it was judged from, and the budget
 */
export async function requireMemory(
  source: FileSource,
  cells: CellSource,
  path: string,
  options: { readonly memoryGib: number; readonly matrices: MatricesRead },
): Promise<void> {
  const { memoryGib, matrices } = options;
  const { bytes, basis } = await estimateCellSource(source, cells, matrices);
  if (bytes <= memoryGib * gibibyte) return;
  throw new LimitError('Reading this sample would need more memory than the budget.', {
    file: path,
    expected: `at most ${inGib(memoryGib * gibibyte)} (memoryGib)`,
    found: `an estimated ${inGib(bytes)}: ${basis}`,
    hint: 'Raise memoryGib if this machine has the memory, or give filtered counts with fewer cells.',
  });
}

async function estimateCellSource(
  source: FileSource,
  cells: CellSource,
  matrices: MatricesRead,
): Promise<MemoryEstimate> {
  switch (cells.kind) {
    case '10x-folder':
      return estimateMatrixMarket(source, cells.files);
    case 'table':
      return estimateTable(await openFile(source, cells.path), cells.path);
    default:
      return estimateTree(source, cells, matrices);
  }
}

/** The file is read in parts, straight into the arrays that are handed on. */
async function estimateMatrixMarket(source: FileSource, files: TenXFiles): Promise<MemoryEstimate> {
  const { text } = await beginningOf(await openFile(source, files.matrix), files.matrix);
  const { nRows, nColumns, nStored, field } = readMatrixMarketHeader(text, files.matrix);
  const perValue = bytesPerIndex(nRows) + (field === 'real' ? realBytes : countBytes);
  return {
    bytes: nStored * perValue + nameBytes(nRows, nColumns),
    basis: `${count(nStored)} values of ${count(nRows)} genes × ${count(nColumns)} cells, by the size line of the matrix`,
  };
}

async function estimateTree(
  source: FileSource,
  cells: CellSource & { readonly kind: 'hdf5' | 'zarr' },
  matricesRead: MatricesRead,
): Promise<MemoryEstimate> {
  const tree = cells.kind === 'hdf5' ? await openH5Tree(source, cells.path) : await openZarrTree(source, cells.path);
  try {
    const all = await listMatrices(tree.root);
    const largest = [...all].sort((a, b) => matrixBytes(b) - matrixBytes(a)).slice(0, 1);
    const headers = matricesRead === 'all' ? all : largest;
    const bytes = headers.reduce((sum, header) => sum + matrixBytes(header), 0);
    const [first] = headers;
    const [nObs, nVars] = first?.shape ?? [0, 0];
    const stored = headers.reduce((sum, header) => sum + header.nStored, 0);
    const matrices = headers.length === 1 ? 'one matrix' : `${String(headers.length)} matrices`;
    return {
      bytes: bytes + nameBytes(nVars, nObs),
      basis: `${count(stored)} values in ${matrices} of ${count(nObs)} cells × ${count(nVars)} genes, by the shapes in the file`,
    };
  } finally {
    tree.close();
  }
}

async function listMatrices(root: GroupNode): Promise<MatrixHeader[]> {
  const tenX = await findTenXGroups(root);
  if (tenX.length > 0) return Promise.all(tenX.map(({ group }) => tenXHeader(group)));
  const layers = await getGroup(root, 'layers');
  const names = ((await layers?.keys()) ?? []).map((name) => `layers/${name}`);
  const headers: MatrixHeader[] = [];
  for (const name of ['X', 'raw/X', 'raw.X', ...names]) {
    const node = await root.get(name);
    const header = node === null ? null : await matrixHeader(node);
    if (header !== null) headers.push(node?.kind === 'array' ? await withoutZeros(node, header) : header);
  }
  return headers;
}

/** The values of a dense matrix that are likely to be kept, by its first rows. */
async function withoutZeros(node: ArrayNode, header: MatrixHeader): Promise<MatrixHeader> {
  const [rows, columns] = header.shape;
  const numbers = await node.numbers(0, Math.min(rows, Math.ceil(2 ** 18 / Math.max(1, columns))));
  let nonZero = 0;
  for (let k = 0; k < numbers.length; k++) if (numbers[k] !== 0) nonZero++;
  const share = Math.min(1, (roomForOtherRows * nonZero) / Math.max(1, numbers.length));
  return { ...header, nStored: Math.round(share * header.nStored) };
}

async function tenXHeader(group: GroupNode): Promise<MatrixHeader> {
  const data = await getArray(group, 'data');
  const barcodes = await getArray(group, 'barcodes');
  const names = (await getArray(group, 'features/name')) ?? (await getArray(group, 'gene_names'));
  const shape = [barcodes?.shape[0] ?? 0, names?.shape[0] ?? 0] as const;
  return { format: 'csr', shape, nStored: data?.shape[0] ?? 0, bytesPerValue: data?.bytesPerValue ?? 4 };
}

/** Sixteen-bit columns where they are enough, values as wide as in the file at most; dense rows are put together at the end. */
function matrixBytes({ format, shape, nStored, bytesPerValue }: MatrixHeader): number {
  const perValue = bytesPerIndex(shape[1]) + bytesPerValue;
  return nStored * perValue * (format === 'dense' ? 2 : 1);
}

/**
 * Text is read in blocks, so only the values that are not zero count: once while they are collected, again while they are
 * put together.
 */
async function estimateTable(input: OpenFile, file: string): Promise<MemoryEstimate> {
  const { text, fileBytes } = await beginningOf(input, file);
  const head = readTableHead(text, file);
  const compressed = isGzip(await input.read(0, 2));
  const textBytes = compressed ? await decompressedSize(input, text.length, fileBytes) : input.size;
  const sample = sampleRows(text, head);
  const nColumns = head.columns.length;
  const nRows = (textBytes - head.bodyStart) / sample.bytesPerRow;
  const seen = sample.nNonZero / (sample.nRows * nColumns);
  // A value that is not zero takes one to two bytes of a compressed table, so it cannot hold many more.
  const bytesEach = Math.min(2, Math.max(1, fileBytes / sample.nNonZero));
  const share = compressed ? Math.max(seen, Math.min(1, input.size / bytesEach / (nRows * nColumns))) : seen;
  const perValue = bytesPerIndex(nColumns) + bytesPerIndex(nRows) + 2 * (sample.isWhole ? countBytes : realBytes);
  return {
    bytes: nRows * nColumns * share * perValue + nameBytes(nRows, nColumns),
    basis: `about ${count(nRows)} rows × ${count(nColumns)} columns, ${percent(share)} of the values not zero, by the first rows and the size of the table`,
  };
}

/** The size written at the end of the file, unless it is far below what the ratio seen so far gives (several members, or over 4 GiB). */
async function decompressedSize(input: OpenFile, seen: number, seenCompressed: number): Promise<number> {
  const stated = gzipSize(await input.read(input.size - 4, 4));
  const scaled = (seen / seenCompressed) * input.size;
  return stated > scaled / 4 ? stated : scaled;
}

/** What the first rows of a table hold. */
interface RowSample {
  readonly nRows: number;
  readonly nNonZero: number;
  readonly bytesPerRow: number;
  readonly isWhole: boolean;
}

function sampleRows(text: Uint8Array, head: TableHead): RowSample {
  const row = createScannedRow(head.columns.length);
  const delimiter = head.delimiter.charCodeAt(0);
  let nRows = 0;
  let nNonZero = 0;
  let isWhole = true;
  let at = head.bodyStart;
  while (at < text.length) {
    const next = scanRow(text, at, delimiter, row);
    if (next > text.length && nRows > 0) break;
    for (const value of row.numbers) {
      if (value === 0 || Number.isNaN(value)) continue;
      nNonZero++;
      isWhole &&= Number.isInteger(value);
    }
    nRows++;
    at = next;
  }
  return { nRows, nNonZero, bytesPerRow: (at - head.bodyStart) / nRows, isWhole };
}

function percent(share: number): string {
  return `${String(Math.round(100 * share))} %`;
}

function bytesPerIndex(nMinor: number): number {
  return nMinor <= 0x10000 ? 2 : 4;
}

/** Names of cells and genes as JavaScript strings with their slots. */
function nameBytes(nRows: number, nColumns: number): number {
  return 100 * (nRows + nColumns);
}

function count(n: number): string {
  return Math.round(n)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

function inGib(bytes: number): string {
  return `${(bytes / gibibyte).toPrecision(3)} GiB`;
}
