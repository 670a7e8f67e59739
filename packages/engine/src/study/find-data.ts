import { wordKey } from './nearest.js';
import type { Sample } from './types.js';

/** One entry of a folder listing. */
export interface ListedFile {
  /** Relative path with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** Header of a delimited table, when the caller has read it. */
  readonly columns?: readonly string[];
}

/** Data of one sample found in a folder. */
export interface FoundSample extends Pick<Sample, 'input' | 'path' | 'column'> {
  /** Name of the sample. */
  readonly name: string;
  /** Its name with the folder above in front, for studies laid out as `P01/relapse`. */
  readonly longName: string;
  /** What the format gives away; empty when it gives nothing away. */
  readonly technology: string;
}

/** Samples found and what was passed over, with the reason. */
export interface FoundData {
  readonly samples: readonly FoundSample[];
  readonly notes: readonly string[];
}

/** Finds 10x folders, HDF5 and Zarr files and expression tables in a folder listing. */
export function findData(files: readonly ListedFile[]): FoundData {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const folders = tenxFolders(sorted);
  const rest = sorted.filter(
    ({ path }) => !folders.samples.some((s) => s.path === '.' || path.startsWith(`${s.path}/`)),
  );
  const found = [folders, ...rest.map(readEntry)];
  return { samples: found.flatMap(({ samples }) => samples), notes: found.flatMap(({ notes }) => notes) };
}

const nothing: FoundData = { samples: [], notes: [] };

function tenxFolders(files: readonly ListedFile[]): FoundData {
  const samples: FoundSample[] = [];
  const notes: string[] = [];
  const paths = new Set(files.map(({ path }) => path));
  const has = (folder: string, names: readonly string[]): boolean => {
    return names.some((name) => paths.has(`${folder}${name}`) || paths.has(`${folder}${name}.gz`));
  };
  for (const { path } of files) {
    const folder = /^(.*\/)?matrix\.mtx(\.gz)?$/.exec(path)?.[1];
    if (!/(^|\/)matrix\.mtx(\.gz)?$/.test(path)) continue;
    const place = (folder ?? '').replace(/\/$/, '');
    if (!has(folder ?? '', ['barcodes.tsv']) || !has(folder ?? '', ['features.tsv', 'genes.tsv'])) {
      notes.push(`${path}: passed over, features.tsv (or genes.tsv) and barcodes.tsv are not all beside it.`);
    } else if (isUnfiltered(place)) {
      notes.push(`${place}: passed over, it holds all droplets; use the filtered folder, or name it yourself.`);
    } else {
      samples.push({ input: 'cells', path: place || '.', column: null, ...namesFrom(place), technology: '10x' });
    }
  }
  return { samples, notes };
}

function isUnfiltered(path: string): boolean {
  return /(^|\/)raw_(feature|gene)_bc_matri(x|ces)(\.h5)?(\/|$)/.test(path);
}

/** Folders and files that Cell Ranger names the same for every sample; the sample is named further up. */
const genericNames =
  /^(sample_)?(filtered|raw)_(feature|gene)_bc_matri(x|ces)$|^(outs|count|matrix|hg19|hg38|GRCh3[78]|mm10|GRCm3[89]|multi|per_sample_outs|\.)$/i;

function namesFrom(path: string): Pick<FoundSample, 'name' | 'longName'> {
  const parts = path.split('/').filter((part) => part !== '' && !genericNames.test(part));
  return { name: parts.at(-1) ?? 'sample', longName: parts.slice(-2).join('_') || 'sample' };
}

function readEntry(file: ListedFile): FoundData {
  const { path, kind } = file;
  if (/\.zarr\//i.test(path)) return nothing;
  if (/\.zarr(\.zip)?$/i.test(path)) return cells(path, '');
  if (kind === 'folder') return nothing;
  if (/\.h5ad$/i.test(path)) return cells(path, '');
  if (/\.h5$/i.test(path)) return readH5(path);
  if (/(^|\/)(barcodes|features|genes)\.tsv(\.gz)?$/.test(path)) return nothing;
  if (/[^/]+matrix\.mtx(\.gz)?$/i.test(path)) {
    return note(path, 'move its three files to a folder of their own, named matrix.mtx, features.tsv and barcodes.tsv');
  }
  return /\.(csv|tsv|txt)(\.gz)?$/i.test(path) ? readTable(file) : nothing;
}

function readH5(path: string): FoundData {
  if (isUnfiltered(path)) return note(path, 'it holds all droplets; use the filtered file, or name it yourself');
  return /molecule_info\.h5$/i.test(path) ? note(path, 'it holds molecules, not a matrix') : cells(path, '10x');
}

function cells(path: string, technology: string): FoundData {
  const withoutEnd = path.replace(/\.(zarr\.zip|zarr|h5ad|h5|csv|tsv|txt)$|\.(csv|tsv|txt)\.gz$/i, '');
  return { samples: [{ input: 'cells', path, column: null, ...namesFrom(withoutEnd), technology }], notes: [] };
}

function note(path: string, reason: string): FoundData {
  return { samples: [], notes: [`${path}: passed over, ${reason}.`] };
}

const statistics = new Set(
  ['logFC', 'log2FC', 'log2FoldChange', 'avg_log2FC', 'P.Value', 'pval', 'p_val', 'pvalue', 'adj.P.Val', 'padj', 'FDR']
    .concat(['p_val_adj', 'qvalue', 'AveExpr', 'baseMean', 'lfcSE', 'stat', 'p_adj', 'logCPM'])
    .map(wordKey),
);
const geneColumns = new Set(
  ['', 'symbol', 'gene', 'genes', 'gene_id', 'gene_name', 'gene_symbol', 'geneid', 'hgnc_symbol', 'ensembl']
    .concat(['ensembl_id', 'ensembl_gene_id', 'feature', 'feature_id', 'probe', 'id_ref', 'hugo_symbol', 'rownames'])
    .map(wordKey),
);
const annotationColumns = new Set(
  ['chr', 'chrom', 'chromosome', 'start', 'end', 'strand', 'length', 'gene_length', 'description', 'biotype']
    .concat(['gene_biotype', 'gene_type', 'entrez', 'entrez_id', 'entrezgene', 'width', 'type'])
    .map(wordKey),
);

function readTable(file: ListedFile): FoundData {
  const { path, columns } = file;
  if (columns === undefined) return note(path, 'its header was not read');
  const keys = columns.map(wordKey);
  if (keys.includes('patient') && keys.includes('stage')) return note(path, 'it looks like a sample sheet');
  if (keys.filter((key) => statistics.has(key)).length >= 2) return note(path, 'it holds test results, not expression');
  if (!keys.some((key) => geneColumns.has(key))) return note(path, 'no column of gene names was recognised');
  const values = columns.filter((_, i) => {
    const key = keys[i] ?? '';
    return !geneColumns.has(key) && !annotationColumns.has(key);
  });
  if (values.length === 0) return note(path, 'it has no column besides gene names');
  if (values.every(isBarcode)) return cells(path, '');
  const samples = values.map((column) => ({
    input: 'table' as const,
    path,
    column,
    name: column,
    longName: column,
    technology: '',
  }));
  return { samples, notes: [] };
}

/** A cell barcode, with or without a prefix and a suffix: at least ten letters of DNA. */
function isBarcode(column: string): boolean {
  return /(^|[_.:-])[ACGTN]{10,}([_.:-]\w+)?$/.test(column);
}
