import type { MethodInfo } from '../core/method.js';
import { signTest } from '../stats/exact-binomial.js';
import { randomEffects } from '../stats/meta-analysis.js';
import type { PatientGeneEffects } from './regulator-study.js';
import type { RegulonNetwork } from './regulon-network.js';
import { ulm } from './ulm.js';

/** How a regulon moves in the patients one by one. Numbers that could not be computed are NaN. */
export interface RegulonAgreement {
  readonly patients: readonly string[];
  /** ULM slope per patient: log2 fold change per unit of signed weight. */
  readonly slopes: Float64Array;
  readonly standardErrors: Float64Array;
  /** ULM t per patient. */
  readonly activities: Float64Array;
  /** Patients in whom the regulon could be read. */
  readonly asked: number;
  readonly positive: number;
  readonly negative: number;
  /** Exact two-sided P of the signs under equal chances. */
  readonly signPValue: number;
  /** Mean slope over patients, each weighing the same, with its Hartung–Knapp interval (95 %) and two-sided P. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
  /** Variance of the slope between patients. */
  readonly tau2: number;
}

/** What the patient agreement of regulons is. */
export const patientAgreementInfo: MethodInfo = {
  id: 'patient-agreement',
  title: 'Regulon activity patient by patient',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016', '10.1002/sim.1482'],
  input: 'log2 fold change per gene and patient',
  output: 'slope per patient, signs, exact sign test and mean over patients with a Hartung–Knapp interval',
  random: false,
};

/**
 * Reads every regulon in every patient: the univariate linear model of the patient's effects on the signed weights, then
 * the agreement of the slopes' signs (exact sign test) and their random-effects mean over patients, all weighing the same.
 *
 * The interval comes from the differences between patients, not from the genes, whose correlation would make it too short.
 *
 * @param effects - log2 fold change, genes × patients; NaN where a patient lacks the gene
 * @param network - regulons prepared on the same genes
 * @returns one entry per regulator, in the order of the network
 */
export function patientAgreement(effects: PatientGeneEffects, network: RegulonNetwork): readonly RegulonAgreement[] {
  const { genes, patients } = effects;
  const fit = ulm({ genes, names: patients, values: effects.effects }, network);
  const width = patients.length;
  return network.regulators.map((_, r) => {
    const row = (values: Float64Array): Float64Array => values.slice(r * width, (r + 1) * width);
    return summarise(patients, row(fit.slopes), row(fit.standardErrors), row(fit.scores));
  });
}

function summarise(
  patients: readonly string[],
  slopes: Float64Array,
  standardErrors: Float64Array,
  activities: Float64Array,
): RegulonAgreement {
  const positive = slopes.filter((slope) => slope > 0).length;
  const negative = slopes.filter((slope) => slope < 0).length;
  const pooled = randomEffects(
    slopes,
    standardErrors.map((error) => error * error),
  );
  return {
    patients,
    slopes,
    standardErrors,
    activities,
    asked: slopes.filter((slope) => !Number.isNaN(slope)).length,
    positive,
    negative,
    signPValue: signTest(positive, negative),
    mean: pooled.estimate ?? NaN,
    low: pooled.low ?? NaN,
    high: pooled.high ?? NaN,
    pValue: pooled.pValue ?? NaN,
    tau2: pooled.tau2 ?? NaN,
  };
}
