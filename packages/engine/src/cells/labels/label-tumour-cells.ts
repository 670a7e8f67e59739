import type { RunContext } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import { type CellCounts, sampleRanges } from '../cell-counts.js';
import { type LineageScores, lineageScores } from './lineage-scores.js';
import { markerEvidence, smoothOverClusters } from './marker-evidence.js';
import { type NormalCellLineage, normalCellLineages } from './marker-panel.js';
import { type OwnCall, readOwnLabels } from './own-labels.js';

/** What `labelTumourCells` is. */
export const labelTumourCellsInfo: MethodInfo = {
  id: 'cell-labels',
  title: 'Tumour cells or not',
  version: '1',
  doi: ['10.1126/science.aad0501'],
  input: 'raw counts, cells × genes, human symbols; the labels of the user where there are any',
  output: 'tumour, tumour or unresolved, or normal with its lineage, per cell',
  random: true,
};

/** The kind of tumour, as far as it decides which normal lineages look like it. */
export type TumourLineage = 'epithelial' | 'melanocytic' | 'neural' | 'mesenchymal' | 'haematological';

/** What copy number says of a cell. */
export type CopyNumberCall = 'aneuploid' | 'diploid';

/** Options of `labelTumourCells`. */
export interface TumourLabelOptions {
  /**
   * What the tumour comes from. In a `mesenchymal` tumour fibroblasts, in a `haematological` one all blood cells, are not told from
   * tumour cells by markers. Default `epithelial`.
   */
  readonly tumourLineage?: TumourLineage;
  /** The user's own label of each cell; they win over everything else. See `tumourWords` and `emptyLabels`. */
  readonly ownLabels?: readonly (string | null)[] | null;
  /** Cluster of each cell, over which evidence is smoothed. */
  readonly clusters?: ArrayLike<number> | null;
  /** Copy number of each cell, as second evidence. */
  readonly copyNumber?: readonly (CopyNumberCall | null)[] | null;
}

/** What one cell is called, and on what evidence. */
export interface CellLabel {
  readonly call: 'tumour' | 'tumour or unresolved' | 'normal';
  /** Of a normal cell: a lineage of the panel, or the user's own words. */
  readonly lineage: string | null;
  readonly evidence: 'own label' | 'markers' | 'copy number' | 'none';
  /** Markers say normal and copy number says aneuploid: the cell is left unresolved. */
  readonly conflict: boolean;
}

/** The labels of all cells. */
export interface TumourLabels {
  /** `not-testable`: no normal lineage could be looked for and the user gave no label. */
  readonly status: 'ok' | 'not-testable';
  readonly reasons: readonly string[];
  /** In the order of the cells. */
  readonly cells: readonly CellLabel[];
  /** In words, for instance `tumour or unresolved` or `normal: myeloid cell`. */
  readonly labels: readonly string[];
  /** 1 for cells that are to be analysed as tumour: tumour, and tumour or unresolved. */
  readonly tumour: Uint8Array;
  /** Every lineage of the panel with its scores. */
  readonly lineages: readonly LineageScores[];
  readonly samples: readonly SampleLabels[];
  readonly warnings: readonly Warning[];
}

/** Cells of one sample by label. */
export interface SampleLabels {
  readonly sample: string;
  readonly nCells: number;
  readonly nTumour: number;
  readonly nUnresolved: number;
  readonly nConflicts: number;
  /** By lineage, in order of their first cell. */
  readonly normal: readonly { readonly lineage: string; readonly nCells: number }[];
}

/**
 * Tells the normal cells of a tumour from the others, with the reason for each.
 *
 * The user's own label wins. Otherwise a cell is normal where the markers of one normal lineage are clearly there: its score
 * (mean expression of the markers less that of genes of like expression, see `moduleScore`) is above what 99.9 % of cells reach
 * on sets of random genes of the same expression, at least three markers are detected (two where fewer than five are measured), and no
 * other lineage, epithelial, melanocytic and glial ones included, stands out more. With clusters, a lineage shown by half of a
 * cluster is taken for all of it. Every other cell is *tumour or unresolved*: markers never show that a cell is malignant.
 *
 * Copy number comes second: an aneuploid cell without normal markers is tumour; one with them is left unresolved and counted as a
 * conflict; a diploid cell stays what the markers say, since tumour cells can be diploid.
 *
 * Cost: three passes over the stored values.
 *
 * @param cells - all samples together, so that a gene is low or high against the whole study
 * @throws OptionError when a per-cell option does not fit the cells; ShapeError for repeated gene names; AbortedError on request
 * @see doi:10.1126/science.aad0501 for the scores; the thresholds are ours
 */
export async function labelTumourCells(
  cells: CellCounts,
  options: TumourLabelOptions,
  context: RunContext,
): Promise<TumourLabels> {
  const nCells = cells.counts.shape[0];
  const { tumourLineage = 'epithelial', ownLabels = null, clusters = null, copyNumber = null } = options;
  for (const [name, values] of Object.entries({ ownLabels, clusters, copyNumber })) requireFit(name, values, nCells);
  const lineages = await lineageScores(cells, context);
  const ignored = ignoredLineages(tumourLineage);
  const single = markerEvidence(lineages, ignored);
  const evidence = clusters === null ? single : smoothOverClusters(single, clusters);
  const own = ownLabels === null ? null : readOwnLabels(ownLabels);
  const labelled = evidence.map((lineage, cell) =>
    combine(lineage, { own: own?.calls[cell] ?? null, copyNumber: copyNumber?.[cell] ?? null }),
  );
  const status = statusOf(lineages, { ignored, own: own?.calls ?? null });
  return {
    ...status,
    cells: labelled,
    labels: labelled.map(({ call, lineage }) => (lineage === null ? call : `${call}: ${lineage}`)),
    tumour: Uint8Array.from(labelled, ({ call }) => (call === 'normal' ? 0 : 1)),
    lineages,
    samples: countSamples(cells, labelled),
    warnings: [...(own?.warnings ?? []), ...lineageWarnings(lineages, { ignored, status })],
  };
}

const bloodLineages: readonly NormalCellLineage[] = [
  'T/NK cell',
  'B/plasma cell',
  'myeloid cell',
  'mast cell',
  'erythroid cell',
];

function ignoredLineages(tumourLineage: TumourLineage): ReadonlySet<NormalCellLineage> {
  if (tumourLineage === 'mesenchymal') return new Set(['fibroblast/pericyte']);
  return new Set(tumourLineage === 'haematological' ? bloodLineages : []);
}

const unresolved: CellLabel = { call: 'tumour or unresolved', lineage: null, evidence: 'none', conflict: false };

function combine(
  lineage: NormalCellLineage | null,
  { own, copyNumber }: { readonly own: OwnCall; readonly copyNumber: CopyNumberCall | null },
): CellLabel {
  if (own?.call === 'tumour') return { call: 'tumour', lineage: null, evidence: 'own label', conflict: false };
  if (own !== null) return { call: 'normal', lineage: own.lineage, evidence: 'own label', conflict: false };
  if (copyNumber === 'aneuploid') {
    return lineage === null
      ? { call: 'tumour', lineage: null, evidence: 'copy number', conflict: false }
      : { ...unresolved, conflict: true };
  }
  return lineage === null ? unresolved : { call: 'normal', lineage, evidence: 'markers', conflict: false };
}

function statusOf(
  lineages: readonly LineageScores[],
  { ignored, own }: { readonly ignored: ReadonlySet<NormalCellLineage>; readonly own: readonly OwnCall[] | null },
): Pick<TumourLabels, 'status' | 'reasons'> {
  const testable = sought(lineages, ignored).some(({ status }) => status === 'ok');
  if (testable || own?.some((call) => call !== null) === true) return { status: 'ok', reasons: [] };
  return { status: 'not-testable', reasons: ['no normal lineage has three measured markers'] };
}

function lineageWarnings(
  lineages: readonly LineageScores[],
  {
    ignored,
    status: { status },
  }: { readonly ignored: ReadonlySet<NormalCellLineage>; readonly status: Pick<TumourLabels, 'status'> },
): readonly Warning[] {
  const missing = sought(lineages, ignored).filter((lineage) => lineage.status === 'not-testable');
  if (missing.length === 0) return [];
  const names = missing.map(({ lineage }) => lineage).join(', ');
  const message =
    status === 'not-testable'
      ? 'Normal cells cannot be told from tumour cells: too few of their markers are measured. All cells count as tumour or unresolved.'
      : `Too few markers are measured to find: ${names}. Such cells count as tumour or unresolved.`;
  return [{ code: 'cell-labels-not-measured', message }];
}

function sought(lineages: readonly LineageScores[], ignored: ReadonlySet<NormalCellLineage>): readonly LineageScores[] {
  return lineages.filter(({ lineage }) =>
    normalCellLineages.some((normal) => normal === lineage && !ignored.has(normal)),
  );
}

function countSamples(cells: CellCounts, labelled: readonly CellLabel[]): readonly SampleLabels[] {
  return sampleRanges(cells).map(([from, to], s) => {
    const part = labelled.slice(from, to);
    const normal = new Map<string, number>();
    for (const { lineage } of part) if (lineage !== null) normal.set(lineage, (normal.get(lineage) ?? 0) + 1);
    return {
      sample: (cells.samples[s] as CellCounts['samples'][number]).sample,
      nCells: part.length,
      nTumour: part.filter(({ call }) => call === 'tumour').length,
      nUnresolved: part.filter(({ call }) => call === 'tumour or unresolved').length,
      nConflicts: part.filter(({ conflict }) => conflict).length,
      normal: [...normal].map(([lineage, count]) => ({ lineage, nCells: count })),
    };
  });
}

function requireFit(name: string, values: ArrayLike<unknown> | null, nCells: number): void {
  if (values === null || values.length === nCells) return;
  throw new OptionError(`Cell labels: ${name} needs one value per cell.`, {
    expected: String(nCells),
    found: String(values.length),
  });
}
