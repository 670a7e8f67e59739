import { report, rngFor, type RunContext, throwIfAborted } from '../../core/context.js';
import type { Estimate } from '../../core/method.js';
import type { Rng } from '../../core/rng.js';
import type { DrugSignature } from '../../data/resources.js';
import type { MarkerStudy } from '../../markers/marker-study.js';
import { meanOverPatients } from '../../markers/mean-over-patients.js';
import { binByExpression } from '../../programme/matched-gene-null.js';
import { agreementNeeded } from '../../regulators/evidence.js';
import { midRanks } from '../../stats/correlation.js';
import { benjaminiHochberg } from '../../stats/multiple-testing.js';

/** How one signature stands to the shared programme. */
export interface SignatureReversal {
  readonly drug: string;
  /** Genes it shares with the study. */
  readonly nGenes: number;
  /** −ρ: 1 reverses the programme gene by gene, −1 repeats it. Null with too few genes. */
  readonly reversal: number | null;
  /** Standardised by its own permutations of gene labels. */
  readonly z: number | null;
  /** Two-sided, against the standardised permutations of all signatures; and Benjamini–Hochberg. */
  readonly pValue: number | null;
  readonly pAdjusted: number | null;
  /** The same score against each patient's own effects. */
  readonly patients: readonly { readonly patient: string; readonly reversal: number }[];
  readonly overPatients: Estimate;
  /** Patients with the sign of the score. */
  readonly agree: number;
  readonly standing: 'reverses' | 'mimics' | 'neither' | 'too few genes';
}

/** Options of `signatureReversal`. */
export interface ReversalScoreOptions {
  readonly permutations: number;
  readonly fdr: number;
  /** Genes a signature must share with the study. */
  readonly minGenes: number;
}

/**
 * Scores signatures by how far they undo the programme: reversal = −ρ, the correlation over common genes of the signature's
 * ranks with the ranks of the shared statistic (moderated t over patients; ranks over all genes of the study).
 *
 * **Null.** Gene labels of the shared statistic are permuted within bins of average expression, one permutation for all
 * signatures; z is standardised by a signature's own permutations, P is taken against those of all signatures pooled. It
 * treats genes as exchangeable, which co-regulated genes are not, so a drug is said to reverse or mimic the programme only
 * where three quarters of the patients have that sign too, each against its own effects.
 *
 * @see doi:10.1126/science.1132939 (connectivity by ranks)
 */
export async function signatureReversal(
  signatures: readonly DrugSignature[],
  study: MarkerStudy,
  options: ReversalScoreOptions,
  context: RunContext,
): Promise<readonly SignatureReversal[]> {
  const programme = programmeOf(study);
  const placeOf = new Map(programme.genes.map((gene, g) => [gene, g]));
  const profiles = signatures.map((signature) => profileOf(signature, placeOf, programme.ranks));
  const usable = profiles.map(({ places }) => places.length >= options.minGenes);
  const observed = profiles.map((profile) => correlate(profile, programme.ranks));
  const draws = await permuted(profiles, programme, options, context);
  const nulls = draws.map(momentsOf);
  const z = observed.map((rho, d) => (usable[d] === true ? -standardised(rho, nulls[d] as Moments) : NaN));
  const pValues = pooledP(z, draws, nulls, usable);
  const adjusted = benjaminiHochberg(pValues);
  return signatures.map(({ drug }, d) => {
    const profile = profiles[d] as Profile;
    if (usable[d] !== true) return tooFew(drug, profile.places.length);
    const patients = programme.patients.map(({ patient, ranks }) => ({
      patient,
      reversal: -correlate(profile, ranks),
    }));
    const reversal = -(observed[d] as number);
    const agree = patients.filter((own) => own.reversal * reversal > 0).length;
    const pAdjusted = adjusted[d] as number;
    const holds = pAdjusted <= options.fdr && agree >= agreementNeeded(patients.length) && patients.length >= 3;
    return {
      drug,
      nGenes: profile.places.length,
      reversal,
      z: z[d] as number,
      pValue: pValues[d] as number,
      pAdjusted,
      patients,
      overPatients: meanOverPatients(
        patients.map((own) => own.reversal),
        [-1, 1],
      ),
      agree,
      standing: holds ? (reversal > 0 ? 'reverses' : 'mimics') : 'neither',
    };
  });
}

function tooFew(drug: string, nGenes: number): SignatureReversal {
  const none = { reversal: null, z: null, pValue: null, pAdjusted: null };
  return {
    drug,
    nGenes,
    ...none,
    patients: [],
    overPatients: meanOverPatients([]),
    agree: 0,
    standing: 'too few genes',
  };
}

interface Programme {
  readonly genes: readonly string[];
  readonly ranks: Float64Array;
  readonly patients: readonly { readonly patient: string; readonly ranks: Float64Array }[];
  /** Genes of each bin of average expression. */
  readonly bins: readonly Int32Array[];
}

/** Genes with a statistic, ranked. */
function programmeOf({ fixedEffect, perPatient }: MarkerStudy): Programme {
  if (perPatient === null) {
    const { gene, t } = fixedEffect.table;
    const kept = gene.map((_, g) => g).filter((g) => Number.isFinite(t[g]));
    const genes = kept.map((g) => gene[g] as string);
    return {
      genes,
      ranks: midRanks(kept.map((g) => t[g] as number)),
      patients: [],
      bins: [Int32Array.from(genes.keys())],
    };
  }
  const { effects, meta } = perPatient;
  const kept = effects.genes.map((_, g) => g).filter((g) => Number.isFinite(meta.t[g]));
  const genes = kept.map((g) => effects.genes[g] as string);
  const k = effects.patients.length;
  const average = Float64Array.from(kept, (g) => effects.averageExpression[g] as number);
  return {
    genes,
    ranks: midRanks(kept.map((g) => meta.t[g] as number)),
    patients: effects.patients.map((patient, p) => ({
      patient,
      ranks: midRanks(kept.map((g) => effects.effects[g * k + p] as number)),
    })),
    bins: binByExpression(genes, average).members,
  };
}

interface Profile {
  /** Places among the genes of the programme. */
  readonly places: Int32Array;
  /** Ranks of the signature, centred, of length one. */
  readonly direction: Float64Array;
}

function profileOf(
  { genes, effect }: DrugSignature,
  placeOf: ReadonlyMap<string, number>,
  { length }: Float64Array,
): Profile {
  const common = genes.map((_, i) => i).filter((i) => (placeOf.get(genes[i] as string) ?? length) < length);
  const ranks = midRanks(common.map((i) => effect[i] as number));
  const centre = (common.length + 1) / 2;
  const centred = ranks.map((rank) => rank - centre);
  const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  return {
    places: Int32Array.from(common, (i) => placeOf.get(genes[i] as string) as number),
    direction: centred.map((value) => (norm > 0 ? value / norm : 0)),
  };
}

function correlate({ places, direction }: Profile, ranks: Float64Array): number {
  let sum = 0;
  let squares = 0;
  let product = 0;
  for (let i = 0; i < places.length; i++) {
    const rank = ranks[places[i] as number] as number;
    sum += rank;
    squares += rank * rank;
    product += rank * (direction[i] as number);
  }
  const variance = squares - (sum * sum) / places.length;
  return variance > 0 ? product / Math.sqrt(variance) : 0;
}

/** Correlations of every signature with permuted programmes: one array per signature. */
async function permuted(
  profiles: readonly Profile[],
  { ranks, bins }: Programme,
  { permutations }: ReversalScoreOptions,
  context: RunContext,
): Promise<readonly Float32Array[]> {
  const draws = profiles.map(() => new Float32Array(permutations));
  const rng = rngFor(context, 'weaknesses/drug-signatures');
  const shuffled = ranks.slice();
  for (let draw = 0; draw < permutations; draw++) {
    for (const bin of bins) shuffleWithin(shuffled, bin, rng);
    profiles.forEach((profile, d) => {
      (draws[d] as Float32Array)[draw] = correlate(profile, shuffled);
    });
    if (draw % 20 === 0) {
      throwIfAborted(context);
      report(context, 'drug signatures', draw, permutations, 'permutations');
      await Promise.resolve();
    }
  }
  return draws;
}

function shuffleWithin(values: Float64Array, places: Int32Array, rng: Rng): void {
  for (let i = places.length - 1; i > 0; i--) {
    const [a, b] = [places[i] as number, places[rng.integer(i + 1)] as number];
    const held = values[a] as number;
    values[a] = values[b] as number;
    values[b] = held;
  }
}

interface Moments {
  readonly mean: number;
  readonly standardDeviation: number;
}

/** Permuting within bins keeps what bins have in common, so the mean of the null need not be zero. */
function momentsOf(values: Float32Array): Moments {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const n = values.length;
  const variance = Math.max(Number.MIN_VALUE, (squares - (sum * sum) / n) / Math.max(1, n - 1));
  return { mean: sum / n, standardDeviation: Math.sqrt(variance) };
}

function standardised(value: number, { mean, standardDeviation }: Moments): number {
  return (value - mean) / standardDeviation;
}

function pooledP(
  z: readonly number[],
  draws: readonly Float32Array[],
  nulls: readonly Moments[],
  usable: readonly boolean[],
): Float64Array {
  const kept = draws.map((own, d) => ({ own, d })).filter(({ d }) => usable[d] === true);
  const pool = new Float64Array(kept.reduce((sum, { own }) => sum + own.length, 0));
  let at = 0;
  for (const { own, d } of kept) {
    for (const value of own) pool[at++] = Math.abs(standardised(value, nulls[d] as Moments));
  }
  pool.sort();
  return Float64Array.from(z, (value) => {
    if (Number.isNaN(value)) return NaN;
    const target = Math.abs(value);
    let [low, high] = [0, pool.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pool[middle] as number) < target) low = middle + 1;
      else high = middle;
    }
    return (1 + pool.length - low) / (1 + pool.length);
  });
}
