import { type Column, type CsrMatrix, type Dataset, FormatError, type Matrix, ShapeError } from '@remnant/engine';

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
  const named = ['counts', 'raw_counts', 'raw'].flatMap((name): Candidate[] => {
    const matrix = layers[name];
    return matrix === undefined ? [] : [{ where: `layers/${name}`, matrix, varNames, var: variables }];
  });
  const kept: Candidate[] =
    raw === null ? [] : [{ where: 'raw.X', matrix: raw.X, varNames: raw.varNames, var: raw.var }];
  return [...named, ...kept, { where: 'X', matrix: dataset.X, varNames, var: variables }];
}

/** The first value that is no count, in words; null when there is none. */
function faultOf({ matrix, varNames }: Candidate, obsNames: readonly string[]): string | null {
  const csr = asCsr(matrix);
  for (let i = 0; i < csr.shape[0]; i++) {
    for (let k = csr.indptr[i] as number; k < (csr.indptr[i + 1] as number); k++) {
      const value = csr.data[k] as number;
      if (value >= 0 && value === Math.floor(value) && value !== Infinity) continue;
      const gene = varNames[csr.indices[k] as number] as string;
      return `${String(value)} for gene "${gene}" in cell "${obsNames[i] as string}"`;
    }
  }
  return csr.data.length === 0 ? 'nothing but zeros' : null;
}

function asCsr(matrix: Matrix): CsrMatrix {
  if (matrix.kind === 'csr') return matrix;
  throw new ShapeError('Counts are looked for in compressed rows.', { expected: 'csr', found: matrix.kind });
}

function noCounts(candidates: readonly Candidate[], faults: readonly (string | null)[], file: string): FormatError {
  const found = candidates.map(({ where }, i) => `in ${where} ${faults[i] as string}`).join('; ');
  return new FormatError('No raw counts were found in this data set.', {
    file,
    expected: 'whole numbers, zero or more, in X, raw.X or layers["counts"]',
    found,
    hint: 'Normalised values cannot be summed per sample: keep the counts, for instance in adata.layers["counts"].',
  });
}
