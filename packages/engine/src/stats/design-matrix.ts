import { OptionError, ShapeError } from '../core/errors.js';
import { createLeastSquares, solveLeastSquares } from './least-squares.js';

/** A model matrix: one row per sample, one named column per coefficient, row-major. */
export interface DesignMatrix {
  readonly columns: readonly string[];
  readonly nRows: number;
  /** `values[row * columns.length + column]`. */
  readonly values: Float64Array;
}

/** One categorical variable of a design. */
export interface DesignFactor {
  /** Name of the factor; a column is called `name` followed by its level, as in R. */
  readonly name: string;
  /** The level of each sample. */
  readonly levels: readonly string[];
  /** The level put first, and so the one dropped when the factor is not the first. */
  readonly reference?: string;
  /** Every level in the wanted order. Without it levels are sorted by code unit. */
  readonly order?: readonly string[];
}

/**
 * The design `~ 0 + a + b + …`: every level of the first factor has its own column, each later factor has one column per
 * level except its first. Levels come in `order` when given, otherwise sorted by code unit (R sorts by locale); `reference`
 * then moves to the front. Levels no sample has get no column, and a later factor with a single level adds none (R stops).
 *
 * @param factors - one or more factors over the same samples
 * @returns samples × coefficients of zeros and ones, of full column rank
 * @throws ShapeError when factors differ in length or there are no samples
 * @throws OptionError when a reference or an order does not fit the levels, or when a column is a combination of the others
 * @see R's `model.matrix`
 * @example groupDesign([{ name: 'state', levels: ['a', 'b'] }]).columns // ['statea', 'stateb']
 */
export function groupDesign(factors: readonly DesignFactor[]): DesignMatrix {
  const nRows = factors[0]?.levels.length ?? 0;
  if (nRows === 0) throw new ShapeError('A design needs at least one factor and one sample.');
  const columns: string[] = [];
  const indicators: Float64Array[] = [];
  factors.forEach((factor, position) => {
    if (factor.levels.length !== nRows) {
      throw new ShapeError(`Factor "${factor.name}" has a level for a different number of samples.`, {
        expected: `${String(nRows)} levels`,
        found: String(factor.levels.length),
      });
    }
    for (const level of orderedLevels(factor).slice(position === 0 ? 0 : 1)) {
      columns.push(factor.name + level);
      indicators.push(Float64Array.from(factor.levels, (l) => (l === level ? 1 : 0)));
    }
  });
  return requireFullRank(designFromColumns(columns, indicators));
}

/** A design from named columns of equal length, for instance group columns and a continuous covariate. Rank is not checked. */
export function designFromColumns(columns: readonly string[], data: readonly ArrayLike<number>[]): DesignMatrix {
  const nRows = data[0]?.length ?? 0;
  const values = new Float64Array(nRows * columns.length);
  columns.forEach((column, j) => {
    const source = data[j];
    if (source?.length !== nRows) throw new ShapeError(`Design column "${column}" has a different length.`);
    for (let i = 0; i < nRows; i++) values[i * columns.length + j] = source[i] as number;
  });
  return { columns, nRows, values };
}

/**
 * The columns of a design that are linear combinations of the columns before them (relative tolerance 1e-7, as R's `qr`).
 *
 * @see limma's `nonEstimable`
 */
export function aliasedColumns(design: DesignMatrix): readonly string[] {
  const p = design.columns.length;
  const work = createLeastSquares(design.nRows, p);
  for (let i = 0; i < design.nRows; i++) {
    for (let j = 0; j < p; j++) work.x[j * work.stride + i] = design.values[i * p + j] as number;
  }
  solveLeastSquares(work, design.nRows);
  return design.columns.filter((_, j) => Number.isNaN(work.coefficients[j]));
}

/**
 * The same design, once every coefficient is known to be estimable.
 *
 * @throws OptionError naming the first aliased column
 */
export function requireFullRank(design: DesignMatrix): DesignMatrix {
  const aliased = aliasedColumns(design);
  if (aliased.length === 0) return design;
  throw new OptionError('The design cannot separate all of its effects.', {
    column: aliased[0] as string,
    expected: 'columns that are not combinations of each other',
    found: `${aliased.map((name) => `"${name}"`).join(', ')} determined by the columns before`,
    hint: 'Each batch or patient needs samples that tie it to the others; drop the factor or the samples that stand alone.',
  });
}

/**
 * A contrast as one weight per design column.
 *
 * @param design - anything with the names of the coefficients
 * @param weights - weight by column name; columns left out have weight zero
 * @throws OptionError for a name the design does not have
 * @see limma's `makeContrasts`
 */
export function contrastVector(
  design: Pick<DesignMatrix, 'columns'>,
  weights: Readonly<Record<string, number>>,
): Float64Array {
  const vector = new Float64Array(design.columns.length);
  for (const [column, weight] of Object.entries(weights)) {
    const index = design.columns.indexOf(column);
    if (index < 0) {
      throw new OptionError(`The design has no column "${column}" for a contrast.`, {
        expected: `one of ${design.columns.join(', ')}`,
      });
    }
    vector[index] = weight;
  }
  return vector;
}

function orderedLevels(factor: DesignFactor): readonly string[] {
  const present = new Set(factor.levels);
  const order = factor.order ?? [...present].sort();
  const unlisted = [...present].filter((level) => !order.includes(level));
  if (unlisted.length > 0) {
    throw new OptionError(`The level order of factor "${factor.name}" leaves out ${unlisted.join(', ')}.`);
  }
  const { reference } = factor;
  if (reference !== undefined && !present.has(reference)) {
    throw new OptionError(`No sample has the reference level "${reference}" of factor "${factor.name}".`, {
      found: [...present].join(', '),
    });
  }
  const used = order.filter((level, i) => present.has(level) && order.indexOf(level) === i);
  return reference === undefined ? used : [reference, ...used.filter((level) => level !== reference)];
}
