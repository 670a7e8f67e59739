import type { RunContext } from '../core/context.js';
import { mean } from '../core/sum.js';
import { studentQuantile, studentTwoSided, studentUpper } from '../stats/distributions.js';
import { type RegulatorHypothesis, signOf } from './evidence.js';
import { mlm } from './mlm.js';
import { regulatorNull, type RegulatorNull } from './regulator-null.js';
import type { RegulatorStudy } from './regulator-study.js';
import { type RegulonNetwork, regulonSize, selectRegulons } from './regulon-network.js';
import { ulm } from './ulm.js';

/** Options of `dissociationControl`. */
export interface DissociationControlOptions {
  readonly hypothesis: RegulatorHypothesis;
  readonly permutations: number;
  /** Rows of the immediate-early genes in the study. */
  readonly earlyRows: readonly number[];
}

/** What is left of a regulon without, and beside, the immediate-early genes. P values are one-sided, on the hypothesis' side. */
export interface DissociationControl {
  readonly nEarlyTargets: number;
  readonly nOtherTargets: number;
  readonly earlyZ: number;
  readonly earlyP: number;
  readonly restZ: number;
  readonly restP: number;
  readonly besideT: number;
  readonly besideP: number;
  /** Regulon effect in a patient whose immediate-early genes do not move; null with fewer than four patients. */
  readonly patients: {
    readonly value: number;
    readonly low: number;
    readonly high: number;
    readonly pValue: number;
  } | null;
}

/** Genes that are permuted, with the regulon read from them. */
interface Part {
  readonly values: Float64Array;
  readonly average: Float64Array;
  readonly network: RegulonNetwork;
}

/**
 * Measures one regulon (`own`, the only one of its network) without the immediate-early genes, beside them in one linear
 * model, and patient by patient; see `dissociationLine` for what is made of it.
 */
export async function dissociationControl(
  study: RegulatorStudy,
  own: RegulonNetwork,
  options: DissociationControlOptions,
  context: RunContext,
): Promise<DissociationControl> {
  const { earlyRows, hypothesis } = options;
  const sign = signOf(hypothesis);
  const rest = withoutGenes(study, own, new Set(earlyRows));
  const both = withSet(own, earlyRows);
  const early = { values: study.statistic, average: study.averageExpression, network: selectRegulons(both, [1]) };
  const restNull = await nullOf(rest, options, context);
  const earlyNull = await nullOf(early, options, context);
  const beside = mlm({ genes: study.genes, names: ['shared effect'], values: study.statistic }, both);
  const besideT = beside.scores[0] as number;
  const nOtherTargets = regulonSize(rest.network, 0);
  return {
    nEarlyTargets: regulonSize(own, 0) - nOtherTargets,
    nOtherTargets,
    earlyZ: earlyNull.z[0] as number,
    earlyP: oneSided(earlyNull, sign),
    restZ: restNull.z[0] as number,
    restP: oneSided(restNull, sign),
    besideT,
    besideP: studentUpper(sign * besideT, study.genes.length - 3),
    patients: patientIntercept(study, rest.network, earlyRows),
  };
}

function nullOf(part: Part, options: DissociationControlOptions, context: RunContext): Promise<RegulatorNull> {
  const input = { genes: part.network.genes, names: ['shared effect'], values: part.values };
  const { permutations } = options;
  return regulatorNull(input, part.network, { permutations, averageExpression: part.average }, context);
}

function oneSided(reference: RegulatorNull, sign: 1 | -1): number {
  return (sign > 0 ? reference.pUpper[0] : reference.pLower[0]) as number;
}

/** The study and the regulon without some genes, neither as targets nor as background. */
function withoutGenes(study: RegulatorStudy, own: RegulonNetwork, removed: ReadonlySet<number>): Part {
  const rows = study.genes.map((_, g) => g).filter((g) => !removed.has(g));
  const placeOf = new Map(rows.map((g, place) => [g, place]));
  const kept = selectRegulons(own, [0], (gene) => !removed.has(gene));
  return {
    values: Float64Array.from(rows, (g) => study.statistic[g] as number),
    average: Float64Array.from(rows, (g) => study.averageExpression[g] as number),
    network: {
      ...kept,
      genes: rows.map((g) => study.genes[g] as string),
      indices: kept.indices.map((gene) => placeOf.get(gene) as number),
    },
  };
}

/** The regulon with the immediate-early genes beside it as a second set of weight one. */
function withSet(own: RegulonNetwork, rows: readonly number[]): RegulonNetwork {
  return {
    ...own,
    regulators: [...own.regulators, 'immediate-early genes'],
    indptr: Uint32Array.from([0, own.indices.length, own.indices.length + rows.length]),
    indices: Uint32Array.from([...own.indices, ...rows]),
    weights: Float64Array.from([...own.weights, ...rows.map(() => 1)]),
  };
}

/** Regression of the regulon's slope per patient on the mean immediate-early effect: what is left where that is zero. */
function patientIntercept(
  study: RegulatorStudy,
  rest: RegulonNetwork,
  earlyRows: readonly number[],
): DissociationControl['patients'] {
  const { patients } = study;
  if (patients === null || patients.patients.length < 4) return null;
  const width = patients.patients.length;
  const rowOf = new Map(patients.genes.map((gene, row) => [gene, row]));
  const rows = rest.genes.map((gene) => rowOf.get(gene) as number);
  const effects = new Float64Array(rows.length * width);
  rows.forEach((row, g) => {
    effects.set(patients.effects.subarray(row * width, (row + 1) * width), g * width);
  });
  const slopes = ulm({ genes: rest.genes, names: patients.patients, values: effects }, rest).slopes;
  const earlyMeans = patients.patients.map((_, p) => {
    const values = earlyRows.map((g) => patients.effects[g * width + p] as number);
    return mean(values.filter((value) => !Number.isNaN(value)));
  });
  const used = [...slopes.keys()].filter((p) => !Number.isNaN(slopes[p]) && !Number.isNaN(earlyMeans[p]));
  return used.length < 4
    ? null
    : interceptOf(
        used.map((p) => earlyMeans[p] as number),
        used.map((p) => slopes[p] as number),
      );
}

/** Intercept of a straight line with its 95 % interval; null when `x` does not vary. */
function interceptOf(x: readonly number[], y: readonly number[]): DissociationControl['patients'] {
  const n = x.length;
  const meanX = mean(x);
  const meanY = mean(y);
  const xx = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  if (!(xx > 0)) return null;
  const slope = x.reduce((sum, value, i) => sum + (value - meanX) * ((y[i] as number) - meanY), 0) / xx;
  const value = meanY - slope * meanX;
  const residual = y.reduce((sum, observed, i) => sum + (observed - value - slope * (x[i] as number)) ** 2, 0);
  const error = Math.sqrt((residual / (n - 2)) * (1 / n + (meanX * meanX) / xx));
  const half = studentQuantile(0.975, n - 2) * error;
  return { value, low: value - half, high: value + half, pValue: studentTwoSided(value / error, n - 2) };
}
