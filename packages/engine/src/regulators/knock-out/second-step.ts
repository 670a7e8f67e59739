import type { RegulonNetwork } from '../regulon-network.js';
import type { PatientAxis } from './programme-axis.js';
import type { SignedTargets } from './random-regulons.js';
import { type EffectMoments, regulonSlope } from './regulon-shift.js';

/** The regulator that was removed. */
export interface FirstStep {
  readonly targets: SignedTargets;
  readonly slope: number;
  /** Its name, so that it does not follow itself; null for a random regulon. */
  readonly regulator: string | null;
}

/**
 * What follows when regulators among the targets lose RNA. Regulator q with RNA effect d_q loses `a w_q` of it; its own
 * contribution shrinks by the same share, `min(1, max(0, a w_q / d_q))`. Direct targets of the removed regulator are not
 * touched twice.
 *
 * @param options - `followers`: from {@link regulatorsByGene}
 * @returns contribution per gene, log2
 */
export function secondStep(
  first: FirstStep,
  patient: PatientAxis,
  network: RegulonNetwork,
  { followers, moments }: { readonly followers: ReadonlyMap<number, number>; readonly moments: EffectMoments },
): Float64Array {
  const contribution = new Float64Array(network.genes.length);
  const direct = new Set(first.targets.genes);
  first.targets.genes.forEach((gene, k) => {
    const q = followers.get(gene);
    const own = patient.effects[gene] as number;
    if (q === undefined || network.regulators[q] === first.regulator || !(Math.abs(own) > 0)) return;
    const share = Math.min(1, Math.max(0, (first.slope * (first.targets.weights[k] as number)) / own));
    if (share === 0) return;
    const [from, to] = [network.indptr[q] as number, network.indptr[q + 1] as number];
    const targets = { genes: network.indices.subarray(from, to), weights: network.weights.subarray(from, to) };
    const slope = regulonSlope(targets, patient.effects, moments);
    targets.genes.forEach((target, i) => {
      if (direct.has(target)) return;
      contribution[target] = (contribution[target] as number) + share * slope * (targets.weights[i] as number);
    });
  });
  return contribution;
}

/** Which regulator of the network each gene codes for. */
export function regulatorsByGene(network: RegulonNetwork): ReadonlyMap<number, number> {
  const rows = new Map(network.genes.map((gene, g) => [gene, g]));
  const found = new Map<number, number>();
  network.regulators.forEach((regulator, r) => {
    const gene = rows.get(regulator);
    if (gene !== undefined) found.set(gene, r);
  });
  return found;
}
