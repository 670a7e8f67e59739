/** One programme of one sample, as meta-programmes are made from it. */
export interface CellProgramme {
  readonly sample: string;
  readonly patient: string;
  readonly rank: number;
  /** Place among the programmes of its rank, from 1, by falling share of usage. */
  readonly index: number;
  /** Genes that mark it, by falling weight. */
  readonly genes: readonly string[];
  /** Standard deviations of a gene's counts per million per unit of usage. */
  readonly weights: Float64Array;
  /** Mean share of the usages of a cell. */
  readonly usageShare: number;
}

/** Genes two lists share. */
export function sharedGenes(a: ReadonlySet<string>, b: readonly string[]): number {
  let shared = 0;
  for (const gene of b) if (a.has(gene)) shared += 1;
  return shared;
}

/** Pairwise overlaps of gene lists, n × n. */
export function overlapMatrix(programmes: readonly { readonly genes: readonly string[] }[]): Int32Array {
  const n = programmes.length;
  const sets = programmes.map((programme) => new Set(programme.genes));
  const overlaps = new Int32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const shared = sharedGenes(sets[i] as ReadonlySet<string>, (programmes[j] as { genes: readonly string[] }).genes);
      overlaps[i * n + j] = shared;
      overlaps[j * n + i] = shared;
    }
  }
  return overlaps;
}
