import { ShapeError } from '../core/errors.js';
import type { DenseMatrix, Matrix } from './matrix.js';
import type { Column } from './table.js';

/** The AnnData-like record of one single-cell data set: observations (cells) × variables (genes). */
export interface Dataset {
  readonly X: Matrix;
  readonly obsNames: readonly string[];
  readonly varNames: readonly string[];
  readonly obs: readonly Column[];
  readonly var: readonly Column[];
  readonly layers: Readonly<Record<string, Matrix>>;
  readonly obsm: Readonly<Record<string, DenseMatrix>>;
  readonly uns: Readonly<Record<string, unknown>>;
  /** The unfiltered data kept by AnnData's `raw`, when present. */
  readonly raw: { readonly X: Matrix; readonly varNames: readonly string[]; readonly var: readonly Column[] } | null;
}

/** Checks that names and matrices agree. */
export function createDataset(dataset: Dataset): Dataset {
  const [nObs, nVars] = dataset.X.shape;
  const check = (what: string, found: number, expected: number): void => {
    if (found !== expected) {
      throw new ShapeError(`The data set has ${what} that do not fit its matrix.`, {
        expected: String(expected),
        found: String(found),
      });
    }
  };
  check('cell names', dataset.obsNames.length, nObs);
  check('gene names', dataset.varNames.length, nVars);
  for (const column of dataset.obs) check(`values of obs column "${column.name}"`, column.values.length, nObs);
  for (const column of dataset.var) check(`values of var column "${column.name}"`, column.values.length, nVars);
  for (const [name, layer] of Object.entries(dataset.layers)) check(`rows of layer "${name}"`, layer.shape[0], nObs);
  for (const [name, embedding] of Object.entries(dataset.obsm))
    check(`rows of obsm "${name}"`, embedding.shape[0], nObs);
  return dataset;
}
