import {
  allelesFromTable,
  genePositions,
  lineagesFromTable,
  type OriginData,
  type Study,
  variantsFromTable,
} from '@remnant/engine';
import { type FileSource, loadGeneTable, missingFile, readTextTable, type TextTable } from '@remnant/formats';
import { hashInput, type InputRecord } from './hash-input.js';
import { dataPath } from './study-paths.js';

/** The genetic tables of a study, with where they came from. */
export interface Genetics extends OriginData {
  readonly inputs: readonly InputRecord[];
}

/**
 * Reads the lineage barcodes, mutations and allele counts that a study file names under `assays`, and where the genes of its organism lie.
 *
 * @throws FormatError naming file, row and column
 */
export async function readGenetics(source: FileSource, folder: string, study: Study): Promise<Genetics> {
  const { assays, organism } = study;
  const samples = new Set(study.samples.map(({ sample }) => sample));
  const [lineages, mutations, alleles] = await Promise.all(
    ['lineages', 'mutations', 'alleles'].map((assay) => readAssay(source, folder, assays[assay])),
  );
  return {
    lineages: lineages == null ? null : lineagesFromTable(lineages.table, { file: lineages.file, samples }),
    mutations: mutations == null ? null : variantsFromTable(mutations.table, { file: mutations.file, samples }),
    alleles: alleles == null ? null : allelesFromTable(alleles.table, { file: alleles.file, samples }),
    positions: genePositions(await loadGeneTable(organism)),
    inputs: [...(lineages?.inputs ?? []), ...(mutations?.inputs ?? []), ...(alleles?.inputs ?? [])],
  };
}

interface Assay {
  readonly file: string;
  readonly table: TextTable;
  readonly inputs: readonly InputRecord[];
}

async function readAssay(source: FileSource, folder: string, path: string | undefined): Promise<Assay | null> {
  if (path === undefined) return null;
  const file = dataPath(folder, path);
  if ((await source.kind(file)) !== 'file') throw missingFile(file);
  return { file, table: readTextTable(await source.read(file), file), inputs: await hashInput(source, file) };
}
