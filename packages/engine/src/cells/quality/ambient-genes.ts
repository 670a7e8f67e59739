import { report, type RunContext } from '../../core/context.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { median } from '../../stats/quantile.js';
import { findTwoModes } from './two-modes.js';

/** A gene that part of the cells express and the others hold only as ambient RNA. */
export interface AmbientGene {
  /** Column of the gene. */
  readonly column: number;
  /** Share of the ambient profile. */
  readonly ambientShare: number;
  /** A cell with at most this many times the counts it would hold if all its RNA were ambient is in the lower group. */
  readonly cut: number;
  /** Share of the cells below the valley: those taken to hold it only as ambient RNA. */
  readonly lowShare: number;
  /** Counts expected in the cells below the valley if all their RNA were ambient. */
  readonly expected: number;
  /** Counts found there. */
  readonly found: number;
  /** Ambient fraction by this gene, `found / expected`. */
  readonly fraction: number;
}

/** Candidate genes over some cells: counts of every cell, dense. */
export interface CandidateCounts {
  readonly columns: Uint32Array;
  /** Ambient share of each. */
  readonly shares: Float64Array;
  /** Cells × candidates. */
  readonly counts: Float32Array;
  /** Total counts of each cell. */
  readonly totals: Float64Array;
}

/** Name under which the block task is registered. */
export const ambientGenesTask = 'cells/ambient-genes';

/** Candidates per block of work. */
const genesPerBlock = 25;

/** Genes looked at: those with the largest ambient shares. */
const nCandidates = 500;

/** Cells looked at, evenly spaced: more add nothing to a fraction per sample. */
const mostCells = 5000;

/** Counts a cell of median depth would hold of a candidate if all its RNA were ambient. */
const fewestExpected = 4;

/** Makes the root of a Poisson count equally wide at every mean, doi:10.1093/biomet/35.3-4.246. */
const anscombe = 3 / 8;

/** Share of the cells that each of the two groups of a gene needs, and the deepest valley's density that still parts them. */
const twoGroups = { minimumShare: 0.05, maximumDepth: 0.5 };

/** Counts of the genes with the largest ambient shares that are deep enough to tell, over at most 5,000 cells with counts. */
export function candidateCounts(matrix: CsrMatrix, totals: Float64Array, profile: Float64Array): CandidateCounts {
  const cells = evenlySpaced(
    Uint32Array.from(totals.keys()).filter((cell) => (totals[cell] as number) > 0),
    mostCells,
  );
  const depths = Float64Array.from(cells, (cell) => totals[cell] as number);
  const middle = median(depths);
  const columns = Uint32Array.from(profile.keys())
    .filter((gene) => (profile[gene] as number) * middle >= fewestExpected)
    .sort((a, b) => (profile[b] as number) - (profile[a] as number) || a - b)
    .slice(0, nCandidates);
  return {
    columns,
    shares: Float64Array.from(columns, (gene) => profile[gene] as number),
    counts: denseCounts(matrix, cells, columns),
    totals: depths,
  };
}

/**
 * Finds the genes whose cells fall into two groups, and the ambient fraction each of them gives.
 *
 * With `e = N b` the counts a cell of N counts would hold of the gene if all its RNA were ambient, the cells are parted at the valley of
 * `√((x + 3/8) / e)`, in which Poisson counts are about equally wide at every mean. In the lower group x is Poisson with mean ρe, cut off at
 * `t = ⌊cut · e⌋`; by the identity `E[X 1(X ≤ t)] = λ P(X ≤ t − 1)` the fraction `ρ = Σ x 1(x ≤ t) / Σ e 1(x ≤ t − 1)` is free of the
 * cut.
 *
 * @see Chen 1975, doi:10.1214/aop/1176996359, for the identity
 */
export async function findAmbientGenes(candidates: CandidateCounts, context: RunContext): Promise<AmbientGene[]> {
  const nGenes = candidates.columns.length;
  const payloads: AmbientGenesPayload[] = [];
  for (let first = 0; first < nGenes; first += genesPerBlock) {
    payloads.push({ candidates, first, end: Math.min(nGenes, first + genesPerBlock) });
  }
  const blocks = await context.executor.map<AmbientGenesPayload, AmbientGene[]>(ambientGenesTask, payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, 'ambient genes', done, total, 'blocks of genes');
    },
  });
  return blocks.flat();
}

/** Some consecutive candidates. */
export interface AmbientGenesPayload {
  readonly candidates: CandidateCounts;
  readonly first: number;
  /** Candidate after the last. */
  readonly end: number;
}

/** The ambient genes among some candidates; pure over plain arrays. */
export function ambientGenesBlock({ candidates, first, end }: AmbientGenesPayload): AmbientGene[] {
  return Array.from({ length: end - first }, (_, i) => ambientGene(candidates, first + i)).filter(
    (gene) => gene !== null,
  );
}

function ambientGene({ columns, shares, counts, totals }: CandidateCounts, g: number): AmbientGene | null {
  const share = shares[g] as number;
  const value = (cell: number): number => counts[cell * columns.length + g] as number;
  const roots = totals.map((total, cell) => Math.sqrt((value(cell) + anscombe) / (total * share)));
  // In this scale a Poisson count has a standard deviation of 1 / (2 √e): no finer structure means anything.
  const minimumBandwidth = 0.5 / Math.sqrt(median(totals) * share);
  const modes = findTwoModes(roots, { ...twoGroups, minimumBandwidth });
  if (modes === null || modes.lowMode >= 1) return null;
  const cut = modes.valley ** 2;
  const { found, expected } = truncatedPoisson(value, totals, { share, cut });
  if (!(expected > 0)) return null;
  const column = columns[g] as number;
  return { column, ambientShare: share, cut, lowShare: modes.lowShare, expected, found, fraction: found / expected };
}

/** Found and expected counts of cells in the lower group; see `findAmbientGenes`. */
function truncatedPoisson(
  value: (cell: number) => number,
  totals: Float64Array,
  { share, cut }: { readonly share: number; readonly cut: number },
): { readonly found: number; readonly expected: number } {
  let [found, expected] = [0, 0];
  for (let cell = 0; cell < totals.length; cell++) {
    const e = (totals[cell] as number) * share;
    const [x, t] = [value(cell), Math.floor(cut * e)];
    if (x <= t) found += x;
    if (x <= t - 1) expected += e;
  }
  return { found, expected };
}

/** The largest ambient fraction a gene allows, were none of its counts the cells' own: lowest over the candidates, with a margin for chance. */
export function highestFraction({ columns, shares, counts, totals }: CandidateCounts, normalQuantile: number): number {
  let lowest = 1;
  let depth = 0;
  for (const total of totals) depth += total;
  for (let g = 0; g < columns.length; g++) {
    let found = 0;
    for (let cell = 0; cell < totals.length; cell++) found += counts[cell * columns.length + g] as number;
    const bound = (found + normalQuantile * Math.sqrt(found + 1) + 1) / (depth * (shares[g] as number));
    lowest = Math.min(lowest, bound);
  }
  return lowest;
}

function evenlySpaced(cells: Uint32Array, most: number): Uint32Array {
  if (cells.length <= most) return cells;
  return Uint32Array.from({ length: most }, (_, i) => cells[Math.floor((i * cells.length) / most)] as number);
}

function denseCounts(matrix: CsrMatrix, cells: Uint32Array, columns: Uint32Array): Float32Array {
  const position = new Int32Array(matrix.shape[1]).fill(-1);
  columns.forEach((column, g) => {
    position[column] = g;
  });
  const dense = new Float32Array(cells.length * columns.length);
  cells.forEach((cell, row) => {
    const end = matrix.indptr[cell + 1] as number;
    for (let k = matrix.indptr[cell] as number; k < end; k++) {
      const g = position[matrix.indices[k] as number] as number;
      if (g >= 0) dense[row * columns.length + g] = matrix.data[k] as number;
    }
  });
  return dense;
}
