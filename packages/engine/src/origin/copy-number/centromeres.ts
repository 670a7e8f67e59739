/** Assemblies whose centromeres are known here. */
export type GenomeAssembly = 'GRCh38' | 'GRCh37' | 'GRCm38';

/**
 * Border between the short and the long arm of each human chromosome, in bases: the end of the last centromeric band of the
 * short arm (`acen`) in the 850-band tables of GRCh38 (NCBI GCF_000001305.14) and GRCh37 (GCF_000001305.13), the same numbers
 * as UCSC's `cytoBand` of hg38 and hg19. doi:10.1101/gr.229102 (UCSC genome browser).
 */
const human: Readonly<Record<'GRCh38' | 'GRCh37', Readonly<Record<string, number>>>> = {
  GRCh38: byChromosome(
    [123.4, 93.9, 90.9, 50, 48.8, 59.8, 60.1, 45.2, 43, 39.8, 53.4, 35.5],
    [17.7, 17.2, 19, 36.8, 25.1, 18.5, 26.2, 28.1, 12, 15, 61, 10.4],
  ),
  GRCh37: byChromosome(
    [125, 93.3, 91, 50.4, 48.4, 61, 59.9, 45.6, 49, 40.2, 53.7, 35.8],
    [17.9, 17.6, 19, 36.6, 24, 17.2, 26.5, 27.5, 13.2, 14.7, 60.6, 12.5],
  ),
};

/**
 * The chromosome arm of a position: `p` or `q`. Mouse chromosomes have their centromere at one end: all of them is `q`.
 *
 * @param chromosome - without `chr`, for instance `8` or `X`
 * @param position - in bases from 1
 * @returns null for anything but a numbered chromosome, X or Y
 */
export function chromosomeArm(chromosome: string, position: number, assembly: GenomeAssembly): 'p' | 'q' | null {
  if (assembly === 'GRCm38') return /^(?:1?\d|X|Y)$/.test(chromosome) ? 'q' : null;
  const border = human[assembly][chromosome];
  if (border === undefined) return null;
  return position <= border ? 'p' : 'q';
}

function byChromosome(first: readonly number[], second: readonly number[]): Readonly<Record<string, number>> {
  const names = [...Array.from({ length: 22 }, (_, i) => String(i + 1)), 'X', 'Y'];
  const megabases = [...first, ...second];
  return Object.fromEntries(names.map((name, i) => [name, Math.round((megabases[i] as number) * 1e6)]));
}
