import { OptionError } from '../../core/errors.js';
import type { Rng } from '../../core/rng.js';
import { permutationStrata } from '../expression-bins.js';

/** Targets of one regulator with their signed weights. */
export interface SignedTargets {
  readonly genes: Uint32Array;
  readonly weights: Float64Array;
}

/** Draws regulons like a given one. */
export type RegulonDraw = (rng: Rng) => SignedTargets;

/**
 * Makes a source of random regulons: each target is exchanged for a gene of the same bin of average expression, no gene twice,
 * and keeps its weight. Size, signs and expression are those of the regulon; its own targets may be drawn again by chance.
 *
 * @param averageExpression - one value per gene
 * @throws OptionError when a bin has fewer genes than targets
 */
export function randomRegulons(targets: SignedTargets, averageExpression: Float64Array): RegulonDraw {
  const bins = permutationStrata(averageExpression.length, averageExpression);
  const members = new Map<number, number[]>();
  bins.forEach((bin, gene) => {
    const own = members.get(bin);
    if (own === undefined) members.set(bin, [gene]);
    else own.push(gene);
  });
  return (rng) => {
    const taken = new Set<number>();
    const genes = targets.genes.map((target) => {
      const bin = members.get(bins[target] as number) as readonly number[];
      return freeGene(bin, taken, rng);
    });
    return { genes, weights: targets.weights };
  };
}

function freeGene(bin: readonly number[], taken: Set<number>, rng: Rng): number {
  for (let tries = 0; tries < 50; tries++) {
    const gene = bin[rng.integer(bin.length)] as number;
    if (taken.has(gene)) continue;
    taken.add(gene);
    return gene;
  }
  const gene = bin.find((candidate) => !taken.has(candidate));
  if (gene === undefined) throw new OptionError('A regulon has more targets of one expression than there are genes.');
  taken.add(gene);
  return gene;
}
