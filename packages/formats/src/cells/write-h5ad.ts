import {
  type Column,
  type CsrMatrix,
  type Dataset,
  type DenseMatrix,
  LimitError,
  type Matrix,
  type SparseIndices,
  UnsupportedError,
} from '@remnant/engine';
import type { Group } from 'h5wasm';
import { type H5, loadH5 } from '../tree/h5-module.js';
import { clearTimestamps } from '../tree/h5-timestamps.js';
import { transpose } from './sparse.js';

type Numbers = Uint8Array | Uint16Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

const chunkValues = 2 ** 16;
const gzipLevel = 4;
const largestArray = 2 ** 30;

/**
 * Writes a data set as .h5ad in the current encoding of AnnData (anndata 0.1.0, data frames 0.2.0), which scanpy, Seurat
 * and cellxgene open: X and layers as they are (compressed columns become rows), text columns as categories where values
 * repeat, numbers as float64, embeddings, plain values of `uns`, `raw`. The same data set gives the same bytes.
 *
 * @returns the whole file
 * @throws LimitError when one array is larger than 1 GiB
 * @throws UnsupportedError for a name with a slash, which HDF5 takes for a path
 */
export async function writeH5ad(dataset: Dataset): Promise<Uint8Array> {
  const h5 = await loadH5();
  const name = h5.nextName();
  const file = new h5.lib.File(`/${name}`, 'w', { libver: 'v108' });
  try {
    writeDataset(h5, file, dataset);
  } finally {
    file.close();
  }
  const bytes = h5.files.readFile(`/${name}`).slice();
  h5.files.unlink(`/${name}`);
  clearTimestamps(bytes);
  return bytes;
}

function writeDataset(h5: H5, root: Group, dataset: Dataset): void {
  encode(root, 'anndata', '0.1.0');
  writeMatrix(root, 'X', dataset.X);
  writeFrame(root, 'obs', dataset.obsNames, dataset.obs);
  writeFrame(root, 'var', dataset.varNames, dataset.var);
  const layers = writeDict(root, 'layers');
  for (const [name, layer] of sorted(dataset.layers)) writeMatrix(layers, name, layer);
  const obsm = writeDict(root, 'obsm');
  for (const [name, embedding] of sorted(dataset.obsm)) writeMatrix(obsm, name, embedding);
  for (const name of ['obsp', 'varm', 'varp']) writeDict(root, name);
  writeUns(writeDict(root, 'uns'), dataset.uns);
  if (dataset.raw !== null) {
    const raw = encode(root.create_group('raw'), 'raw', '0.1.0');
    writeMatrix(raw, 'X', dataset.raw.X);
    writeFrame(raw, 'var', dataset.raw.varNames, dataset.raw.var);
    writeDict(raw, 'varm');
  }
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function writeMatrix(parent: Group, name: string, matrix: Matrix): void {
  if (matrix.kind === 'dense') writeDense(parent, name, matrix);
  else if (matrix.kind === 'csr') writeCsr(parent, name, matrix);
  else {
    const [nObs, nVars] = matrix.shape;
    const rows = transpose({ ...matrix, nMajor: nVars, nMinor: nObs });
    writeCsr(parent, name, { ...rows, kind: 'csr', shape: matrix.shape });
  }
}

function writeDense(parent: Group, name: string, matrix: DenseMatrix): void {
  writeNumbers(parent, name, matrix.data, matrix.shape);
}

function writeCsr(parent: Group, name: string, matrix: CsrMatrix): void {
  const group = encode(parent.create_group(checkedName(name)), 'csr_matrix', '0.1.0');
  group.create_attribute('shape', BigInt64Array.from(matrix.shape.map(BigInt)), [2]);
  writeNumbers(group, 'data', matrix.data);
  writeNumbers(group, 'indices', signed(matrix.indices));
  writeNumbers(group, 'indptr', signed(matrix.indptr));
}

/** Indices as scipy holds them. */
function signed(values: SparseIndices | Float64Array): Int32Array {
  for (const value of values) {
    if (value > 0x7fffffff) throw new LimitError('This matrix is too large to be written.', { found: String(value) });
  }
  return Int32Array.from(values);
}

function writeFrame(parent: Group, name: string, names: readonly string[], columns: readonly Column[]): void {
  const group = encode(parent.create_group(name), 'dataframe', '0.2.0');
  group.create_attribute('_index', '_index');
  const order = columns.map((column) => checkedName(column.name));
  if (order.length > 0) group.create_attribute('column-order', order, [order.length], 'S');
  else group.create_attribute('column-order', new Float64Array(0), [0]);
  writeTexts(group, '_index', names);
  for (const column of columns) writeColumn(group, column);
}

function writeColumn(group: Group, column: Column): void {
  if (column.kind === 'number') {
    writeNumbers(group, column.name, column.values);
    return;
  }
  const distinct = new Set(column.values);
  const texts = column.values.filter((value) => value !== null);
  if (texts.length < column.values.length || distinct.size < column.values.length)
    writeCategories(group, column.name, column.values);
  else writeTexts(group, column.name, texts);
}

function writeCategories(parent: Group, name: string, values: readonly (string | null)[]): void {
  const categories = [...new Set(values)].filter((value) => value !== null).sort();
  const codeOf = new Map<string | null, number>(categories.map((category, code) => [category, code]));
  const codes = values.map((value) => codeOf.get(value) ?? -1);
  const group = encode(parent.create_group(checkedName(name)), 'categorical', '0.2.0');
  // AnnData reads any truth value here; h5wasm cannot write the HDF5 enum that h5py uses for booleans.
  group.create_attribute('ordered', new Int8Array(1), []);
  writeTexts(group, 'categories', categories);
  writeNumbers(group, 'codes', codeArray(codes, categories.length));
}

function codeArray(codes: readonly number[], nCategories: number): Int8Array | Int16Array | Int32Array {
  if (nCategories < 128) return Int8Array.from(codes);
  return nCategories < 32_768 ? Int16Array.from(codes) : Int32Array.from(codes);
}

function writeUns(group: Group, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of sorted(values)) {
    if (typeof value === 'string') encode(writeScalar(group, name, value), 'string', '0.2.0');
    else if (typeof value === 'number') encode(writeScalar(group, name, value), 'numeric-scalar', '0.2.0');
    else if (typeof value === 'boolean') encode(writeScalar(group, name, Number(value)), 'numeric-scalar', '0.2.0');
    else if (isTexts(value)) writeTexts(group, name, value);
    else if (isNumbers(value)) writeNumbers(group, name, Float64Array.from(value));
    else if (isRecord(value)) writeUns(writeDict(group, name), value);
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isNumbers(value: unknown): value is readonly number[] {
  return (Array.isArray(value) && value.every((item) => typeof item === 'number')) || ArrayBuffer.isView(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface HasAttributes {
  create_attribute: Group['create_attribute'];
}

function encode<T extends HasAttributes>(node: T, type: string, version: string): T {
  node.create_attribute('encoding-type', type);
  node.create_attribute('encoding-version', version);
  return node;
}

function writeDict(parent: Group, name: string): Group {
  return encode(parent.create_group(checkedName(name)), 'dict', '0.1.0');
}

function writeScalar(parent: Group, name: string, value: string | number): HasAttributes {
  const dtype = typeof value === 'string' ? 'S' : '<d';
  return parent.create_dataset({ name: checkedName(name), data: value, shape: [], dtype });
}

function writeTexts(parent: Group, name: string, texts: readonly string[]): void {
  const node = parent.create_dataset({ name: checkedName(name), data: [...texts], shape: [texts.length], dtype: 'S' });
  encode(node, 'string-array', '0.2.0');
}

function writeNumbers(parent: Group, name: string, data: Numbers, shape: readonly number[] = [data.length]): void {
  if (data.byteLength > largestArray) {
    throw new LimitError(`The array "${name}" is too large to be written.`, {
      expected: 'at most 1 GiB',
      found: `${(data.byteLength / 2 ** 30).toFixed(1)} GiB`,
    });
  }
  const layout = data.length > chunkValues ? { chunks: chunkShape(shape), compression: gzipLevel } : {};
  const node = parent.create_dataset({ name: checkedName(name), data, shape: [...shape], ...layout });
  encode(node, 'array', '0.2.0');
}

function chunkShape([rows = 0, ...rest]: readonly number[]): number[] {
  const width = rest.reduce((product, size) => product * size, 1);
  return [Math.min(rows, Math.max(1, Math.floor(chunkValues / width))), ...rest];
}

function checkedName(name: string): string {
  if (!name.includes('/') && name !== '' && name !== '.') return name;
  throw new UnsupportedError('HDF5 cannot hold this name.', {
    expected: 'a name without a slash',
    found: JSON.stringify(name),
  });
}
