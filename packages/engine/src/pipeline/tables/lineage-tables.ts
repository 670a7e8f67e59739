import type { OriginAnalysis } from '../../claims/analysis.js';
import { createTable, type Table } from '../../data/table.js';
import { clonesAt } from '../../origin/genetic-alarm/clones-at.js';
import type { GeneticEvidence } from '../../origin/genetic-alarm/types.js';
import type { CloneDiversity } from '../../origin/lineages/clone-diversity.js';
import type { LineageStudy } from '../../origin/lineages/lineage-study.js';
import { columnsOf } from './column.js';
import { estimateColumns } from './estimate-columns.js';

/** Tables of lineage barcodes; none without them. */
export function lineageTables({ lineages, evidence }: OriginAnalysis): readonly Table[] {
  if (lineages === null) return [];
  return [
    lineageSamplesTable(lineages),
    lineageStatesTable(lineages),
    lineageStagesTable(lineages),
    lineagePatientsTable(lineages),
    lineageClonesTable(evidence),
    lineageLibrariesTable(lineages),
    lineageLibraryShiftsTable(lineages),
  ];
}

function diversityColumns<R>(rows: readonly R[], pick: (row: R) => CloneDiversity): Parameters<typeof createTable>[2] {
  const columns = columnsOf(rows);
  const { text, number } = columns;
  return [
    number('n_barcoded', 'Cells with a barcode', (r) => pick(r).nBarcoded),
    number('n_clones', 'Clones among them', (r) => pick(r).nClones),
    number('clones_per_cell', 'Clones per barcoded cell; falls with the number of cells', (r) => pick(r).clonesPerCell),
    text('top_clone', 'Largest clone', (r) => pick(r).topClone),
    ...estimateColumns(columns, 'top_share', 'Share of the largest clone', (r) => pick(r).topShare),
    ...estimateColumns(
      columns,
      'effective_clones',
      'Effective number of clones, exp of the Shannon entropy',
      (r) => pick(r).effectiveClones,
    ),
    ...estimateColumns(
      columns,
      'rarefied_clones',
      'Clones expected among `depth` cells',
      (r) => pick(r).rarefiedClones,
    ),
    number('depth', 'Cells that samples are brought down to', (r) => pick(r).depth),
    text('status', 'ok, or insufficient: too few barcoded cells', (r) => (pick(r).sufficient ? 'ok' : 'insufficient')),
  ];
}

function lineageSamplesTable({ samples }: LineageStudy): Table {
  const columns = columnsOf(samples);
  const { text, number } = columns;
  return createTable('lineage_samples', 'Lineage barcodes: diversity of every sample', [
    text('sample', 'Sample', (s) => s.sample),
    text('patient', 'Patient', (s) => s.patient),
    text('stage', 'Stage', (s) => s.stage),
    number('n_cells', 'Good cells of the sample', (s) => s.nCells),
    number('n_ambiguous', 'Cells whose barcodes cannot be told apart', (s) => s.nAmbiguous),
    ...diversityColumns(samples, (s) => s.diversity),
    ...estimateColumns(
      columns,
      'heritability',
      'How far sister cells share their state: 0 independent of the clone, 1 one state per clone',
      (s) => s.cloneState?.heritability,
    ),
    number('p_value', 'Permutation P value of clone against state', (s) => s.cloneState?.pValue),
  ]);
}

function lineageStatesTable({ states }: LineageStudy): Table {
  const { text } = columnsOf(states);
  return createTable('lineage_states', 'Lineage barcodes: diversity of the cells of one state within a sample', [
    text('sample', 'Sample', (s) => s.sample),
    text('state', 'State of the cells', (s) => s.state),
    ...diversityColumns(states, (s) => s.diversity),
  ]);
}

function lineageStagesTable({ stages }: LineageStudy): Table {
  const columns = columnsOf(stages);
  const { text, number } = columns;
  return createTable('lineage_stages', 'Lineage barcodes: a later stage of a patient against an earlier one', [
    text('patient', 'Patient', (s) => s.patient),
    text('from_stage', 'Earlier stage', (s) => s.fromStage),
    text('to_stage', 'Later stage', (s) => s.toStage),
    text('sample', 'Later sample; empty for all samples of the stage together', (s) => s.sample),
    ...estimateColumns(
      columns,
      'diversity_kept',
      'Rarefied clones after divided by those before',
      (s) => s.shift.diversityKept,
    ),
    number('depth', 'Cells both were brought down to', (s) => s.shift.depth),
    number('n_shared_clones', 'Clones seen at both', (s) => s.overlap.nShared),
    ...estimateColumns(
      columns,
      'cells_in_known_clones',
      'Share of the later cells in clones seen before',
      (s) => s.overlap.cellsInKnownClones,
    ),
    ...estimateColumns(columns, 'morisita', 'Morisita’s overlap of the clones, 0 to 1', (s) => s.overlap.morisita),
    number('state_change', 'Share of cells that changed state', (s) => s.shift.stateChange),
    text('verdict', 'adaptation, selection, mixed or cannot tell', (s) => s.shift.verdict),
    text('reason', 'Why', (s) => s.shift.reasons.join('; ')),
  ]);
}

function lineagePatientsTable({ patients }: LineageStudy): Table {
  const columns = columnsOf(patients);
  const { text, number } = columns;
  return createTable('lineage_patients', 'Lineage barcodes: verdict of every patient', [
    text('patient', 'Patient', (p) => p.patient),
    text('verdict', 'adaptation, selection, mixed or cannot tell', (p) => p.verdict),
    text('reason', 'Why', (p) => p.reasons.join('; ')),
    ...estimateColumns(
      columns,
      'heritability',
      'How far sister cells share their state, samples as strata',
      (p) => p.cloneState?.heritability,
    ),
    number('p_value', 'Permutation P value of clone against state', (p) => p.cloneState?.pValue),
    text('sisters', 'pre-existing, induced or cannot tell: were survivors’ sisters in the state before?', (p) =>
      p.sisterFate === null ? null : p.sisterFate.verdict,
    ),
    ...estimateColumns(
      columns,
      'excess_expansion',
      'Expansion of the clones of cells in the state before, minus that of others',
      (p) => p.sisterFate?.excessExpansion,
    ),
    number('sisters_p_value', 'Its one-sided permutation P value', (p) => p.sisterFate?.pValue),
    text('sisters_reason', 'Why', (p) => p.sisterFate?.reasons.join('; ') ?? null),
  ]);
}

/** Clones named per patient; all smaller ones are one row. */
const namedClones = 12;

/** The largest clones of each patient in each of its samples. */
function lineageClonesTable(evidence: readonly GeneticEvidence[]): Table {
  const rows = evidence.filter(({ source }) => source === 'barcode').flatMap(cloneRows);
  const { text, number } = columnsOf(rows);
  return createTable('lineage_clones', 'Lineage barcodes: the largest clones of each patient at each stage', [
    text('patient', 'Patient', (r) => r.patient),
    text('stage', 'Stage', (r) => r.stage),
    text('clone', 'Clone; `other` for all smaller ones together', (r) => r.clone),
    number('n_clones', 'Clones in the row', (r) => r.nClones),
    number('n_cells', 'Cells', (r) => r.nCells),
    number('share', 'Share of the barcoded cells of the stage', (r) => r.nCells / r.total),
  ]);
}

interface CloneRow {
  readonly patient: string;
  readonly stage: string;
  readonly clone: string;
  readonly nClones: number;
  readonly nCells: number;
  readonly total: number;
}

function cloneRows(evidence: GeneticEvidence): readonly CloneRow[] {
  const [label] = evidence.labels;
  if (label === undefined) return [];
  const stages = ['untreated', 'residual', 'relapse'].filter((stage) => evidence.stage.some((one) => one === stage));
  const counts = stages.map((stage) => {
    const sums = new Map<string, number>();
    for (const sample of clonesAt(evidence, label, stage)) {
      for (const [clone, n] of sample) sums.set(clone, (sums.get(clone) ?? 0) + n);
    }
    return { stage, sums, total: [...sums.values()].reduce((sum, n) => sum + n, 0) };
  });
  const largest = new Map<string, number>();
  for (const { sums, total } of counts) {
    for (const [clone, n] of sums) largest.set(clone, Math.max(largest.get(clone) ?? 0, n / total));
  }
  const named = [...largest]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, namedClones)
    .map(([clone]) => clone);
  return counts.flatMap(({ stage, sums, total }) => {
    const place = { patient: evidence.patient, stage, total };
    const own = named.map((clone): CloneRow => ({ ...place, clone, nClones: 1, nCells: sums.get(clone) ?? 0 }));
    const rest = [...sums].filter(([clone]) => !named.includes(clone));
    const nCells = rest.reduce((sum, [, n]) => sum + n, 0);
    return [...own, ...(rest.length === 0 ? [] : [{ ...place, clone: 'other', nClones: rest.length, nCells }])];
  });
}

function lineageLibrariesTable({ bulk }: LineageStudy): Table {
  const { text, number } = columnsOf(bulk.libraries);
  return createTable('lineage_libraries', 'Bulk barcode libraries: plain numbers, because reads are not cells', [
    text('sample', 'Sample', (l) => l.sample),
    text('patient', 'Patient', (l) => l.patient),
    text('stage', 'Stage', (l) => l.stage),
    text('replicate', 'Libraries of one replicate are averaged', (l) => l.replicate),
    number('n_reads', 'Reads with a barcode', (l) => l.nReads),
    number('n_barcodes', 'Barcodes', (l) => l.nBarcodes),
    text('top_barcode', 'Most common barcode', (l) => l.topBarcode),
    number('top_share', 'Its share of the reads', (l) => l.topShare),
    number('effective_clones', 'Effective number of clones, exp of the Shannon entropy', (l) => l.effectiveClones),
  ]);
}

function lineageLibraryShiftsTable({ bulk }: LineageStudy): Table {
  const columns = columnsOf(bulk.shifts);
  const { text } = columns;
  return createTable('lineage_library_shifts', 'Bulk barcode libraries: diversity after against before', [
    text('patient', 'Patient', (s) => s.patient),
    text('from_stage', 'Earlier stage', (s) => s.fromStage),
    text('to_stage', 'Later stage', (s) => s.toStage),
    ...estimateColumns(
      columns,
      'diversity_kept',
      'Effective clones after divided by those before',
      (s) => s.diversityKept,
    ),
    text('reason', 'Why there is no interval', (s) => s.diversityKept.reasons.join('; ')),
  ]);
}
