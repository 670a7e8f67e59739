import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExpressionMatrix, selectSamples } from '../data/expression.js';
import { designFromColumns, type DesignMatrix } from './design-matrix.js';
import { fitLinearModels } from './linear-models.js';

/** A slow, obvious oracle: normal equations of all samples, solved by Gauss–Jordan elimination with pivoting. */
function normalEquations(y: readonly number[], w: readonly number[], design: DesignMatrix): number[] {
  const p = design.columns.length;
  const x = (i: number, j: number): number => design.values[i * p + j] as number;
  const rows = Array.from({ length: p }, (_, a) => [
    ...Array.from({ length: p }, (__, b) => y.reduce((sum, _y, i) => sum + (w[i] as number) * x(i, a) * x(i, b), 0)),
    y.reduce((sum, value, i) => sum + (w[i] as number) * x(i, a) * value, 0),
  ]);
  for (let k = 0; k < p; k++) {
    const best = rows.slice(k).reduce((top, row) => (Math.abs(row[k]!) > Math.abs(top[k]!) ? row : top));
    rows.splice(rows.indexOf(best), 1);
    rows.splice(k, 0, best);
    for (const row of rows) {
      if (row === best) continue;
      const factor = row[k]! / best[k]!;
      for (let c = k; c <= p; c++) row[c] = row[c]! - factor * best[c]!;
    }
  }
  return rows.map((row, k) => row[p]! / row[k]!);
}

const nSamples = 9;
const design = designFromColumns(
  ['one', 'group', 'slope'],
  [new Array<number>(nSamples).fill(1), [0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 1, 2, 0, 1, 1, 2, 5]],
);
const gene = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: nSamples, maxLength: nSamples });
const weight = fc.array(fc.double({ min: 0.05, max: 50, noNaN: true }), { minLength: nSamples, maxLength: nSamples });
const asMatrix = (values: readonly number[]): ReturnType<typeof createExpressionMatrix> =>
  createExpressionMatrix(
    ['g'],
    Array.from({ length: nSamples }, (_, i) => `s${String(i)}`),
    Float64Array.from(values),
  );

describe('fitLinearModels', () => {
  it('solves the normal equations, although it pools equal rows and never forms them', () => {
    fc.assert(
      fc.property(gene, weight, (y, w) => {
        const fit = fitLinearModels(asMatrix(y), design, { weights: Float64Array.from(w) });
        const expected = normalEquations(y, w, design);
        expected.forEach((value, j) => {
          expect(fit.coefficients[j]).toBeCloseTo(value, 7);
        });
        const residuals = y.map(
          (value, i) => value - expected.reduce((sum, b, j) => sum + b * design.values[i * 3 + j]!, 0),
        );
        const rss = residuals.reduce((sum, r, i) => sum + w[i]! * r * r, 0);
        expect(fit.sigma[0]).toBeCloseTo(Math.sqrt(rss / 6), 6);
      }),
    );
  });

  it('takes no notice of the order of samples or of a common factor of the weights', () => {
    const turn = [4, 5, 6, 7, 8, 0, 1, 2, 3];
    fc.assert(
      fc.property(gene, weight, (y, w) => {
        const plain = fitLinearModels(asMatrix(y), design, { weights: Float64Array.from(w) });
        const columns = [0, 1, 2].map((j) => turn.map((i) => design.values[i * 3 + j] as number));
        const turned = fitLinearModels(selectSamples(asMatrix(y), turn), designFromColumns(design.columns, columns), {
          weights: Float64Array.from(turn, (i) => 4 * (w[i] as number)),
        });
        for (let j = 0; j < 3; j++) {
          expect(turned.coefficients[j]).toBeCloseTo(plain.coefficients[j] as number, 8);
          expect(2 * (turned.stdevUnscaled[j] as number)).toBeCloseTo(plain.stdevUnscaled[j] as number, 8);
        }
        expect(turned.sigma[0]).toBeCloseTo(2 * (plain.sigma[0] as number), 7);
      }),
    );
  });

  it('equal weights are the same as none', () => {
    fc.assert(
      fc.property(gene, (y) => {
        const none = fitLinearModels(asMatrix(y), design);
        const equal = fitLinearModels(asMatrix(y), design, { weights: new Float64Array(nSamples).fill(1) });
        expect(Array.from(equal.coefficients)).toEqual(Array.from(none.coefficients));
        expect(Array.from(equal.sigma)).toEqual(Array.from(none.sigma));
      }),
    );
  });
});
