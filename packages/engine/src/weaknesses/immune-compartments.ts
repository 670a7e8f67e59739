import type { CellCounts } from '../cells/cell-counts.js';
import type { ImmuneCompartment } from './types.js';

/** Compartments in the order of results. */
export const immuneCompartments: readonly ImmuneCompartment[] = ['CD8 T cells', 'NK cells', 'myeloid cells'];

const cd8Words = /\bcd8\b|\bcd8[+αa]|cytotoxic t\b/i;
const nkWords = /\bnk\b|natural killer/i;
const mixedWords = /t\s*\/\s*nk|nk\s*\/\s*t|t and nk|nkt/i;
const lymphocyteWords = /\bt[\s_-]?(?:cell|lymphocyte)|lymphocyte/i;
const myeloidWords = /myeloid|macrophage|monocyte|dendritic|neutrophil|microglia/i;
const cd4Words = /\bcd4\b|treg|regulatory|helper|follicular/i;

/** Receptors that tell T from NK cells (Tirosh 2016, doi:10.1126/science.aad0501; Puram 2017, doi:10.1016/j.cell.2017.10.044). */
const tCellGenes = ['CD3D', 'CD3E', 'CD3G', 'TRAC'];
const cd8Genes = ['CD8A', 'CD8B'];
const cd4Genes = ['CD4'];
const nkGenes = ['KLRD1', 'NCAM1', 'KLRF1', 'NCR1'];

/** What a label alone says: a compartment, that markers have to decide, or nothing of interest. */
export function compartmentOfLabel(label: string): ImmuneCompartment | 'by markers' | null {
  if (myeloidWords.test(label)) return 'myeloid cells';
  if (mixedWords.test(label)) return 'by markers';
  if (cd8Words.test(label)) return 'CD8 T cells';
  if (cd4Words.test(label)) return null;
  if (nkWords.test(label)) return 'NK cells';
  return lymphocyteWords.test(label) ? 'by markers' : null;
}

/**
 * The immune compartment of every cell that does not count as tumour. A label that names CD8 T, NK or myeloid cells decides. T and
 * NK cells labelled together are told apart by their own counts: CD8 T where CD8A or CD8B and a gene of the T-cell receptor
 * complex are detected without CD4, NK where a killer receptor is and no gene of the complex; the others are left out.
 *
 * @returns index into {@link immuneCompartments}, or −1
 */
export function compartmentsOf(cells: CellCounts, label: readonly string[], tumour: Uint8Array): Int8Array {
  const readings = new Map([...new Set(label)].map((text) => [text, compartmentOfLabel(text)]));
  const markers = markerPositions(cells.genes);
  return Int8Array.from(label, (text, cell) => {
    const reading = tumour[cell] === 1 ? null : (readings.get(text) ?? null);
    if (reading === null) return -1;
    return immuneCompartments.indexOf(
      (reading === 'by markers' ? compartmentOfMarkers(cells, cell, markers) : reading) as ImmuneCompartment,
    );
  });
}

type MarkerKind = 't' | 'cd8' | 'cd4' | 'nk';

function markerPositions(genes: readonly string[]): ReadonlyMap<number, MarkerKind> {
  const kinds = new Map<string, MarkerKind>([
    ...tCellGenes.map((gene) => [gene, 't'] as const),
    ...cd8Genes.map((gene) => [gene, 'cd8'] as const),
    ...cd4Genes.map((gene) => [gene, 'cd4'] as const),
    ...nkGenes.map((gene) => [gene, 'nk'] as const),
  ]);
  return new Map(
    genes.flatMap((gene, g) => {
      const symbol = gene.toUpperCase();
      const kind = kinds.get(symbol) ?? (symbol === 'CD8B1' ? 'cd8' : undefined);
      return kind === undefined ? [] : [[g, kind] as const];
    }),
  );
}

function compartmentOfMarkers(
  { counts }: CellCounts,
  cell: number,
  markers: ReadonlyMap<number, MarkerKind>,
): ImmuneCompartment | null {
  const seen = new Set<MarkerKind>();
  const end = counts.indptr[cell + 1] as number;
  for (let k = counts.indptr[cell] as number; k < end; k++) {
    const kind = markers.get(counts.indices[k] as number);
    if (kind !== undefined) seen.add(kind);
  }
  if (seen.has('cd8') && seen.has('t') && !seen.has('cd4')) return 'CD8 T cells';
  return seen.has('nk') && !seen.has('t') && !seen.has('cd8') ? 'NK cells' : null;
}
