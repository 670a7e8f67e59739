import {
  type Column,
  type CsrMatrix,
  type Dataset,
  LimitError,
  type Matrix,
  ShapeError,
  type SparseIndices,
  UnsupportedError,
} from '@remnant/engine';
import type { Group } from 'h5wasm';
import {
  createGroup,
  encode,
  type H5Writer,
  longestBlock,
  type Place,
  writeBlocks,
  writeBooleanAttribute,
  writeBooleans,
  type WriteContext,
  writeH5,
  writeNumbers,
  writeScalar,
  writeTexts,
} from '../tree/h5-writer.js';
import { transpose } from './sparse.js';

/**
 * Writes a data set as .h5ad in the current encoding of AnnData (anndata 0.1.0, data frames 0.2.0), which scanpy, Seurat
 * and cellxgene open. X and layers keep their kind of number (compressed columns become rows); a column of `True` and `False`
 * only becomes boolean, other text columns categories where values repeat, numbers float64; embeddings; `uns` with texts, numbers,
 * truth values, lists of them, and records of all these; `raw`. The same data set gives the same bytes.
 *
 * Memory: the file once, beside the data. 100,000 cells × 20,000 genes with 160 million counts make a file of 0.4 GB.
 * Long arrays are written a million values at a time, and the caller may stop between them.
 *
 * @param dataset - names of cells and genes each unique, for cellxgene; `null` in `uns` is left out
 * @param context - a signal to stop, and who is told how far it is
 * @returns the whole file
 * @throws LimitError when the file would not fit in memory
 * @throws ShapeError when a column is called like the index, or two columns alike
 * @throws UnsupportedError for a name with a slash, which HDF5 takes for a path, and for a value of `uns` of another kind
 */
export async function writeH5ad(dataset: Dataset, context: WriteContext = {}): Promise<Uint8Array> {
  return writeH5({ ...context, rawBytes: rawBytesOf(dataset) }, (writer) => writeDataset(writer, dataset));
}

/** What the matrices and columns would take without compression, with room for names and headers. */
function rawBytesOf({ X, layers, obsm, raw, obsNames, varNames, obs, var: variables }: Dataset): number {
  const bytesOf = (matrix: Matrix): number =>
    matrix.data.byteLength + (matrix.kind === 'dense' ? 0 : 4 * (matrix.indices.length + matrix.indptr.length));
  const matrices = [X, ...Object.values(layers), ...Object.values(obsm), ...(raw === null ? [] : [raw.X])];
  const values = obsNames.length * (obs.length + 4) + varNames.length * (variables.length + 4);
  return matrices.reduce((sum, matrix) => sum + bytesOf(matrix), 2 ** 20 + 16 * values);
}

async function writeDataset(writer: H5Writer, dataset: Dataset): Promise<void> {
  const root = encode(writer.root, 'anndata', '0.1.0');
  await writeMatrix(writer, { parent: root, name: 'X' }, dataset.X);
  await writeFrame(writer, { parent: root, name: 'obs' }, dataset.obsNames, dataset.obs);
  await writeFrame(writer, { parent: root, name: 'var' }, dataset.varNames, dataset.var);
  const layers = createGroup({ parent: root, name: 'layers' }, 'dict');
  for (const [name, layer] of sorted(dataset.layers)) await writeMatrix(writer, { parent: layers, name }, layer);
  const obsm = createGroup({ parent: root, name: 'obsm' }, 'dict');
  for (const [name, embedding] of sorted(dataset.obsm)) await writeMatrix(writer, { parent: obsm, name }, embedding);
  for (const name of ['obsp', 'varm', 'varp']) createGroup({ parent: root, name }, 'dict');
  await writeUns(writer, createGroup({ parent: root, name: 'uns' }, 'dict'), dataset.uns);
  if (dataset.raw !== null) {
    const raw = createGroup({ parent: root, name: 'raw' }, 'raw');
    await writeMatrix(writer, { parent: raw, name: 'X' }, dataset.raw.X);
    await writeFrame(writer, { parent: raw, name: 'var' }, dataset.raw.varNames, dataset.raw.var);
    createGroup({ parent: raw, name: 'varm' }, 'dict');
  }
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

async function writeMatrix(writer: H5Writer, place: Place, matrix: Matrix): Promise<void> {
  if (matrix.kind === 'dense') await writeNumbers(writer, place, matrix.data, matrix.shape);
  else if (matrix.kind === 'csr') await writeCsr(writer, place, matrix);
  else {
    const [nObs, nVars] = matrix.shape;
    const rows = transpose({ ...matrix, nMajor: nVars, nMinor: nObs });
    await writeCsr(writer, place, { ...rows, kind: 'csr', shape: matrix.shape });
  }
}

async function writeCsr(writer: H5Writer, place: Place, matrix: CsrMatrix): Promise<void> {
  const group = createGroup(place, 'csr_matrix');
  group.create_attribute('shape', BigInt64Array.from(matrix.shape.map(BigInt)), [2]);
  await writeNumbers(writer, { parent: group, name: 'data' }, matrix.data);
  await writeSigned(writer, { parent: group, name: 'indices' }, matrix.indices);
  await writeSigned(writer, { parent: group, name: 'indptr' }, matrix.indptr);
}

/** Indices as scipy holds them, turned into 32-bit integers a block at a time. */
async function writeSigned(writer: H5Writer, place: Place, values: SparseIndices | Float64Array): Promise<void> {
  const last = values.at(-1) ?? 0;
  if (last > 0x7fffffff) throw new LimitError('This matrix is too large to be written.', { found: String(last) });
  const scratch = new Int32Array(Math.min(values.length, longestBlock));
  const block = (from: number, to: number): Int32Array => {
    scratch.set(values.subarray(from, to));
    return scratch.subarray(0, to - from);
  };
  await writeBlocks(writer, place, { length: values.length, block });
}

async function writeFrame(
  writer: H5Writer,
  place: Place,
  names: readonly string[],
  columns: readonly Column[],
): Promise<void> {
  const group = createGroup(place, 'dataframe', '0.2.0');
  const order = columns.map((column) => column.name);
  const taken = order.find((name, i) => name === '_index' || order.indexOf(name) !== i);
  if (taken !== undefined)
    throw new ShapeError(`Two columns of "${place.name}" would have one name.`, { column: taken });
  group.create_attribute('_index', '_index');
  if (order.length > 0) group.create_attribute('column-order', order, [order.length], 'S');
  else group.create_attribute('column-order', new Float64Array(0), [0]);
  writeTexts({ parent: group, name: '_index' }, names);
  for (const column of columns) await writeColumn(writer, group, column);
}

async function writeColumn(writer: H5Writer, parent: Group, column: Column): Promise<void> {
  const place = { parent, name: column.name };
  if (column.kind === 'number') return writeNumbers(writer, place, column.values);
  const distinct = new Set(column.values);
  const texts = column.values.filter((value) => value !== null);
  if (texts.length > 0 && [...distinct].every((value) => value === 'True' || value === 'False')) {
    writeBooleans(
      writer,
      place,
      texts.map((text) => text === 'True'),
    );
  } else if (texts.length < column.values.length || distinct.size < column.values.length) {
    await writeCategories(writer, place, column.values);
  } else writeTexts(place, texts);
}

async function writeCategories(writer: H5Writer, place: Place, values: readonly (string | null)[]): Promise<void> {
  const categories = [...new Set(values)].filter((value) => value !== null).sort();
  const codeOf = new Map<string | null, number>(categories.map((category, code) => [category, code]));
  const codes = values.map((value) => codeOf.get(value) ?? -1);
  const group = createGroup(place, 'categorical', '0.2.0');
  writeBooleanAttribute(writer, group, 'ordered', false);
  writeTexts({ parent: group, name: 'categories' }, categories);
  await writeNumbers(writer, { parent: group, name: 'codes' }, codeArray(codes, categories.length));
}

function codeArray(codes: readonly number[], nCategories: number): Int8Array | Int16Array | Int32Array {
  if (nCategories < 128) return Int8Array.from(codes);
  return nCategories < 32_768 ? Int16Array.from(codes) : Int32Array.from(codes);
}

async function writeUns(writer: H5Writer, parent: Group, values: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of sorted(values)) {
    const place = { parent, name };
    if (value === null || value === undefined) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      writeScalar(writer, place, value);
    } else if (isNumbers(value)) await writeNumbers(writer, place, Float64Array.from(value));
    else if (isBooleans(value)) writeBooleans(writer, place, value);
    else if (isTexts(value)) writeTexts(place, value);
    else if (isRecord(value)) await writeUns(writer, createGroup(place, 'dict'), value);
    else throw notWritten(name);
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isBooleans(value: unknown): value is readonly boolean[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'boolean');
}

/** Empty lists count as numbers. */
function isNumbers(value: unknown): value is readonly number[] {
  return (Array.isArray(value) && value.every((item) => typeof item === 'number')) || ArrayBuffer.isView(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notWritten(name: string): UnsupportedError {
  return new UnsupportedError(`The value "${name}" of uns is of a kind that .h5ad is not written with here.`, {
    expected: 'a text, a number, a truth value, a list of one of them, or a record of these',
    hint: 'Write a list of records as a record of lists.',
  });
}
