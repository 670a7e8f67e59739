import { type Column, type CsrMatrix, FormatError } from '@remnant/engine';
import { getArray, getGroup, type GroupNode } from '../tree/node.js';
import type { CellDataset } from './cell-dataset.js';
import { readRows, type StoredParts } from './read-matrix.js';
import { type Features, selectFeatures } from './select-features.js';
import { misfit, requireContent, toCsr } from './sparse.js';
import type { TenXOptions } from './ten-x-folder.js';
import { uniqueNames } from './unique-names.js';

const description = 'Read from the input file.';

/** The group of a 10x .h5 file that holds the matrix, and which version of the layout it follows. */
export interface TenXMatrixGroup {
  readonly group: GroupNode;
  readonly version: 2 | 3;
  /** Genome the group is for; null when genomes are a column of the features (version 3). */
  readonly genome: string | null;
}

/** The matrix groups of an HDF5 file: `matrix` (Cell Ranger 3 and later) or one per genome (before). Empty when it is not 10x. */
export async function findTenXGroups(root: GroupNode): Promise<TenXMatrixGroup[]> {
  const matrix = await getGroup(root, 'matrix');
  if (matrix !== null)
    return (await matrix.get('barcodes')) === null ? [] : [{ group: matrix, version: 3, genome: null }];
  const groups: TenXMatrixGroup[] = [];
  for (const name of await root.keys()) {
    const group = await getGroup(root, name);
    const parts = (await group?.keys()) ?? [];
    const isMatrix = ['barcodes', 'data', 'indices', 'indptr', 'gene_names'].every((part) => parts.includes(part));
    if (group !== null && isMatrix) groups.push({ group, version: 2, genome: name });
  }
  return groups;
}

/** Picks the group of the genome asked for, or the only one. @throws FormatError when the choice is not clear */
export function chooseGenome(
  groups: readonly TenXMatrixGroup[],
  genome: string | undefined,
  file: string,
): TenXMatrixGroup {
  const [only] = groups;
  if (only?.genome === null) return only;
  const chosen = genome === undefined ? groups : groups.filter((group) => group.genome === genome);
  if (chosen.length === 1) return chosen[0] as TenXMatrixGroup;
  throw new FormatError(
    genome === undefined ? 'This 10x file holds several genomes.' : `This 10x file has no genome "${genome}".`,
    { file, expected: `one of ${groups.map((group) => group.genome).join(', ')}`, hint: 'Name the genome to read.' },
  );
}

/**
 * Reads a 10x .h5 matrix. It stores genes × cells by columns, which is cells × genes by rows.
 *
 * @throws FormatError when parts are missing or do not fit each other
 */
export async function readTenXH5(root: GroupNode, file: string, options: TenXOptions = {}): Promise<CellDataset> {
  const { group, version } = chooseGenome(await findTenXGroups(root), options.genome, file);
  const part = async (name: string): Promise<NonNullable<Awaited<ReturnType<typeof getArray>>>> => {
    const node = await getArray(group, name);
    if (node !== null) return node;
    throw new FormatError(`This 10x file has no "${group.path}/${name}".`, { file });
  };
  const data = await part('data');
  const barcodes = await (await part('barcodes')).texts();
  if (barcodes.length === 0) throw new FormatError('This sample holds no cells.', { file });
  const features = version === 3 ? 'features/' : '';
  const names = await (await part(version === 3 ? 'features/name' : 'gene_names')).texts();
  const parts = { data, indices: await part('indices'), indptr: await part('indptr') };
  const X = await readCells(parts, barcodes.length, names.length, file);
  const columns = await readFeatureColumns(group, features, version);
  const kept = selectFeatures({ X, varNames: names, var: columns }, version === 3 ? options.genome : undefined, file);
  requireContent(kept.X, file);
  return asDataset(kept, barcodes, kept.readings);
}

async function readCells(parts: StoredParts, nCells: number, nGenes: number, file: string): Promise<CsrMatrix> {
  try {
    return toCsr(await readRows(parts, nCells, nGenes));
  } catch (error) {
    throw misfit(file, error);
  }
}

function asDataset(features: Features, barcodes: readonly string[], readings: readonly string[]): CellDataset {
  const cells = uniqueNames(barcodes, 'barcodes');
  return {
    X: features.X,
    obsNames: cells.names,
    varNames: features.varNames,
    obs: [],
    var: features.var,
    layers: {},
    obsm: {},
    uns: {},
    raw: null,
    format: '10x-h5',
    readings: [...cells.readings, ...readings],
  };
}

async function readFeatureColumns(group: GroupNode, folder: string, version: 2 | 3): Promise<Column[]> {
  const wanted: readonly (readonly [string, string])[] =
    version === 3
      ? [
          ['gene_ids', 'id'],
          ['feature_types', 'feature_type'],
          ['genome', 'genome'],
        ]
      : [['gene_ids', 'genes']];
  const columns: Column[] = [];
  for (const [name, from] of wanted) {
    const node = await getArray(group, folder + from);
    if (node !== null) columns.push({ kind: 'text', name, description, values: await node.texts() });
  }
  return columns;
}
