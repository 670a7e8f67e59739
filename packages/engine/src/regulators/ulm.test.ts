import { describe, expect, it } from 'vitest';
import { createRng } from '../core/rng.js';
import { createActivityInput } from './activity-input.js';
import { mlm } from './mlm.js';
import { prepareNetwork } from './regulon-network.js';
import { ulm } from './ulm.js';

const rng = createRng(7, 'ulm test');
const genes = Array.from({ length: 60 }, (_, g) => `G${String(g)}`);
const values = Float64Array.from(genes, () => rng.normal());
const edges = ['X', 'Y', 'Z'].flatMap((source, s) =>
  genes.filter((_, g) => g % (s + 3) === 0).map((target) => ({ source, target, weight: rng.normal() })),
);
const network = prepareNetwork(edges, genes);

/** Ordinary least squares of y on an intercept and the columns of x by Gaussian elimination: slow and plain. */
function leastSquares(x: number[][], y: number[]): { coefficient: number; error: number }[] {
  const rows = y.map((_, i) => [1, ...x.map((column) => column[i] as number)]);
  const p = x.length + 1;
  const system = Array.from({ length: p }, (_, a) => [
    ...Array.from({ length: p }, (__, b) => rows.reduce((sum, row) => sum + row[a]! * row[b]!, 0)),
    ...Array.from({ length: p }, (__, b) => (a === b ? 1 : 0)),
  ]);
  for (let a = 0; a < p; a++) {
    const pivot = system[a]![a]!;
    system[a] = system[a]!.map((value) => value / pivot);
    for (let b = 0; b < p; b++) {
      if (b === a) continue;
      const factor = system[b]![a]!;
      system[b] = system[b]!.map((value, k) => value - factor * system[a]![k]!);
    }
  }
  const inverse = system.map((row) => row.slice(p));
  const right = Array.from({ length: p }, (_, a) => rows.reduce((sum, row, i) => sum + row[a]! * y[i]!, 0));
  const beta = inverse.map((row) => row.reduce((sum, value, k) => sum + value * right[k]!, 0));
  const residual = rows.reduce((sum, row, i) => sum + (y[i]! - row.reduce((s, v, k) => s + v * beta[k]!, 0)) ** 2, 0);
  const variance = residual / (y.length - p);
  return beta.map((coefficient, k) => ({ coefficient, error: Math.sqrt(variance * inverse[k]![k]!) })).slice(1);
}

const weightsOf = (source: string, kept: readonly string[]): number[] =>
  kept.map((gene) => edges.find((edge) => edge.source === source && edge.target === gene)?.weight ?? 0);

describe('ulm', () => {
  it('equals a plain linear model per regulator', () => {
    const found = ulm(createActivityInput(genes, ['t'], values), network);
    network.regulators.forEach((source, r) => {
      const [fit] = leastSquares([weightsOf(source, genes)], [...values]);
      expect(found.slopes[r]).toBeCloseTo(fit!.coefficient, 12);
      expect(found.standardErrors[r]).toBeCloseTo(fit!.error, 12);
      expect(found.scores[r]).toBeCloseTo(fit!.coefficient / fit!.error, 10);
    });
  });

  it('leaves genes without a statistic out of their column only', () => {
    const holes = values.map((value, g) => (g % 7 === 0 ? NaN : value));
    const both = Float64Array.from(genes.flatMap((_, g) => [holes[g]!, values[g]!]));
    const found = ulm(createActivityInput(genes, ['holes', 'full'], both), network);
    const kept = genes.filter((_, g) => g % 7 !== 0);
    network.regulators.forEach((source, r) => {
      const [fit] = leastSquares(
        [weightsOf(source, kept)],
        [...holes].filter((value) => !Number.isNaN(value)),
      );
      expect(found.scores[2 * r]).toBeCloseTo(fit!.coefficient / fit!.error, 10);
      expect(found.scores[2 * r + 1]).toBe(ulm(createActivityInput(genes, ['t'], values), network).scores[r]);
    });
  });

  it('has no score where nothing varies or too few targets are left', () => {
    const constant = ulm(
      createActivityInput(
        genes,
        ['t'],
        values.map(() => 2),
      ),
      network,
    );
    expect([...constant.scores].every(Number.isNaN)).toBe(true);
    const sparse = values.map((value, g) => (g > 10 ? NaN : value));
    expect(ulm(createActivityInput(genes, ['t'], sparse), network).scores[2]).toBeNaN();
  });

  it('refuses a network of other genes, naming the first that differs', () => {
    const other = [...genes];
    other[4] = 'H4';
    expect(() => ulm(createActivityInput(other, ['t'], values), network)).toThrow(/row 5.*Expected G4.*Found H4/);
  });
});

describe('mlm', () => {
  it('equals a plain linear model of all regulators', () => {
    const found = mlm(createActivityInput(genes, ['t'], values), network);
    const fits = leastSquares(
      network.regulators.map((source) => weightsOf(source, genes)),
      [...values],
    );
    fits.forEach((fit, r) => {
      expect(found.scores[r]).toBeCloseTo(fit.coefficient / fit.error, 10);
    });
    expect(found.collinear).toEqual([]);
  });

  it('finds a combination of several regulators', () => {
    const sum = genes
      .map((target) => {
        const weight = weightsOf('X', [target])[0]! + weightsOf('Y', [target])[0]!;
        return { source: 'SUM', target, weight };
      })
      .filter((edge) => edge.weight !== 0);
    const found = mlm(createActivityInput(genes, ['t'], values), prepareNetwork([...edges, ...sum], genes));
    expect(found.collinear).toEqual(['SUM', 'X', 'Y']);
    expect(Number.isFinite(found.scores[3])).toBe(true);
  });

  it('gives no score with fewer genes than regulators, and refuses missing statistics', () => {
    const few = genes.slice(0, 3);
    const small = prepareNetwork(
      ['P', 'Q', 'R', 'S'].map((source, i) => ({ source, target: few[i % 3]!, weight: i + 1 })),
      few,
      { minimumSize: 1 },
    );
    expect([...mlm(createActivityInput(few, ['t'], Float64Array.of(1, 2, 3)), small).scores].every(Number.isNaN)).toBe(
      true,
    );
    const holes = values.map((value, g) => (g === 4 ? NaN : value));
    expect(() => mlm(createActivityInput(genes, ['t'], holes), network)).toThrow(/row 5, column "t".*gene G4/);
  });
});
