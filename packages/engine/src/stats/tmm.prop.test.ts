import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExpressionMatrix, type ExpressionMatrix, selectGenes, selectSamples } from '../data/expression.js';
import { tmmFactors } from './tmm.js';

const nSamples = 4;
const counts: fc.Arbitrary<ExpressionMatrix> = fc
  .array(fc.tuple(...Array.from({ length: nSamples }, () => fc.nat(500))), { minLength: 12, maxLength: 60 })
  .map((rows) => [...rows, [1, 1, 1, 1]])
  .map((rows) =>
    createExpressionMatrix(
      rows.map((_, g) => `g${String(g)}`),
      ['a', 'b', 'c', 'd'],
      Float64Array.from(rows.flat()),
    ),
  );
const order = (n: number, from: number): number[] => Array.from({ length: n }, (_, i) => (i * 7 + from) % n);

describe('tmmFactors', () => {
  it('has product one', () => {
    fc.assert(
      fc.property(counts, (matrix) => {
        expect(tmmFactors(matrix).factors.reduce((a, b) => a * b, 1)).toBeCloseTo(1, 10);
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on the order of genes', () => {
    fc.assert(
      fc.property(counts, (matrix) => {
        const n = matrix.genes.length;
        fc.pre(n % 7 !== 0);
        const shuffled = tmmFactors(selectGenes(matrix, order(n, 3))).factors;
        tmmFactors(matrix).factors.forEach((factor, s) => {
          expect(shuffled[s]).toBeCloseTo(factor, 10);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('moves with its samples', () => {
    fc.assert(
      fc.property(counts, (matrix) => {
        const plain = tmmFactors(matrix, { referenceSample: 1 }).factors;
        const turned = tmmFactors(selectSamples(matrix, [1, 2, 3, 0]), { referenceSample: 0 }).factors;
        for (const [to, from] of [1, 2, 3, 0].entries()) expect(turned[to]).toBeCloseTo(plain[from] as number, 10);
      }),
      { numRuns: 50 },
    );
  });
});
