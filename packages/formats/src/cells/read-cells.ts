import { FormatError, type RunContext } from '@remnant/engine';
import { type FileSource, stoppable } from '../source.js';
import { openH5Tree } from '../tree/h5-tree.js';
import type { GroupNode } from '../tree/node.js';
import { openZarrTree } from '../tree/zarr-tree.js';
import type { CellDataset } from './cell-dataset.js';
import { findCellSource } from './cell-source.js';
import { requireMemory } from './estimate-memory.js';
import { readAnnData } from './read-anndata.js';
import { readCellTable } from './read-cell-table.js';
import { readTenXFolder } from './ten-x-folder.js';
import { findTenXGroups, readTenXH5 } from './ten-x-h5.js';

/** How single-cell data are read. */
export interface ReadCellsOptions {
  /** Memory budget in GiB; what would need more is refused before it is read. */
  readonly memoryGib: number;
  /** Genome to keep where a 10x matrix holds several, such as GRCh38 of a xenograft. */
  readonly genome?: string;
}

/**
 * Reads single-cell data, whatever their format: a 10x folder (old and new, gzip or not, with or without a GEO prefix),
 * 10x .h5, AnnData as .h5ad or Zarr (folder or zip), or a table of counts. The format is told by the bytes, not the name.
 *
 * @param files - where the data are
 * @param path - folder or file, relative to the source
 * @param context - a signal to stop: it is looked at before every part that is read
 * @returns cells × genes as compressed rows in the smallest arrays that hold them: columns sorted and unique, no stored
 *   zeros, every value exact
 * @throws FormatError for anything that is missing, damaged, empty, or not single-cell data
 * @throws LimitError when reading would need more memory than the budget
 */
export async function readCells(
  files: FileSource,
  path: string,
  options: ReadCellsOptions,
  context: Pick<RunContext, 'signal'> = {},
): Promise<CellDataset> {
  const source = stoppable(files, context);
  const cells = await findCellSource(source, path);
  await requireMemory(source, cells, path, { memoryGib: options.memoryGib, matrices: 'all' });
  switch (cells.kind) {
    case '10x-folder':
      return readTenXFolder(source, cells.files, options);
    case 'table':
      return readCellTable(source, cells.path);
    case 'zarr':
      return readTree(await openZarrTree(source, cells.path), (root) => readAnnData(root, cells.path));
    case 'hdf5':
      return readTree(await openH5Tree(source, cells.path), (root) => readHdf5(root, cells.path, options));
  }
}

/** Reads an open tree and closes it. */
export async function readTree<T>(
  tree: { readonly root: GroupNode; close(): void },
  read: (root: GroupNode) => Promise<T>,
): Promise<T> {
  try {
    return await read(tree.root);
  } finally {
    tree.close();
  }
}

async function readHdf5(root: GroupNode, path: string, options: ReadCellsOptions): Promise<CellDataset> {
  return (await hdf5Kind(root, path)) === '10x-h5' ? readTenXH5(root, path, options) : readAnnData(root, path);
}

/** What an HDF5 file holds. @throws FormatError when it is neither 10x nor AnnData */
export async function hdf5Kind(root: GroupNode, path: string): Promise<'10x-h5' | 'anndata'> {
  if ((await findTenXGroups(root)).length > 0) return '10x-h5';
  const keys = await root.keys();
  if (keys.includes('obs') || keys.includes('X')) return 'anndata';
  throw new FormatError('This HDF5 file is neither 10x nor AnnData.', {
    file: path,
    expected: 'the group "matrix" (10x), or "obs" and "X" (AnnData)',
    found: keys.slice(0, 8).join(', '),
    hint: keys.includes('row_attrs')
      ? 'It is a loom file: convert it with anndata.read_loom and write_h5ad.'
      : 'Convert it to .h5ad.',
  });
}
