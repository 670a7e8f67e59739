import { createTable, numberColumn, type Table, textColumn } from '../../data/table.js';
import type { LeftOutPatient } from '../../programme/leave-one-patient-out.js';
import type { Analysis } from '../../claims/analysis.js';
import { columnsOf } from './column.js';

/** One row per gene: the published-style model, the patient-level estimate and the vote. */
export function programmeGenesTable({ fixedEffect, meta, vote }: Analysis): Table {
  const { table, direction } = fixedEffect;
  const call = { [-1]: 'down', 0: 'none', 1: 'up' } as Readonly<Record<number, string>>;
  const { text, number } = columnsOf(table.gene);
  return createTable('programme_genes', 'Change of every gene, by sample and by patient', [
    text('gene', 'Gene', (gene) => gene),
    number('log2_fold_change', 'Model of all samples: log2 fold change', (_, g) => table.logFoldChange[g]),
    number('average_log2_expression', 'Mean log2 counts per million', (_, g) => table.averageExpression[g]),
    number('t', 'Model of all samples: moderated t', (_, g) => table.t[g]),
    number('p_value', 'Model of all samples: two-sided P', (_, g) => table.pValue[g]),
    number('p_adjusted', 'Model of all samples: Benjamini–Hochberg', (_, g) => table.pAdjusted[g]),
    number('log_odds', 'Model of all samples: log odds of change (B)', (_, g) => table.logOdds[g]),
    text('call', 'up, down or none, by adjusted P and fold change', (_, g) => call[direction[g] ?? 0] ?? null),
    number('meta_log2_fold_change', 'Mean over patients, each weighing the same', (_, g) => meta.effect[g]),
    number('meta_low', 'Lower end of its 95 % Hartung–Knapp interval', (_, g) => meta.low[g]),
    number('meta_high', 'Upper end of its 95 % Hartung–Knapp interval', (_, g) => meta.high[g]),
    number('meta_t', 'Moderated t over patients', (_, g) => meta.t[g]),
    number('meta_p_value', 'Two-sided P over patients', (_, g) => meta.pValue[g]),
    number('meta_p_adjusted', 'Benjamini–Hochberg over patients', (_, g) => meta.pAdjusted[g]),
    number('tau2', 'Variance between patients (REML), log2 squared', (_, g) => meta.tau2[g]),
    number('i2', 'Share of the variance that lies between patients', (_, g) => meta.i2[g]),
    number('patients_up', 'Patients raised by the vote threshold', (_, g) => vote.votesUp[g]),
    number('patients_down', 'Patients lowered by the vote threshold', (_, g) => vote.votesDown[g]),
    text('vote', 'up, down or none, by the vote of the patients', (_, g) => call[vote.direction[g] ?? 0] ?? null),
    number('vote_p_value', 'Permutation P of the vote, labels permuted within patient', (_, g) => vote.pValue[g]),
  ]);
}

/** Genes × patients: the log2 fold change of each patient. */
export function patientEffectsTable({ effects }: Analysis): Table {
  const k = effects.patients.length;
  return createTable('patient_effects', 'log2 fold change of every gene in every patient', [
    textColumn('gene', 'Gene', effects.genes),
    ...effects.patients.map((patient, p) =>
      numberColumn(
        patient,
        `log2 fold change in ${patient}`,
        effects.genes.map((_, g) => effects.effects[g * k + p] as number),
      ),
    ),
  ]);
}

/** One row per patient: the signature relearned without it and scored on it, its call, and whether it is an outlier. */
export function programmePatientsTable({ leaveOneOut, outliers, effects, options }: Analysis): Table {
  const bySample = new Map(leaveOneOut.fixedEffect.patients.map((patient) => [patient.patient, patient]));
  const agreement = new Map(outliers.patients.map((patient) => [patient.patient, patient]));
  const asked = leaveOneOut.patientLevel.patients.map((left) => ({
    left,
    other: bySample.get(left.patient),
    agreement: agreement.get(left.patient),
  }));
  const { text, number } = columnsOf(asked);
  const share = (patient: LeftOutPatient | undefined): number | undefined =>
    patient === undefined ? undefined : (patient.overlapUp + patient.overlapDown) / (2 * options.signatureSize);
  const shareUp = (patient: LeftOutPatient | undefined): number | undefined =>
    patient === undefined ? undefined : patient.overlapUp / options.signatureSize;
  const title = `Patients with both stages (${String(effects.patients.length)}), each scored by a signature that never saw it`;
  return createTable('programme_patients', title, [
    text('patient', 'Patient', (r) => r.left.patient),
    number('n_from', 'Samples before treatment', (r) => r.left.nFrom),
    number('n_to', 'Samples under treatment', (r) => r.left.nTo),
    number('n_back', 'Samples at relapse', (r) => r.left.nBack),
    number(
      'correlation_with_others',
      'Correlation with the others’ programme, signature genes',
      (r) => r.agreement?.correlation,
    ),
    number('outlier_z', 'Modified z score of that correlation among patients', (r) => r.agreement?.modifiedZ),
    number('outlier_z_half', 'The same with half as many signature genes', (r) => r.agreement?.modifiedZHalfSize),
    number('outlier_z_double', 'The same with twice as many signature genes', (r) => r.agreement?.modifiedZDoubleSize),
    number('outlier_z_all_genes', 'The same over all genes', (r) => r.agreement?.genomeWideModifiedZ),
    text('outlier', 'yes when the modified z score is below the threshold', (r) => yesNo(r.agreement?.flagged)),
    number('auc', 'Probability that a sample under treatment scores above one before it', (r) => r.left.aucFrom.value),
    text('auc_status', 'ok, or not-identifiable with one sample per arm', (r) => r.left.aucFrom.status),
    number('auc_relapse', 'The same against relapse samples', (r) => r.left.aucBack.value),
    number('auc_sample_model', 'AUC with the signature of the model of all samples', (r) => r.other?.aucFrom.value),
    number('auc_relapse_sample_model', 'The same against relapse samples', (r) => r.other?.aucBack.value),
    number('score_difference', 'Score under treatment minus before, log2', (r) => r.left.scoreDifference),
    number('score_excess', 'The same beyond random genes of like expression', (r) => r.left.call.excess.value),
    number('score_low', 'Lower end of its 90 % interval', (r) => r.left.call.excess.low),
    number('score_high', 'Upper end of its 90 % interval', (r) => r.left.call.excess.high),
    number('absence_bound', 'An interval that ends below this shows absence', (r) => r.left.call.absenceBound),
    number('null_z', 'Standard deviations above random genes', (r) => r.left.zScore),
    number('null_p_value', 'One-sided P against random genes', (r) => r.left.null.pValue),
    number('signature_overlap', 'Share of the patient-level signature kept without the patient', (r) => share(r.left)),
    number('signature_overlap_sample_model', 'Share of the raised genes of the sample model kept', (r) =>
      shareUp(r.other),
    ),
    text('call', 'present, none or inconclusive', (r) => r.left.call.call),
    text('reason', 'Why', (r) => [...r.left.call.reasons, ...r.left.reasons].join('; ')),
  ]);
}

/** Genes per number of agreeing patients, observed and under permuted labels. */
export function voteTable({ vote }: Analysis): Table {
  const { number } = columnsOf(vote.levels);
  return createTable('vote', 'Genes by number of agreeing patients, against labels permuted within patient', [
    number('level', 'At least this many patients agree', (l) => l.votes),
    number('observed_up', 'Genes raised', (l) => l.observedUp),
    number('observed_down', 'Genes lowered', (l) => l.observedDown),
    number('expected', 'Mean number of genes over the permutations', (l) => l.expected),
    number('expected_95', '95 % quantile over the permutations', (l) => l.expected95),
    number('fdr', 'Expected over observed', (l) => l.fdr),
    number('p_value', 'Share of permutations with at least as many genes', (l) => l.pValue),
    number('family_wise_error', 'Share of permutations with any gene', (l) => l.familyWiseError),
  ]);
}

/** Every two patient × treatment effects compared. */
export function treatmentTable({ treatments }: Analysis): Table {
  const { text, number } = columnsOf(treatments.pairs);
  const at = (index: number): { patient: string | null; treatment: string | null } =>
    treatments.conditions[index] ?? { patient: null, treatment: null };
  return createTable('treatment_correlations', 'Agreement of effects between treatments, within and between patients', [
    text('patient_a', 'First patient', (p) => at(p.a).patient),
    text('treatment_a', 'Its treatment', (p) => at(p.a).treatment),
    text('patient_b', 'Second patient', (p) => at(p.b).patient),
    text('treatment_b', 'Its treatment', (p) => at(p.b).treatment),
    text('relation', 'within a patient or between patients', (p) =>
      p.relation === 'within-patient' ? 'within' : 'between',
    ),
    text('same_treatment', 'Whether the treatment is the same', (p) => yesNo(at(p.a).treatment === at(p.b).treatment)),
    number('correlation_all', 'Pearson correlation over all genes', (p) => p.correlation.value),
    number('low', 'Lower end of its 95 % interval', (p) => p.correlation.low),
    number('high', 'Upper end of its 95 % interval', (p) => p.correlation.high),
    number(
      'without_shared_control',
      'The same without what shared untreated samples add',
      (p) => p.withoutSharedControl,
    ),
    number(
      'correlation_signature',
      'Correlation over a signature learned without these patients',
      (p) => p.signatureCorrelation.value,
    ),
    number('signature_low', 'Lower end of its 95 % interval', (p) => p.signatureCorrelation.low),
    number('signature_high', 'Upper end of its 95 % interval', (p) => p.signatureCorrelation.high),
  ]);
}

/** Preranked enrichment of every collection. */
export function geneSetsTable({ enrichment }: Analysis): Table {
  const rows = enrichment.flatMap((found) => found.names.map((name, i) => ({ found, name, i })));
  const { text, number } = columnsOf(rows);
  return createTable('gene_sets', 'Preranked enrichment of gene sets in the shared programme', [
    text('collection', 'Gene-set pack', (r) => r.found.collection),
    text('set', 'Gene set', (r) => r.name),
    number('size', 'Measured genes', (r) => r.found.sizes[r.i]),
    number('enrichment_score', 'Extreme of the running sum', (r) => r.found.enrichmentScore[r.i]),
    number(
      'normalised_enrichment_score',
      'Over the mean of random sets',
      (r) => r.found.normalizedEnrichmentScore[r.i],
    ),
    number('p_value', 'Permutation P', (r) => r.found.pValue[r.i]),
    number('p_adjusted', 'Benjamini–Hochberg within the pack', (r) => r.found.pAdjusted[r.i]),
    text('leading_edge', 'Genes up to the extreme', (r) => (r.found.leadingEdge[r.i] ?? []).join(' ')),
  ]);
}

/** Overlap of called genes with the meta-programmes. */
export function overlapTable({ overlap }: Analysis): Table {
  const rows = (['up', 'down'] as const).flatMap((direction) => {
    const found = overlap?.[direction];
    return (found?.names ?? []).map((name, i) => ({ direction, found, name, i }));
  });
  const { text, number } = columnsOf(rows);
  return createTable('programme_overlap', 'Overlap of the called genes with known meta-programmes', [
    text('direction', 'up or down', (r) => r.direction),
    text('set', 'Meta-programme', (r) => r.name),
    number('size', 'Measured genes of the set', (r) => r.found?.sizes[r.i]),
    number('overlap', 'Of these, called', (r) => r.found?.overlaps[r.i]),
    number('expected', 'Expected by chance', (r) => r.found?.expected[r.i]),
    number('p_value', 'Hypergeometric P', (r) => r.found?.pValue[r.i]),
    number('p_adjusted', 'Benjamini–Hochberg', (r) => r.found?.pAdjusted[r.i]),
    text('genes', 'Shared genes', (r) => (r.found?.genes[r.i] ?? []).join(' ')),
  ]);
}

function yesNo(value: boolean | undefined): string | null {
  if (value === undefined) return null;
  return value ? 'yes' : 'no';
}
