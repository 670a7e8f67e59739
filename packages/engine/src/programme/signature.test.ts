import { describe, expect, it } from 'vitest';
import { plantedStudy } from '../../../../tests/support/planted-study.js';
import { normalizeInput } from './input.js';
import { scoreSignature } from './score-signature.js';
import { overlapOf, signature } from './signature.js';

describe('signature', () => {
  const genes = ['a', 'b', 'c', 'd', 'e', 'f'];

  it('takes the surest genes of either sign, best first, ties by name', () => {
    const t = Float64Array.of(1, 3, 3, -2, -5, 0.5);
    expect(signature(genes, t, { size: 2 })).toEqual({ up: ['b', 'c'], down: ['e', 'd'] });
  });

  it('never lists a gene against its sign, nor one without a t', () => {
    const t = Float64Array.of(1, NaN, NaN, 2, 3, -1);
    expect(signature(genes, t, { size: 4 })).toEqual({ up: ['e', 'd', 'a'], down: ['f'] });
  });

  it('counts shared genes and checks its size', () => {
    expect(overlapOf(['a', 'b'], ['b', 'c'])).toBe(1);
    expect(() => signature(genes, new Float64Array(6), { size: 0 })).toThrow('whole number of genes');
  });
});

describe('signature score', () => {
  const planted = plantedStudy([
    { patient: 'A', untreated: 3, residual: 3 },
    { patient: 'B', untreated: 0, residual: 2 },
  ]);
  const input = normalizeInput(planted.input);

  it('is zero on average over the reference stage of each patient and high where the programme is', () => {
    const { score, nUp, nDown } = scoreSignature(input, planted, { reference: 'untreated' });
    expect([nUp, nDown]).toEqual([20, 15]);
    const untreated = [...score].filter((_, s) => input.patient[s] === 'A' && input.stage[s] === 'untreated');
    expect(untreated.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
    const residual = [...score].filter((_, s) => input.patient[s] === 'A' && input.stage[s] === 'residual');
    // 1.5 up and 1.5 down, less what the library total takes up.
    for (const value of residual) expect(Math.abs(value - 3)).toBeLessThan(0.5);
  });

  it('has no zero, and so no score, without a reference sample', () => {
    const { score } = scoreSignature(input, planted, { reference: 'untreated' });
    expect([...score].filter((_, s) => input.patient[s] === 'B').every(Number.isNaN)).toBe(true);
  });

  it('uses one side when the other is empty, and refuses when both are', () => {
    const oneSided = scoreSignature(input, { up: planted.up, down: [] }, { reference: 'untreated' });
    expect(oneSided.nDown).toBe(0);
    expect(() => scoreSignature(input, { up: ['X'], down: [] }, { reference: 'untreated' })).toThrow(
      'None of the signature genes is in this study.',
    );
  });
});
