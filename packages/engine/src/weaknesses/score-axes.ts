import type { Rng } from '../core/rng.js';
import type { Bilingual } from '../core/text.js';
import { agreementNeeded } from '../regulators/evidence.js';
import { studentQuantile } from '../stats/distributions.js';
import { randomEffects } from '../stats/meta-analysis.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import { type AxisMembers, axisMembers, geneFinder, type SignedGene } from './find-genes.js';
import { genePool, type GenePool, type MatchedSets, matchedSets, signedMean } from './matched-sets.js';
import type { WeaknessAxis } from './sets/axis-gene.js';
import type { AxisErrorBasis, AxisPatient, AxisScore } from './types.js';

/** Sampling error of an axis in one patient. */
export interface AxisError {
  /** NaN where it could not be estimated. */
  readonly standardError: number;
  readonly df: number;
  readonly basis: AxisErrorBasis;
}

/** Effects to score axes on: one difference per gene and patient. */
export interface AxisComparison {
  readonly genes: readonly string[];
  readonly patients: readonly string[];
  /** log2, genes × patients, row-major. */
  readonly effects: Float64Array;
  readonly averageExpression: Float64Array;
  /** Sampling error of the signed mean of some genes, one per patient. */
  readonly errorsOf: (set: readonly SignedGene[]) => readonly AxisError[];
}

/** Options of {@link scoreAxes}. */
export interface ScoreAxesOptions {
  readonly axes: readonly WeaknessAxis[];
  /** Names of the genes of the programme, in capitals. */
  readonly excluded: ReadonlySet<string>;
  readonly fdr: number;
  /** Random gene sets per axis. */
  readonly permutations: number;
}

/** Fewest genes an axis is scored on, and fewest patients that can share anything. */
export const minimumGenes = 3;
export const minimumPatients = 3;
/** P value against random genes that a change has to reach. */
export const matchedLevel = 0.05;
/** Fewest genes to draw random sets from: one full bin. */
const smallestPool = 50;
const level = 0.95;

/**
 * Scores signed axes on one comparison. In patient p the axis is the signed mean of its genes' effects,
 * `y_p = Σ s_g e_gp / n`, every gene weighing the same, after the genes of the programme were taken out. Patients are pooled by
 * random effects with equal weights and the Hartung–Knapp interval. Random sets of genes of like expression, with the same signs, give P values
 * per patient and pooled.
 *
 * An axis is **raised** (or **lowered**) over patients when all hold: its interval excludes zero; three quarters of the patients
 * have the sign of the mean; it is beyond random genes (P ≤ 0.05) on the same side; and its P value, adjusted
 * (Benjamini–Hochberg) over the axes, is at most `fdr`. The interval allows for genes that move together, because patients are
 * its unit; the random genes allow for what all genes of like expression do.
 *
 * @returns one score per axis, in their order; `not testable` with fewer than three genes or three patients
 * @see doi:10.1002/sim.1482 (Hartung–Knapp), doi:10.1126/science.aad0501 (genes of like expression as controls)
 */
export function scoreAxes(comparison: AxisComparison, options: ScoreAxesOptions, rng: Rng): readonly AxisScore[] {
  const { genes, effects, averageExpression } = comparison;
  const nPatients = comparison.patients.length;
  const isDetected = detectedIn(effects, nPatients);
  const data = { genes, find: geneFinder(genes), excluded: options.excluded, isDetected };
  const pool = genePool(
    genes,
    averageExpression,
    (g) => isDetected(g) && !options.excluded.has((genes[g] as string).toUpperCase()),
  );
  const scored = options.axes.map((axis) => {
    const members = axisMembers(axis, data);
    return scoreOne(members, comparison, { pool, permutations: options.permutations, rng: rng.split(axis.id) });
  });
  const adjusted = benjaminiHochberg(
    scored.map(({ reasons, pooled }) => (reasons.length > 0 ? NaN : (pooled.pValue ?? NaN))),
  );
  return scored.map((score, i) => judged(score, adjusted[i] as number, options.fdr));
}

/** Whether a gene has a finite effect in every patient and a non-zero one in any: without counts it is zero in all. */
export function detectedIn(effects: Float64Array, nPatients: number): (position: number) => boolean {
  return (g) => {
    const own = effects.subarray(g * nPatients, (g + 1) * nPatients);
    return own.every((e) => Number.isFinite(e)) && own.some((e) => Math.abs(e) > 1e-9);
  };
}

interface Drawing {
  readonly pool: GenePool;
  readonly permutations: number;
  readonly rng: Rng;
}

function scoreOne(members: AxisMembers, comparison: AxisComparison, drawing: Drawing): AxisScore {
  const { genes, patients, effects } = comparison;
  const named = (set: readonly SignedGene[]): string[] => set.map(({ position }) => genes[position] as string);
  const poolSize = drawing.pool.members.reduce((sum, bin) => sum + bin.length, 0);
  const scorable = members.used.length >= minimumGenes && patients.length > 0 && poolSize >= smallestPool;
  const random = scorable
    ? matchedSets(effects, members.used, { ...drawing, nPatients: patients.length, nDraws: drawing.permutations })
    : null;
  const rows = random === null ? [] : patientRows(members.used, comparison, random);
  const pooled = randomEffects(
    rows.map((row) => row.effect),
    rows.map((row) => (row.standardError === null ? NaN : row.standardError * row.standardError)),
    { level },
  );
  const direction = Math.sign(pooled.estimate ?? 0) as 1 | 0 | -1;
  return {
    axis: members.axis.id,
    verdict: 'not testable',
    reasons: whyNotTestable(members, patients.length, poolSize),
    used: named(members.used),
    excluded: named(members.excluded),
    notMeasured: members.notMeasured,
    notDetected: named(members.notDetected),
    patients: rows,
    pooled,
    pAdjusted: null,
    randomMean: random?.pooledMean ?? null,
    pMatched: random?.pPooled ?? null,
    direction,
    agree: rows.filter((row) => row.effect * direction > 0).length,
    asked: rows.length,
    needed: agreementNeeded(rows.length),
  };
}

function patientRows(
  used: readonly SignedGene[],
  { patients, effects, errorsOf }: AxisComparison,
  random: MatchedSets,
): readonly AxisPatient[] {
  const errors = errorsOf(used);
  return patients.map((patient, p) => {
    const effect = signedMean(effects, used, patients.length, p);
    const { standardError, df, basis } = errors[p] as AxisError;
    const known = Number.isFinite(standardError) && df > 0;
    const half = known ? studentQuantile((1 + level) / 2, df) * standardError : null;
    const row = {
      patient,
      effect,
      standardError: known ? standardError : null,
      low: half === null ? null : effect - half,
      high: half === null ? null : effect + half,
      basis: known ? basis : ('none' as const),
      randomMean: random.patientMeans[p] as number,
      pMatched: random.pPatients[p] as number,
    };
    return { ...row, verdict: patientVerdict(row) };
  });
}

function patientVerdict(row: Omit<AxisPatient, 'verdict'>): AxisPatient['verdict'] {
  const { effect, low, high, randomMean, pMatched } = row;
  const excludesZero = low !== null && high !== null && low * high > 0;
  if (!excludesZero || pMatched > matchedLevel || effect * (effect - randomMean) <= 0) return 'no shift shown';
  return effect > 0 ? 'raised' : 'lowered';
}

function judged(score: AxisScore, pAdjusted: number, fdr: number): AxisScore {
  if (score.reasons.length > 0) return score;
  const { pooled, direction, randomMean, pMatched } = score;
  const beyondRandom = pMatched !== null && pMatched <= matchedLevel;
  const sameSide = direction * ((pooled.estimate ?? 0) - (randomMean ?? 0)) > 0;
  const shared = (pooled.low ?? 0) * (pooled.high ?? 0) > 0 && score.agree >= score.needed && pAdjusted <= fdr;
  const verdict = shared && beyondRandom && sameSide ? (direction > 0 ? 'raised' : 'lowered') : 'not shared';
  return { ...score, pAdjusted: Number.isFinite(pAdjusted) ? pAdjusted : null, verdict };
}

function whyNotTestable(members: AxisMembers, nPatients: number, poolSize: number): readonly Bilingual[] {
  const { axis, used, excluded, notMeasured } = members;
  const few = {
    en: `patients that can be compared: ${String(nPatients)}, and sharing needs ${String(minimumPatients)}`,
    fr: `patients comparables : ${String(nPatients)}, et il en faut ${String(minimumPatients)}`,
  };
  if (nPatients === 0) return [few];
  const reasons: Bilingual[] = [];
  if (used.length < minimumGenes) {
    const [nGenes, nTaken] = [String(axis.genes.length), String(excluded.length)];
    reasons.push({
      en: `genes that can be scored: ${String(used.length)} of ${nGenes} (${nTaken} belong to the programme), and an axis needs ${String(minimumGenes)}`,
      fr: `gènes évaluables : ${String(used.length)} sur ${nGenes} (${nTaken} du programme), et il en faut ${String(minimumGenes)}`,
    });
  }
  const executors = axis.genes.filter(({ executor }) => executor !== null).map(({ gene }) => gene);
  if (2 * executors.filter((gene) => notMeasured.includes(gene)).length > executors.length) {
    reasons.push({
      en: `fewer than half of its ${String(executors.length)} executors were measured`,
      fr: `moins de la moitié de ses ${String(executors.length)} exécuteurs ont été mesurés`,
    });
  }
  if (poolSize < smallestPool) {
    reasons.push({
      en: `genes to draw random sets from: ${String(poolSize)}, and ${String(smallestPool)} are needed`,
      fr: `gènes pour tirer des ensembles au hasard : ${String(poolSize)}, et il en faut ${String(smallestPool)}`,
    });
  }
  if (nPatients < minimumPatients) reasons.push(few);
  return reasons;
}
