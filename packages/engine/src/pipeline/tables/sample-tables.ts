import { createTable, type Table } from '../../data/table.js';
import { type SampleView, viewOf } from '../../programme/sample-view.js';
import type { Analysis } from '../../claims/analysis.js';
import { columnsOf } from './column.js';

/** One row per sample: what it is, how deep, where it lies. */
export function samplesTable({ study, input, nCells, fixedEffect, display, sampleScores }: Analysis): Table {
  const { samples } = input.counts;
  const sheet = new Map(study.samples.map((sample) => [sample.sample, sample]));
  const rows = samples.map((name, s) => ({ name, s, row: sheet.get(name) }));
  const fitted = new Map(fixedEffect.samples.map((name, i) => [name, i]));
  const { text, number } = columnsOf(rows);
  const inFit = (values: Float64Array, name: string): number | undefined => values[fitted.get(name) ?? -1];
  const raw = viewOf(display.views, 'none');
  const corrected = viewOf(display.views, 'patient-keeping-stage');
  const blind = viewOf(display.views, 'patient-alone');
  return createTable('samples', 'Samples of the study', [
    text('sample', 'Sample', (r) => r.name),
    text('patient', 'Patient or model', (r) => input.patient[r.s] ?? null),
    text('stage', 'Stage as read', (r) => input.stage[r.s] ?? null),
    text('stage_as_written', 'Stage as written in the sample sheet', (r) => r.row?.stageAsWritten ?? null),
    text('treatment', 'Regimen', (r) => input.treatment[r.s] ?? null),
    text('technology', 'Technology', (r) => input.technology[r.s] ?? null),
    text('replicate', 'Replicate', (r) => r.row?.replicate ?? null),
    number('n_cells', 'Cells summed; empty for a table column', (r) => nCells[r.s]),
    number('library_size', 'Sum over the measured genes', (r) => inFit(fixedEffect.librarySizes, r.name)),
    number('tmm_factor', 'TMM normalisation factor', (r) => inFit(fixedEffect.tmmFactors, r.name)),
    number('pc1_raw', 'First principal component, uncorrected', (r) => score(raw, r.s, 0)),
    number('pc2_raw', 'Second principal component, uncorrected', (r) => score(raw, r.s, 1)),
    number('pc1_corrected', 'First principal component after patient correction', (r) => score(corrected, r.s, 0)),
    number('pc2_corrected', 'Second principal component after patient correction', (r) => score(corrected, r.s, 1)),
    text('cluster_raw', 'Cluster, uncorrected', (r) => cluster(raw, r.s)),
    text('cluster_corrected', 'Cluster after patient correction that keeps the stage', (r) => cluster(corrected, r.s)),
    text('cluster_blind', 'Cluster after patient correction that does not know the stage', (r) => cluster(blind, r.s)),
    number(
      'signature_score',
      'Shared signature, log2 above the patient’s untreated mean',
      (r) => sampleScores.score[r.s],
    ),
  ]);
}

/** Clusters against stage, patient and technology: one row per display, cluster and group. */
export function sampleClustersTable({ display }: Analysis): Table {
  const rows = display.views.flatMap((view) =>
    view.agreement.flatMap(({ annotation, levels, counts }) =>
      Array.from(counts, (n, i) => ({
        display: displayNames[view.correction],
        cluster: clusterName(Math.floor(i / levels.length) + 1),
        annotation,
        group: levels[i % levels.length] ?? null,
        n,
      })),
    ),
  );
  const { text, number } = columnsOf(rows);
  return createTable('sample_clusters', 'How the two clusters of samples divide stages, patients and technologies', [
    text(
      'display',
      'raw, corrected (patient removed, stage kept) or corrected-blind (patient removed)',
      (r) => r.display,
    ),
    text('cluster', 'Cluster', (r) => r.cluster),
    text('group_kind', 'stage, patient or technology', (r) => r.annotation),
    text('group', 'Group', (r) => r.group),
    number('n', 'Samples', (r) => r.n),
  ]);
}

/** Agreement of the clusters with stage, patient and technology. */
export function clusterAgreementTable({ display }: Analysis): Table {
  const rows = display.views.flatMap((view) => view.agreement.map((agreement) => ({ view, agreement })));
  const { text, number } = columnsOf(rows);
  return createTable('sample_cluster_agreement', 'Agreement of the two clusters with what is known of the samples', [
    text('display', 'raw, corrected or corrected-blind', (r) => displayNames[r.view.correction]),
    text('group_kind', 'stage, patient or technology', (r) => r.agreement.annotation),
    number('adjusted_rand_index', 'Adjusted Rand index', (r) => r.agreement.adjustedRandIndex),
  ]);
}

const displayNames: Readonly<Record<SampleView['correction'], string>> = {
  none: 'raw',
  'patient-keeping-stage': 'corrected',
  'patient-alone': 'corrected-blind',
};

function score(view: SampleView | null, sample: number, component: number): number | undefined {
  const found = view?.components;
  if (found === null || found === undefined) return undefined;
  return found.scores[sample * found.nComponents + component];
}

function cluster(view: SampleView | null, sample: number): string | null {
  const index = view?.cluster[sample] ?? 0;
  return index === 0 ? null : clusterName(index);
}

function clusterName(index: number): string {
  return String.fromCharCode(64 + index);
}
