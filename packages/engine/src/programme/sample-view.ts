import { type ExpressionMatrix, geneRow, selectGenes } from '../data/expression.js';
import { adjustedRandIndex } from '../stats/adjusted-rand-index.js';
import { groupDesign } from '../stats/design-matrix.js';
import { principalComponents, type PrincipalComponents, scoreRows } from '../stats/pca.js';
import { removeBatchEffect } from '../stats/remove-batch-effect.js';
import { cutTree, wardClustering } from '../stats/ward.js';
import { compareText } from './compare-text.js';
import type { NormalizedInput } from './input.js';

/** How samples are laid out. */
export interface SampleViewOptions {
  /** Genes of highest variance. */
  readonly variableGenes: number;
  /** Principal components clustered. */
  readonly components: number;
  /** Clusters the tree is cut into. Default 2. */
  readonly clusters?: number;
  readonly correction: PatientCorrection;
}

/** How patient differences were treated before the samples were laid out. */
export type PatientCorrection = 'none' | 'patient-keeping-stage' | 'patient-alone';

/** Samples laid out and clustered under one correction. */
export interface SampleView {
  readonly correction: PatientCorrection;
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly components: PrincipalComponents | null;
  /** Cluster of every sample, from one in order of first appearance; zero when not computed. */
  readonly cluster: Int32Array;
  /** Clusters against one annotation: counts, and the adjusted Rand index. */
  readonly agreement: readonly ClusterAgreement[];
}

/** A contingency table of clusters and one annotation. */
export interface ClusterAgreement {
  readonly annotation: 'stage' | 'patient' | 'technology';
  readonly levels: readonly string[];
  /** Clusters × levels, row-major. */
  readonly counts: Int32Array;
  /** One for equal partitions, about zero for unrelated ones. */
  readonly adjustedRandIndex: number;
}

/**
 * Lays samples out over the genes of highest variance by principal components and Ward's clustering, after one of the
 * corrections for patient.
 */
export function sampleView(input: NormalizedInput, options: SampleViewOptions): SampleView {
  const { correction } = options;
  if (correction === 'none') return layOut(input, input.logExpression, options);
  const kept =
    correction === 'patient-keeping-stage' ? { design: groupDesign([{ name: 'stage', levels: input.stage }]) } : {};
  const { expression, confounded } = removeBatchEffect(input.logExpression, { batch: input.patient, ...kept });
  const view = layOut(input, expression, options);
  if (confounded.length === 0) return view;
  const reason = `patient and stage cannot be told apart for ${confounded.join(', ')}: not corrected`;
  return { ...view, reasons: [...view.reasons, reason] };
}

/** The view under one correction; null when it was not made. */
export function viewOf(views: readonly SampleView[], correction: PatientCorrection): SampleView | null {
  return views.find((view) => view.correction === correction) ?? null;
}

function layOut(input: NormalizedInput, expression: ExpressionMatrix, options: SampleViewOptions): SampleView {
  const { clusters = 2, correction } = options;
  const nSamples = expression.samples.length;
  if (nSamples <= clusters) {
    const reasons = [`${String(clusters)} clusters need more than ${String(nSamples)} samples`];
    const cluster = new Int32Array(nSamples);
    return { correction, status: 'not-identifiable', reasons, components: null, cluster, agreement: [] };
  }
  const variable = selectGenes(expression, mostVariable(expression, options.variableGenes));
  const components = principalComponents(variable, { components: options.components });
  const cluster = cutTree(wardClustering(scoreRows(components, options.components)), clusters);
  const agreement = (['stage', 'patient', 'technology'] as const).map((annotation) =>
    agreementOf(annotation, cluster, input[annotation]),
  );
  return { correction, status: 'ok', reasons: [], components, cluster, agreement };
}

/** Rows of highest variance, ties by gene name, in the order of the table. */
function mostVariable(expression: ExpressionMatrix, wanted: number): readonly number[] {
  const variance = expression.genes.map((_, g) => varianceOf(geneRow(expression, g)));
  const order = expression.genes.map((_, g) => g);
  order.sort(
    (a, b) =>
      (variance[b] as number) - (variance[a] as number) || compareText(expression.genes[a], expression.genes[b]),
  );
  return order.slice(0, wanted).sort((a, b) => a - b);
}

function varianceOf(values: Float64Array): number {
  const centre = values.reduce((sum, v) => sum + v, 0) / values.length;
  return values.reduce((sum, v) => sum + (v - centre) * (v - centre), 0) / (values.length - 1);
}

function agreementOf(
  annotation: ClusterAgreement['annotation'],
  cluster: Int32Array,
  labels: readonly string[],
): ClusterAgreement {
  const levels = [...new Set(labels)].sort(compareText);
  const nClusters = Math.max(0, ...cluster);
  const counts = new Int32Array(nClusters * levels.length);
  labels.forEach((label, s) => {
    const at = ((cluster[s] as number) - 1) * levels.length + levels.indexOf(label);
    counts[at] = (counts[at] as number) + 1;
  });
  return { annotation, levels, counts, adjustedRandIndex: adjustedRandIndex(cluster, labels) };
}
