import {
  type CsrMatrix,
  type DenseMatrix,
  FormatError,
  ShapeError,
  type SparseIndices,
  type SparseValues,
} from '@remnant/engine';
import {
  type ArrayNode,
  getArray,
  type GroupNode,
  numbersAttribute,
  textAttribute,
  type TreeNode,
} from '../tree/node.js';
import { createIndices, createValues, outside, putIndices, putValue, putValues } from './compact-arrays.js';
import { accumulate, checkPointers, type Compressed, createPointers, misfit, toCsr } from './sparse.js';
import { createSparseBuilder } from './sparse-builder.js';

const valuesAtOnce = 2 ** 20;

/** How a matrix of an AnnData file is stored, from its attributes and shapes alone. */
export interface MatrixHeader {
  readonly format: 'dense' | 'csr' | 'csc';
  readonly shape: readonly [number, number];
  /** Values stored; all of them for a dense matrix. */
  readonly nStored: number;
  readonly bytesPerValue: number;
}

/** The three arrays of a compressed matrix in a file. */
export interface StoredParts {
  readonly data: ArrayNode;
  readonly indices: ArrayNode;
  readonly indptr: ArrayNode;
}

/** Reads the layout of a matrix without its values; null when the node is no matrix. */
export async function matrixHeader(node: TreeNode): Promise<MatrixHeader | null> {
  if (node.kind === 'array') {
    const [rows, columns] = node.shape;
    if (rows === undefined || columns === undefined || node.shape.length !== 2) return null;
    return { format: 'dense', shape: [rows, columns], nStored: rows * columns, bytesPerValue: node.bytesPerValue };
  }
  const data = await getArray(node, 'data');
  const shape = sparseShape(node);
  const format = sparseFormat(node);
  if (data === null || shape === null || format === null) return null;
  return { format, shape, nStored: data.shape[0] ?? 0, bytesPerValue: data.bytesPerValue };
}

/**
 * Reads a matrix stored dense, by rows or by columns into compressed rows in small arrays, block by block: memory stays
 * close to that of the result. A matrix stored by columns is read twice: to count, then into place.
 *
 * @throws FormatError when the node is no matrix or its parts do not fit
 */
export async function readMatrix(node: TreeNode, file: string): Promise<CsrMatrix> {
  const header = await matrixHeader(node);
  if (header === null) {
    throw new FormatError(`"${node.path}" is not a matrix that can be read.`, {
      file,
      expected: 'a dense, csr or csc matrix as AnnData writes them',
    });
  }
  try {
    return toCsr(node.kind === 'array' ? await readDense(node) : await readCompressed(node, header, file));
  } catch (error) {
    throw misfit(file, error);
  }
}

/** Reads a two-dimensional array, such as an embedding, as it is. */
export async function readDenseMatrix(node: ArrayNode): Promise<DenseMatrix> {
  const [rows = 0, columns = 1] = node.shape;
  const numbers = await node.numbers();
  const data = numbers instanceof Float32Array ? numbers : Float64Array.from(numbers);
  return { kind: 'dense', shape: [rows, columns], data };
}

async function readDense(node: ArrayNode): Promise<Compressed> {
  const [rows = 0, columns = 0] = node.shape;
  const builder = createSparseBuilder(columns);
  if (columns === 0) for (let row = 0; row < rows; row++) builder.addRow([]);
  else {
    for (const [from, to] of rowBlocks(node, columns)) {
      await node.look(from, to, (numbers) => {
        for (let at = 0; at < numbers.length; at += columns) builder.addRow(numbers.subarray(at, at + columns));
      });
    }
  }
  return builder.finishRows();
}

async function readCompressed(group: GroupNode, header: MatrixHeader, file: string): Promise<Compressed> {
  const parts = await storedParts(group, file);
  const [nObs, nVars] = header.shape;
  return header.format === 'csr' ? readRows(parts, nObs, nVars) : readColumns(parts, nVars, nObs);
}

async function storedParts(group: GroupNode, file: string): Promise<StoredParts> {
  const [data, indices, indptr] = await Promise.all(['data', 'indices', 'indptr'].map((name) => getArray(group, name)));
  if (data && indices && indptr) return { data, indices, indptr };
  throw new FormatError(`"${group.path}" lacks a part of a sparse matrix.`, { file });
}

/** Reads compressed rows as they are stored. */
export async function readRows(parts: StoredParts, nMajor: number, nMinor: number): Promise<Compressed> {
  const nStored = parts.data.shape[0] ?? 0;
  const indptr = await readPointers(parts, nMajor);
  const indices = createIndices(nStored, nMinor);
  for (const [from, to] of rowBlocks(parts.indices, 1)) {
    await parts.indices.look(from, to, (block) => {
      putIndices(indices, from, block, nMinor);
    });
  }
  let data = createValues(nStored);
  for (const [from, to] of rowBlocks(parts.data, 1)) {
    await parts.data.look(from, to, (block) => {
      data = putValues(data, from, block);
    });
  }
  return { nMajor, nMinor, indptr, indices, data };
}

/** Reads compressed columns into compressed rows: one pass over the indices to count, one over everything into place. */
async function readColumns(parts: StoredParts, nColumns: number, nRows: number): Promise<Compressed> {
  const nStored = parts.data.shape[0] ?? 0;
  const columnEnds = await readPointers(parts, nColumns);
  const indptr = createPointers(nRows + 1, nStored);
  for (const [from, to] of rowBlocks(parts.indices, 1)) {
    await parts.indices.look(from, to, (block) => {
      countRows(block, indptr);
    });
  }
  accumulate(indptr);
  const places: Places = {
    columnEnds,
    next: indptr.slice(),
    indices: createIndices(nStored, nColumns),
    data: createValues(nStored),
    column: 0,
  };
  for (const [from, to] of rowBlocks(parts.data, 1)) {
    const rows = await parts.indices.numbers(from, to);
    await parts.data.look(from, to, (values) => {
      putInRows(places, rows, values, from);
    });
  }
  return { nMajor: nRows, nMinor: nColumns, indptr, indices: places.indices, data: places.data };
}

/** Where the values of stored columns go among the rows. */
interface Places {
  readonly columnEnds: Uint32Array | Float64Array;
  /** Where the next value of each row goes. */
  readonly next: Uint32Array | Float64Array;
  readonly indices: SparseIndices;
  data: SparseValues;
  /** The column that the last value belonged to. */
  column: number;
}

function putInRows(places: Places, rows: ArrayLike<number>, values: ArrayLike<number>, from: number): void {
  const { columnEnds, next, indices } = places;
  let { data, column } = places;
  for (let k = 0; k < rows.length; k++) {
    while ((columnEnds[column + 1] as number) <= from + k) column++;
    const row = rows[k] as number;
    const at = next[row] as number;
    const value = values[k] as number;
    next[row] = at + 1;
    indices[at] = column;
    data[at] = value;
    if (data[at] !== value) data = putValue(data, at, value);
  }
  places.data = data;
  places.column = column;
}

function countRows(rows: ArrayLike<number>, perRow: Uint32Array | Float64Array): void {
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number;
    if (!(row >= 0 && row < perRow.length - 1)) throw outside();
    perRow[row + 1] = (perRow[row + 1] as number) + 1;
  }
}

async function readPointers(parts: StoredParts, nMajor: number): Promise<Uint32Array | Float64Array> {
  const [nStored = 0] = parts.data.shape;
  const pointers = createPointers(parts.indptr.shape[0] ?? 0, nStored);
  pointers.set(await parts.indptr.numbers());
  const length = parts.indices.shape[0] ?? 0;
  checkPointers({ nMajor, indptr: pointers, indices: { length }, data: { length: nStored } });
  if (pointers[0] !== 0) throw new ShapeError('The row pointers of a sparse matrix do not start at zero.');
  return pointers;
}

/** A value in a stored matrix. */
export interface StoredValue {
  readonly value: number;
  readonly row: number;
  readonly column: number;
}

/** The first value of the first block that a test picks out, without reading the rest of the matrix; null when there is none. */
export async function findEarly(
  node: TreeNode,
  isWanted: (value: number) => boolean,
  file: string,
): Promise<StoredValue | null> {
  const header = await matrixHeader(node);
  if (header === null) return null;
  const parts = node.kind === 'array' ? null : await storedParts(node, file);
  const values = parts?.data ?? (node as ArrayNode);
  const [, nVars] = header.shape;
  const [block] = rowBlocks(values, parts === null ? nVars : 1);
  if (block === undefined) return null;
  const numbers = await values.numbers(...block);
  const at = (numbers as Float64Array).findIndex(isWanted);
  if (at === -1) return null;
  const value = numbers[at] as number;
  if (parts === null) return { value, row: Math.floor(at / nVars), column: at % nVars };
  const pointers = await readPointers(parts, header.shape[header.format === 'csr' ? 0 : 1]);
  const major = (pointers as Float64Array).findIndex((end) => end > at) - 1;
  const minor = (await parts.indices.numbers(at, at + 1))[0] as number;
  return header.format === 'csr' ? { value, row: major, column: minor } : { value, row: minor, column: major };
}

/** Blocks of whole rows of about a million values, cut where the storage is cut. */
function* rowBlocks(node: ArrayNode, columns: number): Generator<readonly [from: number, to: number]> {
  const rows = node.shape[0] ?? 0;
  const wanted = Math.max(1, Math.floor(valuesAtOnce / Math.max(1, columns)));
  const chunk = node.chunkRows ?? 1;
  const step = Math.max(chunk, Math.floor(wanted / chunk) * chunk);
  for (let from = 0; from < rows; from += step) yield [from, Math.min(rows, from + step)];
}

function sparseShape(group: GroupNode): [number, number] | null {
  const shape = numbersAttribute(group.attributes, 'shape') ?? numbersAttribute(group.attributes, 'h5sparse_shape');
  return shape?.length === 2 ? [shape[0] as number, shape[1] as number] : null;
}

function sparseFormat(group: GroupNode): 'csr' | 'csc' | null {
  const format = textAttribute(group.attributes, 'encoding-type') ?? textAttribute(group.attributes, 'h5sparse_format');
  if (format === 'csr_matrix' || format === 'csr') return 'csr';
  return format === 'csc_matrix' || format === 'csc' ? 'csc' : null;
}
