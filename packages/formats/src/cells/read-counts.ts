import { type Column, createDataset, type RunContext } from '@remnant/engine';
import { type FileSource, stoppable } from '../source.js';
import { openH5Tree } from '../tree/h5-tree.js';
import { getGroup, type GroupNode, type TreeNode } from '../tree/node.js';
import { openZarrTree } from '../tree/zarr-tree.js';
import type { CellDataset, CellFormat } from './cell-dataset.js';
import { findCellSource } from './cell-source.js';
import {
  chooseCounts,
  countLayers,
  type Counts,
  describeFault,
  faultInCounts,
  isCount,
  noCountsError,
} from './choose-counts.js';
import { requireMemory } from './estimate-memory.js';
import { noMatrix, readPart } from './read-anndata.js';
import { readCellTable } from './read-cell-table.js';
import { hdf5Kind, type ReadCellsOptions, readTree } from './read-cells.js';
import { findEarly, matrixHeader, readMatrix } from './read-matrix.js';
import { fromFile, requireContent } from './sparse.js';
import { readTenXFolder } from './ten-x-folder.js';
import { readTenXH5 } from './ten-x-h5.js';
import { uniqueNames } from './unique-names.js';

/** The raw counts of a file with its cells, and nothing else of it. */
export interface CountsDataset {
  readonly counts: Counts;
  readonly obsNames: readonly string[];
  readonly obs: readonly Column[];
  readonly format: CellFormat;
  /** What was read in a way the user should see. */
  readonly readings: readonly string[];
}

/**
 * Reads the raw counts of single-cell data and the table of its cells: what `chooseCounts(await readCells(…))` gives, but of
 * an AnnData file one matrix is held at a time, and one that holds no counts is left after its first values. The counts
 * of 100,000 cells × 20,000 genes with 8 % of the values above zero take 0.5 GB.
 *
 * @param files - where the data are
 * @param path - folder or file, relative to the source
 * @param context - a signal to stop: it is looked at before every part that is read
 * @throws FormatError for anything that is missing, damaged, empty, or holds no counts
 * @throws LimitError when reading would need more memory than the budget
 */
export async function readCounts(
  files: FileSource,
  path: string,
  options: ReadCellsOptions,
  context: Pick<RunContext, 'signal'> = {},
): Promise<CountsDataset> {
  const source = stoppable(files, context);
  const cells = await findCellSource(source, path);
  await requireMemory(source, cells, path, { memoryGib: options.memoryGib, matrices: 'counts' });
  switch (cells.kind) {
    case '10x-folder':
      return fromDataset(await readTenXFolder(source, cells.files, options), path);
    case 'table':
      return fromDataset(await readCellTable(source, cells.path), path);
    case 'zarr':
      return readTree(await openZarrTree(source, cells.path), (root) => readAnnDataCounts(root, cells.path));
    case 'hdf5':
      return readTree(await openH5Tree(source, cells.path), async (root) =>
        (await hdf5Kind(root, cells.path)) === 'anndata'
          ? readAnnDataCounts(root, cells.path)
          : fromDataset(await readTenXH5(root, cells.path, options), path),
      );
  }
}

function fromDataset(dataset: CellDataset, file: string): CountsDataset {
  const { obsNames, obs, format, readings } = dataset;
  return { counts: chooseCounts(dataset, file), obsNames, obs, format, readings };
}

/** A matrix that may hold the counts. */
interface Candidate {
  readonly where: Counts['where'];
  readonly node: TreeNode;
  readonly nVars: number;
  readonly variables: 'var' | 'raw/var' | 'raw.var';
}

async function readAnnDataCounts(root: GroupNode, file: string): Promise<CountsDataset> {
  if ((await root.get('X')) === null) throw await noMatrix(root, file);
  const obs = await readPart(root, 'obs', await getGroup(root, 'uns'), file);
  const cells = uniqueNames(obs.names, 'cell names');
  const faults: { readonly where: Counts['where']; readonly fault: string }[] = [];
  const candidates = await listCandidates(root);
  for (const candidate of [...candidates].sort((a, b) => b.nVars - a.nVars)) {
    const found = await tryCandidate(root, candidate, cells.names, file);
    if (typeof found === 'string') faults.push({ where: candidate.where, fault: found });
    else return { counts: found, obsNames: cells.names, obs: obs.columns, format: 'anndata', readings: cells.readings };
  }
  const inOrder = candidates.flatMap(({ where }) => faults.filter((fault) => fault.where === where));
  throw noCountsError(inOrder, file);
}

async function listCandidates(root: GroupNode): Promise<Candidate[]> {
  const places: readonly (readonly [Counts['where'], string, Candidate['variables']])[] = [
    ...countLayers.map((name) => [`layers/${name}`, `layers/${name}`, 'var'] as const),
    ['raw.X', 'raw/X', 'raw/var'],
    ['raw.X', 'raw.X', 'raw.var'],
    ['X', 'X', 'var'],
  ];
  const candidates: Candidate[] = [];
  for (const [where, path, variables] of places) {
    const node = await root.get(path);
    if (node === null || (await root.get(variables)) === null) continue;
    const header = await matrixHeader(node);
    candidates.push({ where, node, nVars: header?.shape[1] ?? 0, variables });
  }
  return candidates;
}

/** The counts, or what the matrix holds instead. */
async function tryCandidate(
  root: GroupNode,
  { where, node, variables }: Candidate,
  cells: readonly string[],
  file: string,
): Promise<Counts | string> {
  const frame = await readPart(root, variables, await getGroup(root, 'uns'), file);
  const early = await findEarly(node, (value) => !isCount(value), file);
  if (early !== null) return describeFault(early.value, frame.names[early.column], cells[early.row]);
  const X = await readMatrix(node, file);
  if (where === 'X') requireContent(X, file);
  const counts = { where, X, varNames: frame.names, var: frame.columns };
  fromFile(file, () =>
    createDataset({ ...counts, obsNames: cells, obs: [], layers: {}, obsm: {}, uns: {}, raw: null }),
  );
  return faultInCounts(X, frame.names, cells) ?? counts;
}
