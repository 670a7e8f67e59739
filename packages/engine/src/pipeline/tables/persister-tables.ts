import { createTable, type Table } from '../../data/table.js';
import type { PersisterCalls } from '../../persisters/types.js';
import { columnsOf } from './column.js';

/** Tables of the persister calls; none without single-cell samples. */
export function persisterTables(calls: PersisterCalls | null): readonly Table[] {
  if (calls === null) return [];
  return [
    persisterSamplesTable(calls),
    persisterPatientsTable(calls),
    persisterStagesTable(calls),
    persisterConfoundersTable(calls),
    persisterGenesTable(calls),
    persisterCalibrationTable(calls),
  ];
}

function persisterSamplesTable({ samples }: PersisterCalls): Table {
  const { text, number } = columnsOf(samples);
  return createTable('persister_samples', 'Persister cells of every sample', [
    text('sample', 'Sample', (s) => s.sample),
    text('patient', 'Patient', (s) => s.patient),
    text('stage', 'Stage', (s) => s.stage),
    text('treatment', 'Regimen', (s) => s.treatment),
    number('n_cells', 'Good tumour cells', (s) => s.nCells),
    number('n_called', 'Cells called persister', (s) => s.nCalled),
    text('status', 'ok, censored-low (no persister shown) or why there is none', (s) => s.fraction.status),
    number('fraction', 'Persister fraction, 0 to 1', (s) => s.fraction.value),
    number('low', 'Lower end of its 95 % interval', (s) => s.fraction.low),
    number('high', 'Upper end of its 95 % interval', (s) => s.fraction.high),
    text(
      'basis',
      'What the interval holds: own-replicates, borrowed-replicates (variation of other patients) or technical-only (cell sampling)',
      (s) => s.basis,
    ),
    number('technical_low', 'Lower end from cell sampling alone', (s) => s.technicalFraction.low),
    number('technical_high', 'Upper end from cell sampling alone', (s) => s.technicalFraction.high),
    number('adjusted_fraction', 'The same after adjusting for confounders', (s) => s.adjustedFraction.value),
    number('p_none', 'P value of no persister in the sample', (s) => s.pNone),
    number('threshold', 'Lowest probability called', (s) => s.threshold),
    number('expected_fdr', 'Mean probability of the called cells not to be persisters', (s) => s.expectedFdr),
    number(
      'fdr_against_untreated',
      'Share of the calls that untreated-like cells lead to expect',
      (s) => s.fdrAgainstUntreated,
    ),
    number('cycling_called', 'Cycling fraction of called cells', (s) => s.cyclingCalled.value),
    number('cycling_called_low', 'Lower end of its 95 % interval', (s) => s.cyclingCalled.low),
    number('cycling_called_high', 'Upper end of its 95 % interval', (s) => s.cyclingCalled.high),
    number('cycling_others', 'Cycling fraction of the other cells', (s) => s.cyclingOthers.value),
    number('cycling_others_low', 'Lower end of its 95 % interval', (s) => s.cyclingOthers.low),
    number('cycling_others_high', 'Upper end of its 95 % interval', (s) => s.cyclingOthers.high),
  ]);
}

function persisterPatientsTable({ patients }: PersisterCalls): Table {
  const { text, number } = columnsOf(patients);
  const largest = (shares: readonly number[]): number => (shares.length === 0 ? NaN : Math.max(...shares));
  return createTable('persister_patients', 'Persister calls patient by patient, each with what the others teach', [
    text('patient', 'Patient', (p) => p.patient),
    text('verdict', 'present, none, inconclusive or not testable', (p) => p.verdict),
    text('reason', 'Why', (p) => p.reasons.join('; ')),
    text('training_patients', 'Patients its caller was learned from', (p) => p.trainingPatients.join(' ')),
    number('n_genes', 'Genes of its caller', (p) => p.genes.length),
    number(
      'strength',
      'Mean activity of its persister cells; 1 is that of the other patients',
      (p) => p.mixture?.strength,
    ),
    number('separation', 'Distance of the two states in standard deviations', (p) => p.mixture?.separation),
    text('explained_by', 'Confounder that explains the state', (p) => p.explainedBy),
    number('shuffled_labels', 'Largest share called by a caller from shuffled labels', (p) =>
      largest(p.shuffledLabels),
    ),
    number('random_genes', 'Largest share called by a caller on random genes', (p) =>
      largest(p.randomGenes.map(({ called }) => called)),
    ),
  ]);
}

function persisterStagesTable({ patients, stages }: PersisterCalls): Table {
  const rows = [
    ...patients.flatMap(({ patient, stages: own }) => own.map((stage) => ({ ...stage, patient, nPatients: 1 }))),
    ...stages.map(({ stage, patients: pooled, fraction }) => ({
      stage,
      fraction,
      patient: null,
      nPatients: pooled.length,
      nSamples: NaN,
      nCells: NaN,
      basis: null,
    })),
  ];
  const { text, number } = columnsOf(rows);
  return createTable('persister_stages', 'Persister fraction per patient and stage, and over patients', [
    text('patient', 'Patient; empty for the mean over patients', (r) => r.patient),
    text('stage', 'Stage', (r) => r.stage),
    number('n_patients', 'Patients', (r) => r.nPatients),
    number('n_samples', 'Samples', (r) => r.nSamples),
    number('n_cells', 'Good tumour cells', (r) => r.nCells),
    text('status', 'ok, censored-low (no persister shown) or why there is none', (r) => r.fraction.status),
    number('fraction', 'Persister fraction, 0 to 1', (r) => r.fraction.value),
    number('low', 'Lower end of its 95 % interval', (r) => r.fraction.low),
    number('high', 'Upper end of its 95 % interval', (r) => r.fraction.high),
    text('basis', 'What the interval holds', (r) => r.basis),
  ]);
}

function persisterConfoundersTable({ patients }: PersisterCalls): Table {
  const rows = patients.flatMap(({ patient, confounders }) => confounders.map((found) => ({ patient, ...found })));
  const { text, number } = columnsOf(rows);
  return createTable('persister_confounders', 'What could imitate the persister state, patient by patient', [
    text('patient', 'Patient', (r) => r.patient),
    text('confounder', 'What', (r) => r.name),
    number('correlation_untreated', 'Correlation with the activity over untreated cells', (r) => r.correlationFrom),
    number('correlation_treated', 'Correlation with the activity over cells under treatment', (r) => r.correlationTo),
    number('shift', 'Treated minus untreated mean, in standard deviations of untreated cells', (r) => r.shift),
    number('coefficient', 'Activity per standard deviation, untreated-like cells', (r) => r.coefficient),
  ]);
}

function persisterGenesTable({ patients }: PersisterCalls): Table {
  const rows = patients.flatMap(({ patient, genes }) => genes.map((gene) => ({ patient, ...gene })));
  const { text, number } = columnsOf(rows);
  return createTable('persister_genes', 'Genes of each patient’s caller, learned from the other patients', [
    text('patient', 'Patient called', (r) => r.patient),
    text('gene', 'Gene', (r) => r.gene),
    number('mean_effect', 'Mean log2 effect in the other patients', (r) => r.meanEffect),
    number('t', 'Moderated t over the other patients', (r) => r.t),
    number('effect', 'Shrunken effect the caller expects', (r) => r.effect),
    number('weight', 'Weight of one count', (r) => r.weight),
  ]);
}

function persisterCalibrationTable({ calibration }: PersisterCalls): Table {
  const { number } = columnsOf(calibration.bins);
  return createTable(
    'persister_calibration',
    'Probabilities against planted truth, on untreated cells given the programme by hand',
    [
      number('probability', 'Mean probability of the bin', (bin) => bin.meanProbability),
      number('planted', 'Share of cells that were given the programme', (bin) => bin.planted),
      number('n_cells', 'Cells', (bin) => bin.nCells),
    ],
  );
}
