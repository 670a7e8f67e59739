import { OptionError, ShapeError } from '../core/errors.js';
import type { MethodInfo } from '../core/method.js';
import type { ExpressionMatrix } from '../data/expression.js';
import { requireSameGenes } from './activity-input.js';
import { permutationMoments, standardise } from './permutation-moments.js';
import type { RegulonNetwork } from './regulon-network.js';
import { ulm } from './ulm.js';

/** Options of `sampleActivity`. */
export interface SampleActivityOptions {
  /** Patient of every sample. */
  readonly patients: readonly string[];
  /** Samples whose mean stands for their patient, for instance the untreated ones; all of the patient's when left out. */
  readonly baseline?: readonly boolean[];
  /** Default `norm_wsum`. */
  readonly method?: 'norm_wsum' | 'ulm';
}

/** Regulator activity per sample, row-major: regulator `r` in sample `s` is at `r * samples.length + s`. */
export interface SampleActivity {
  readonly method: 'norm_wsum' | 'ulm';
  readonly regulators: readonly string[];
  readonly samples: readonly string[];
  readonly scores: Float64Array;
  /** Samples without a score, and why. */
  readonly notTestable: readonly { readonly sample: string; readonly reason: string }[];
}

/** What the sample activity is. */
export const sampleActivityInfo: MethodInfo = {
  id: 'sample-activity',
  title: 'Regulator activity per sample on patient-centred expression',
  version: '1.0.0',
  doi: ['10.1093/bioadv/vbac016'],
  input: 'log expression, genes × samples, complete; patient of every sample',
  output: 'norm_wsum (z) or ULM t per regulator and sample, relative to the patient’s baseline',
  random: false,
};

/**
 * Regulator activity of every sample: from each gene the mean over the patient's baseline samples is taken off, then the
 * sample is one gene statistic. Runs over one sample at a time, so memory grows with genes × patients only.
 *
 * @param expression - log expression, genes × samples
 * @param network - regulons prepared on the same genes
 * @returns scores; NaN for a sample whose patient has no baseline, and for one that is its own baseline
 * @throws ShapeError when lengths disagree or genes differ; OptionError for an unknown method
 * @see decoupleR 2.4 `run_wsum`, `run_ulm`. Difference: norm_wsum is standardised by the exact permutation mean and
 *   standard deviation instead of drawn ones, so it needs no seed and has no Monte-Carlo error.
 */
export function sampleActivity(
  expression: ExpressionMatrix,
  network: RegulonNetwork,
  options: SampleActivityOptions,
): SampleActivity {
  const method = options.method ?? 'norm_wsum';
  requireUsable(expression, network, options, method);
  const nSamples = expression.samples.length;
  const baselines = baselineMeans(expression, options);
  const scores = new Float64Array(network.regulators.length * nSamples).fill(NaN);
  const notTestable: { sample: string; reason: string }[] = [];
  const strata = new Uint32Array(expression.genes.length);
  expression.samples.forEach((sample, s) => {
    const baseline = baselines.get(options.patients[s] as string);
    const reason = baseline === undefined ? 'no baseline sample of its patient' : loneBaseline(options, s);
    if (baseline === undefined || reason !== null) {
      notTestable.push({ sample, reason: reason ?? '' });
      return;
    }
    const centred = baseline.map((level, g) => (expression.values[g * nSamples + s] as number) - level);
    const column =
      method === 'ulm' ? ulmColumn(centred, network) : standardise(permutationMoments(network, centred, strata));
    column.forEach((score, r) => {
      scores[r * nSamples + s] = score;
    });
  });
  return { method, regulators: network.regulators, samples: expression.samples, scores, notTestable };
}

function ulmColumn(values: Float64Array, network: RegulonNetwork): Float64Array {
  return ulm({ genes: network.genes, names: ['sample'], values }, network).scores;
}

function isBaseline(options: SampleActivityOptions, sample: number): boolean {
  return options.baseline?.[sample] ?? true;
}

function loneBaseline(options: SampleActivityOptions, sample: number): string | null {
  if (!isBaseline(options, sample)) return null;
  const others = options.patients.some(
    (patient, s) => s !== sample && patient === options.patients[sample] && isBaseline(options, s),
  );
  return others ? null : 'the only baseline sample of its patient';
}

/** Mean of every gene over the baseline samples of each patient. */
function baselineMeans(
  expression: ExpressionMatrix,
  options: SampleActivityOptions,
): ReadonlyMap<string, Float64Array> {
  const nSamples = expression.samples.length;
  const columns = new Map<string, number[]>();
  options.patients.forEach((patient, s) => {
    if (isBaseline(options, s)) columns.set(patient, [...(columns.get(patient) ?? []), s]);
  });
  const means = new Map<string, Float64Array>();
  for (const [patient, samples] of columns) {
    means.set(
      patient,
      Float64Array.from(expression.genes, (_, g) => {
        let sum = 0;
        for (const s of samples) sum += expression.values[g * nSamples + s] as number;
        return sum / samples.length;
      }),
    );
  }
  return means;
}

function requireUsable(
  expression: ExpressionMatrix,
  network: RegulonNetwork,
  options: SampleActivityOptions,
  method: string,
): void {
  requireSameGenes(expression.genes, network);
  if (method !== 'norm_wsum' && method !== 'ulm') {
    throw new OptionError('Unknown activity per sample.', { expected: 'norm_wsum or ulm', found: method });
  }
  const nSamples = expression.samples.length;
  for (const [what, length] of [
    ['patients', options.patients.length],
    ['baseline flags', options.baseline?.length ?? nSamples],
  ] as const) {
    if (length !== nSamples) {
      throw new ShapeError(`The ${what} do not fit the samples.`, {
        expected: `${String(nSamples)}, one per sample`,
        found: String(length),
      });
    }
  }
}
