import type { Rng } from '../core/rng.js';
import { mean } from '../core/sum.js';
import { binByExpression } from '../programme/matched-gene-null.js';
import type { SignedGene } from './find-genes.js';

/** Genes random sets are drawn from, cut into bins of average expression. */
export interface GenePool {
  /** Bin of each gene of the data; −1 for genes that are not in the pool. */
  readonly binOf: Int32Array;
  /** Positions of the genes of each bin. */
  readonly members: readonly Int32Array[];
}

/** Random sets against one true set. */
export interface MatchedSets {
  /** Mean of the random sets in each patient, and over patients. */
  readonly patientMeans: Float64Array;
  readonly pooledMean: number;
  /** Two-sided: `(1 + random sets at least as far from their mean) / (1 + sets)`. */
  readonly pPatients: Float64Array;
  readonly pPooled: number;
}

/**
 * Bins the genes that may be drawn.
 *
 * @param allowed - whether a gene may be drawn: detected, and no gene of the programme
 */
export function genePool(
  genes: readonly string[],
  averageExpression: Float64Array,
  allowed: (position: number) => boolean,
): GenePool {
  const positions = genes.map((_, g) => g).filter(allowed);
  const { members } = binByExpression(
    positions.map((g) => genes[g] as string),
    Float64Array.from(positions, (g) => averageExpression[g] as number),
  );
  const binOf = new Int32Array(genes.length).fill(-1);
  const placed = members.map((bin, b) =>
    bin.map((place) => {
      const g = positions[place] as number;
      binOf[g] = b;
      return g;
    }),
  );
  return { binOf, members: placed };
}

/**
 * Signed mean effects of random sets that have one gene of the same bin of average expression, with the same sign, for every
 * gene of the true set; none is a gene of the true set. One draw is the same genes in all patients, so that the null of the
 * mean over patients keeps what genes do alike in all of them.
 *
 * @param effects - genes × patients, row-major
 */
export function matchedSets(
  effects: Float64Array,
  set: readonly SignedGene[],
  options: { readonly nPatients: number; readonly pool: GenePool; readonly nDraws: number; readonly rng: Rng },
): MatchedSets {
  const { nPatients, nDraws } = options;
  const draws = drawSets(set, options);
  const perPatient = Array.from({ length: nPatients }, () => new Float64Array(nDraws));
  const pooled = new Float64Array(nDraws);
  draws.forEach((drawn, i) => {
    let total = 0;
    for (let p = 0; p < nPatients; p++) {
      const value = signedMean(effects, drawn, nPatients, p);
      (perPatient[p] as Float64Array)[i] = value;
      total += value;
    }
    pooled[i] = total / nPatients;
  });
  const observed = perPatient.map((_, p) => signedMean(effects, set, nPatients, p));
  return {
    patientMeans: Float64Array.from(perPatient, mean),
    pooledMean: mean(pooled),
    pPatients: Float64Array.from(perPatient, (values, p) => twoSided(values, observed[p] as number)),
    pPooled: twoSided(pooled, mean(observed)),
  };
}

/** Signed mean of the effects of some genes in one patient. */
export function signedMean(
  effects: Float64Array,
  set: readonly SignedGene[],
  nPatients: number,
  patient: number,
): number {
  let sum = 0;
  for (const { position, sign } of set) sum += sign * (effects[position * nPatients + patient] as number);
  return sum / set.length;
}

function drawSets(
  set: readonly SignedGene[],
  { pool, nDraws, rng }: { readonly pool: GenePool; readonly nDraws: number; readonly rng: Rng },
): readonly (readonly SignedGene[])[] {
  const own = new Set(set.map(({ position }) => position));
  const bins = pool.members.map((bin) => bin.filter((g) => !own.has(g)));
  return Array.from({ length: nDraws }, () => {
    const taken = bins.map(() => 0);
    return set.map(({ position, sign }) => {
      const b = pool.binOf[position] as number;
      const bin = bins[b] as Int32Array;
      const k = taken[b] as number;
      taken[b] = k + 1;
      return { position: takeRandom(bin, k % bin.length, rng), sign };
    });
  });
}

/** A step of Fisher and Yates's shuffle: a random one of the entries from `k` on comes to place `k`. */
function takeRandom(bin: Int32Array, k: number, rng: Rng): number {
  const j = k + rng.integer(bin.length - k);
  const held = bin[k] as number;
  bin[k] = bin[j] as number;
  bin[j] = held;
  return bin[k];
}

function twoSided(random: Float64Array, observed: number): number {
  const centre = mean(random);
  // Rounding must not decide between equal distances.
  const distance = Math.abs(observed - centre) * (1 - 1e-12);
  return (1 + random.filter((value) => Math.abs(value - centre) >= distance).length) / (1 + random.length);
}
