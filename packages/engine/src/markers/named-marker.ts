import { OptionError } from '../core/errors.js';
import type { Estimate, MethodInfo } from '../core/method.js';
import type { Bilingual } from '../core/text.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import type { PatientMetaAnalysis } from '../programme/patient-meta-analysis.js';
import { agreementNeeded } from '../regulators/evidence.js';
import { normalQuantile } from '../stats/distributions.js';
import type { TopTable } from '../stats/empirical-bayes.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import { sentenceOf } from './marker-sentence.js';

/** What a named marker is judged on. */
export interface NamedMarkerInput {
  /** The fixed-effect model over all samples. */
  readonly fixedEffect: Pick<TopTable, 'gene' | 'logFoldChange' | 't' | 'pAdjusted'>;
  /** One effect per patient. */
  readonly effects: Pick<PatientEffects, 'genes' | 'patients' | 'effects' | 'standardErrors'>;
  /** Their random-effects mean. */
  readonly meta: Pick<
    PatientMetaAnalysis,
    'genes' | 'effect' | 'low' | 'high' | 'level' | 'pValue' | 'pAdjusted' | 'i2'
  >;
}

/** Options of `namedMarkers`. */
export interface NamedMarkerOptions {
  /** Genes to test; the correction for multiple testing runs over them. */
  readonly genes: readonly string[];
  /** False-discovery rate of the patient-level test; default 0.05. */
  readonly fdr?: number;
}

/** Effect of the marker in one patient, log2 fold change. Nulls: not computed. */
export interface MarkerEffect {
  readonly patient: string;
  readonly effect: number;
  readonly standardError: number | null;
  /** Interval from the sampling error alone. */
  readonly low: number | null;
  readonly high: number | null;
}

/** `not testable`: fewer than three patients have an effect. */
export type MarkerVerdict = 'shared' | 'not shared' | 'not measured' | 'not testable';

/** One gene as a marker shared by the patients. */
export interface NamedMarker {
  readonly gene: string;
  readonly verdict: MarkerVerdict;
  /** +1 raised, −1 lowered over patients, by the sign of the mean; 0 without one. */
  readonly direction: 1 | 0 | -1;
  readonly patients: readonly MarkerEffect[];
  readonly positive: number;
  readonly negative: number;
  /** Patients with the sign of the mean. */
  readonly agree: number;
  readonly asked: number;
  /** Agreement a shared marker needs: three quarters of the patients, rounded up. */
  readonly needed: number;
  /** Mean over patients, each weighing the same. */
  readonly pooled: Estimate;
  /** P of the patient-level test, and adjusted for the genes named. */
  readonly pValue: number | null;
  readonly pAdjustedNamed: number | null;
  /** Adjusted for all genes: what a gene found by searching has to pass. */
  readonly pAdjustedAll: number | null;
  /** Share of the variance that lies between patients. */
  readonly i2: number | null;
  /** The published-style estimate: log2 fold change, adjusted P, rank by t among all genes. Null when not measured. */
  readonly fixedEffect: MarkerFixedEffect | null;
  /** Which of the three conditions of a shared marker hold. */
  readonly criteria: {
    readonly intervalExcludesZero: boolean;
    readonly signsAgree: boolean;
    /** Adjusted for the genes named. */
    readonly significant: boolean;
  };
  /** What the verdict rests on, one sentence. */
  readonly sentence: Bilingual;
}

/** One gene in the fixed-effect model. */
export interface MarkerFixedEffect {
  readonly logFoldChange: number;
  readonly pAdjusted: number;
  /** By signed t: 1 = most raised, `nRanked` = most lowered. */
  readonly rank: number;
  readonly nRanked: number;
}

/** What the named-marker test is. */
export const namedMarkerInfo: MethodInfo = {
  id: 'named-marker',
  title: 'One gene as a marker shared by the patients',
  version: '1.0.0',
  doi: ['10.1002/sim.1482'],
  input: 'one effect per patient, their random-effects mean, the fixed-effect model',
  output: 'shared, not shared, not measured or not testable; effect of every patient; rank',
  random: false,
};

/** Fewest patients that can share anything. */
const minimumPatients = 3;

/**
 * Tests genes named beforehand as markers of the state. A gene is shared when all three hold: the interval of its mean over
 * patients excludes zero, at least three quarters of the patients have the sign of the mean, and the patient-level P,
 * adjusted (Benjamini–Hochberg) for the genes named, is at most `fdr`. Otherwise it is not shared and the sentence says how
 * the patients disagree.
 *
 * A gene named beforehand is not found by searching, so it is not corrected for all genes; that adjusted P is given beside,
 * and the sentence says so when the gene would not pass it.
 *
 * @returns one entry per name, in the order given; repeated names once
 * @throws OptionError for an empty name or an fdr outside 0 to 1
 */
export function namedMarkers(input: NamedMarkerInput, options: NamedMarkerOptions): readonly NamedMarker[] {
  const { fdr = 0.05 } = options;
  if (!(fdr > 0 && fdr < 1)) throw new OptionError('Option fdr must lie between 0 and 1.', { found: String(fdr) });
  const genes = [...new Set(options.genes)];
  if (genes.includes('')) throw new OptionError('Name the gene to test as a marker.', { expected: 'a gene symbol' });
  const rows = genes.map((gene) => input.meta.genes.indexOf(gene));
  const adjusted = benjaminiHochberg(rows.map((row) => input.meta.pValue[row] ?? NaN));
  return genes.map((gene, i) =>
    testMarker(input, { gene, row: rows[i] as number, pNamed: adjusted[i] as number, fdr }),
  );
}

function testMarker(
  input: NamedMarkerInput,
  { gene, row, pNamed, fdr }: { gene: string; row: number; pNamed: number; fdr: number },
): NamedMarker {
  const patients = effectsOf(input.effects, gene);
  const fixedEffect = fixedEffectOf(input.fixedEffect, gene);
  const pooled = pooledOf(input.meta, row);
  const direction = Math.sign(pooled.value ?? 0) as 1 | 0 | -1;
  const count = (sign: number): number => patients.filter((patient) => patient.effect * sign > 0).length;
  const asked = patients.length;
  const agree = direction === 0 ? 0 : count(direction);
  const criteria = {
    intervalExcludesZero: pooled.low !== null && pooled.high !== null && pooled.low * pooled.high > 0,
    signsAgree: asked > 0 && agree >= agreementNeeded(asked),
    significant: pNamed <= fdr,
  };
  const found = {
    gene,
    verdict: verdictOf(asked, fixedEffect, criteria),
    direction,
    patients,
    positive: count(1),
    negative: count(-1),
    agree,
    asked,
    needed: agreementNeeded(asked),
    pooled,
    pValue: finiteOrNull(input.meta.pValue[row]),
    pAdjustedNamed: finiteOrNull(pNamed),
    pAdjustedAll: finiteOrNull(input.meta.pAdjusted[row]),
    i2: finiteOrNull(input.meta.i2[row]),
    fixedEffect,
    criteria,
  };
  const passesAllGenes = found.pAdjustedAll !== null && found.pAdjustedAll <= fdr;
  return { ...found, sentence: sentenceOf(found, { passesAllGenes, minimumPatients }) };
}

function verdictOf(
  nPatients: number,
  fixedEffect: MarkerFixedEffect | null,
  criteria: NamedMarker['criteria'],
): MarkerVerdict {
  if (nPatients === 0 && fixedEffect === null) return 'not measured';
  if (nPatients < minimumPatients) return 'not testable';
  return criteria.intervalExcludesZero && criteria.signsAgree && criteria.significant ? 'shared' : 'not shared';
}

function effectsOf(effects: NamedMarkerInput['effects'], gene: string): MarkerEffect[] {
  const row = effects.genes.indexOf(gene);
  if (row < 0) return [];
  const width = effects.patients.length;
  const halfWidth = normalQuantile(0.975);
  return effects.patients
    .map((patient, p) => {
      const effect = effects.effects[row * width + p] as number;
      const standardError = finiteOrNull(effects.standardErrors[row * width + p]);
      const half = standardError === null ? null : halfWidth * standardError;
      return {
        patient,
        effect,
        standardError,
        low: half === null ? null : effect - half,
        high: half === null ? null : effect + half,
      };
    })
    .filter((entry) => !Number.isNaN(entry.effect));
}

function fixedEffectOf(table: NamedMarkerInput['fixedEffect'], gene: string): MarkerFixedEffect | null {
  const row = table.gene.indexOf(gene);
  const own = table.t[row] ?? NaN;
  if (Number.isNaN(own)) return null;
  const ranked = table.t.filter((t) => !Number.isNaN(t));
  return {
    logFoldChange: table.logFoldChange[row] as number,
    pAdjusted: table.pAdjusted[row] as number,
    rank: 1 + ranked.filter((t) => t > own).length,
    nRanked: ranked.length,
  };
}

function pooledOf(meta: NamedMarkerInput['meta'], row: number): Estimate {
  const value = finiteOrNull(meta.effect[row]);
  const low = finiteOrNull(meta.low[row]);
  const high = finiteOrNull(meta.high[row]);
  const known = value !== null && low !== null && high !== null;
  return {
    value,
    low,
    high,
    level: meta.level,
    method: 'mean over patients, each weighing the same, with a Hartung–Knapp interval',
    status: known ? 'ok' : 'not-identifiable',
    reasons: known ? [] : ['a mean over patients with its interval needs at least two of them'],
  };
}

function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
