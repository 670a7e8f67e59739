import type { AxisGene, WeaknessAxis } from './sets/axis-gene.js';

/** Position of a curated gene in some data, or null. */
export type GeneFinder = (gene: AxisGene) => number | null;

/**
 * Makes the look-up of curated genes in a list of symbols: by current symbol, by an older one, by the name of the mouse
 * orthologue. Letter case is looked through, so that mouse symbols are found.
 */
export function geneFinder(names: readonly string[]): GeneFinder {
  const places = new Map<string, number>();
  names.forEach((name, g) => {
    const symbol = name.toUpperCase();
    if (!places.has(symbol)) places.set(symbol, g);
  });
  return (gene) =>
    spellings(gene)
      .map((name) => places.get(name))
      .find((place) => place !== undefined) ?? null;
}

/** Every name of a gene, in capitals. */
function spellings({ gene, formerly, mouse }: AxisGene): readonly string[] {
  return [gene, ...formerly, ...(typeof mouse === 'string' ? [mouse] : [])].map((name) => name.toUpperCase());
}

/**
 * Whether a curated gene, or a gene of that name in the data, belongs to the programme under any of its names: tables of cells
 * and of samples may spell one gene differently.
 *
 * @param excluded - names in capitals
 */
export function isExcluded(excluded: ReadonlySet<string>, gene: AxisGene, name: string): boolean {
  return excluded.has(name.toUpperCase()) || spellings(gene).some((spelling) => excluded.has(spelling));
}

/** A gene of an axis by its place in the data. */
export interface SignedGene {
  readonly position: number;
  readonly sign: 1 | -1;
}

/** The genes of one axis, sorted by whether they can be scored. */
export interface AxisMembers {
  readonly axis: WeaknessAxis;
  readonly used: readonly SignedGene[];
  readonly excluded: readonly SignedGene[];
  readonly notDetected: readonly SignedGene[];
  /** Current symbols. */
  readonly notMeasured: readonly string[];
}

/** Sorts the genes of an axis. A gene of the programme is taken out whether it was detected or not. */
export function axisMembers(
  axis: WeaknessAxis,
  data: {
    readonly genes: readonly string[];
    readonly find: GeneFinder;
    /** Names of the genes of the programme, in capitals. */
    readonly excluded: ReadonlySet<string>;
    readonly isDetected: (position: number) => boolean;
  },
): AxisMembers {
  const placed = axis.genes.map((gene) => ({ gene, position: data.find(gene) }));
  const measured = placed.flatMap(({ gene, position }) =>
    position === null
      ? []
      : [{ position, sign: gene.sign, taken: isExcluded(data.excluded, gene, data.genes[position] as string) }],
  );
  const free = measured.filter(({ taken }) => !taken);
  return {
    axis,
    used: free.filter(({ position }) => data.isDetected(position)).map(bare),
    excluded: measured.filter(({ taken }) => taken).map(bare),
    notDetected: free.filter(({ position }) => !data.isDetected(position)).map(bare),
    notMeasured: placed.filter(({ position }) => position === null).map(({ gene }) => gene.gene),
  };
}

function bare({ position, sign }: SignedGene): SignedGene {
  return { position, sign };
}
