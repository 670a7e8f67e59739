import { describe, expect, it } from 'vitest';
import { callCells } from './call-cells.js';

describe('calls at a false-discovery rate', () => {
  const probability = Float64Array.of(0.99, 0.2, 0.97, 0.9, 0.8, 0.55, NaN, 0.999);

  it('calls the most probable cells while the mean error stays at the rate', () => {
    const called = new Uint8Array(probability.length);
    const call = callCells(probability, [0, 1, 2, 3, 4, 5], { fdr: 0.05, called, expectedNulls: null });
    // Errors 0.01, 0.03, 0.1: means 0.01, 0.02, 0.047; the next makes 0.085. Cell 7 is not in the sample.
    expect([...called]).toEqual([1, 0, 1, 1, 0, 0, 0, 0]);
    expect(call).toMatchObject({ nCalled: 3, threshold: 0.9 });
    expect(call.expectedFdr).toBeCloseTo(0.14 / 3, 12);
  });

  it('never calls a cell that is more likely not to be one', () => {
    const called = new Uint8Array(3);
    callCells(Float64Array.of(1, 0.45, 1), [0, 1, 2], { fdr: 0.4, called, expectedNulls: null });
    expect([...called]).toEqual([1, 0, 1]);
  });

  it('stops earlier where untreated cells would be called as well', () => {
    const called = new Uint8Array(3);
    const expectedNulls = (p: number): number => (p < 0.98 ? 1 : 0);
    const call = callCells(Float64Array.of(0.99, 0.97, 0.999), [0, 1, 2], { fdr: 0.05, called, expectedNulls });
    expect([...called]).toEqual([1, 0, 1]);
    expect(call.threshold).toBe(0.99);
  });

  it('calls nothing where nothing is sure', () => {
    const call = callCells(Float64Array.of(0.6, 0.7), [0, 1], {
      fdr: 0.05,
      called: new Uint8Array(2),
      expectedNulls: null,
    });
    expect(call).toEqual({ nCalled: 0, threshold: null, expectedFdr: null });
  });
});
