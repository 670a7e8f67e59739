import { describe, expect, it } from 'vitest';
import { createExpressionMatrix, type ExpressionMatrix } from '../data/expression.js';
import { logCpm } from './log-cpm.js';
import { columnSums, tmmFactors } from './tmm.js';

const names = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => prefix + String(i + 1));
function table(rows: readonly (readonly number[])[]): ExpressionMatrix {
  return createExpressionMatrix(
    names('g', rows.length),
    names('s', rows[0]?.length ?? 0),
    Float64Array.from(rows.flat()),
  );
}
const body = Array.from({ length: 100 }, (_, g) => [20 + g, 40 + 2 * g]);

describe('tmmFactors', () => {
  it('is one for samples of the same composition, whatever their depth', () => {
    const { factors, librarySizes } = tmmFactors(table(body));
    expect(librarySizes[1]).toBe(2 * (librarySizes[0] as number));
    expect(Array.from(factors)).toEqual([1, 1]);
  });

  it('undoes the composition effect of a few dominant genes', () => {
    const { librarySizes, factors } = tmmFactors(table([...body, [0, 100_000]]));
    const effective = librarySizes.map((size, s) => size * (factors[s] as number));
    expect((effective[1] as number) / (effective[0] as number)).toBeCloseTo(2, 10);
    expect((factors[0] as number) * (factors[1] as number)).toBeCloseTo(1, 14);
  });

  it('ignores genes without counts and takes given library sizes', () => {
    const given = { librarySizes: [1e6, 2e6] };
    const with0 = tmmFactors(table([[0, 0], ...body, [3, 100], [0, 0]]), given);
    expect(with0.factors).toEqual(tmmFactors(table([...body, [3, 100]]), given).factors);
    expect(Array.from(with0.librarySizes)).toEqual([1e6, 2e6]);
  });

  it('is one for a single sample', () => {
    expect(Array.from(tmmFactors(table([[3], [4]])).factors)).toEqual([1]);
  });

  it('is one between samples that share no gene', () => {
    expect(
      Array.from(
        tmmFactors(
          table([
            [5, 0],
            [0, 5],
          ]),
        ).factors,
      ),
    ).toEqual([1, 1]);
  });

  it('names the gene and sample of a value that is no count', () => {
    expect(() =>
      tmmFactors(
        table([
          [1, 2],
          [3, -1],
        ]),
      ),
    ).toThrow(/column "s2": Gene "g2".*Found -1/);
    expect(() => columnSums(table([[NaN]]))).toThrow(/Found NaN/);
  });

  it('names a sample without counts', () => {
    expect(() =>
      tmmFactors(
        table([
          [1, 0],
          [3, 0],
        ]),
      ),
    ).toThrow(/column "s2".*without counts/);
  });

  it('refuses a reference or sizes that do not fit', () => {
    expect(() => tmmFactors(table(body), { referenceSample: 7 })).toThrow(/Found 7/);
    expect(() => tmmFactors(table(body), { librarySizes: [1] })).toThrow(/one library size per sample/);
  });
});

describe('logCpm', () => {
  it('gives zero counts the same value in every sample', () => {
    const { values } = logCpm(table([[0, 0], ...body]));
    expect(values[0]).toBeCloseTo(values[1] as number, 12);
  });

  it('refuses a prior of zero and sizes that do not fit', () => {
    expect(() => logCpm(table(body), { prior: 0 })).toThrow(/prior/);
    expect(() => logCpm(table(body), { librarySizes: [1, 0] })).toThrow(/library size above zero/);
  });
});
