import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { dipTest, leastDipPValue } from './dip-test.js';

interface Sample {
  readonly name: string;
  readonly values: readonly number[];
  readonly dip: number;
  readonly p: number;
}

const url = new URL('../../../../../reference/dip-test/samples.json', import.meta.url);
const samples = JSON.parse(readFileSync(url, 'utf8')) as readonly Sample[];

describe('dipTest', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('%s: as diptest', (_, { values, dip, p }) => {
    const found = dipTest(values);
    // Same arithmetic in another order.
    expect(Math.abs(found.dip - dip)).toBeLessThan(1e-12);
    // Both tables are simulated; P values from one half on are not told apart.
    const expected = Math.min(0.5, Math.max(leastDipPValue, p));
    expect(Math.abs(found.pValue - expected)).toBeLessThan(0.03);
  });

  it('is 1 / (2n) for equal steps and a quarter for two points', () => {
    expect(dipTest([0, 1, 2, 3, 4, 5, 6, 7]).dip).toBeCloseTo(1 / 16, 12);
    const halves = Array.from({ length: 400 }, (_, i) => (i < 200 ? 0 : 1) + i * 1e-9);
    expect(dipTest(halves).dip).toBeCloseTo(0.25, 2);
  });

  it('is kept by shifting, scaling, turning round and order', () => {
    const rng = createRng(3, 'dip');
    const values = Array.from({ length: 150 }, () => rng.normal() + (rng.uniform() < 0.5 ? 3 : 0));
    const { dip } = dipTest(values);
    expect(dipTest(values.map((x) => 5 - 2 * x)).dip).toBeCloseTo(dip, 12);
    expect(dipTest([...values].reverse()).dip).toBe(dip);
  });

  it('rejects in one uniform sample of twenty at most', () => {
    const rng = createRng(4, 'dip/null');
    const draws = Array.from({ length: 400 }, () => dipTest(Array.from({ length: 120 }, () => rng.uniform())).pValue);
    // 400 draws at 5 %: 20 expected, standard deviation 4.4.
    expect(draws.filter((p) => p <= 0.05).length).toBeLessThan(34);
    expect(draws.filter((p) => p <= 0.05).length).toBeGreaterThan(6);
  });

  it('refuses fewer than four values', () => {
    expect(() => dipTest([1, 2, 3])).toThrow(/at least four/);
  });
});
