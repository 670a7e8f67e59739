import { LimitError } from '@remnant/engine';
import { type FileSource, openFile, type OpenFile } from '../source.js';
import { beginningOf } from '../text/line-blocks.js';
import { isGzip, gzipSize } from '../text/gunzip.js';
import { createScannedRow, scanRow } from '../text/scan-row.js';
import { readTableHead, type TableHead } from '../text/table-head.js';
import { openH5Tree } from '../tree/h5-tree.js';
import { getArray, getGroup, type GroupNode } from '../tree/node.js';
import { openZarrTree } from '../tree/zarr-tree.js';
import { type CellSource, findCellSource } from './cell-source.js';
import { readMatrixMarketHeader } from './matrix-market.js';
import { matrixHeader, type MatrixHeader } from './read-matrix.js';
import type { TenXFiles } from './ten-x-folder.js';
import { findTenXGroups } from './ten-x-h5.js';

/** How much memory reading needs at its peak, and what that was judged from. */
export interface MemoryEstimate {
  readonly bytes: number;
  readonly basis: string;
}

const gibibyte = 2 ** 30;
const headBytes = 2 ** 20;
const bytesPerIndex = 4;

/**
 * Estimates the memory that reading single-cell data needs, from headers only: the size line of a matrix.mtx, the shapes
 * of an HDF5 or Zarr file, the first rows and the size of a table.
 */
export async function estimateMemory(source: FileSource, path: string): Promise<MemoryEstimate> {
  return estimateCellSource(source, await findCellSource(source, path));
}

/**
 * Refuses what would not fit, before it is read.
 *
 * @param memoryGib - the budget
 * @throws LimitError naming the estimate, what it was judged from, and the budget
 */
export async function requireMemory(
  source: FileSource,
  cells: CellSource,
  path: string,
  memoryGib: number,
): Promise<void> {
  const { bytes, basis } = await estimateCellSource(source, cells);
  if (bytes <= memoryGib * gibibyte) return;
  throw new LimitError('Reading this sample would need more memory than the budget.', {
    file: path,
    expected: `at most ${inGib(memoryGib * gibibyte)} (memoryGib)`,
    found: `an estimated ${inGib(bytes)}: ${basis}`,
    hint: 'Raise memoryGib if this machine has the memory, or give filtered counts with fewer cells.',
  });
}

async function estimateCellSource(source: FileSource, cells: CellSource): Promise<MemoryEstimate> {
  switch (cells.kind) {
    case '10x-folder':
      return estimateMatrixMarket(source, cells.files);
    case 'table':
      return estimateTable(await openFile(source, cells.path), cells.path);
    default:
      return estimateTree(source, cells);
  }
}

/** Entries are held as row, column and value; the file as it is on disk. */
async function estimateMatrixMarket(source: FileSource, files: TenXFiles): Promise<MemoryEstimate> {
  const input = await openFile(source, files.matrix);
  const head = await beginningOf(await input.read(0, headBytes), input.size, files.matrix);
  const { nRows, nColumns, nStored } = readMatrixMarketHeader(head, files.matrix);
  return {
    bytes: input.size + nStored * (3 * bytesPerIndex) + nameBytes(nRows, nColumns),
    basis: `${count(nStored)} values of ${count(nRows)} genes × ${count(nColumns)} cells, by the size line of the matrix`,
  };
}

async function estimateTree(
  source: FileSource,
  cells: CellSource & { readonly kind: 'hdf5' | 'zarr' },
): Promise<MemoryEstimate> {
  const tree = cells.kind === 'hdf5' ? await openH5Tree(source, cells.path) : await openZarrTree(source, cells.path);
  try {
    const headers = await listMatrices(tree.root);
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
    if (header !== null) headers.push(header);
  }
  return headers;
}

async function tenXHeader(group: GroupNode): Promise<MatrixHeader> {
  const data = await getArray(group, 'data');
  const barcodes = await getArray(group, 'barcodes');
  const names = (await getArray(group, 'features/name')) ?? (await getArray(group, 'gene_names'));
  const shape = [barcodes?.shape[0] ?? 0, names?.shape[0] ?? 0] as const;
  return { format: 'csr', shape, nStored: data?.shape[0] ?? 0, bytesPerValue: data?.bytesPerValue ?? 4 };
}

/** A dense matrix may turn out to hold no zero; columns are turned into rows, which takes a second copy. */
function matrixBytes(header: MatrixHeader): number {
  const perValue = Math.max(4, header.bytesPerValue) + bytesPerIndex;
  return header.nStored * perValue * (header.format === 'csc' ? 2 : 1);
}

/** Text is read in blocks, so only the values that are not zero count, twice while columns are turned into rows. */
async function estimateTable(input: OpenFile, file: string): Promise<MemoryEstimate> {
  const start = await input.read(0, headBytes);
  const text = await beginningOf(start, input.size, file);
  const head = readTableHead(text, file);
  const compressed = isGzip(start);
  const textBytes = compressed ? await decompressedSize(input, text.length, start.length) : input.size;
  const { nonZero, bytesPerRow } = sampleRows(text, head);
  const nColumns = head.columns.length;
  const nRows = (textBytes - head.bodyStart) / bytesPerRow;
  // Each value that is not zero takes about a byte of a compressed table at least, so it cannot hold many more.
  const share = compressed ? Math.max(nonZero, Math.min(1, input.size / (nRows * nColumns))) : nonZero;
  return {
    bytes: input.size + 2 * nRows * nColumns * share * (4 + bytesPerIndex) + nameBytes(nRows, nColumns),
    basis: `about ${count(nRows)} rows × ${count(nColumns)} columns, ${percent(share)} of the values not zero, by the first rows and the size of the table`,
  };
}

/** The size written at the end of the file, unless it is far below what the ratio seen so far gives (several members, or over 4 GiB). */
async function decompressedSize(input: OpenFile, seen: number, seenCompressed: number): Promise<number> {
  const stated = gzipSize(await input.read(input.size - 4, 4));
  const scaled = (seen / seenCompressed) * input.size;
  return stated > scaled / 4 ? stated : scaled;
}

function sampleRows(text: Uint8Array, head: TableHead): { readonly nonZero: number; readonly bytesPerRow: number } {
  const row = createScannedRow(head.columns.length);
  const delimiter = head.delimiter.charCodeAt(0);
  let nRows = 0;
  let nonZero = 0;
  let at = head.bodyStart;
  while (at < text.length) {
    const next = scanRow(text, at, delimiter, row);
    if (next > text.length && nRows > 0) break;
    for (const value of row.numbers) if (value !== 0 && !Number.isNaN(value)) nonZero++;
    nRows++;
    at = next;
  }
  return { nonZero: nonZero / (nRows * head.columns.length), bytesPerRow: (at - head.bodyStart) / nRows };
}

function percent(share: number): string {
  return `${String(Math.round(100 * share))} %`;
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
