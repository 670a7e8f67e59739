import { FormatError } from '@remnant/engine';
import { type FileSource, joinPath, missingFile, openFile } from '../source.js';
import { notText, sniff } from '../text/sniff.js';
import { findTenXFiles, type TenXFiles } from './ten-x-folder.js';

/** Where single-cell data are and how they are stored, before anything is read. */
export type CellSource =
  | { readonly kind: '10x-folder'; readonly files: TenXFiles }
  | { readonly kind: 'hdf5'; readonly path: string }
  | { readonly kind: 'zarr'; readonly path: string }
  | { readonly kind: 'table'; readonly path: string };

/** Folders and files that Cell Ranger writes inside a run, most useful first. */
const cellRangerOutputs = [
  'filtered_feature_bc_matrix',
  'filtered_feature_bc_matrix.h5',
  'filtered_gene_bc_matrices',
  'outs',
];

/**
 * Tells how the single-cell data at a path are stored, from file names in a folder and from the first bytes of a file.
 *
 * @throws FormatError when the path is missing, or is nothing that can be read
 */
export async function findCellSource(source: FileSource, path: string): Promise<CellSource> {
  switch (await source.kind(path)) {
    case 'missing':
      throw missingFile(path);
    case 'folder':
      return folderSource(source, path);
    default:
      return fileSource(source, path);
  }
}

async function folderSource(source: FileSource, path: string): Promise<CellSource> {
  const names = await source.list(path);
  if (names.some((name) => name === 'zarr.json' || name === '.zgroup' || name === '.zattrs'))
    return { kind: 'zarr', path };
  const files = await findTenXFiles(source, path);
  if (files !== null) return { kind: '10x-folder', files };
  const inner = cellRangerOutputs.find((name) => names.includes(name)) ?? onlyFolder(names);
  if (inner !== undefined) return findCellSource(source, joinPath(path, inner));
  throw new FormatError('This folder holds no single-cell data that can be read.', {
    file: path,
    expected: 'matrix.mtx with its barcodes and features, or a Zarr store',
    found: names.length === 0 ? 'an empty folder' : names.slice(0, 8).join(', '),
    hint: 'For .h5, .h5ad and tables, give the file itself.',
  });
}

/** The genome folder that Cell Ranger 2 puts its matrix in. */
function onlyFolder(names: readonly string[]): string | undefined {
  const [only] = names;
  return names.length === 1 && only !== undefined && /^(GRCh|hg|GRCm|mm)\d+/.test(only) ? only : undefined;
}

async function fileSource(source: FileSource, path: string): Promise<CellSource> {
  const start = await (await openFile(source, path)).read(0, 4096);
  const kind = sniff(start);
  switch (kind) {
    case 'hdf5':
      return { kind: 'hdf5', path };
    case 'zip':
      return { kind: 'zarr', path };
    case 'gzip':
    case 'text':
      return /matrix\.mtx(\.gz)?$/.test(path) ? besideMatrix(source, path) : { kind: 'table', path };
    case 'empty':
      throw new FormatError('This file is empty.', { file: path });
    default:
      throw notText(kind, start, path, 'single-cell data');
  }
}

async function besideMatrix(source: FileSource, path: string): Promise<CellSource> {
  const cut = path.lastIndexOf('/');
  const files = await findTenXFiles(source, cut === 0 ? '/' : path.slice(0, Math.max(0, cut)), path.slice(cut + 1));
  if (files === null) throw missingFile(path);
  return { kind: '10x-folder', files };
}
