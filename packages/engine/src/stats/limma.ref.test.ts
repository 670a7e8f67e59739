import { describe, expect, it } from 'vitest';
import { readReference, readReferenceJson, worstDifference } from '../../../../tests/support/reference.js';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import { contrastDesign } from './contrast-design.js';
import { fitContrasts } from './contrasts.js';
import { contrastVector, designFromColumns, groupDesign } from './design-matrix.js';
import { type ModeratedFit, moderate } from './empirical-bayes.js';
import { fitLinearModels } from './linear-models.js';
import { logCpm } from './log-cpm.js';
import { lowess } from './lowess.js';
import { removeBatchEffect } from './remove-batch-effect.js';
import { squeezeVariances } from './squeeze-variances.js';
import { tmmFactors } from './tmm.js';
import { voom } from './voom.js';

/**
 * limma 3.54.1 and edgeR 3.40.2 on a simulated study of 200 genes × 14 samples (reference/limma/limma.R). Expected values have
 * 15 digits; tolerances leave room for rounding carried through the fits. Robust priors allow 1e-5, because R finds theirs
 * to 1e-8 of d/(1 + d) only.
 */
type Numbers = readonly (number | null)[];
interface Moderated {
  readonly t: Numbers;
  readonly pValue: Numbers;
  readonly pAdjusted: Numbers;
  readonly logOdds: Numbers;
  readonly s2Posterior: Numbers;
  readonly s2Prior: number;
  readonly dfPrior: number | Numbers;
  readonly dfTotal: Numbers;
}
interface Squeezed {
  readonly posterior: Numbers;
  readonly prior: number;
  readonly dfPrior: number | Numbers;
}
interface Expected {
  readonly design: { readonly columns: readonly string[]; readonly values: Numbers };
  readonly tmm: Record<'librarySizes' | 'factors' | 'options' | 'sparse' | 'sparseCounts', readonly number[]>;
  readonly logCpm: Record<'values' | 'prior5', Numbers>;
  readonly voom: Record<'expression' | 'weights' | 'trendX' | 'trendY', Numbers>;
  readonly fit: Record<
    'coefficients' | 'stdevUnscaled' | 'sigma' | 'dfResidual' | 'averageExpression' | 'covariance',
    Numbers
  >;
  readonly contrasts: Record<'coefficients' | 'stdevUnscaled' | 'covariance', Numbers>;
  readonly exact: Record<'coefficients' | 'stdevUnscaled' | 'sigma', Numbers>;
  readonly moderate: Moderated;
  readonly moderateRobust: Moderated;
  readonly moderatePlain: Moderated;
  readonly missing: Record<
    'expression' | 'coefficients' | 'stdevUnscaled' | 'sigma' | 'dfResidual',
    readonly (number | 'NA' | null)[]
  >;
  readonly zeroWeights: {
    readonly coefficients: Numbers;
    readonly stdevUnscaled: Numbers;
    readonly sigma: number;
    readonly dfResidual: number;
  };
  readonly squeeze: Record<'variances' | 'df' | 'chance' | 'outlier' | 'tight' | 'tightOutlier', readonly number[]> &
    Record<
      'plain' | 'robust' | 'wide' | 'chancePlain' | 'outlierPlain' | 'outlierRobust' | 'tightPlain' | 'tightRobust',
      Squeezed
    >;
  readonly batch: Record<'withDesign' | 'withoutDesign', Numbers>;
  readonly lowess: Record<'x' | 'y', readonly number[]> &
    Record<'default' | 'half' | 'plain' | 'every', Record<'x' | 'y', Numbers>>;
}

const expected = readReferenceJson<Expected>('limma/expected.json');
const csv = (name: string): string[][] =>
  readReference(`limma/${name}`)
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const sheet = csv('samples.csv');
const samples = sheet.map((row) => row[0] as string);
const patients = sheet.map((row) => row[1] as string);
const stages = sheet.map((row) => row[2] as string);
const table = csv('counts.csv');
const counts = createExpressionMatrix(
  table.map((row) => row[0] as string),
  samples,
  Float64Array.from(table.flatMap((row) => row.slice(1).map(Number))),
);
const design = groupDesign([
  { name: 'stage', levels: stages, order: ['u', 'r', 'l'] },
  { name: 'patient', levels: patients },
]);
const tmm = tmmFactors(counts);
const librarySizes = tmm.librarySizes.map((size, s) => size * (tmm.factors[s] as number));
const voomed = voom(counts, design, { librarySizes });
const contrasts = [
  { name: 'residual', weights: contrastVector(design, { stager: 1, stageu: -1 }) },
  { name: 'relapse', weights: contrastVector(design, { stagel: 1, stageu: -1 }) },
  { name: 'patient', weights: contrastVector(design, { patientp2: 1, patientp3: -0.5, patientp4: -0.5 }) },
];
const contrasted = fitContrasts(voomed.fit, contrasts);
const withValues = (matrix: ExpressionMatrix, values: Numbers): ExpressionMatrix =>
  createExpressionMatrix(
    matrix.genes,
    matrix.samples,
    Float64Array.from(values, (v) => v ?? NaN),
  );

describe('design', () => {
  it('equals model.matrix(~0 + stage + patient)', () => {
    expect(design.columns).toEqual(expected.design.columns);
    expect(Array.from(design.values)).toEqual(expected.design.values);
  });
});

describe('TMM and log CPM', () => {
  it('has the factors of calcNormFactors', () => {
    expect(worstDifference(tmm.librarySizes, expected.tmm.librarySizes)).toBe(0);
    expect(worstDifference(tmm.factors, expected.tmm.factors)).toBeLessThan(1e-13);
  });

  it('has them with other trims, no weights and a given reference', () => {
    const options = { logRatioTrim: 0.2, sumTrim: 0.1, doWeighting: false, referenceSample: 4 };
    expect(worstDifference(tmmFactors(counts, options).factors, expected.tmm.options)).toBeLessThan(1e-13);
  });

  it('falls back to square roots for the reference of sparse counts', () => {
    const sparse = withValues(counts, expected.tmm.sparseCounts);
    expect(worstDifference(tmmFactors(sparse).factors, expected.tmm.sparse)).toBeLessThan(1e-13);
  });

  it('has the values of cpm(log = TRUE)', () => {
    expect(worstDifference(logCpm(counts, { librarySizes }).values, expected.logCpm.values)).toBeLessThan(1e-12);
    const prior5 = logCpm(counts, { prior: 5 }).values.subarray(0, 70);
    expect(worstDifference(prior5, expected.logCpm.prior5)).toBeLessThan(1e-12);
  });
});

describe('lowess', () => {
  const { x, y } = expected.lowess;
  it.each([
    ['default', {}],
    ['half', { span: 0.5 }],
    ['plain', { span: 0.3, iterations: 0 }],
    ['every', { span: 0.4, delta: 0 }],
  ] as const)('has the last digits of R: %s', (name, options) => {
    const curve = lowess(x, y, options);
    expect(worstDifference(curve.x, expected.lowess[name].x)).toBe(0);
    expect(worstDifference(curve.y, expected.lowess[name].y, { floor: 1 })).toBeLessThan(5e-15);
  });
});

describe('voom and linear models', () => {
  it('has the log counts, trend and weights of voom', () => {
    expect(worstDifference(voomed.expression.values, expected.voom.expression)).toBeLessThan(1e-13);
    expect(worstDifference(voomed.trend.x, expected.voom.trendX)).toBeLessThan(1e-13);
    expect(worstDifference(voomed.trend.y, expected.voom.trendY)).toBeLessThan(1e-12);
    expect(worstDifference(voomed.weights, expected.voom.weights)).toBeLessThan(1e-11);
  });

  it('has the weighted fit of lmFit', () => {
    const { fit } = voomed;
    expect(worstDifference(fit.coefficients, expected.fit.coefficients)).toBeLessThan(1e-10);
    expect(worstDifference(fit.stdevUnscaled, expected.fit.stdevUnscaled)).toBeLessThan(1e-12);
    expect(worstDifference(fit.sigma, expected.fit.sigma)).toBeLessThan(1e-12);
    expect(worstDifference(fit.dfResidual, expected.fit.dfResidual)).toBe(0);
    expect(worstDifference(fit.averageExpression, expected.fit.averageExpression)).toBeLessThan(1e-13);
    expect(worstDifference(fit.covariance, expected.fit.covariance, { floor: 1e-3 })).toBeLessThan(1e-12);
  });

  it('has the contrasts of contrasts.fit, with its approximation', () => {
    expect(worstDifference(contrasted.coefficients, expected.contrasts.coefficients)).toBeLessThan(1e-9);
    expect(worstDifference(contrasted.stdevUnscaled, expected.contrasts.stdevUnscaled)).toBeLessThan(1e-12);
    expect(worstDifference(contrasted.covariance, expected.contrasts.covariance)).toBeLessThan(1e-12);
  });

  it('has the exact contrasts of contrastAsCoef', () => {
    const fit = fitLinearModels(voomed.expression, contrastDesign(design, contrasts), { weights: voomed.weights });
    const firstThree = (table: Float64Array): Float64Array => table.filter((_, k) => k % design.columns.length < 3);
    expect(fit.columns.slice(0, 3)).toEqual(['residual', 'relapse', 'patient']);
    expect(worstDifference(firstThree(fit.coefficients), expected.exact.coefficients)).toBeLessThan(1e-9);
    expect(worstDifference(firstThree(fit.stdevUnscaled), expected.exact.stdevUnscaled)).toBeLessThan(1e-12);
    expect(worstDifference(fit.sigma, expected.exact.sigma)).toBeLessThan(1e-12);
  });

  it('leaves missing values out gene by gene', () => {
    const numbers = (values: readonly (number | 'NA' | null)[]): Numbers => values.map((v) => (v === 'NA' ? null : v));
    const { missing } = expected;
    const matrix = createExpressionMatrix(
      ['a', 'b', 'c'],
      samples,
      Float64Array.from(numbers(missing.expression), (v) => v ?? NaN),
    );
    const fit = fitLinearModels(matrix, design);
    expect(worstDifference(fit.coefficients, numbers(missing.coefficients))).toBeLessThan(1e-11);
    expect(worstDifference(fit.stdevUnscaled, numbers(missing.stdevUnscaled))).toBeLessThan(1e-11);
    expect(worstDifference(fit.sigma, numbers(missing.sigma))).toBeLessThan(1e-11);
    expect(worstDifference(fit.dfResidual, numbers(missing.dfResidual))).toBe(0);
  });

  it('leaves out samples of weight zero', () => {
    const weights = voomed.weights.slice();
    weights.set([0], 4 * samples.length + 1);
    weights.set([0], 4 * samples.length + 5);
    const fit = fitLinearModels(voomed.expression, design, { weights });
    const { zeroWeights } = expected;
    expect(worstDifference(fit.coefficients.subarray(24, 30), zeroWeights.coefficients)).toBeLessThan(1e-11);
    expect(worstDifference(fit.stdevUnscaled.subarray(24, 30), zeroWeights.stdevUnscaled)).toBeLessThan(1e-11);
    expect(fit.sigma[4]).toBeCloseTo(zeroWeights.sigma, 11);
    expect(fit.dfResidual[4]).toBe(zeroWeights.dfResidual);
  });
});

describe('moderation', () => {
  const check = (found: ModeratedFit, reference: Moderated, tolerance: number): void => {
    // Genes without any count have a change of zero up to rounding, and so has their t.
    expect(worstDifference(found.t, reference.t, { floor: 1e-3 })).toBeLessThan(tolerance);
    for (const name of ['pValue', 'pAdjusted', 's2Posterior', 'dfTotal'] as const) {
      expect(worstDifference(found[name], reference[name]), name).toBeLessThan(tolerance);
    }
    expect(worstDifference(found.logOdds, reference.logOdds, { floor: 1 })).toBeLessThan(tolerance);
    expect(worstDifference([found.s2Prior], [reference.s2Prior])).toBeLessThan(tolerance);
    const dfPrior = typeof reference.dfPrior === 'number' ? [found.dfPrior] : found.dfPriorEach;
    const wanted = typeof reference.dfPrior === 'number' ? [reference.dfPrior] : reference.dfPrior;
    expect(worstDifference(dfPrior, wanted)).toBeLessThan(tolerance);
  };

  it('equals eBayes of the weighted fit', () => {
    check(moderate(contrasted), expected.moderate, 1e-9);
  });

  it('equals eBayes of an unweighted fit', () => {
    const fit = fitLinearModels(logCpm(counts, { librarySizes }), design);
    check(moderate(fitContrasts(fit, contrasts)), expected.moderatePlain, 1e-9);
  });

  it('equals eBayes(robust = TRUE)', () => {
    check(moderate(contrasted, { robust: true }), expected.moderateRobust, 1e-5);
  });
});

describe('squeezeVariances', () => {
  const { squeeze } = expected;
  const infinite = (value: number | null): number => (value === -1 ? Infinity : (value ?? NaN));
  it.each([
    ['plain', squeeze.variances, squeeze.df, {}, 1e-11],
    ['robust', squeeze.variances, squeeze.df, { robust: true }, 1e-5],
    ['wide', squeeze.variances, squeeze.df, { robust: true, winsorTail: [0.1, 0.2] }, 1e-5],
    ['chancePlain', squeeze.chance, 6, {}, 1e-11],
    ['outlierPlain', squeeze.outlier, 6, {}, 1e-11],
    ['outlierRobust', squeeze.outlier, 6, { robust: true }, 1e-5],
    ['tightPlain', squeeze.tight, 6, {}, 1e-11],
    ['tightRobust', squeeze.tightOutlier, 6, { robust: true }, 1e-5],
  ] as const)('equals squeezeVar: %s', (name, variances, df, options, tolerance) => {
    const found = squeezeVariances(variances, df, options);
    const reference = squeeze[name];
    expect(worstDifference(found.posterior, reference.posterior)).toBeLessThan(tolerance);
    expect(worstDifference([found.prior], [reference.prior])).toBeLessThan(tolerance);
    const own = typeof reference.dfPrior === 'number' ? [found.dfPrior] : found.dfPriorEach;
    const wanted = typeof reference.dfPrior === 'number' ? [reference.dfPrior] : reference.dfPrior;
    expect(worstDifference(own, wanted.map(infinite))).toBeLessThan(tolerance);
  });
});

describe('removeBatchEffect', () => {
  it('equals limma with and without a kept design', () => {
    const matrix = logCpm(counts, { librarySizes });
    const one = new Float64Array(samples.length).fill(1);
    const is = (level: string): Float64Array => Float64Array.from(stages, (stage) => (stage === level ? 1 : 0));
    const kept = designFromColumns(['mean', 'r', 'l'], [one, is('r'), is('l')]);
    const withDesign = removeBatchEffect(matrix, { batch: patients, design: kept });
    expect(worstDifference(withDesign.expression.values.subarray(0, 700), expected.batch.withDesign)).toBeLessThan(
      1e-11,
    );
    const without = removeBatchEffect(matrix, { batch: patients });
    expect(worstDifference(without.expression.values.subarray(0, 700), expected.batch.withoutDesign)).toBeLessThan(
      1e-11,
    );
    expect(withDesign.confounded).toEqual([]);
  });
});
