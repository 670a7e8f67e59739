import { type Column, FormatError } from '@remnant/engine';
import { type FileSource, joinPath, openFile, readFile } from '../source.js';
import { gunzip, isGzip } from '../text/gunzip.js';
import { requireText } from '../text/sniff.js';
import { decodeUtf8, withoutBom } from '../text/utf8.js';
import { selectFeatures } from './select-features.js';
import type { CellDataset } from './cell-dataset.js';
import { type MajorAxis, type MatrixMarketHeader, readMatrixMarket } from './matrix-market.js';
import { cellTableNames, readCellColumns } from './read-cell-columns.js';
import { requireContent, toCsr } from './sparse.js';
import { uniqueNames } from './unique-names.js';

/** The files of a 10x matrix folder. */
export interface TenXFiles {
  readonly matrix: string;
  readonly barcodes: string;
  /** `features.tsv` since Cell Ranger 3, `genes.tsv` before. */
  readonly features: string;
  /** A table of the cells beside them, such as `obs.csv`; null when there is none. */
  readonly cells: string | null;
}

const matrixName = /^(.*)matrix\.mtx(\.gz)?$/;

/**
 * Finds the three files by name, gzip or not, with or without a prefix such as GEO puts before them.
 *
 * @param folder - where to look
 * @param matrix - name of the matrix, where the folder holds several
 * @returns null when the folder holds no matrix
 * @throws FormatError when it holds several, or lacks a companion of the one
 */
export async function findTenXFiles(source: FileSource, folder: string, matrix?: string): Promise<TenXFiles | null> {
  const names = await source.list(folder);
  const matrices = matrix === undefined ? names.filter((name) => matrixName.test(name)) : [matrix];
  if (matrices.length > 1) {
    throw new FormatError('This folder holds several matrices.', {
      file: folder,
      expected: 'one matrix.mtx',
      found: matrices.join(', '),
      hint: 'Give the path of the one that belongs to this sample.',
    });
  }
  const [name] = matrices;
  if (name === undefined) return null;
  const prefix = matrixName.exec(name)?.[1] ?? '';
  const companion = (...wanted: readonly string[]): string => {
    const found = wanted.flatMap((w) => [`${prefix}${w}`, `${prefix}${w}.gz`]).find((w) => names.includes(w));
    if (found !== undefined) return joinPath(folder, found);
    throw new FormatError('A file of this 10x matrix is missing.', {
      file: joinPath(folder, name),
      expected: `${prefix}${wanted.join(' or ')} (or .gz) beside it`,
      found: names.join(', '),
    });
  };
  const beside = cellTableNames.map((wanted) => `${prefix}${wanted}`).find((wanted) => names.includes(wanted));
  return {
    matrix: joinPath(folder, name),
    barcodes: companion('barcodes.tsv'),
    features: companion('features.tsv', 'genes.tsv'),
    cells: beside === undefined ? null : joinPath(folder, beside),
  };
}

/** What of a 10x matrix is kept. */
export interface TenXOptions {
  /** Genome to keep where the matrix holds several. */
  readonly genome?: string;
}

/**
 * Reads a 10x matrix folder, old (genes.tsv) or new (features.tsv).
 * Genes are named by symbol; ids and feature types are kept as columns, and so is a table of the cells beside them.
 *
 * @throws FormatError when the three files do not fit each other, or a file is damaged
 */
export async function readTenXFolder(
  source: FileSource,
  files: TenXFiles,
  options: TenXOptions = {},
): Promise<CellDataset> {
  const features = await readLists(source, files.features);
  const barcodes = await readLists(source, files.barcodes);
  if (barcodes.length === 0) throw new FormatError('This sample holds no cells.', { file: files.barcodes });
  const readings: string[] = [];
  const majorOf = (header: MatrixMarketHeader): MajorAxis => {
    const axis = orient(header, features.length, barcodes.length, files);
    if (axis === 'rows') readings.push('The matrix is stored as cells × genes and was read so.');
    return axis;
  };
  const { stored } = await readMatrixMarket(await openFile(source, files.matrix), files.matrix, majorOf);
  const own = barcodes.map((fields) => fields[0] as string);
  const cells = uniqueNames(own, 'barcodes');
  const table = files.cells === null ? null : readCellColumns(await readFile(source, files.cells), files.cells, own);
  const all = {
    X: toCsr(stored),
    varNames: features.map((fields) => fields[1] ?? (fields[0] as string)),
    var: featureColumns(features),
  };
  const kept = selectFeatures(all, options.genome, files.features);
  requireContent(kept.X, files.matrix);
  return {
    X: kept.X,
    obsNames: cells.names,
    varNames: kept.varNames,
    obs: table?.columns ?? [],
    var: kept.var,
    layers: {},
    obsm: {},
    uns: {},
    raw: null,
    format: '10x-folder',
    readings: [...new Set(readings), ...cells.readings, ...(table?.readings ?? []), ...kept.readings],
  };
}

/** Rows of fields of a list without header. */
async function readLists(source: FileSource, path: string): Promise<string[][]> {
  const bytes = await readFile(source, path);
  const text = isGzip(bytes) ? gunzip(bytes, path) : bytes;
  if (text.length === 0) return [];
  requireText(text, path, 'a list of names');
  const lines = decodeUtf8(withoutBom(text), path).split(/\r?\n/);
  return lines.filter((line) => line !== '').map((line) => line.split('\t').map((field) => field.trim()));
}

/** Which axis of the matrix holds the cells. */
function orient(header: MatrixMarketHeader, nFeatures: number, nBarcodes: number, files: TenXFiles): MajorAxis {
  const { nRows, nColumns } = header;
  if (nRows === nFeatures && nColumns === nBarcodes) return 'columns';
  if (nRows === nBarcodes && nColumns === nFeatures) return 'rows';
  throw new FormatError('The matrix does not fit its lists of genes and cells.', {
    file: files.matrix,
    row: header.row,
    expected: `${String(nFeatures)} genes (${files.features}) × ${String(nBarcodes)} cells (${files.barcodes})`,
    found: `${String(nRows)} × ${String(nColumns)}`,
    hint: 'The three files are not of the same run, or one is incomplete.',
  });
}

function featureColumns(features: readonly string[][]): Column[] {
  const description = 'Read from the input file.';
  const column = (name: string, field: number): Column[] =>
    features.some((fields) => fields[field] !== undefined)
      ? [{ kind: 'text', name, description, values: features.map((fields) => fields[field] ?? null) }]
      : [];
  return [...column('gene_ids', 0), ...column('feature_types', 2)];
}
