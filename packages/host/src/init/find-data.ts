import { isRemnantError } from '@remnant/engine';
import { type FileSource, readExpressionTable } from '@remnant/formats';

/** Data a study may be made of, found in a folder. */
export type FoundData =
  /** Single-cell counts of one sample. `names`: its folders and its own name, outermost first. */
  | { readonly kind: 'cells'; readonly path: string; readonly names: readonly string[]; readonly technology: string }
  /** A genes × samples table. */
  | {
      readonly kind: 'table';
      readonly path: string;
      readonly columns: readonly string[];
      readonly technology: string;
      readonly genes: readonly string[];
    };

/** Folders deeper than this are not looked into. */
const deepest = 5;
/** A table of more columns holds cells, not samples. */
const mostSamples = 400;
/** A table of fewer genes is something else: a sample sheet, tumour volumes. */
const fewestGenes = 200;
const largestTable = 500e6;

/** Looks for 10x folders, `.h5`, `.h5ad`, Zarr stores and expression tables below a folder, in order of their paths. */
export async function findData(source: FileSource, folder = '', depth = 0): Promise<FoundData[]> {
  if (depth > deepest) return [];
  const names = (await source.list(folder === '' ? '.' : folder)).filter((name) => !name.startsWith('.'));
  if (names.some(isMatrixMarket)) return [cells(folder, '10x')];
  const found: FoundData[] = [];
  for (const name of names) {
    const path = folder === '' ? name : `${folder}/${name}`;
    found.push(...(await findAt(source, path, depth)));
  }
  return found;
}

async function findAt(source: FileSource, path: string, depth: number): Promise<FoundData[]> {
  if (/\.(h5ad|zarr|zarr\.zip)$/i.test(path)) return [cells(path, 'single-cell')];
  if (/\.h5$/i.test(path)) return [cells(path, '10x')];
  if ((await source.kind(path)) === 'folder') return findData(source, path, depth + 1);
  return /\.(csv|tsv|txt)(\.gz)?$/i.test(path) ? findTable(source, path) : [];
}

async function findTable(source: FileSource, path: string): Promise<FoundData[]> {
  if ((await source.size(path)) > largestTable) return [];
  try {
    const { genes, samples, scale } = readExpressionTable(await source.read(path), path);
    if (new Set(genes).size < Math.max(fewestGenes, 0.9 * genes.length)) return [];
    if (samples.length > mostSamples) return [cells(path, 'single-cell')];
    const technology = scale === 'counts' ? 'bulk RNA-seq' : 'microarray';
    return [{ kind: 'table', path, columns: samples, technology, genes }];
  } catch (error) {
    // A table of another kind, such as a sample sheet.
    if (isRemnantError(error)) return [];
    throw error;
  }
}

function isMatrixMarket(name: string): boolean {
  return /^matrix\.mtx(\.gz)?$/i.test(name);
}

function cells(path: string, technology: string): FoundData {
  const stem = path.replace(/\.(gz|zip)$/i, '').replace(/\.(h5ad|zarr|h5|csv|tsv|txt)$/i, '');
  return { kind: 'cells', path, names: stem.split('/').filter((name) => !cellRangerName.test(name)), technology };
}

/** Names Cell Ranger gives to the folders and files of every sample alike; the sample's own name is above them. */
const cellRangerName = /^(outs?|(filtered|raw|sample)_.*matrix.*|GRC[hm]\d+.*|hg\d+|mm\d+)$/i;
