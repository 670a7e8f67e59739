import { pearson } from '../stats/correlation.js';
import { median } from '../stats/quantile.js';
import { patientLevelTest } from '../programme/patient-level-test.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { compareText } from '../programme/compare-text.js';

/** A gene of the caller, as learned from the other patients. */
export interface CallerGene {
  readonly gene: string;
  /** Mean log2 effect of the training patients. */
  readonly meanEffect: number;
  /** Moderated t over the training patients. */
  readonly t: number;
  /** Mean effect times `max(0, 1 − 1/t²)`: what the caller expects in a persister cell. */
  readonly effect: number;
  /** Effect in every training patient. */
  readonly trainingEffects: readonly number[];
}

/** What the other patients teach about the persister state. */
export interface LearnedCaller {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly trainingPatients: readonly string[];
  /** Mean correlation of each training patient's effects with the mean of the others, and what chance makes likely. */
  readonly agreement: { readonly correlation: number; readonly least: number } | null;
  /**
   * Slope of a patient's effects on the learned ones where it took no part in learning, over the slope where it did (medians over
   * the training patients): what choosing genes by their effects in these patients has added. One where there are too few to tell.
   */
  readonly heldOutShare: number;
  /** Sorted by falling |t|. */
  readonly genes: readonly CallerGene[];
}

/** How a caller is learned. */
export interface LearnCallerOptions {
  /** The patients to learn from. */
  readonly trainingPatients: readonly string[];
  readonly minTrainingPatients: number;
  /** Genes per direction. */
  readonly callerSize: number;
  /** Whether a gene may take part: measured in the cells and no confounder. */
  readonly usable: (gene: string) => boolean;
  /** Factor on the effects of each training patient; −1 exchanges its two stages. Default 1 for all. */
  readonly signs?: readonly number[];
}

/** Fewest genes a caller may rest on. */
const fewestGenes = 10;

/**
 * Learns what a persister cell looks like from some patients: the genes of largest |t| of the moderated t over patients, each
 * patient weighing the same, with their mean effect shrunk by the positive-part James–Stein factor `max(0, 1 − 1/t²)`.
 *
 * @param effects - one effect per gene and patient; bulk patients count as much as single-cell ones
 */
export function learnCaller(effects: PatientEffects, options: LearnCallerOptions): LearnedCaller {
  const { trainingPatients, minTrainingPatients } = options;
  let agreement: LearnedCaller['agreement'] = null;
  const none = (reason: string): LearnedCaller => ({
    status: 'not-identifiable',
    reasons: [reason],
    trainingPatients,
    agreement,
    heldOutShare: 1,
    genes: [],
  });
  if (trainingPatients.length < minTrainingPatients) return none(tooFewPatients(options));
  const places = trainingPatients.map((patient) => effects.patients.indexOf(patient));
  const own = signed(effects, places, options.signs);
  agreement = trainingAgreement(own, places, options.usable);
  if (!(agreement.correlation > agreement.least)) return none('the other patients do not change alike');
  const genes = chooseGenes(own, places, options);
  if (genes.length < fewestGenes) return none(`the other patients share only ${String(genes.length)} usable genes`);
  const heldOutShare = shareHeldOut(own, places, { options, genes });
  return { status: 'ok', reasons: [], trainingPatients, agreement, heldOutShare, genes };
}

function chooseGenes(
  effects: PatientEffects,
  places: readonly number[],
  { usable, callerSize }: LearnCallerOptions,
): readonly CallerGene[] {
  const n = effects.patients.length;
  const { t, meanEffect } = patientLevelTest(effects, places);
  const genes = effects.genes
    .map(
      (gene, g): CallerGene => ({
        ...callerGene(gene, meanEffect[g] as number, t[g] as number),
        trainingEffects: places.map((place) => effects.effects[g * n + place] as number),
      }),
    )
    .filter(({ gene, effect }) => effect !== 0 && Number.isFinite(effect) && usable(gene))
    .sort((a, b) => Math.abs(b.t) - Math.abs(a.t) || compareText(a.gene, b.gene));
  const side = (sign: number): CallerGene[] => genes.filter((g) => g.effect * sign > 0).slice(0, callerSize);
  const chosen = new Set([...side(1), ...side(-1)]);
  return genes.filter((gene) => chosen.has(gene));
}

/** Bounds of the held-out share: a ratio of noisy slopes must not turn the unit round or blow it up. */
const leastShare = 0.25;

function shareHeldOut(
  effects: PatientEffects,
  places: readonly number[],
  { options, genes }: { readonly options: LearnCallerOptions; readonly genes: readonly CallerGene[] },
): number {
  if (places.length < 3) return 1;
  const n = effects.patients.length;
  const rowOf = new Map(effects.genes.map((gene, g) => [gene, g]));
  const slope = (learned: readonly CallerGene[], place: number): number => {
    let product = 0;
    let square = 0;
    for (const { gene, effect } of learned) {
      product += effect * (effects.effects[(rowOf.get(gene) as number) * n + place] as number);
      square += effect * effect;
    }
    return product / square;
  };
  const inside = median(places.map((place) => slope(genes, place)));
  const outside = places.map((place) => {
    const others = places.filter((other) => other !== place);
    return slope(chooseGenes(effects, others, options), place);
  });
  return Math.min(1, Math.max(leastShare, median(outside) / inside));
}

function callerGene(gene: string, meanEffect: number, t: number): Omit<CallerGene, 'trainingEffects'> {
  return { gene, meanEffect, t, effect: meanEffect * Math.max(0, 1 - 1 / (t * t)) };
}

/** Correlation between genes that limma's `camera` presumes where it cannot be estimated. */
const interGeneCorrelation = 0.01;
/** One-sided 5 %. */
const agreementQuantile = 1.645;

/**
 * Whether patients change alike at all: the correlation of each patient's effects with the mean of the others' over the more
 * expressed half of the usable genes, averaged. Correlated genes leave its error near √(1/n + ρ) with ρ = 0.01, over the k − 1
 * independent comparisons of k patients.
 */
function trainingAgreement(
  { genes, effects, patients, averageExpression }: PatientEffects,
  places: readonly number[],
  usable: (gene: string) => boolean,
): NonNullable<LearnedCaller['agreement']> {
  const all = genes.map((_, g) => g).filter((g) => usable(genes[g] as string));
  const middle = median(Float64Array.from(all, (g) => averageExpression[g] as number));
  const chosen = all.filter((g) => (averageExpression[g] as number) >= middle);
  const effect = (g: number, place: number): number => effects[g * patients.length + place] as number;
  const correlations = places.map((place) => {
    const others = places.filter((other) => other !== place);
    const mean = chosen.map((g) => others.reduce((sum, other) => sum + effect(g, other), 0) / others.length);
    return pearson(
      chosen.map((g) => effect(g, place)),
      mean,
    );
  });
  const correlation = correlations.reduce((sum, r) => sum + r, 0) / correlations.length;
  const error = Math.sqrt((1 / chosen.length + interGeneCorrelation) / (places.length - 1));
  return { correlation, least: agreementQuantile * error };
}

function tooFewPatients({ trainingPatients, minTrainingPatients }: LearnCallerOptions): string {
  const found = trainingPatients.length;
  return `${found === 0 ? 'no other patient has' : `only ${String(found)} other patient${found === 1 ? ' has' : 's have'}`} both stages; a caller is learned from at least ${String(minTrainingPatients)}`;
}

function signed(
  effects: PatientEffects,
  places: readonly number[],
  signs: readonly number[] | undefined,
): PatientEffects {
  if (signs === undefined) return effects;
  const n = effects.patients.length;
  const factors = new Float64Array(n).fill(1);
  places.forEach((place, i) => {
    factors[place] = signs[i] ?? 1;
  });
  return { ...effects, effects: effects.effects.map((effect, i) => effect * (factors[i % n] as number)) };
}
