import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import type { Progress } from '../core/context.js';
import { createRng } from '../core/rng.js';
import { createActivityInput } from './activity-input.js';
import { consensus } from './consensus.js';
import { permutationMoments, standardise } from './permutation-moments.js';
import { regulatorTasks } from './regulator-tasks.js';
import { prepareNetwork } from './regulon-network.js';
import { weightedSum } from './weighted-sum.js';

const rng = createRng(12, 'weighted sum test');
const genes = Array.from({ length: 120 }, (_, g) => `G${String(g)}`);
const values = Float64Array.from(genes, () => rng.normal() + 0.5);
const network = prepareNetwork(
  ['X', 'Y'].flatMap((source, s) =>
    genes.slice(20 * s, 20 * s + 30).map((target) => ({ source, target, weight: rng.uniform() < 0.4 ? -1 : 1 })),
  ),
  genes,
);
const input = createActivityInput(genes, ['t'], values);
const context = inlineContext(regulatorTasks);

describe('weightedSum', () => {
  it('adds up weight times statistic', async () => {
    const { wsum } = await weightedSum(input, network, { permutations: 10 }, context);
    network.regulators.forEach((_, r) => {
      let sum = 0;
      for (let k = network.indptr[r]!; k < network.indptr[r + 1]!; k++) {
        sum += network.weights[k]! * values[network.indices[k]!]!;
      }
      expect(wsum.scores[r]).toBeCloseTo(sum, 12);
    });
  });

  it('standardises by drawn moments that approach the exact ones', async () => {
    const permutations = 20_000;
    const { normWsum } = await weightedSum(input, network, { permutations }, context);
    const exact = standardise(permutationMoments(network, values, new Uint32Array(genes.length)));
    exact.forEach((z, r) => {
      expect(Math.abs(normWsum.scores[r]! - z)).toBeLessThan(4 * Math.sqrt((1 + (z * z) / 2) / permutations));
    });
  });

  it('gives P values in range, none of them zero, a sum far out the smallest', async () => {
    const moved = values.map((value, g) => value + (g < 30 ? 4 : 0));
    const upward = prepareNetwork(
      genes.slice(0, 30).map((target) => ({ source: 'UP', target, weight: 1 })),
      genes,
    );
    const found = await weightedSum(createActivityInput(genes, ['t'], moved), upward, { permutations: 500 }, context);
    expect(found.wsum.pValues[0]).toBe(2 / 500);
    expect(found.normWsum.pValues).toEqual(found.wsum.pValues);
    const one = await weightedSum(input, network, { permutations: 1 }, context);
    expect([...one.wsum.pValues].every((p) => p > 0 && p <= 1)).toBe(true);
  });

  it('reports progress and stops when asked', async () => {
    const seen: Progress[] = [];
    const listening = { ...context, onProgress: (progress: Progress) => seen.push(progress) };
    await weightedSum(input, network, { permutations: 250 }, listening);
    expect(seen[0]).toEqual({ stage: 'regulators: weighted sum', done: 0, total: 3, unit: 'blocks' });
    const stopped = { ...context, signal: { aborted: true } };
    await expect(weightedSum(input, network, {}, stopped as typeof context)).rejects.toThrow(/Stopped/);
  });

  it('refuses missing statistics and a bad number of permutations', async () => {
    const holes = createActivityInput(
      genes,
      ['t'],
      values.map((value, g) => (g === 7 ? NaN : value)),
    );
    await expect(weightedSum(holes, network, {}, context)).rejects.toThrow(/row 8/);
    await expect(weightedSum(input, network, { permutations: 1.5 }, context)).rejects.toThrow(/permutations/);
  });
});

describe('consensus', () => {
  const scores = (values: number[]) => ({
    method: 'ulm' as const,
    regulators: ['A', 'B', 'C'],
    names: ['t'],
    scores: Float64Array.from(values),
    pValues: new Float64Array(3),
  });

  it('scales each sign apart and averages what there is', () => {
    const { scores: found } = consensus([scores([3, -1, 4]), scores([1, NaN, -2])]);
    // Positive scores 3 and 4: sd of 3, 4 and their mirror images √(2 · 25 / 3); lone scores become ±1 / √2.
    const up = Math.sqrt(50 / 3);
    expect(found[0]).toBeCloseTo((3 / up + Math.SQRT1_2) / 2, 12);
    expect(found[1]).toBeCloseTo(-Math.SQRT1_2, 12);
    expect(found[2]).toBeCloseTo((4 / up - Math.SQRT1_2) / 2, 12);
  });

  it('counts zero as zero', () => {
    expect(consensus([scores([0, 2, -2])]).scores[0]).toBe(0);
  });

  it('refuses nothing, and activities of other regulators', () => {
    expect(() => consensus([])).toThrow(/at least one method/);
    expect(() => consensus([scores([1, 2, 3]), { ...scores([1, 2, 3]), regulators: ['A', 'B', 'D'] }])).toThrow(
      /not of the same/,
    );
  });
});
