import { report, type RunContext, throwIfAborted } from '../../core/context.js';
import { ShapeError } from '../../core/errors.js';
import { selectRows } from '../../data/compact-counts.js';
import type { CsrMatrix, DenseMatrix } from '../../data/matrix.js';
import type { CellCounts } from '../cell-counts.js';
import { confidentLabels } from './confident-labels.js';
import type { Kernels } from './kernels.js';
import { labelMarkers } from './label-markers.js';
import { selectGenes } from './select-genes.js';

/** Cells labelled at once. */
const cellsPerBlock = 16_384;
/** Fewer shared genes say nothing about identity. */
const fewestGenes = 50;

/** Expression profiles of known identity. */
export interface LabelReference {
  readonly genes: readonly string[];
  /** Profiles × genes, log scale. */
  readonly profiles: DenseMatrix;
  /** Names of the labels. */
  readonly labels: readonly string[];
  /** Label of each profile; every label has one at least. */
  readonly labelOf: Uint32Array;
}

/** Options of labelling by reference. */
export interface LabelByReferenceOptions {
  /** Markers per pair of labels; null for 500 (2/3)^log2(labels), as in SingleR. Default null. */
  readonly markers?: number | null;
  /** A label's score is this quantile of the correlations with its profiles. Default 0.8. */
  readonly quantile?: number;
}

/** The label of each cell, with what it rests on. */
export interface LabelledCells {
  readonly labels: readonly string[];
  /** Best label, one per cell. */
  readonly best: Uint32Array;
  /** Whether the label stands out for this cell as it does for the others that have it, one per cell: 1 or 0. */
  readonly confident: Uint8Array;
  /** Lead of the best label over the next one after fine tuning. */
  readonly delta: Float64Array;
  /** Correlations, cells × labels. */
  readonly scores: DenseMatrix;
  /** Genes the correlations are over. */
  readonly genes: readonly string[];
}

/**
 * Labels cells by the reference profiles they are most like (SingleR): Spearman correlation over marker genes of every pair of labels, the
 * 0.8 quantile over the profiles of a label, then again among the leading labels on their own markers until one is left. A cell is labelled
 * by itself; no cluster is looked at.
 *
 * A label without confidence is one whose lead over the cell's median score lies more than three median absolute deviations below that of
 * the cells with the same label.
 *
 * @param cells - raw counts; only the order of the genes within a cell counts
 * @throws ShapeError when fewer than 50 genes are shared or the reference does not fit itself
 * @throws AbortedError once the context's signal is aborted
 * @see doi:10.1038/s41590-018-0276-y; SingleR's `SingleR(de.method = "classic")` and `pruneScores`
 */
export async function labelByReference(
  cells: Pick<CellCounts, 'counts' | 'genes'>,
  { reference, markers = null, quantile = 0.8 }: LabelByReferenceOptions & { readonly reference: LabelReference },
  context: RunContext,
  kernels: Kernels,
): Promise<LabelledCells> {
  const shared = sharedGenes(cells.genes, reference);
  const used = labelMarkers(shared.profiles, { labelOf: reference.labelOf, nLabels: reference.labels.length, markers });
  const columns = used.genes.map((gene) => shared.columns[gene] as number);
  const counts = await selectGenes(cells.counts, columns, context);
  const options = { profiles: used.profiles, labelOf: reference.labelOf, markers: used.markers, quantile };
  const nCells = counts.shape[0];
  const nLabels = reference.labels.length;
  const best = new Uint32Array(nCells);
  const delta = new Float64Array(nCells);
  const scores = new Float64Array(nCells * nLabels);
  try {
    for (let first = 0; first < nCells; first += cellsPerBlock) {
      throwIfAborted(context);
      report(context, 'reference labels', first, nCells, 'cells');
      const found = await kernels.labelCells(rowsFrom(counts, first), options, context);
      best.set(found.best, first);
      delta.set(found.delta, first);
      scores.set(found.scores, first * nLabels);
    }
  } finally {
    kernels.close();
  }
  report(context, 'reference labels', nCells, nCells, 'cells');
  return {
    labels: reference.labels,
    best,
    confident: confidentLabels(best, scores, nLabels),
    delta,
    scores: { kind: 'dense', shape: [nCells, nLabels], data: scores },
    genes: Array.from(used.genes, (gene) => shared.names[gene] as string),
  };
}

interface SharedGenes {
  readonly names: readonly string[];
  /** Profiles of the reference on these genes. */
  readonly profiles: DenseMatrix;
  /** Their columns in the counts. */
  readonly columns: Uint32Array;
}

/** Genes in the order of the counts; of a repeated name the first counts. */
function sharedGenes(genes: readonly string[], { genes: own, profiles, labels, labelOf }: LabelReference): SharedGenes {
  const [nProfiles, nOwn] = profiles.shape;
  if (labelOf.length !== nProfiles || own.length !== nOwn || new Set(labelOf).size !== labels.length) {
    throw new ShapeError('The names, labels and profiles of a reference do not fit each other.');
  }
  const columnOf = firstPlaces(genes);
  const ownPlaceOf = firstPlaces(own);
  const inBoth = [...columnOf.keys()].filter((gene) => ownPlaceOf.has(gene));
  if (inBoth.length < fewestGenes) {
    throw new ShapeError('Cells and reference share too few genes.', {
      expected: `at least ${String(fewestGenes)}`,
      found: String(inBoth.length),
      hint: 'Give both the same kind of gene names.',
    });
  }
  const positions = inBoth.map((gene) => ownPlaceOf.get(gene) as number);
  const data = new Float64Array(nProfiles * inBoth.length);
  for (let p = 0; p < nProfiles; p++) {
    positions.forEach((from, to) => {
      data[p * inBoth.length + to] = profiles.data[p * nOwn + from] as number;
    });
  }
  return {
    names: inBoth,
    profiles: { kind: 'dense', shape: [nProfiles, inBoth.length], data },
    columns: Uint32Array.from(inBoth, (gene) => columnOf.get(gene) as number),
  };
}

function firstPlaces(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  names.forEach((name, place) => {
    if (!places.has(name)) places.set(name, place);
  });
  return places;
}

function rowsFrom(counts: CsrMatrix, first: number): CsrMatrix {
  const n = Math.min(cellsPerBlock, counts.shape[0] - first);
  return n === counts.shape[0]
    ? counts
    : selectRows(
        counts,
        Uint32Array.from({ length: n }, (_, i) => first + i),
      );
}
