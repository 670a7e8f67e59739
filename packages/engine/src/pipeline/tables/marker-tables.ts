import { type Column, createTable, type Table } from '../../data/table.js';
import type { Antigen, AntigenView } from '../../markers/antigens.js';
import type { CellGroup } from '../../markers/cell-groups.js';
import type { MarkerCells, MarkerGeneCells } from '../../markers/marker-cells.js';
import { markerTable } from '../../markers/marker-table.js';
import type { MarkerRanking, RankedMarker } from '../../markers/rank-markers.js';
import { secretedGenes } from '../../markers/secreted-genes.js';
import type { Analysis } from '../../claims/analysis.js';
import { columnsOf, type ColumnsOf } from './column.js';

/** All tables about markers tested by name. */
export function markerTables(analysis: Analysis): readonly Table[] {
  return [namedMarkersTable(analysis), markerTable(analysis.namedMarkers)];
}

/** One row per marker and patient, and one for all patients together. */
function namedMarkersTable({ namedMarkers }: Analysis): Table {
  const rows = namedMarkers.flatMap((marker) => [
    ...marker.patients.map((patient) => ({ marker, ...patient })),
    {
      marker,
      patient: 'all',
      effect: marker.pooled.value ?? NaN,
      low: marker.pooled.low,
      high: marker.pooled.high,
    },
  ]);
  const { text, number } = columnsOf(rows);
  return createTable('named_markers', 'Markers tested by name, patient by patient', [
    text('gene', 'Gene', (r) => r.marker.gene),
    text('patient', 'Patient; "all" is the mean over patients', (r) => r.patient),
    number('log2_fold_change', 'log2 fold change', (r) => r.effect),
    number('low', 'Lower end of its 95 % interval', (r) => r.low),
    number('high', 'Upper end of its 95 % interval', (r) => r.high),
    number(
      'rank',
      'Rank among all genes by t of the model of all samples, 1 = most raised',
      (r) => r.marker.fixedEffect?.rank,
    ),
    number('p_adjusted', 'Patient-level P adjusted for the genes named', (r) => r.marker.pAdjustedNamed),
  ]);
}

/** Genes whose patients are written out one by one; the others are in the ranking alone. */
const listedPatients = 50;

/** One row per measured surface gene, best first. */
export function surfaceMarkersTable(ranking: MarkerRanking, cells: MarkerCells | null): Table {
  return createTable(
    'surface_markers',
    'Genes of surface proteins, ranked by what the patients share',
    rankingColumns(ranking.rows, cells),
  );
}

/** One row per measured gene of the curated secreted proteins, best first. */
export function secretedMarkersTable(ranking: MarkerRanking, cells: MarkerCells | null): Table {
  const reasonOf = new Map(secretedGenes.map((listed) => [listed.gene, listed]));
  const { text } = columnsOf(ranking.rows);
  return createTable(
    'secreted_markers',
    'Secreted proteins as candidates for a blood test; RNA is not a plasma level',
    [
      ...rankingColumns(ranking.rows, cells),
      text('reason', 'Why it is listed', (row) => reasonOf.get(row.gene)?.reason ?? null),
      text('doi', 'Where that is shown', (row) => reasonOf.get(row.gene)?.doi.join(' ') ?? null),
    ],
  );
}

/** One row per gene and patient, for the first genes of each ranking and every gene read on cells. */
export function rankedMarkerPatientsTable(rankings: readonly MarkerRanking[], cells: MarkerCells | null): Table {
  const onCells = new Map(cells?.genes.map((row) => [row.gene, row]) ?? []);
  const rows = rankings.flatMap(({ kind, rows: ranked }) =>
    ranked
      .filter(({ rank, gene }) => rank <= listedPatients || onCells.has(gene))
      .flatMap((marker) =>
        marker.patients.map((patient) => ({
          kind,
          marker,
          ...patient,
          cells: onCells.get(marker.gene)?.patients.find((own) => own.patient === patient.patient) ?? null,
        })),
      ),
  );
  const { text, number } = columnsOf(rows);
  const positive = (group: CellGroup, words: string): Column =>
    number(`positive_${group}`, `Share of ${words} positive at the common depth`, (r) => r.cells?.positive[group]);
  return createTable('marker_patients', 'Ranked markers patient by patient', [
    text('list', 'surface or secreted', (r) => r.kind),
    text('gene', 'Gene', (r) => r.marker.gene),
    number('rank', 'Rank in its list', (r) => r.marker.rank),
    text('patient', 'Patient', (r) => r.patient),
    number('log2_fold_change', 'log2 fold change', (r) => r.effect),
    number('low', 'Lower end of its 95 % interval from sampling alone', (r) => r.low),
    number('high', 'Upper end of its 95 % interval from sampling alone', (r) => r.high),
    number('n_persister', 'Called persister cells under treatment', (r) => r.cells?.nCells.persister),
    number('n_untreated', 'Untreated tumour cells', (r) => r.cells?.nCells.untreated),
    number('n_normal', 'Normal or host cells', (r) => r.cells?.nCells.normal),
    positive('persister', 'persister cells'),
    positive('untreated', 'untreated tumour cells'),
    positive('normal', 'normal cells'),
    number(
      'auc_untreated',
      'Area under the curve, persister against untreated cells',
      (r) => r.cells?.persisterAgainstUntreated,
    ),
    number(
      'auc_normal',
      'Area under the curve, persister against normal cells',
      (r) => r.cells?.persisterAgainstNormal,
    ),
    number(
      'auc_stage',
      'Area under the curve, all treated against untreated tumour cells',
      (r) => r.cells?.residualAgainstUntreated,
    ),
    number('dispersion', 'Relative variance between persister cells beyond counting noise', (r) => r.cells?.dispersion),
  ]);
}

/** One row per antigen. */
export function antigensTable({ antigens }: AntigenView): Table {
  const columns = columnsOf(antigens);
  const { text, number } = columns;
  const levelOf = (antigen: Antigen): number => {
    const levels = antigen.levels.flatMap(({ percentile }) => (percentile === null ? [] : [percentile]));
    return levels.length === 0 ? NaN : levels.reduce((sum, level) => sum + level, 0) / levels.length;
  };
  const dispersionOf = ({ cells }: Antigen): number => {
    const found = (cells?.patients ?? []).flatMap(({ dispersion }) => (dispersion === null ? [] : [dispersion]));
    return found.length === 0 ? NaN : found.reduce((sum, value) => sum + value, 0) / found.length;
  };
  return createTable('antigens', 'Antigens of antibody–drug conjugates, and genes named, on these tumours', [
    text('gene', 'Gene of the antigen', (a) => a.gene),
    text('drugs', 'Conjugates, with their status in the source', (a) =>
      a.drugs.map(({ drug, status }) => `${drug} (${status})`).join('; '),
    ),
    text('sources', 'Where that is written', (a) => [...new Set(a.drugs.map(({ source }) => source))].join(' ')),
    text('named', 'yes where it was asked for by name', (a) => (a.namedByUser ? 'yes' : 'no')),
    text(
      'verdict',
      'shared, not shared, not measured or not testable, as a marker of the state',
      (a) => a.marker?.verdict ?? 'not measured',
    ),
    number('log2_fold_change', 'Mean over patients, log2', (a) => a.marker?.pooled.value),
    number('low', 'Lower end of its 95 % interval', (a) => a.marker?.pooled.low),
    number('high', 'Upper end of its 95 % interval', (a) => a.marker?.pooled.high),
    number('patients_up', 'Patients in whom it is raised', (a) => a.marker?.positive),
    number('patients', 'Patients asked', (a) => a.marker?.asked),
    number('level', 'Mean place among all genes under treatment, 0 lowest to 1 highest', levelOf),
    number('level_lowest_patient', 'The same in the patient with least', (a) => a.percentileRange?.[0]),
    number('level_highest_patient', 'The same in the patient with most', (a) => a.percentileRange?.[1]),
    ...positiveColumns(columns, (a) => a.cells),
    number(
      'dispersion',
      'Relative variance between persister cells beyond counting noise, mean over patients',
      dispersionOf,
    ),
    text('in_caller', 'Patients whose persister calls used the gene', (a) => a.cells?.inCaller.join(' ') ?? null),
  ]);
}

function rankingColumns(rows: readonly RankedMarker[], cells: MarkerCells | null): readonly Column[] {
  const onCells = new Map(cells?.genes.map((row) => [row.gene, row]) ?? []);
  const columns = columnsOf(rows);
  const { text, number } = columns;
  return [
    number('rank', 'Rank by the moderated t over patients, 1 = raised most surely', (r) => r.rank),
    text('gene', 'Gene', (r) => r.gene),
    text('verdict', 'shared, not shared or not testable', (r) => r.verdict),
    number('log2_fold_change', 'Mean over patients, each weighing the same, log2', (r) => r.pooled.value),
    number('low', 'Lower end of its 95 % Hartung–Knapp interval', (r) => r.pooled.low),
    number('high', 'Upper end of its 95 % Hartung–Knapp interval', (r) => r.pooled.high),
    number('t', 'Moderated t over patients', (r) => r.t),
    number('p_adjusted', 'Its P adjusted for the genes of the list', (r) => r.pAdjustedNamed),
    number('p_adjusted_all', 'Its P adjusted for all genes', (r) => r.pAdjustedAll),
    number(
      'p_family_wise',
      'Share of exchanged labellings whose best gene of the list does as well',
      (r) => r.pFamilyWise,
    ),
    number('patients_agree', 'Patients with the sign of the mean', (r) => r.agree),
    number('patients', 'Patients asked', (r) => r.asked),
    number('votes', 'Patients raised by 0.5 log2 or more', (r) => r.votes),
    number('i2', 'Share of the variance between patients', (r) => r.i2),
    number('rank_median_without_one', 'Median rank when each patient is left out', (r) => r.stability?.median),
    number('rank_worst_without_one', 'Worst rank when each patient is left out', (r) => r.stability?.worst),
    text('worst_without', 'The patient without whom it ranks worst', (r) => r.stability?.worstWithout ?? null),
    number('kept_first', 'Patients without whom it stays among the first', (r) => r.stability?.kept),
    text(
      'call',
      'What the model of all samples calls it: up, down or none',
      (r) => callWords[Math.sign(r.called) + 1] ?? null,
    ),
    number('fixed_rank', 'Rank among all genes in that model', (r) => r.fixedEffect?.rank),
    ...positiveColumns(columns, (r) => onCells.get(r.gene) ?? null),
    text(
      'in_caller',
      'Patients whose persister calls used the gene',
      (r) => onCells.get(r.gene)?.inCaller.join(' ') ?? null,
    ),
  ];
}

const callWords = ['down', 'none', 'up'] as const;

/** Positive fractions and separation over patients. */
function positiveColumns<R>({ number }: ColumnsOf<R>, cellsOf: (row: R) => MarkerGeneCells | null): readonly Column[] {
  return [
    number(
      'positive_persister',
      'Share of persister cells positive at the common depth, mean over patients',
      (r) => cellsOf(r)?.positive.persister.value,
    ),
    number(
      'positive_persister_low',
      'Lower end of its 95 % interval over patients',
      (r) => cellsOf(r)?.positive.persister.low,
    ),
    number(
      'positive_persister_high',
      'Upper end of its 95 % interval over patients',
      (r) => cellsOf(r)?.positive.persister.high,
    ),
    number('positive_untreated', 'The same for untreated tumour cells', (r) => cellsOf(r)?.positive.untreated.value),
    number('positive_normal', 'The same for normal or host cells', (r) => cellsOf(r)?.positive.normal.value),
    number(
      'auc_untreated',
      'Area under the curve, persister against untreated cells, mean over patients',
      (r) => cellsOf(r)?.persisterAgainstUntreated.value,
    ),
    number(
      'auc_normal',
      'Area under the curve, persister against normal cells, mean over patients',
      (r) => cellsOf(r)?.persisterAgainstNormal.value,
    ),
    number(
      'auc_stage',
      'Area under the curve, all treated against untreated tumour cells: no call enters it',
      (r) => cellsOf(r)?.residualAgainstUntreated.value,
    ),
  ];
}
