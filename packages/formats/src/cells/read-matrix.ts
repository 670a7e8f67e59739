import { type CsrMatrix, type DenseMatrix, FormatError } from '@remnant/engine';
import {
  type ArrayNode,
  getArray,
  type GroupNode,
  numbersAttribute,
  textAttribute,
  type TreeNode,
} from '../tree/node.js';
import {
  asSparseData,
  type Compressed,
  createPointers,
  createSparseBuilder,
  fromFile,
  type SparseData,
  toCsr,
  transpose,
} from './sparse.js';

const valuesAtOnce = 2 ** 20;

/** How a matrix of an AnnData file is stored, from its attributes and shapes alone. */
export interface MatrixHeader {
  readonly format: 'dense' | 'csr' | 'csc';
  readonly shape: readonly [number, number];
  /** Values stored; all of them for a dense matrix. */
  readonly nStored: number;
  readonly bytesPerValue: number;
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
 * Reads a matrix stored dense, by rows or by columns into compressed rows.
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
  const stored = node.kind === 'array' ? await readDense(node) : await readCompressed(node, header, file);
  return fromFile(file, () => toCsr(header.format === 'csc' ? transpose(stored) : stored));
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
  const builder = createSparseBuilder();
  for await (const block of rowBlocks(node, columns)) {
    const numbers = Float64Array.from(block);
    for (let at = 0; at < numbers.length; at += columns) builder.addRow(numbers.subarray(at, at + columns));
  }
  return columns === 0 ? emptyRows(rows) : builder.finish(columns);
}

function emptyRows(rows: number): Compressed {
  const indptr = new Uint32Array(rows + 1);
  return { nMajor: rows, nMinor: 0, indptr, indices: new Uint32Array(0), data: new Float32Array(0) };
}

async function readCompressed(group: GroupNode, header: MatrixHeader, file: string): Promise<Compressed> {
  const [data, indices, indptr] = await Promise.all(['data', 'indices', 'indptr'].map((name) => getArray(group, name)));
  if (!data || !indices || !indptr) {
    throw new FormatError(`"${group.path}" lacks a part of a sparse matrix.`, { file });
  }
  const [nObs, nVars] = header.shape;
  const nMajor = header.format === 'csr' ? nObs : nVars;
  return {
    nMajor,
    nMinor: header.format === 'csr' ? nVars : nObs,
    indptr: await readPointers(indptr, header.nStored),
    indices: await readIndices(indices),
    data: await readData(data),
  };
}

/** Row pointers as exact numbers. */
export async function readPointers(node: ArrayNode, nStored: number): Promise<Uint32Array | Float64Array> {
  const pointers = createPointers(node.shape[0] ?? 0, nStored);
  pointers.set(await node.numbers());
  return pointers;
}

/** Indices, read in blocks. */
export async function readIndices(node: ArrayNode): Promise<Uint32Array> {
  const indices = new Uint32Array(node.shape[0] ?? 0);
  let at = 0;
  for await (const block of rowBlocks(node, 1)) {
    indices.set(block, at);
    at += block.length;
  }
  return indices;
}

/** Values, read in blocks; float32 as long as every value survives it. */
export async function readData(node: ArrayNode): Promise<SparseData> {
  const n = node.shape[0] ?? 0;
  let values: SparseData = new Float32Array(n);
  let at = 0;
  for await (const block of rowBlocks(node, 1)) {
    const exact = asSparseData(block);
    if (exact instanceof Float64Array && values instanceof Float32Array) values = Float64Array.from(values);
    values.set(exact, at);
    at += block.length;
  }
  return values;
}

/** Blocks of whole rows of about a million values, cut where the storage is cut. */
async function* rowBlocks(node: ArrayNode, columns: number): AsyncGenerator<ArrayLike<number>> {
  const rows = node.shape[0] ?? 0;
  const wanted = Math.max(1, Math.floor(valuesAtOnce / Math.max(1, columns)));
  const chunk = node.chunkRows ?? 1;
  const step = Math.max(chunk, Math.floor(wanted / chunk) * chunk);
  for (let from = 0; from < rows; from += step) yield node.numbers(from, Math.min(rows, from + step));
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
