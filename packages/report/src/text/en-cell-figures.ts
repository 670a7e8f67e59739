import { numberFormat } from '../format/number-format.js';
import type { CellFigureText } from './cell-figure-text.js';

const { integer } = numberFormat('en');

function shownOf(shown: number, all: number): string {
  return shown === all ? `${integer(all)} cells.` : `${integer(shown)} of ${integer(all)} cells, evenly taken.`;
}

/** Words of the figures on single cells, in English. */
export const englishCellFigures: CellFigureText = {
  noMap: 'No embedding was computed.',
  mapDescription: (cells) => `Map of ${integer(cells)} cells.`,
  mapCaption: {
    stages: (shown, all) => `Cells on the UMAP, coloured by stage. ${shownOf(shown, all)}`,
    patients: (shown, all) =>
      `The same map coloured by patient. With several patients their differences are taken out of the coordinates (mutual nearest neighbours), so that places can be compared between them. ${shownOf(shown, all)}`,
    calls: (shown, all) =>
      `The same map with called persister cells on top. Calls do not use the map. ${shownOf(shown, all)}`,
    labels: (shown, all) => `The same map coloured by cell label. ${shownOf(shown, all)}`,
  },
  calls: { called: 'called persister', 'not called': 'not called', 'not testable': 'not testable' },
  label: (name) => name,
  filters: {
    kept: 'kept',
    'tumour-species': 'host species',
    'empty-droplets': 'empty droplets',
    'total-counts': 'counts',
    'detected-genes': 'detected genes',
    mitochondrial: 'mitochondrial share',
    doublets: 'doublets',
  },
  filtersDescription: (samples) => `Barcodes kept and removed in ${integer(samples)} samples.`,
  filtersCaption:
    'Barcodes of every sample: kept, and removed by each filter. A barcode is counted at the first filter that removed it. The limits are in the table.',
  barcodes: 'Barcodes',
  fractionsDescription: (patients) => `Persister fraction by stage in ${integer(patients)} patients.`,
  fractionsCaption:
    'Share of good tumour cells in the persister state, with 95 % intervals. The last column says what the interval holds: “technical” knows the sampling of cells only. Hollow: no persister could be shown, the interval starts at zero.',
  fractionAxis: 'Persister fraction',
  cells: 'Cells',
  patients: (n) => `${integer(n)} patients`,
  fraction: 'Fraction',
  basisHeader: 'Interval holds',
  basis: {
    'own-replicates': 'replicates',
    'borrowed-replicates': 'variation of other patients',
    'technical-only': 'technical only',
  },
  noneShown: 'none shown',
  atMost: (fraction) => `at most ${fraction}`,
  cyclingDescription: (samples) => `Cycling cells among called persisters in ${integer(samples)} samples.`,
  cyclingCaption:
    'Share of cells in S, G2 or M phase by expression, among called cells and among the others of the same sample, with 95 % intervals.',
  cyclingAxis: 'Cycling fraction',
  cyclingHeader: 'Cycling',
  sample: 'Sample',
  others: 'other cells',
  scoresDescription: (cells, patients) =>
    `Distribution of programme activity in ${integer(cells)} cells of ${integer(patients)} patients.`,
  scoresCaption:
    'Activity of the programme learned from the other patients, one outline per stage, each as high as its peak. 0 is untreated, 1 the full effect seen in the others.',
  activityAxis: 'Programme activity',
  abundanceDescription: (gained, lost, all) =>
    `${integer(gained)} of ${integer(all)} neighbourhoods gain cells, ${integer(lost)} lose them.`,
  abundanceCaption:
    'Neighbourhoods at their central cells; size grows with their cells. Coloured where the share of cells changes under treatment within patients, at the spatial false-discovery rate of the run.',
  gained: (n) => `${integer(n)} gained`,
  lost: (n) => `${integer(n)} lost`,
  unchanged: (n) => `${integer(n)} not called`,
  clustersDescription: (n) => `Change of the share of ${integer(n)} clusters.`,
  clustersCaption:
    'Change of each cluster’s share of the cells within patients, with 95 % intervals; filled where called.',
  clustersAxis: ({ from, to }) => `log odds ratio, ${to} against ${from}`,
  heatmapDescription: (programmes) => `Genes shared by each pair of ${integer(programmes)} programmes.`,
  heatmapCaption: (programmes) =>
    `${integer(programmes)} programmes that return at another rank and in another patient; the darker a pair, the more of their 50 genes they share. Meta-programmes are framed; the strip shows the patient.`,
  metaProgrammesDescription: (n) => `Change of ${integer(n)} meta-programmes over patients.`,
  metaProgrammesCaption:
    'One difference per patient and meta-programme, their mean with its 95 % interval; filled where called. Under the name: the published programme it overlaps most with, or, coloured, the curated set it may be mistaken by.',
  metaProgrammesAxis: ({ from, to }) => `Score (ln), ${to} against ${from}`,
  metaProgramme: 'Meta-programme',
  foundIn: 'Found in',
  raisedLowered: 'Raised / lowered',
  cluster: 'Cluster',
  clusterName: (name) => name,
  shares: 'Mean share',
  adjustedP: 'Adjusted P',
};
