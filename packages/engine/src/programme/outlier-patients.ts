import { OptionError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import { log } from '../core/pinned-math.js';
import { pearson } from '../stats/correlation.js';
import { median } from '../stats/quantile.js';
import type { PatientEffects } from './patient-effects.js';
import { learnPatientLevel } from './relearn.js';
import { signature } from './signature.js';

/** What {@link outlierPatients} is. */
export const outlierPatientsInfo: MethodInfo = {
  id: 'outlier-patients',
  title: 'Patients that do not follow the programme of the others',
  version: '1.0.0',
  doi: [],
  input: 'one effect per gene and patient',
  output: 'correlation with the programme of the other patients, and its modified z score among patients',
  random: false,
};

/** Options of {@link outlierPatients}. */
export interface OutlierPatientsOptions {
  /** Genes per direction of the signature the correlation is read on. */
  readonly signatureSize: number;
}

/** How one patient agrees with the programme learned without it. */
export interface PatientAgreement {
  readonly patient: string;
  /** Pearson correlation of its effects with the mean effects of the others, over the signature learned from the others. */
  readonly correlation: number;
  /** Modified z score of the correlation among patients, on Fisher's scale; NaN when it cannot be computed. */
  readonly modifiedZ: number;
  readonly flagged: boolean;
  /** The same over all genes, shown beside it: most genes do not take part in the programme. */
  readonly genomeWideCorrelation: number;
  readonly genomeWideModifiedZ: number;
  /** Modified z with half and with twice as many signature genes: does the flag hang on their number? */
  readonly modifiedZHalfSize: number;
  readonly modifiedZDoubleSize: number;
}

/** Agreement of every patient, with the rule that flags outliers. */
export interface OutlierPatients {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  /** A patient is flagged when its modified z score is below this. */
  readonly threshold: number;
  readonly patients: readonly PatientAgreement[];
}

/** Iglewicz and Hoaglin's bound for potential outliers; here one-sided, for too little agreement. */
const modifiedZThreshold = -3.5;
/** Fewer patients give no spread to judge one of them by. */
const minimumPatients = 5;

/**
 * Flags patients whose effects agree too little with the programme of the others.
 *
 * For each patient the programme is learned from the other patients, each weighing the same, and the patient's effects are
 * correlated with it over the signature genes. With z = atanh(r), the modified z score `0.6745 (z − median) / MAD` is
 * compared with −3.5. The signature is used because most genes do not take part in a programme, so a genome-wide
 * correlation measures technology and noise first. The threshold is the one Iglewicz and Hoaglin published.
 *
 * @throws OptionError when `signatureSize` is below two
 * @see Iglewicz B, Hoaglin D. How to detect and handle outliers. ASQC Quality Press, 1993.
 * @example
 * ```ts
 * outlierPatients(effects, { signatureSize: 100 }).patients.filter((p) => p.flagged);
 * ```
 */
export function outlierPatients(effects: PatientEffects, options: OutlierPatientsOptions): OutlierPatients {
  const { signatureSize } = options;
  if (!(signatureSize >= 2))
    throw new OptionError('Option signatureSize must be at least 2.', { found: String(signatureSize) });
  const identifiable = effects.patients.length >= minimumPatients;
  const at = (size: number): Float64Array => correlations(effects, size);
  const main = at(signatureSize);
  const genomeWide = at(Infinity);
  const [z, zGenome] = [modifiedZ(main), modifiedZ(genomeWide)];
  const zHalf = modifiedZ(at(Math.ceil(signatureSize / 2)));
  const zDouble = modifiedZ(at(signatureSize * 2));
  const patients = effects.patients.map((patient, k) => ({
    patient,
    correlation: main[k] as number,
    modifiedZ: z[k] as number,
    flagged: identifiable && (z[k] as number) < modifiedZThreshold,
    genomeWideCorrelation: genomeWide[k] as number,
    genomeWideModifiedZ: zGenome[k] as number,
    modifiedZHalfSize: zHalf[k] as number,
    modifiedZDoubleSize: zDouble[k] as number,
  }));
  return {
    status: identifiable ? 'ok' : 'not-identifiable',
    reasons: identifiable ? [] : [`an outlier among patients needs at least ${String(minimumPatients)} of them`],
    threshold: modifiedZThreshold,
    patients,
  };
}

/** Correlation of each patient with the programme of the others, over `size` genes per direction. */
function correlations(effects: PatientEffects, size: number): Float64Array {
  const places = new Map(effects.genes.map((gene, g) => [gene, g]));
  return Float64Array.from(effects.patients, (patient, k) => {
    const learned = learnPatientLevel(effects, [patient]);
    if (learned.status !== 'ok') return NaN;
    const genes = size === Infinity ? effects.genes : signatureGenes(effects.genes, learned.t, size);
    const rows = genes.map((gene) => places.get(gene) as number);
    const own = rows.map((g) => effects.effects[g * effects.patients.length + k] as number);
    const others = rows.map((g) => learned.effect[g] as number);
    return pearson(own, others);
  });
}

function signatureGenes(genes: readonly string[], t: Float64Array, size: number): readonly string[] {
  const { up, down } = signature(genes, t, { size });
  return [...up, ...down];
}

/** 0.6745 times the distance from the median over the median absolute deviation, on Fisher's scale. */
function modifiedZ(r: Float64Array): Float64Array {
  const z = r.map((value) => 0.5 * log((1 + value) / (1 - value)));
  const centre = median(z);
  const spread = median(z.map((value) => Math.abs(value - centre)));
  return z.map((value) => (0.6745 * (value - centre)) / spread);
}
