import type { FilterRow } from '../../cells/quality/filter-row.js';
import type { CellAnalysis, OriginAnalysis } from '../../claims/analysis.js';
import { createTable, type Table } from '../../data/table.js';
import { cellGenetics } from './cell-genetics.js';
import { columnsOf } from './column.js';

/** Tables of single cells; none without single-cell samples. */
export function cellTables(found: CellAnalysis | null, origin: OriginAnalysis): readonly Table[] {
  if (found === null) return [];
  return [
    cellFiltersTable(found),
    sampleQualityTable(found),
    cellLabelsTable(found),
    cellsTable(found, origin),
    clusterSamplesTable(found),
    clusterTestsTable(found),
    abundanceTable(found),
  ];
}

/** The waterfall: one row per sample and filter. */
function cellFiltersTable({ quality }: CellAnalysis): Table {
  const rows: readonly FilterRow[] = quality.flatMap((sample) => sample.rows);
  const { text, number } = columnsOf(rows);
  return createTable('cell_filters', 'Barcodes before and after every filter', [
    text('sample', 'Sample', (r) => r.sample),
    text('filter', 'Filter, in the order applied', (r) => r.filter),
    text('status', 'applied, not-asked, not-needed or not-testable', (r) => r.status),
    number('before', 'Barcodes before', (r) => r.before),
    number('removed', 'Barcodes removed', (r) => r.removed),
    number('after', 'Barcodes after', (r) => r.after),
    text('threshold', 'What a cell has to be to stay', (r) => r.threshold),
    number('low', 'Lower limit', (r) => r.low),
    number('high', 'Upper limit', (r) => r.high),
    text('reason', 'Why', (r) => r.reasons.join('; ')),
  ]);
}

function sampleQualityTable({ quality, cells, tumour }: CellAnalysis): Table {
  const tumourCells = new Map<string, number>();
  cells.sampleOf.forEach((s, cell) => {
    const name = cells.samples[s]?.sample ?? '';
    tumourCells.set(name, (tumourCells.get(name) ?? 0) + (tumour[cell] as number));
  });
  const { text, number } = columnsOf(quality);
  return createTable('cell_quality', 'Single-cell samples from barcodes to good tumour cells', [
    text('sample', 'Sample', (q) => q.sample),
    number('n_barcodes', 'Barcodes read', (q) => q.nBarcodes),
    number('n_good', 'Good cells', (q) => q.nKept),
    number('n_tumour', 'Good cells that count as tumour', (q) => tumourCells.get(q.sample) ?? 0),
    text('empty_droplets', 'Whether empty droplets were looked for', (q) => q.droplets?.status ?? null),
    text('species', 'Whether two species were split', (q) => q.species?.status ?? null),
    text('ambient_status', 'Whether the ambient share could be estimated', (q) => q.ambient?.fraction.status ?? null),
    number('ambient', 'Ambient share of the counts', (q) => q.ambient?.fraction.value),
    number('ambient_low', 'Lower end of its 95 % interval', (q) => q.ambient?.fraction.low),
    number('ambient_high', 'Upper end of its 95 % interval', (q) => q.ambient?.fraction.high),
    text('reason', 'Why there is no cell, or what to know', (q) =>
      [...q.reasons, ...q.warnings.map(({ message }) => message)].join('; '),
    ),
  ]);
}

/** Good cells of each label by sample. */
function cellLabelsTable({ cells, label, tumour }: CellAnalysis): Table {
  const counts = new Map<string, { sample: string; label: string; tumour: boolean; n: number }>();
  cells.sampleOf.forEach((s, cell) => {
    const sample = cells.samples[s]?.sample ?? '';
    const key = JSON.stringify([s, label[cell]]);
    const row = counts.get(key) ?? { sample, label: label[cell] as string, tumour: tumour[cell] === 1, n: 0 };
    row.n += 1;
    counts.set(key, row);
  });
  const { text, number } = columnsOf([...counts.values()]);
  return createTable('cell_labels', 'Good cells by label', [
    text('sample', 'Sample', (r) => r.sample),
    text('label', 'What the cells were called', (r) => r.label),
    text('counts_as_tumour', 'yes or no', (r) => (r.tumour ? 'yes' : 'no')),
    number('n_cells', 'Cells', (r) => r.n),
  ]);
}

/** One row per good cell. */
function cellsTable(found: CellAnalysis, origin: OriginAnalysis): Table {
  const { cells, columns, label, tumour, embedding, persisters } = found;
  const shown = placeOf(found.embedded, cells.barcodes.length);
  const called = placeOf(found.tumourCells, cells.barcodes.length);
  const rows = cells.barcodes.map((barcode, cell) => ({
    barcode,
    cell,
    sample: cells.samples[cells.sampleOf[cell] as number],
    shown: shown[cell] as number,
    called: called[cell] as number,
  }));
  const { text, number } = columnsOf(rows);
  const map = embedding.status === 'ok' ? embedding.umap.data : null;
  const state = persisters.cells;
  const genetics = cellGenetics(cells, origin);
  const at = (values: ArrayLike<number>, place: number): number => (place < 0 ? NaN : (values[place] as number));
  return createTable('cells', 'Every good cell', [
    text('sample', 'Sample', (r) => r.sample?.sample ?? null),
    text('cell', 'Barcode', (r) => r.barcode),
    text('patient', 'Patient', (r) => r.sample?.patient ?? null),
    text('stage', 'Stage', (r) => r.sample?.stage ?? null),
    number('total_counts', 'Counts', (r) => columns.totalCounts[r.cell]),
    number('detected_genes', 'Genes with a count', (r) => columns.detectedGenes[r.cell]),
    number('mitochondrial_fraction', 'Mitochondrial share of the counts', (r) => columns.mitochondrialFraction[r.cell]),
    number('doublet_score', 'Share of simulated doublets among its neighbours', (r) => columns.doubletScore[r.cell]),
    number('ambient_score', 'How far its profile lies towards the ambient RNA', (r) => columns.ambientScore[r.cell]),
    text('label', 'What it was called', (r) => label[r.cell] as string),
    text('counts_as_tumour', 'yes or no', (r) => (tumour[r.cell] === 1 ? 'yes' : 'no')),
    text('cluster', 'Cluster; empty outside the embedding', (r) =>
      embedding.status !== 'ok' || r.shown < 0 ? null : String((embedding.clusters[r.shown] as number) + 1),
    ),
    number('umap_1', 'First coordinate of the map', (r) => (map === null || r.shown < 0 ? NaN : at(map, 2 * r.shown))),
    number('umap_2', 'Second coordinate of the map', (r) =>
      map === null || r.shown < 0 ? NaN : at(map, 2 * r.shown + 1),
    ),
    number(
      'persister_activity',
      'Activity of the shared programme: 0 as untreated, 1 as in other patients’ persisters',
      (r) => at(state.activity, r.called),
    ),
    number('persister_activity_se', 'Its standard error from counting', (r) => at(state.standardError, r.called)),
    number('persister_probability', 'Probability to be in the persister state', (r) => at(state.probability, r.called)),
    text('persister', 'called, not called, or empty where not testable', (r) => callOf(state, r.called)),
    text('cycling', 'yes, no, or empty where not computed', (r) => cyclingOf(state, r.called)),
    text('lineage', 'Clone by lineage barcode; empty where it was not read', (r) => genetics.lineage[r.cell] ?? null),
    text(
      'copy_number_clone',
      'Clone by copy number; reference for reference cells; empty where it cannot be told',
      (r) => genetics.clone[r.cell] ?? null,
    ),
    number(
      'altered_probability',
      'Probability to carry the chromosome alterations of a clone',
      (r) => genetics.alteredProbability[r.cell],
    ),
    number('s_phase', 'S-phase genes, log2 above expectation', (r) => at(state.sPhase, r.called)),
    number('g2m_phase', 'G2/M genes, log2 above expectation', (r) => at(state.g2mPhase, r.called)),
    number('dissociation', 'Dissociation genes, log2 above expectation', (r) => at(state.dissociation, r.called)),
    number('stress', 'Stress genes, log2 above expectation', (r) => at(state.stress, r.called)),
  ]);
}

type PersisterState = CellAnalysis['persisters']['cells'];

function callOf({ probability, called }: PersisterState, place: number): string | null {
  if (place < 0 || Number.isNaN(probability[place])) return null;
  return called[place] === 1 ? 'called' : 'not called';
}

function cyclingOf({ cycling }: PersisterState, place: number): string | null {
  if (place < 0 || (cycling[place] as number) < 0) return null;
  return cycling[place] === 1 ? 'yes' : 'no';
}

/** Where each of `n` things stands in a list of some of them; −1 for the others. */
function placeOf(listed: Uint32Array, n: number): Int32Array {
  const places = new Int32Array(n).fill(-1);
  listed.forEach((thing, place) => {
    places[thing] = place;
  });
  return places;
}

function clusterSamplesTable({ clusters }: CellAnalysis): Table {
  const { text, number } = columnsOf(clusters?.samples ?? []);
  return createTable('cluster_samples', 'Cells of every cluster in every sample', [
    text('cluster', 'Cluster', (r) => r.label),
    text('sample', 'Sample', (r) => r.sample),
    text('patient', 'Patient', (r) => r.patient),
    text('stage', 'Stage', (r) => r.stage),
    number('n_cells', 'Cells of the cluster', (r) => r.nCells),
    number('fraction', 'Share of the sample’s cells', (r) => r.fraction),
    number('low', 'Lower end of its 95 % interval (cell sampling only)', (r) => r.low),
    number('high', 'Upper end of its 95 % interval (cell sampling only)', (r) => r.high),
  ]);
}

function clusterTestsTable({ clusters }: CellAnalysis): Table {
  const { text, number } = columnsOf(clusters?.tests ?? []);
  return createTable('cluster_tests', 'Clusters that gain or lose cells under treatment, the patient as unit', [
    text('cluster', 'Cluster', (r) => r.label),
    text('status', 'ok, or not-identifiable', (r) => r.status),
    number('n_cells', 'Cells compared', (r) => r.nCells),
    number('mean_untreated', 'Mean fraction before treatment over patients', (r) => r.meanFrom),
    number('mean_treated', 'Mean fraction under treatment over patients', (r) => r.meanTo),
    number('log_odds_ratio', 'Change of the logit fraction within patients', (r) => r.effect),
    number('low', 'Lower end of its 95 % interval', (r) => r.low),
    number('high', 'Upper end of its 95 % interval', (r) => r.high),
    number('t', 'Moderated t', (r) => r.t),
    number('p_value', 'P value', (r) => r.pValue),
    number('p_adjusted', 'Benjamini–Hochberg over clusters', (r) => r.pAdjusted),
    number('direction', '+1 more, −1 fewer, 0 not called', (r) => r.direction),
    text('reason', 'Why it was not tested', (r) => r.reason),
  ]);
}

/** One row per neighbourhood, named by its index cell. */
function abundanceTable({ abundance, cells, embedded, embedding }: CellAnalysis): Table {
  const places = abundance === null ? [] : Array.from(abundance.neighbourhoods.indexCells.keys());
  const { text, number } = columnsOf(places);
  const indexCell = (place: number): number => abundance?.neighbourhoods.indexCells[place] as number;
  const whole = (place: number): number => embedded[indexCell(place)] as number;
  const map = embedding.status === 'ok' ? embedding.umap.data : null;
  return createTable(
    'abundance',
    'Neighbourhoods of cells that gain or lose cells under treatment, the patient as unit',
    [
      text(
        'sample',
        'Sample of its index cell',
        (p) => cells.samples[cells.sampleOf[whole(p)] as number]?.sample ?? null,
      ),
      text('cell', 'Barcode of its index cell', (p) => cells.barcodes[whole(p)] ?? null),
      number('umap_1', 'First coordinate of the index cell', (p) => map?.[2 * indexCell(p)]),
      number('umap_2', 'Second coordinate of the index cell', (p) => map?.[2 * indexCell(p) + 1]),
      number('n_cells', 'Cells of the neighbourhood', (p) => {
        const indptr = abundance?.neighbourhoods.indptr;
        return indptr === undefined ? NaN : (indptr[p + 1] as number) - (indptr[p] as number);
      }),
      number('n_patients', 'Patients tested', (p) => abundance?.nPatients[p]),
      number('log2_fold_change', 'Cells under treatment against before it', (p) => abundance?.logFoldChange[p]),
      number('standard_error', 'Its standard error', (p) => abundance?.standardError[p]),
      number('p_value', 'P value', (p) => abundance?.pValue[p]),
      number('spatial_fdr', 'Spatial false-discovery rate', (p) => abundance?.spatialFdr[p]),
      number('direction', '+1 gained, −1 lost, 0 not called', (p) => abundance?.direction[p]),
    ],
  );
}
