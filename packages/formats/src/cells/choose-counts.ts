import {
  type Column,
  type CsrMatrix,
  type Dataset,
  FormatError,
  type Matrix,
  ShapeError,
  type SparseValues,
} from '@remnant/engine';

/** Layers that hold raw counts by convention, first choice first. */
export const countLayers: readonly string[] = ['counts', 'raw_counts', 'raw'];

/** The raw counts of a data set and where they were found. */
export interface Counts {
  readonly where: 'X' | 'raw.X' | `layers/${string}`;
  readonly X: CsrMatrix;
  readonly varNames: readonly string[];
  readonly var: readonly Column[];
}

interface Candidate extends Omit<Counts, 'X'> {
  readonly matrix: Matrix;
}

/**
 * Finds the raw counts of a data set: whole numbers, none negative. `layers/counts` (or `layers/raw_counts`), `raw.X`
 * and `X` are looked at; of those that hold counts the one with the most genes is taken, in that order when equal.
 *
 * @param dataset - as a reader returns it, with compressed rows
 * @param file - its name, for the error
 * @throws FormatError when none holds counts, saying what each holds instead
 */
export function chooseCounts(dataset: Dataset, file: string): Counts {
  const candidates = listCandidates(dataset);
  const faults = candidates.map((candidate) => faultOf(candidate, dataset.obsNames));
  const sound = candidates.filter((_, i) => faults[i] === null);
  const [first, ...others] = sound;
  if (first === undefined) throw noCounts(candidates, faults, file);
  const best = others.reduce((a, b) => (b.varNames.length > a.varNames.length ? b : a), first);
  return { where: best.where, X: asCsr(best.matrix), varNames: best.varNames, var: best.var };
}

function listCandidates(dataset: Dataset): Candidate[] {
  const { varNames, var: variables, layers, raw } = dataset;
  const named = countLayers.flatMap((name): Candidate[] => {
    const matrix = layers[name];
    return matrix === undefined ? [] : [{ where: `layers/${name}`, matrix, varNames, var: variables }];
  });
  const kept: Candidate[] =
    raw === null ? [] : [{ where: 'raw.X', matrix: raw.X, varNames: raw.varNames, var: raw.var }];
  return [...named, ...kept, { where: 'X', matrix: dataset.X, varNames, var: variables }];
}

/** The first value that is no count, in words; null when there is none. */
function faultOf({ matrix, varNames }: Candidate, obsNames: readonly string[]): string | null {
  return faultInCounts(asCsr(matrix), varNames, obsNames);
}

/** The first stored value that is no count, in words; null when there is none. */
export function faultInCounts(
  { shape, indptr, indices, data }: CsrMatrix,
  genes: readonly string[],
  cells: readonly string[],
): string | null {
  const at = isUnsigned(data) ? -1 : firstFault(data);
  if (at === -1) return data.length === 0 ? 'nothing but zeros' : null;
  let cell = 0;
  while (cell < shape[0] && (indptr[cell + 1] as number) <= at) cell++;
  return describeFault(data[at] as number, genes[indices[at] as number], cells[cell]);
}

/** Whether a value can be a count: a whole number, zero or more. */
export function isCount(value: number): boolean {
  return value >= 0 && value === Math.floor(value) && value !== Infinity;
}

/** A value that is no count, with its place. */
export function describeFault(value: number, gene: string | undefined, cell: string | undefined): string {
  return `${String(value)} for gene "${gene ?? ''}" in cell "${cell ?? ''}"`;
}

function isUnsigned(data: SparseValues): boolean {
  return data instanceof Uint8Array || data instanceof Uint16Array;
}

function firstFault(data: SparseValues): number {
  for (let k = 0; k < data.length; k++) if (!isCount(data[k] as number)) return k;
  return -1;
}

function asCsr(matrix: Matrix): CsrMatrix {
  if (matrix.kind === 'csr') return matrix;
  throw new ShapeError('Counts are looked for in compressed rows.', { expected: 'csr', found: matrix.kind });
}

function noCounts(candidates: readonly Candidate[], faults: readonly (string | null)[], file: string): FormatError {
  return noCountsError(
    candidates.map(({ where }, i) => ({ where, fault: faults[i] as string })),
    file,
  );
}

/** The error when no matrix holds counts, saying what each holds instead. */
export function noCountsError(
  looked: readonly { readonly where: Counts['where']; readonly fault: string }[],
  file: string,
): FormatError {
  return new FormatError('No raw counts were found in this data set.', {
    file,
    expected: 'whole numbers, zero or more, in X, raw.X or layers["counts"]',
    found: looked.map(({ where, fault }) => `in ${where} ${fault}`).join('; '),
    hint: 'Normalised values cannot be summed per sample: keep the counts, for instance in adata.layers["counts"].',
  });
}
