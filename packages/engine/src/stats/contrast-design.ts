import { OptionError } from '../core/errors.js';
import { checkContrasts, type Contrast } from './contrasts.js';
import type { DesignMatrix } from './design-matrix.js';

/**
 * The same model with contrasts as coefficients, so that a weighted fit gives their standard errors exactly instead of by the
 * approximation of `fitContrasts`. Each contrast takes the place of one coefficient it uses; the others keep their name and
 * meaning. With M the matrix that turns old coefficients into new ones, the new design is X M⁻¹ and the fit is the same.
 *
 * @param design - samples × coefficients
 * @param contrasts - linearly independent, with names that differ from those of the coefficients
 * @returns samples × coefficients, the contrasts first in the order given
 * @throws OptionError when a contrast does not fit, repeats a name, or is a combination of the contrasts before it
 * @see limma's `contrastAsCoef`, which orthogonalises the remaining columns instead; the contrasts are the same
 * @example
 * const fit = fitLinearModels(expression, contrastDesign(design, contrasts), { weights });
 */
export function contrastDesign(design: DesignMatrix, contrasts: readonly Contrast[]): DesignMatrix {
  const p = design.columns.length;
  checkContrasts(contrasts, p);
  const replaced = replacedColumns(design, contrasts);
  const kept = design.columns.flatMap((name, j) => (replaced.has(j) ? [] : [{ name, j }]));
  const columns = [...contrasts.map(({ name }) => name), ...kept.map(({ name }) => name)];
  if (new Set(columns).size < p) {
    throw new OptionError('Contrasts need names that differ from each other and from the coefficients.', {
      found: columns.join(', '),
    });
  }
  const change = [
    ...contrasts.map(({ weights }) => Float64Array.from(weights)),
    ...kept.map(({ j }) => Float64Array.from({ length: p }, (_, i) => (i === j ? 1 : 0))),
  ];
  return { columns, nRows: design.nRows, values: timesMatrix(design, invert(change)) };
}

/** For each contrast the coefficient it can stand for: the one of largest weight once earlier contrasts are eliminated. */
function replacedColumns(design: DesignMatrix, contrasts: readonly Contrast[]): ReadonlySet<number> {
  const replaced = new Set<number>();
  const reduced: { readonly row: Float64Array; readonly pivot: number }[] = [];
  for (const { name, weights } of contrasts) {
    const row = Float64Array.from(weights);
    const size = row.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    for (const { row: earlier, pivot } of reduced) subtract(row, earlier, pivot);
    const pivot = largest(row, replaced);
    if (!(Math.abs(row[pivot] ?? 0) > 1e-10 * size)) {
      throw new OptionError(`Contrast "${name}" is a combination of the contrasts before it.`, {
        expected: `independent contrasts of ${design.columns.join(', ')}`,
      });
    }
    replaced.add(pivot);
    reduced.push({ row, pivot });
  }
  return replaced;
}

/** Index of the entry of largest size that is not excluded; the first of equals, −1 when all are excluded. */
function largest(row: Float64Array, excluded: ReadonlySet<number>): number {
  let best = -1;
  row.forEach((value, j) => {
    if (!excluded.has(j) && (best < 0 || Math.abs(value) > Math.abs(row[best] as number))) best = j;
  });
  return best;
}

/** Subtracts the multiple of `other` that clears entry `pivot` of `row`. */
function subtract(row: Float64Array, other: Float64Array, pivot: number): void {
  const factor = (row[pivot] as number) / (other[pivot] as number);
  if (factor === 0) return;
  for (let j = 0; j < row.length; j++) row[j] = (row[j] as number) - factor * (other[j] as number);
  row[pivot] = 0;
}

/** Inverse of a small matrix given by rows, by Gauss–Jordan elimination with row pivoting. */
function invert(rows: readonly Float64Array[]): readonly Float64Array[] {
  const p = rows.length;
  const left: Float64Array[] = rows.map((row) => row.slice());
  const right: Float64Array[] = rows.map((_, i) => Float64Array.from({ length: p }, (__, j) => (i === j ? 1 : 0)));
  for (let k = 0; k < p; k++) {
    let best = k;
    for (let i = k + 1; i < p; i++) if (Math.abs(entry(left, i, k)) > Math.abs(entry(left, best, k))) best = i;
    for (const half of [left, right]) [half[k], half[best]] = [half[best] as Float64Array, half[k] as Float64Array];
    const pivot = entry(left, k, k);
    for (const half of [left, right]) half[k] = (half[k] as Float64Array).map((value) => value / pivot);
    for (let i = 0; i < p; i++) {
      const factor = i === k ? 0 : entry(left, i, k);
      if (factor === 0) continue;
      for (const half of [left, right]) {
        const source = half[k] as Float64Array;
        half[i] = (half[i] as Float64Array).map((value, j) => value - factor * (source[j] as number));
      }
    }
  }
  return right;
}

function entry(rows: readonly Float64Array[], i: number, j: number): number {
  return (rows[i] as Float64Array)[j] as number;
}

function timesMatrix(design: DesignMatrix, factor: readonly Float64Array[]): Float64Array {
  const p = design.columns.length;
  return design.values.map((_, k) => {
    const row = Math.floor(k / p) * p;
    let sum = 0;
    for (let m = 0; m < p; m++) sum += (design.values[row + m] as number) * entry(factor, m, k % p);
    return sum;
  });
}
