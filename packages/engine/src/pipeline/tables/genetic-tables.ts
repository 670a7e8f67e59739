import type { OriginAnalysis } from '../../claims/analysis.js';
import { createTable, type Table } from '../../data/table.js';
import type { GeneticEvidence, GeneticLabel } from '../../origin/genetic-alarm/types.js';
import { columnsOf } from './column.js';
import { estimateColumns } from './estimate-columns.js';

/** Tables of the genetic alarm and of mutations; none without a genetic source. */
export function geneticTables(origin: OriginAnalysis): readonly Table[] {
  if (origin.alarm === null) return [];
  return [
    geneticAlarmTable(origin.alarm),
    geneticLabelsTable(origin.alarm),
    geneticStatesTable(origin.evidence, origin.alarm),
    mutationsTable(origin),
    mutationChangesTable(origin),
  ];
}

type Alarm = NonNullable<OriginAnalysis['alarm']>;

function geneticAlarmTable({ patients }: Alarm): Table {
  const rows = patients.flatMap((patient) => patient.sources.map((source) => ({ patient, source })));
  const columns = columnsOf(rows);
  const { text, number } = columns;
  return createTable('genetic_alarm', 'Is the persister state tied to a clone? Every patient and genetic source', [
    text('patient', 'Patient', (r) => r.patient.patient),
    text('patient_verdict', 'adaptation, selection, mixed or cannot tell, over its sources', (r) => r.patient.verdict),
    text('alarm', 'yes when a source ties the state to a label or most clones were lost', (r) =>
      r.patient.alarm ? 'yes' : 'no',
    ),
    text('source', 'barcode, copy-number or mutation', (r) => r.source.source),
    text('verdict', 'adaptation, selection, mixed or cannot tell', (r) => r.source.verdict),
    text('reason', 'Why', (r) => r.source.reasons.join('; ')),
    number('n_cells', 'Cells with a label and a state', (r) => r.source.nCells),
    number('n_persisters', 'Persisters among them', (r) => r.source.nPersisters),
    text('tie', 'tied, not tied or cannot tell', (r) => r.source.tie),
    number('p_value', 'Smallest permutation P value, corrected for the labels looked at', (r) => r.source.pValue),
    text('most_tied', 'Label most tied to the state', (r) => r.source.mostTied?.label ?? null),
    text('most_tied_value', 'Its clone or call', (r) => r.source.mostTied?.value ?? null),
    number('carriers', 'Cells that carry it', (r) => r.source.mostTied?.nCarriers),
    number('carriers_in_state', 'Persisters among them', (r) => r.source.mostTied?.nCarriersInState),
    number('others', 'Cells that do not', (r) => r.source.mostTied?.nOthers),
    number('others_in_state', 'Persisters among them', (r) => r.source.mostTied?.nOthersInState),
    ...estimateColumns(
      columns,
      'log_odds_ratio',
      'Natural logarithm of the odds ratio, samples as strata',
      (r) => r.source.mostTied?.logOddsRatio,
    ),
    text('clones', 'kept, partly kept, lost or cannot tell, between the stages', (r) => r.source.clones.fate),
    ...estimateColumns(
      columns,
      'clone_overlap',
      'Morisita’s overlap of the clones between the stages',
      (r) => r.source.clones.overlap?.morisita,
    ),
    number('state_change', 'Share of cells in the state, later minus earlier stage', (r) => r.source.stateChange),
  ]);
}

function geneticLabelsTable({ patients }: Alarm): Table {
  const rows = patients.flatMap(({ patient, sources }) =>
    sources.flatMap(({ source, labels }) => labels.map((label) => ({ patient, source, label }))),
  );
  const columns = columnsOf(rows);
  const { text, number } = columns;
  return createTable('genetic_labels', 'Every clone label, arm and variant tested against the persister state', [
    text('patient', 'Patient', (r) => r.patient),
    text('source', 'barcode, copy-number or mutation', (r) => r.source),
    text('label', 'Clone, arm or variant', (r) => r.label.label),
    number('n_cells', 'Cells with the label and a state', (r) => r.label.nCells),
    ...estimateColumns(
      columns,
      'heritability',
      'How far cells with one value share their state',
      (r) => r.label.heritability,
    ),
    number('p_value', 'Permutation P value', (r) => r.label.pValue),
    number('p_adjusted', 'The same, corrected for all labels of the source', (r) => r.label.pAdjusted),
  ]);
}

interface StateRow {
  readonly patient: string;
  readonly source: string;
  readonly label: string;
  readonly value: string;
  readonly stage: string;
  nPersister: number;
  nOther: number;
}

/** Cells of a clone, or of all smaller barcode clones together, by stage and state. */
function geneticStatesTable(evidence: readonly GeneticEvidence[], { patients }: Alarm): Table {
  const mostTied = (one: GeneticEvidence): string | null =>
    patients.find(({ patient }) => patient === one.patient)?.sources.find(({ source }) => source === one.source)
      ?.mostTied?.value ?? null;
  const rows = evidence.flatMap((one) => one.labels.flatMap((label) => stateRows(one, label, mostTied(one))));
  const { text, number } = columnsOf(rows);
  return createTable('genetic_states', 'State by clone, arm or variant: cells of every patient at every stage', [
    text('patient', 'Patient', (r) => r.patient),
    text('source', 'barcode, copy-number or mutation', (r) => r.source),
    text('label', 'clone, an arm, or a variant', (r) => r.label),
    text('value', 'Clone, call, mutated or wild type; `other` for all smaller clones', (r) => r.value),
    text('stage', 'Stage', (r) => r.stage),
    number('n_persister', 'Cells called persister', (r) => r.nPersister),
    number('n_other', 'Cells not called', (r) => r.nOther),
  ]);
}

const namedValues = 12;

function stateRows(evidence: GeneticEvidence, label: GeneticLabel, mostTied: string | null): readonly StateRow[] {
  const sizes = new Map<string, number>();
  for (const value of label.values) if (value !== null) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  const named = new Set(
    [...sizes]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, namedValues)
      .map(([value]) => value),
  );
  if (mostTied !== null) named.add(mostTied);
  const rows = new Map<string, StateRow>();
  label.values.forEach((given, i) => {
    const state = evidence.persister[i] ?? null;
    if (given === null || state === null) return;
    const value = named.has(given) ? given : 'other';
    const stage = evidence.stage[i] as string;
    const key = JSON.stringify([stage, value]);
    const { patient, source } = evidence;
    const row = rows.get(key) ?? { patient, source, label: label.name, value, stage, nPersister: 0, nOther: 0 };
    rows.set(key, row);
    row[state ? 'nPersister' : 'nOther'] += 1;
  });
  const order = ['untreated', 'residual', 'relapse'];
  return [...rows.values()].sort(
    (a, b) => order.indexOf(a.stage) - order.indexOf(b.stage) || (a.value < b.value ? -1 : 1),
  );
}

function mutationsTable({ variants }: OriginAnalysis): Table {
  const rows = variants.flatMap(({ fractions }) => fractions);
  const columns = columnsOf(rows);
  const { text, number } = columns;
  return createTable('mutations', 'Mutated cells of every variant, by sample and stage', [
    text('patient', 'Patient', (r) => r.patient),
    text('variant', 'Variant', (r) => r.variant),
    text('sample', 'Sample; empty for all samples of the stage together', (r) => r.sample),
    text('stage', 'Stage', (r) => r.stage),
    number('n_cells', 'Cells', (r) => r.nCells),
    number('n_covered', 'Cells that cover the position', (r) => r.nCovered),
    number('n_mutated', 'Mutated cells', (r) => r.nMutated),
    ...estimateColumns(columns, 'fraction', 'Mutated among covered cells', (r) => r.fraction),
  ]);
}

function mutationChangesTable({ variants }: OriginAnalysis): Table {
  const rows = variants.flatMap(({ changes }) => changes);
  const columns = columnsOf(rows);
  const { text, number } = columns;
  return createTable('mutation_changes', 'Change of the mutated fraction between stages', [
    text('patient', 'Patient', (r) => r.patient),
    text('variant', 'Variant', (r) => r.variant),
    text('from_stage', 'Earlier stage', (r) => r.fromStage),
    text('to_stage', 'Later stage', (r) => r.toStage),
    ...estimateColumns(columns, 'difference', 'Mutated fraction after minus before', (r) => r.difference),
    number('p_value', 'Fisher’s exact test on cells; holds for the drawing of cells only', (r) => r.pValue),
    number('p_adjusted', 'Benjamini–Hochberg over variants and stages of the patient', (r) => r.pAdjusted),
    ...estimateColumns(
      columns,
      'coverage_difference',
      'Change of the covered share of cells',
      (r) => r.coverageDifference,
    ),
  ]);
}
