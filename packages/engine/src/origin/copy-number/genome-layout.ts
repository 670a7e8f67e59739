import type { GenePosition } from './gene-positions.js';
import { imitatesCopyNumber } from './imitating-genes.js';

/** One chromosome arm with the genes in use. */
export interface GenomeArm {
  /** For instance `8q`. */
  readonly label: string;
  readonly chromosome: string;
  readonly arm: 'p' | 'q';
  /** First gene and gene after the last, in genomic order. */
  readonly firstGene: number;
  readonly endGene: number;
  /** First bin and bin after the last. */
  readonly firstBin: number;
  readonly endBin: number;
}

/** A run of neighbouring genes of one arm. */
export interface GenomeBin {
  /** Index into the arms. */
  readonly arm: number;
  readonly chromosome: string;
  /** Start of the first and of the last gene, in bases. */
  readonly start: number;
  readonly end: number;
  readonly firstGene: number;
  readonly endGene: number;
}

/** The genes in use, in genomic order, cut into arms and bins. */
export interface GenomeLayout {
  readonly genes: readonly string[];
  /** Column of the counts of each gene. */
  readonly columns: Uint32Array;
  /** Index into `bins` of each gene. */
  readonly binOf: Uint16Array;
  readonly arms: readonly GenomeArm[];
  readonly bins: readonly GenomeBin[];
}

interface PlacedGene extends GenePosition {
  readonly column: number;
}

/** Which genes may be used. */
export interface LayoutOptions {
  readonly binGenes: number;
  readonly excludeGenes: readonly string[];
  /** Whether the gene of a column is expressed enough. */
  readonly isExpressed: (column: number) => boolean;
}

/**
 * Puts the expressed genes into genomic order: autosomes only (X and Y differ between the sexes of tumour and reference),
 * without the families of `imitatesCopyNumber`, whatever lies between the classical MHC genes, and the genes named in
 * `excludeGenes`. Bins hold about `binGenes` genes and never cross a centromere.
 *
 * @param genes - names of the columns of the counts
 */
export function layOutGenome(
  genes: readonly string[],
  positions: readonly GenePosition[],
  options: LayoutOptions,
): GenomeLayout {
  const placed = placedGenes(genes, positions, options);
  const arms: GenomeArm[] = [];
  const bins: GenomeBin[] = [];
  const binOf = new Uint16Array(placed.length);
  for (let first = 0; first < placed.length; ) {
    const { chromosome, arm } = placed[first] as PlacedGene;
    let end = first;
    while (placed[end]?.chromosome === chromosome && placed[end]?.arm === arm) end++;
    const firstBin = bins.length;
    bins.push(...cutArm(placed, { arm: arms.length, first, end }, options.binGenes));
    arms.push({
      label: chromosome + arm,
      chromosome,
      arm,
      firstGene: first,
      endGene: end,
      firstBin,
      endBin: bins.length,
    });
    first = end;
  }
  bins.forEach(({ firstGene, endGene }, bin) => binOf.fill(bin, firstGene, endGene));
  return {
    genes: placed.map(({ gene }) => gene),
    columns: Uint32Array.from(placed, ({ column }) => column),
    binOf,
    arms,
    bins,
  };
}

function placedGenes(
  genes: readonly string[],
  positions: readonly GenePosition[],
  { excludeGenes, isExpressed }: LayoutOptions,
): readonly PlacedGene[] {
  const columnOf = new Map(genes.map((gene, column) => [gene, column]));
  const excluded = new Set(excludeGenes);
  const mhc = histocompatibilityComplex(positions);
  return positions
    .flatMap((position): PlacedGene[] => {
      const column = columnOf.get(position.gene);
      if (column === undefined || !/^\d+$/.test(position.chromosome) || !isExpressed(column)) return [];
      if (excluded.has(position.gene) || imitatesCopyNumber(position.gene) || mhc(position)) return [];
      return [{ ...position, column }];
    })
    .sort(inGenomicOrder);
}

/** Genes of the MHC that must lie on one chromosome before what lies between them counts as the MHC. */
const leastMembers = 3;

/** The stretch from the first to the last classical class I and II gene; nothing where they are not listed together. */
function histocompatibilityComplex(positions: readonly GenePosition[]): (position: GenePosition) => boolean {
  const members = positions.filter(({ gene }) => /^(?:HLA-[A-G]|HLA-D[A-Z]|H2-[KDLQTM]|H2-[AE][ab]\d?$)/.test(gene));
  const [home] = [...new Set(members.map(({ chromosome }) => chromosome))]
    .map((name) => members.filter(({ chromosome }) => chromosome === name))
    .sort((x, y) => y.length - x.length);
  if (home === undefined || home.length < leastMembers) return () => false;
  const starts = home.map(({ start }) => start);
  const [from, to] = [Math.min(...starts), Math.max(...starts)];
  return ({ chromosome, start }) => chromosome === home[0]?.chromosome && start >= from && start <= to;
}

function inGenomicOrder(a: PlacedGene, b: PlacedGene): number {
  const byArm = Number(a.chromosome) - Number(b.chromosome) || (a.arm === b.arm ? 0 : a.arm === 'p' ? -1 : 1);
  return byArm || a.start - b.start || a.column - b.column;
}

function cutArm(
  placed: readonly PlacedGene[],
  { arm, first, end }: { readonly arm: number; readonly first: number; readonly end: number },
  binGenes: number,
): readonly GenomeBin[] {
  const nBins = Math.max(1, Math.round((end - first) / binGenes));
  return Array.from({ length: nBins }, (_, i): GenomeBin => {
    const firstGene = first + Math.floor((i * (end - first)) / nBins);
    const endGene = first + Math.floor(((i + 1) * (end - first)) / nBins);
    const [head, tail] = [placed[firstGene] as PlacedGene, placed[endGene - 1] as PlacedGene];
    return { arm, chromosome: head.chromosome, start: head.start, end: tail.start, firstGene, endGene };
  });
}
