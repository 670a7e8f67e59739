import { describe, expect, it } from 'vitest';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import { contrastDesign } from './contrast-design.js';
import { fitContrasts } from './contrasts.js';
import { contrastVector, designFromColumns, groupDesign } from './design-matrix.js';
import { moderate, topTable } from './empirical-bayes.js';
import { fitAllowingAliases, fitLinearModels } from './linear-models.js';
import { voom } from './voom.js';

const names = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => prefix + String(i + 1));
function table(rows: readonly (readonly number[])[]): ExpressionMatrix {
  return createExpressionMatrix(
    names('g', rows.length),
    names('s', rows[0]?.length ?? 0),
    Float64Array.from(rows.flat()),
  );
}
const groups = groupDesign([{ name: '', levels: ['a', 'a', 'b', 'b'] }]);

describe('fitLinearModels', () => {
  it('fits group means and their pooled variance', () => {
    const fit = fitLinearModels(table([[1, 3, 10, 14]]), groups);
    expect(Array.from(fit.coefficients)).toEqual([2, 12].map((v) => expect.closeTo(v, 12) as number));
    expect(fit.sigma[0]).toBeCloseTo(Math.sqrt(5), 12);
    expect(fit.dfResidual[0]).toBe(2);
    expect(fit.stdevUnscaled[0]).toBeCloseTo(Math.SQRT1_2, 12);
    expect(fit.averageExpression[0]).toBe(7);
  });

  it('fits weighted means', () => {
    const fit = fitLinearModels(table([[1, 3, 10, 14]]), groups, { weights: Float64Array.of(3, 1, 1, 1) });
    expect(fit.coefficients[0]).toBeCloseTo(1.5, 12);
    expect(fit.stdevUnscaled[0]).toBeCloseTo(0.5, 12);
  });

  it('fits a continuous covariate, whose rows are all distinct', () => {
    const line = designFromColumns(
      ['one', 'x'],
      [
        [1, 1, 1, 1],
        [0, 1, 2, 3],
      ],
    );
    const fit = fitLinearModels(table([[1, 3, 5, 7]]), line);
    expect(fit.coefficients[0]).toBeCloseTo(1, 12);
    expect(fit.coefficients[1]).toBeCloseTo(2, 12);
    expect(fit.sigma[0]).toBeCloseTo(0, 12);
  });

  it('gives NaN where a gene has lost a group or every value', () => {
    const fit = fitLinearModels(
      table([
        [NaN, NaN, 1, 2],
        [NaN, NaN, NaN, NaN],
        [1, 2, 3, NaN],
      ]),
      groups,
    );
    expect(fit.coefficients[0]).toBeNaN();
    expect(fit.coefficients[1]).toBeCloseTo(1.5, 12);
    expect(Array.from(fit.dfResidual)).toEqual([1, 0, 1]);
    expect(fit.sigma[1]).toBeNaN();
    expect(fit.coefficients[4]).toBeCloseTo(1.5, 12);
  });

  it('has no sigma without residual degrees of freedom', () => {
    const each = groupDesign([{ name: '', levels: ['a', 'b'] }]);
    expect(fitLinearModels(table([[1, 2]]), each).sigma[0]).toBeNaN();
  });

  it('does not change its input', () => {
    const matrix = table([[1, 3, 10, 14]]);
    fitLinearModels(matrix, groups);
    expect(Array.from(matrix.values)).toEqual([1, 3, 10, 14]);
  });

  it('refuses aliased designs, wrong shapes and bad weights', () => {
    const twice = designFromColumns(
      ['a', 'again'],
      [
        [1, 1],
        [1, 1],
      ],
    );
    expect(() => fitLinearModels(table([[1, 2]]), twice)).toThrow(/column "again"/);
    expect(fitAllowingAliases(table([[1, 2]]), twice).coefficients[1]).toBeNaN();
    expect(() => fitLinearModels(table([[1, 2]]), groups)).toThrow(/one row per sample/);
    expect(() => fitLinearModels(table([[1, 2, 3, 4]]), groups, { weights: new Float64Array(3) })).toThrow(
      /genes × samples/,
    );
    const weights = Float64Array.of(1, 1, -1, 1);
    expect(() => fitLinearModels(table([[1, 2, 3, 4]]), groups, { weights })).toThrow(/column "s3".*"g1".*Found -1/);
  });
});

describe('fitContrasts', () => {
  const fit = fitLinearModels(
    table([
      [1, 3, 10, 14],
      [NaN, NaN, 1, 2],
    ]),
    groups,
  );

  it('subtracts coefficients and is NaN where one is missing', () => {
    const result = fitContrasts(fit, [
      { name: 'b-a', weights: contrastVector(fit, { a: -1, b: 1 }) },
      { name: 'b', weights: contrastVector(fit, { b: 2 }) },
    ]);
    expect(result.columns).toEqual(['b-a', 'b']);
    expect(result.coefficients[0]).toBeCloseTo(10, 12);
    expect(result.stdevUnscaled[0]).toBeCloseTo(1, 12);
    expect(result.coefficients[2]).toBeNaN();
    expect(result.coefficients[3]).toBeCloseTo(3, 12);
  });

  it('refuses weights that do not fit or compare nothing', () => {
    expect(() => fitContrasts(fit, [])).toThrow(/At least one/);
    expect(() => fitContrasts(fit, [{ name: 'x', weights: [1] }])).toThrow(/"x".*2 weights/);
    expect(() => fitContrasts(fit, [{ name: 'x', weights: [0, 0] }])).toThrow(/compares nothing/);
  });
});

describe('contrastDesign', () => {
  const design = groupDesign([{ name: '', levels: ['a', 'b', 'b', 'c'] }]);

  it('puts contrasts in the place of coefficients they use', () => {
    const changed = contrastDesign(design, [{ name: 'b-a', weights: [-1, 1, 0] }]);
    expect(changed.columns).toEqual(['b-a', 'b', 'c']);
    // a = b − (b − a): the first sample has −1 of the contrast and 1 of b.
    expect(Array.from(changed.values.subarray(0, 6))).toEqual([-1, 1, 0, 0, 1, 0]);
  });

  it('agrees with the approximation where that is exact', () => {
    const matrix = table([[1, 3, 10, 14]]);
    const contrasts = [
      { name: 'b-a', weights: [-1, 1, 0] },
      { name: 'mean', weights: [1 / 3, 1 / 3, 1 / 3] },
    ];
    const exact = fitLinearModels(matrix, contrastDesign(design, contrasts));
    const approximate = fitContrasts(fitLinearModels(matrix, design), contrasts);
    for (const c of [0, 1]) {
      expect(exact.coefficients[c]).toBeCloseTo(approximate.coefficients[c] as number, 12);
      expect(exact.stdevUnscaled[c]).toBeCloseTo(approximate.stdevUnscaled[c] as number, 12);
    }
  });

  it('refuses dependent contrasts and names in use', () => {
    const first = { name: 'b-a', weights: [-1, 1, 0] };
    expect(() => contrastDesign(design, [first, { name: 'a-b', weights: [2, -2, 0] }])).toThrow(
      /"a-b" is a combination/,
    );
    expect(() => contrastDesign(design, [{ name: 'c', weights: [-1, 1, 0] }])).toThrow(/names that differ/);
    expect(() => contrastDesign(design, [{ name: 'x', weights: [1] }])).toThrow(/3 weights/);
  });
});

describe('moderate and topTable', () => {
  const rows = Array.from({ length: 30 }, (_, g) => [
    g,
    g + ((g * 37) % 11) / 9,
    g + ((g * 17) % 7) / 9,
    g + ((g * 5) % 13) / 9,
  ]);
  const fit = fitLinearModels(table(rows), groups);
  const contrasted = fitContrasts(fit, [{ name: 'b-a', weights: contrastVector(fit, { a: -1, b: 1 }) }]);

  it('adds prior to residual degrees of freedom, at most those of all genes', () => {
    const moderated = moderate(contrasted);
    expect(moderated.dfTotal[0]).toBeCloseTo(Math.min(2 + moderated.dfPrior, 60), 12);
    expect(moderated.dfPriorEach[0]).toBe(moderated.dfPrior);
  });

  it('reads one contrast as columns', () => {
    const moderated = moderate(contrasted);
    expect(topTable(moderated)).toEqual(topTable(moderated, 'b-a'));
    expect(topTable(moderated).gene).toHaveLength(30);
    expect(() => topTable(moderated, 'c')).toThrow(/"c".*b-a/);
    expect(() => topTable(moderate(fit))).toThrow(/a, b/);
  });

  it('leaves genes without an estimate out of the adjustment', () => {
    const holed = fitLinearModels(table([...rows, [NaN, NaN, 1, 2]]), groups);
    const pair = [{ name: 'b-a', weights: contrastVector(holed, { a: -1, b: 1 }) }];
    const result = topTable(moderate(fitContrasts(holed, pair)));
    expect(result.pValue[30]).toBeNaN();
    expect(result.pAdjusted[30]).toBeNaN();
    expect(result.pAdjusted[0]).toBeGreaterThan(0);
    expect(result.logOdds[30]).toBeNaN();
  });

  it('cannot moderate without replicates, and says what is missing', () => {
    const each = groupDesign([{ name: '', levels: ['a', 'b'] }]);
    expect(() =>
      moderate(
        fitLinearModels(
          table([
            [1, 2],
            [2, 4],
          ]),
          each,
        ),
      ),
    ).toThrow(/replicates/);
    expect(() => moderate(contrasted, { proportion: 1 })).toThrow(/share of changed genes/);
  });
});

describe('voom', () => {
  const rows = Array.from({ length: 40 }, (_, g) => [1, 2, 3, 4].map((s) => ((g * 13 + s * 7) % 29) * (g + 1)));

  it('returns the weighted fit of its own weights', () => {
    const { expression, weights, fit } = voom(table([[0, 0, 0, 0], ...rows]), groups);
    expect(fit).toEqual(fitLinearModels(expression, groups, { weights }));
    expect(weights.every((weight) => weight > 0)).toBe(true);
  });

  it('weighs all observations alike when nothing is replicated', () => {
    const each = groupDesign([{ name: '', levels: ['a', 'b', 'c', 'd'] }]);
    const { weights, trend } = voom(table(rows), each);
    expect(weights.every((weight) => weight === 1)).toBe(true);
    expect(trend.x).toHaveLength(0);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => voom(table([[1, 2, 3, 4]]), groups)).toThrow(/at least two genes/);
    expect(() =>
      voom(
        table([
          [1, 2],
          [3, 4],
        ]),
        groups,
      ),
    ).toThrow(/design rows/);
    expect(() => voom(table(rows), groups, { librarySizes: [1] })).toThrow(/library sizes/);
    expect(() =>
      voom(
        table([
          [1, 2, 3, -4],
          [1, 1, 1, 1],
        ]),
        groups,
      ),
    ).toThrow(/not a count/);
  });
});
