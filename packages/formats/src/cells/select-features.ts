import { type Column, compactCounts, type CsrMatrix, FormatError } from '@remnant/engine';
import { shortened } from './compact-arrays.js';

/** A matrix with its genes. */
export interface Features {
  readonly X: CsrMatrix;
  readonly varNames: readonly string[];
  readonly var: readonly Column[];
}

/** Genes kept, and what to tell the user about the rest. */
export interface SelectedFeatures extends Features {
  readonly readings: readonly string[];
}

const expression = 'Gene Expression';

/**
 * Keeps gene expression, leaving out antibodies, guides and the like, and one genome where one is asked for.
 *
 * @param all - a reader's own matrix: it is made smaller in place
 * @throws FormatError when the genome asked for is not there
 */
export function selectFeatures(all: Features, genome: string | undefined, file: string): SelectedFeatures {
  const types = textValues(all.var, 'feature_types');
  const genomes = textValues(all.var, 'genome');
  const hasExpression = types?.includes(expression) === true;
  if (genome !== undefined && genomes?.includes(genome) === false) throw unknownGenome(genome, genomes, file);
  const isKept = (j: number): boolean =>
    (!hasExpression || types[j] === expression) && (genome === undefined || (genomes?.[j] ?? genome) === genome);
  const columns = all.varNames.flatMap((_, j) => (isKept(j) ? [j] : []));
  if (columns.length === all.varNames.length) return { ...all, readings: [] };
  const left = new Map<string, number>();
  all.varNames.forEach((_, j) => {
    const kind = [types?.[j], genomes?.[j]]
      .filter((word) => word !== undefined && word !== null && word !== '')
      .join(', ');
    if (!isKept(j)) left.set(kind, (left.get(kind) ?? 0) + 1);
  });
  const readings = [...left].map(([kind, n]) => `${String(n)} ${n === 1 ? 'feature' : 'features'} left out (${kind}).`);
  return { ...selectColumns(all, columns), readings };
}

function textValues(columns: readonly Column[], name: string): readonly (string | null)[] | undefined {
  const column = columns.find((c) => c.name === name);
  return column?.kind === 'text' ? column.values : undefined;
}

function selectColumns(all: Features, columns: readonly number[]): Features {
  const nVars = all.varNames.length;
  const target = new Int32Array(nVars).fill(-1);
  columns.forEach((j, k) => (target[j] = k));
  return {
    X: keepColumns(all.X, target, columns.length),
    varNames: columns.map((j) => all.varNames[j] as string),
    var: all.var.map((column) => selectValues(column, columns)),
  };
}

/** Closes the gaps in place: the arrays are a reader's own. */
function keepColumns({ shape, indptr, indices, data }: CsrMatrix, target: Int32Array, nVars: number): CsrMatrix {
  let out = 0;
  let start = 0;
  for (let i = 0; i < shape[0]; i++) {
    const end = indptr[i + 1] as number;
    for (let k = start; k < end; k++) {
      const j = target[indices[k] as number] as number;
      if (j < 0) continue;
      indices[out] = j;
      data[out++] = data[k] as number;
    }
    indptr[i + 1] = out;
    start = end;
  }
  const kept = { indptr, indices: shortened(indices, out), data: shortened(data, out) };
  return compactCounts({ kind: 'csr', shape: [shape[0], nVars], ...kept });
}

function selectValues(column: Column, rows: readonly number[]): Column {
  if (column.kind === 'text') return { ...column, values: rows.map((row) => column.values[row] ?? null) };
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) };
}

function unknownGenome(genome: string, genomes: readonly (string | null)[], file: string): FormatError {
  return new FormatError(`This matrix has no genome "${genome}".`, {
    file,
    expected: `one of ${[...new Set(genomes)].join(', ')}`,
  });
}
