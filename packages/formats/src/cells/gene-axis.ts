import { type GeneTable, type Organism, readGeneName } from '@remnant/engine';
import { isGeneColumnName } from '../tables/gene-column.js';

/** Which axis of a table holds the genes, and why. */
export interface GeneAxis {
  readonly genes: 'rows' | 'columns';
  readonly reason: string;
}

const namesLookedAt = 500;
const barcode = /^[ACGTN]{8,}(-\d+)?$/i;

/**
 * Decides which axis of a table of counts holds the genes: by the name of the column of row names, else by the share of
 * names that are gene symbols of man or mouse or Ensembl ids; genes are the rows when both axes are equally gene-like.
 *
 * @param nameColumn - what the column of row names is called
 * @param loadTable - loads the known genes; not called when the column is named for genes
 */
export async function geneAxis(
  nameColumn: string | undefined,
  rowNames: readonly string[],
  columnNames: readonly string[],
  loadTable: (organism: Organism) => Promise<GeneTable>,
): Promise<GeneAxis> {
  if (nameColumn !== undefined && /gene|symbol|ensembl|feature/i.test(nameColumn) && isGeneColumnName(nameColumn)) {
    return { genes: 'rows', reason: `its rows are named by "${nameColumn}"` };
  }
  const tables = [await loadTable('human'), await loadTable('mouse')];
  const rows = geneLikeness(rowNames, tables);
  const columns = geneLikeness(columnNames, tables);
  const shares = `${percent(rows)} of the row names and ${percent(columns)} of the column names are gene names`;
  return { genes: columns > rows ? 'columns' : 'rows', reason: shares };
}

/** Share of names, evenly spaced over the axis, that are gene names. Old symbols do not count: wells are called alike. */
function geneLikeness(names: readonly string[], tables: readonly GeneTable[]): number {
  const step = Math.max(1, Math.floor(names.length / namesLookedAt));
  const looked = names.filter((_, i) => i % step === 0);
  return looked.filter((name) => isGene(name, tables)).length / Math.max(1, looked.length);
}

function isGene(written: string, tables: readonly GeneTable[]): boolean {
  if (barcode.test(written)) return false;
  const { name, kind } = readGeneName(written);
  return kind === 'ensembl' || tables.some((table) => table.rowBySymbol.has(name));
}

function percent(share: number): string {
  return `${String(Math.round(100 * share))} %`;
}
