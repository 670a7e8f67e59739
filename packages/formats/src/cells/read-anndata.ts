import { createDataset, type CsrMatrix, type Dataset, type DenseMatrix, FormatError } from '@remnant/engine';
import { type GroupNode, getArray, getGroup, type RecordField } from '../tree/node.js';
import type { CellDataset } from './cell-dataset.js';
import { readFrame, readUns } from './read-frame.js';
import { readDenseMatrix, readMatrix } from './read-matrix.js';
import { fromFile, requireContent } from './sparse.js';
import { uniqueNames } from './unique-names.js';

/**
 * Reads an AnnData tree (.h5ad or Zarr), in the current and in older encodings.
 *
 * @param root - the open file
 * @param file - its name, for errors
 * @throws FormatError when it has no X, obs or var, when a part is damaged, or when the matrix holds nothing
 */
export async function readAnnData(root: GroupNode, file: string): Promise<CellDataset> {
  const uns = await getGroup(root, 'uns');
  const x = await root.get('X');
  if (x === null) throw await noMatrix(root, file);
  const X = await readMatrix(x, file);
  requireContent(X, file);
  const obs = await readPart(root, 'obs', uns, file);
  const variables = await readPart(root, 'var', uns, file);
  const cells = uniqueNames(obs.names, 'cell names');
  const parts: Dataset = {
    X,
    obsNames: cells.names,
    varNames: variables.names,
    obs: obs.columns,
    var: variables.columns,
    layers: await readLayers(root, file),
    obsm: await readEmbeddings(root),
    uns: uns === null ? {} : await readUns(uns),
    raw: await readRaw(root, uns, file),
  };
  const skipped = [...obs.skipped.map((name) => `obs/${name}`), ...variables.skipped.map((name) => `var/${name}`)];
  const readings = skipped.length === 0 ? [] : [`Columns of kinds that are not read: ${skipped.join(', ')}.`];
  const dataset = fromFile(file, () => createDataset(parts));
  return { ...dataset, format: 'anndata', readings: [...cells.readings, ...readings] };
}

/** `obs` or `var`. @throws FormatError when it is not there */
export async function readPart(
  root: GroupNode,
  name: string,
  uns: GroupNode | null,
  file: string,
): ReturnType<typeof readFrame> {
  const node = await root.get(name);
  if (node !== null) return readFrame(node, uns, file);
  throw new FormatError(`This AnnData file has no "${name}".`, { file, expected: 'X, obs and var' });
}

/** The error for a file without X, naming where else it holds a matrix. */
export async function noMatrix(root: GroupNode, file: string): Promise<FormatError> {
  const layers = (await (await getGroup(root, 'layers'))?.keys()) ?? [];
  const elsewhere = [
    ...layers.map((name) => `adata.layers["${name}"]`),
    ...((await root.get('raw')) === null ? [] : ['adata.raw.X']),
  ];
  return new FormatError('This AnnData file has no matrix X.', {
    file,
    found: `only ${(await root.keys()).join(', ')}`,
    hint:
      elsewhere.length === 0
        ? 'Write it again with the counts in adata.X.'
        : `Set adata.X = ${elsewhere[0] as string} and write it again.`,
  });
}

async function readLayers(root: GroupNode, file: string): Promise<Record<string, CsrMatrix>> {
  const group = await getGroup(root, 'layers');
  const layers: Record<string, CsrMatrix> = {};
  for (const name of (await group?.keys()) ?? []) {
    const node = await group?.get(name);
    if (node) layers[name] = await readMatrix(node, file);
  }
  return layers;
}

async function readEmbeddings(root: GroupNode): Promise<Record<string, DenseMatrix>> {
  const node = await root.get('obsm');
  if (node === null) return {};
  if (node.kind === 'array') return recordEmbeddings(await node.records(), node.shape[0] ?? 0);
  const embeddings: Record<string, DenseMatrix> = {};
  for (const name of await node.keys()) {
    const array = await getArray(node, name);
    if (array?.holds === 'numbers' && array.shape.length === 2) embeddings[name] = await readDenseMatrix(array);
  }
  return embeddings;
}

function recordEmbeddings(fields: readonly RecordField[], nObs: number): Record<string, DenseMatrix> {
  const numeric = fields.filter((field) => field.holds === 'numbers');
  return Object.fromEntries(
    numeric.map((field) => [field.name, { kind: 'dense', shape: [nObs, field.width], data: field.numbers }]),
  );
}

async function readRaw(root: GroupNode, uns: GroupNode | null, file: string): Promise<Dataset['raw']> {
  const x = (await root.get('raw/X')) ?? (await root.get('raw.X'));
  const variables = (await root.get('raw/var')) ?? (await root.get('raw.var'));
  if (x === null || variables === null) return null;
  const frame = await readFrame(variables, uns, file);
  return { X: await readMatrix(x, file), varNames: frame.names, var: frame.columns };
}
