import { OptionError } from '../../core/errors.js';
import { log2, pow } from '../../core/pinned-math.js';
import type { DenseMatrix } from '../../data/matrix.js';
import { median } from '../../stats/quantile.js';

/** Options of label markers. */
export interface LabelMarkersOptions {
  readonly labelOf: Uint32Array;
  readonly nLabels: number;
  /** Per pair of labels; null for 500 (2/3)^log2(labels). */
  readonly markers: number | null;
}

/** The genes that tell labels apart. */
export interface LabelMarkers {
  /** Columns of the profiles in increasing order: the union over all pairs. */
  readonly genes: Uint32Array;
  /** Profiles on these genes. */
  readonly profiles: DenseMatrix;
  /** Positions in `genes`, best first, for label `a` against `b` at `a * nLabels + b`. */
  readonly markers: readonly Uint32Array[];
}

/**
 * For each pair of labels (a, b) the genes whose median over the profiles of a exceeds that over b by most.
 *
 * @see SingleR's `getClassicMarkers`
 */
export function labelMarkers(profiles: DenseMatrix, options: LabelMarkersOptions): LabelMarkers {
  const { nLabels } = options;
  const wanted = options.markers ?? Math.round(500 * pow(2 / 3, log2(nLabels)));
  if (nLabels < 2 || !(wanted >= 1)) throw new OptionError('A reference needs two labels and one marker of each pair.');
  const medians = Array.from({ length: nLabels }, (_, label) => medianProfile(profiles, options.labelOf, label));
  const lists = Array.from({ length: nLabels * nLabels }, (_, pair) =>
    higherGenes(medians[Math.floor(pair / nLabels)] as Float64Array, medians[pair % nLabels] as Float64Array, wanted),
  );
  const genes = Uint32Array.from(new Set(lists.flatMap((list) => Array.from(list)))).sort();
  const position = new Map(Array.from(genes, (gene, i) => [gene, i] as const));
  return {
    genes,
    profiles: columnsOf(profiles, genes),
    markers: lists.map((list) => list.map((gene) => position.get(gene) as number)),
  };
}

function medianProfile({ shape, data }: DenseMatrix, labelOf: Uint32Array, label: number): Float64Array {
  const rows = Array.from(labelOf.keys()).filter((p) => labelOf[p] === label);
  return Float64Array.from({ length: shape[1] }, (_, g) =>
    median(Float64Array.from(rows, (row) => data[row * shape[1] + g] as number)),
  );
}

function higherGenes(a: Float64Array, b: Float64Array, wanted: number): Uint32Array {
  const lead = a.map((value, g) => value - (b[g] as number));
  return Uint32Array.from(lead.keys())
    .filter((g) => (lead[g] as number) > 0)
    .sort((g, h) => (lead[h] as number) - (lead[g] as number) || g - h)
    .slice(0, wanted);
}

function columnsOf({ shape, data }: DenseMatrix, columns: Uint32Array): DenseMatrix {
  const [nRows, nColumns] = shape;
  const out = new Float64Array(nRows * columns.length);
  for (let row = 0; row < nRows; row++) {
    columns.forEach((from, to) => {
      out[row * columns.length + to] = data[row * nColumns + from] as number;
    });
  }
  return { kind: 'dense', shape: [nRows, columns.length], data: out };
}
