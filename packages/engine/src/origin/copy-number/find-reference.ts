import type { CellRows } from './cell-sums.js';

/**
 * Markers of cells that belong to a solid tumour's surroundings. Fibroblasts are left out on purpose: mesenchymal tumour cells
 * express their markers. doi:10.1126/science.aad0501 (markers of the cell types of tumours)
 */
const lineages: readonly { readonly name: string; readonly markers: readonly string[] }[] = [
  {
    name: 'lymphoid',
    markers: words('PTPRC CD2 CD3D CD3E CD3G CD247 TRAC CD7 NKG7 GNLY CD79A CD79B MS4A1 CD19 BANK1 IL7R'),
  },
  {
    name: 'myeloid',
    markers: words('PTPRC TYROBP FCER1G CD14 CD68 CD163 CSF1R LYZ AIF1 C1QA C1QB C1QC LAPTM5 ITGAX S100A8'),
  },
  { name: 'endothelial', markers: words('PECAM1 VWF CLDN5 CDH5 KDR EMCN EGFL7 ERG TIE1 ESAM ROBO4 PLVAP') },
];

/** Genes that a cell of the surroundings does not express. */
const notNormal: readonly string[] = words('EPCAM KRT8 KRT18 KRT19 KRT7 KRT5 KRT14 CDH1 MLANA PMEL SOX10 GFAP');

/** Markers of one lineage that a cell must show. */
const leastMarkers = 3;

/** Reference cells found by markers. */
export interface FoundReference {
  /** Group of each row; −1 where the cell is not normal beyond doubt. */
  readonly groupOf: Int16Array;
  readonly groupNames: readonly string[];
  readonly nFound: number;
}

/**
 * Cells that show at least three markers of one lineage of the tumour's surroundings (lymphoid, myeloid, endothelial), more than
 * of any other, and none of the epithelial, melanocytic or glial markers.
 *
 * The cells of lowest apparent burden are not taken instead: a contrast between two groups of cells is the same with either of
 * them as the altered one, which is how such callers come to reverse their labels.
 *
 * @param genes - names of all columns; compared without regard to case, so mouse symbols work
 */
export function findReferenceCells({ counts, rows }: CellRows, genes: readonly string[]): FoundReference {
  const upper = new Map(genes.map((gene, column) => [gene.toUpperCase(), column]));
  // Bit t for a marker of lineage t; the highest bit for a gene that speaks against all.
  const against = 1 << lineages.length;
  const roles = new Uint8Array(genes.length);
  const mark = (names: readonly string[], bit: number): void => {
    for (const name of names) {
      const column = upper.get(name);
      if (column !== undefined) roles[column] = (roles[column] as number) | bit;
    }
  };
  lineages.forEach(({ markers }, t) => {
    mark(markers, 1 << t);
  });
  mark(notNormal, against);
  const groupOf = Int16Array.from(rows, (row) => lineageOf(counts, row, roles, against));
  const present = lineages.map((_, t) => groupOf.includes(t));
  const place = present.map((_, t) => present.slice(0, t).filter(Boolean).length);
  return {
    groupOf: groupOf.map((t) => (t < 0 ? -1 : (place[t] as number))),
    groupNames: lineages.filter((_, t) => present[t]).map(({ name }) => name),
    nFound: groupOf.reduce((count, t) => count + (t < 0 ? 0 : 1), 0),
  };
}

function lineageOf(counts: CellRows['counts'], row: number, roles: Uint8Array, against: number): number {
  const shown = new Array<number>(lineages.length).fill(0);
  const end = counts.indptr[row + 1] as number;
  for (let k = counts.indptr[row] as number; k < end; k++) {
    const role = roles[counts.indices[k] as number] as number;
    if (role === 0 || (counts.data[k] as number) <= 0) continue;
    if (role >= against) return -1;
    for (let t = 0; t < lineages.length; t++) if ((role & (1 << t)) !== 0) shown[t] = (shown[t] as number) + 1;
  }
  const most = Math.max(...shown);
  const first = shown.indexOf(most);
  return most >= leastMarkers && shown.lastIndexOf(most) === first ? first : -1;
}

function words(text: string): readonly string[] {
  return text.split(' ');
}
