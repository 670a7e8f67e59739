import { describe, expect, it } from 'vitest';
import { readReferenceJson, worstDifference } from '../../../../tests/support/reference.js';
import * as distributions from './distributions.js';
import { clopperPearson, signTest } from './exact-binomial.js';
import { gaussLegendre } from './gauss-legendre.js';
import { hypergeometricUpper, logHypergeometricUpper } from './hypergeometric.js';
import { logFUpper, logStudentUpper, studentUpperQuantile } from './log-tails.js';
import { benjaminiHochberg } from './multiple-testing.js';
import { quantile } from './quantile.js';
import { tetragamma, trigammaInverse } from './trigamma-inverse.js';

/**
 * R 4.2.2 (reference/distributions/distributions.R, 15 digits) and, for t and F, mpmath with 40 digits (tails.py): R's own
 * qf, qt and log tails lose digits far out. Each row is the arguments and, last, the value.
 */
type Rows = readonly (readonly number[])[];
const expected = readReferenceJson<
  Record<string, Rows> & {
    readonly gaussLegendre: { readonly nodes: readonly number[]; readonly weights: readonly number[] };
    readonly bh: { readonly p: readonly (number | null)[]; readonly adjusted: readonly (number | null)[] };
  }
>('distributions/expected.json');

const tails = readReferenceJson<Record<string, Rows>>('distributions/tails.json');

const functions: Record<string, readonly [(...args: number[]) => number, number]> = {
  normalUpper: [distributions.normalUpper, 1e-12],
  normalQuantile: [distributions.normalQuantile, 1e-12],
  studentTwoSided: [distributions.studentTwoSided, 1e-12],
  studentQuantile: [distributions.studentQuantile, 1e-12],
  fUpper: [distributions.fUpper, 1e-12],
  fCdf: [distributions.fCdf, 1e-12],
  fQuantile: [distributions.fQuantile, 1e-12],
  fUpperQuantile: [distributions.fUpperQuantile, 1e-12],
  logFUpper: [logFUpper, 1e-12],
  logStudentUpper: [logStudentUpper, 1e-12],
  studentUpperQuantile: [studentUpperQuantile, 1e-12],
  chiSquaredUpper: [distributions.chiSquaredUpper, 1e-12],
  chiSquaredQuantile: [distributions.chiSquaredQuantile, 1e-12],
  betaQuantile: [distributions.betaQuantile, 1e-12],
  betaUpper: [distributions.betaUpper, 1e-12],
  trigammaInverse: [trigammaInverse, 1e-12],
  tetragamma: [tetragamma, 1e-12],
};

describe('tails and quantiles', () => {
  it.each(Object.entries(functions))('%s equals R', (name, [method, tolerance]) => {
    const rows = (tails[name] ?? expected[name]) as Rows;
    const found = rows.map((row) => method(...row.slice(0, -1)));
    const wanted = rows.map((row) => row.at(-1) as number);
    expect(worstDifference(found, wanted)).toBeLessThan(tolerance);
  });

  it('the Gauss–Legendre rule equals statmod', () => {
    const rule = gaussLegendre(128);
    expect(worstDifference(rule.nodes, expected.gaussLegendre.nodes)).toBeLessThan(1e-11);
    expect(worstDifference(rule.weights, expected.gaussLegendre.weights)).toBeLessThan(1e-11);
  });
});

describe('small exact methods', () => {
  it('hypergeometric tails equal phyper', () => {
    // ln Γ of the population bounds the accuracy: about 1e-11 for tens of thousands.
    const plain = expected['hypergeometricUpper'] as Rows;
    const urn = ([, population, marked, drawn]: readonly number[]): {
      population: number;
      marked: number;
      drawn: number;
    } => ({
      population: population as number,
      marked: marked as number,
      drawn: drawn as number,
    });
    const found = plain.map((row) => hypergeometricUpper(row[0] as number, urn(row)));
    expect(
      worstDifference(
        found,
        plain.map((row) => row[4] as number),
      ),
    ).toBeLessThan(1e-9);
    const logs = expected['logHypergeometricUpper'] as Rows;
    const foundLogs = logs.map((row) => logHypergeometricUpper(row[0] as number, urn(row)));
    expect(
      worstDifference(
        foundLogs,
        logs.map((row) => row[4] as number),
      ),
    ).toBeLessThan(1e-10);
  });

  it('Clopper–Pearson intervals and the sign test equal binom.test', () => {
    for (const [successes, trials, level, low, high] of expected['clopperPearson'] as readonly (readonly [
      number,
      number,
      number,
      number,
      number,
    ])[]) {
      const interval = clopperPearson(successes, trials, { level });
      expect(worstDifference([interval.low, interval.high], [low, high])).toBeLessThan(1e-10);
    }
    for (const [positives, negatives, p] of expected['signTest'] as readonly (readonly [number, number, number])[]) {
      expect(signTest(positives, negatives)).toBeCloseTo(p, 12);
    }
  });

  it('quantiles and Benjamini–Hochberg equal R', () => {
    for (const [p, value] of expected['quantile'] as readonly (readonly [number, number])[]) {
      expect(quantile([3, 1, 4, 1, 5, 9, 2, 6], p)).toBeCloseTo(value, 14);
    }
    const p = expected.bh.p.map((value) => value ?? NaN);
    expect(worstDifference(benjaminiHochberg(p), expected.bh.adjusted)).toBeLessThan(1e-14);
  });
});
