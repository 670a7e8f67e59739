/** One curated gene with the reason it is here and the work that shows it. */
export interface CuratedGene<Kind extends string = string> {
  /** Current HGNC symbol. */
  readonly gene: string;
  readonly kind: Kind;
  readonly reason: string;
  readonly doi: readonly string[];
}

/** The symbols of curated genes of the given kinds, in their order; of all kinds when none is given. */
export function symbolsOf<Kind extends string>(
  genes: readonly CuratedGene<Kind>[],
  ...kinds: readonly NoInfer<Kind>[]
): readonly string[] {
  return genes.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).map(({ gene }) => gene);
}
