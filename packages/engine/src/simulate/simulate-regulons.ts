import { exp, log } from '../core/pinned-math.js';
import { createRng, shuffleInPlace, type Rng } from '../core/rng.js';
import type { RegulonEdge } from '../data/resources.js';
import type { GeneModel } from './gene-model.js';
import { regulatorNames, relatedRegulators } from './gene-symbols.js';
import type { SimulationOptions } from './options.js';
import type { SimulationParameters } from './parameters.js';

/** Sizes of decoy regulons are log-normal like CollecTRI's of five targets or more: median about 18, few above 200. */
const decoySize = { logMedian: 2.9, logSpread: 0.95, least: 5, most: 250 };

/**
 * Draws the signed network: the planted regulator, whose targets are mostly programme genes with the sign they move in, and
 * decoys. A decoy's targets are drawn with a weight of their own per gene (log-normal, so that some genes are targets of
 * many, as in CollecTRI); the AP-1 relatives of the planted regulator also share about half of its targets with it.
 *
 * @returns edges sorted by source, then target; weights are +1 or −1; no regulator targets itself
 */
export function simulateRegulons(
  model: GeneModel,
  options: Pick<SimulationOptions, 'seed' | 'regulator' | 'parameters'>,
): readonly RegulonEdge[] {
  const { parameters } = options;
  const rng = createRng(options.seed, 'simulate/regulons');
  const planted = plantedTargets(model, options, rng.split('planted'));
  const popularity = model.genes.map(() => exp(rng.normal()));
  const decoys = regulatorNames.filter((name) => name !== options.regulator);
  const edges = decoys.flatMap((source) => {
    const stream = rng.split(source);
    const weights = decoyTargets(model, { popularity, parameters }, stream);
    if (relatedRegulators.includes(source)) shareTargets(weights, planted, { parameters, rng: stream });
    return toEdges(source, weights);
  });
  return [...edges, ...toEdges(options.regulator, planted)].sort(compareEdges);
}

function plantedTargets(
  model: GeneModel,
  { regulator, parameters }: Pick<SimulationOptions, 'regulator' | 'parameters'>,
  rng: Rng,
): Map<string, number> {
  const pick = (accept: (effect: number) => boolean, size: number): string[] => {
    const found = model.genes.filter((gene, g) => gene !== regulator && accept(model.programme[g] as number));
    shuffleInPlace(found, rng);
    return found.slice(0, size);
  };
  const { up, down, other } = parameters.targets;
  return new Map([
    ...pick((effect) => effect > 0, up).map((gene): [string, number] => [gene, 1]),
    ...pick((effect) => effect < 0, down).map((gene): [string, number] => [gene, -1]),
    ...pick((effect) => effect === 0, other).map((gene): [string, number] => [gene, drawSign(parameters, rng)]),
  ]);
}

function decoyTargets(
  model: GeneModel,
  { popularity, parameters }: { readonly popularity: readonly number[]; readonly parameters: SimulationParameters },
  rng: Rng,
): Map<string, number> {
  const drawn = Math.round(exp(decoySize.logMedian + decoySize.logSpread * rng.normal()));
  const size = Math.min(Math.max(drawn, decoySize.least), decoySize.most);
  // Weighted sampling without replacement: the smallest exponential arrival times (doi:10.1016/j.ipl.2005.11.003).
  const arrivals = model.genes.map((gene, g) => ({ gene, at: -log(rng.uniform()) / (popularity[g] as number) }));
  arrivals.sort((a, b) => a.at - b.at);
  return new Map(arrivals.slice(0, size).map(({ gene }) => [gene, drawSign(parameters, rng)]));
}

function shareTargets(
  weights: Map<string, number>,
  planted: ReadonlyMap<string, number>,
  { parameters, rng }: { readonly parameters: SimulationParameters; readonly rng: Rng },
): void {
  for (const [gene, weight] of planted) {
    if (rng.uniform() < parameters.relativeOverlap) weights.set(gene, weight * drawSign(parameters, rng));
  }
}

function drawSign(parameters: SimulationParameters, rng: Rng): 1 | -1 {
  return rng.uniform() < parameters.activatingShare ? 1 : -1;
}

function toEdges(source: string, weights: ReadonlyMap<string, number>): readonly RegulonEdge[] {
  return [...weights].filter(([target]) => target !== source).map(([target, weight]) => ({ source, target, weight }));
}

function compareEdges(a: RegulonEdge, b: RegulonEdge): number {
  if (a.source !== b.source) return a.source < b.source ? -1 : 1;
  return a.target < b.target ? -1 : 1;
}
