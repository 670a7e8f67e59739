import { exp2 } from '../core/pinned-math.js';
import { pairwiseSum } from '../core/sum.js';
import type { Rng } from '../core/rng.js';
import { mitochondrialGenes } from './gene-symbols.js';

/** Prefixes that Cell Ranger gives to the genes of its mixed genome GRCh38+mm10-2020-A. */
const humanPrefix = 'GRCh38_';
const mousePrefix = 'mm10___';

/** The genes of a mixed genome: every human gene, then a mouse gene for each, named as the mouse writes its genes. */
export function mixedGenomeNames(genes: readonly string[]): readonly string[] {
  const mitochondrial = new Set(mitochondrialGenes);
  const mouse = genes.map((gene) => (mitochondrial.has(gene) ? `mt-${titleCase(gene.slice(3))}` : titleCase(gene)));
  return [...genes.map((gene) => humanPrefix + gene), ...mouse.map((gene) => mousePrefix + gene)];
}

/** Expected shares of the mouse genes in a mouse cell: drawn once per sample, log-normal over genes. */
export function mouseProfile(nGenes: number, spread: number, rng: Rng): Float64Array {
  const shares = Float64Array.from({ length: nGenes }, () => exp2(spread * rng.normal()));
  const total = pairwiseSum(shares);
  return shares.map((share) => share / total);
}

function titleCase(gene: string): string {
  return gene.charAt(0) + gene.slice(1).toLowerCase();
}
