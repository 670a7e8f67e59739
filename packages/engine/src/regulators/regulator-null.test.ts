import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { createRng, shuffleInPlace } from '../core/rng.js';
import { createActivityInput } from './activity-input.js';
import { expressionBins } from './expression-bins.js';
import { permutationMoments } from './permutation-moments.js';
import { regulatorNull } from './regulator-null.js';
import { regulatorTasks } from './regulator-tasks.js';
import { prepareNetwork } from './regulon-network.js';

const context = inlineContext(regulatorTasks);
const geneNames = (n: number): string[] => Array.from({ length: n }, (_, g) => `G${String(g).padStart(4, '0')}`);

/** Every permutation of the positions 0 … n − 1. */
function permutationsOf(n: number): number[][] {
  if (n === 0) return [[]];
  return permutationsOf(n - 1).flatMap((rest) =>
    Array.from({ length: n }, (_, i) => [...rest.slice(0, i), n - 1, ...rest.slice(i)]),
  );
}

describe('regulatorNull', () => {
  const genes = geneNames(7);
  const values = Float64Array.of(2.1, -0.4, 1.7, 0.3, -1.2, 0.9, -2.2);
  const edges: readonly (readonly [string, readonly number[], number])[] = [
    ['X', [0, 2], 1],
    ['Y', [1, 4, 6], -1],
    ['Z', [0, 3], 0.5],
  ];
  const network = prepareNetwork(
    edges.flatMap(([source, targets, weight]) => targets.map((g) => ({ source, target: genes[g]!, weight }))),
    genes,
    { minimumSize: 1 },
  );
  const sums = (order: readonly number[]): number[] =>
    edges.map(([, targets, weight]) => targets.reduce((sum, g) => sum + weight * values[order[g]!]!, 0));

  it('agrees with all 5,040 labellings', async () => {
    const permutations = 20_000;
    const found = await regulatorNull(createActivityInput(genes, ['t'], values), network, { permutations }, context);
    const all = permutationsOf(7).map(sums);
    const observed = sums([0, 1, 2, 3, 4, 5, 6]);
    const means = observed.map((_, r) => all.reduce((total, draw) => total + draw[r]!, 0) / all.length);
    const sds = observed.map((_, r) =>
      Math.sqrt(all.reduce((total, draw) => total + (draw[r]! - means[r]!) ** 2, 0) / all.length),
    );
    const standardised = all.map((draw) => draw.map((sum, r) => (sum - means[r]!) / sds[r]!));
    const share = (holds: (z: number[]) => boolean): number => standardised.filter(holds).length / all.length;
    // Four Monte-Carlo standard errors at P = 0.5.
    const tolerance = 4 * Math.sqrt(0.25 / permutations);
    observed.forEach((sum, r) => {
      const z = (sum - means[r]!) / sds[r]!;
      const near = (value: number, expected: number): void => {
        expect(Math.abs(value - expected)).toBeLessThan(tolerance);
      };
      expect(found.z[r]).toBeCloseTo(z, 12);
      near(
        found.pUpper[r]!,
        share((draw) => draw[r]! >= z - 1e-9),
      );
      near(
        found.pLower[r]!,
        share((draw) => draw[r]! <= z + 1e-9),
      );
      near(
        found.pValue[r]!,
        share((draw) => Math.abs(draw[r]!) >= Math.abs(z) - 1e-9),
      );
      near(
        found.pFamilyWise[r]!,
        share((draw) => Math.max(...draw.map(Math.abs)) >= Math.abs(z) - 1e-9),
      );
      const pooled = standardised.flat().filter((draw) => Math.abs(draw) >= Math.abs(z) - 1e-9).length;
      near(found.pPooled[r]!, pooled / (all.length * observed.length));
    });
  });

  it('does not depend on how permutations are shared out, and repeats', async () => {
    const input = createActivityInput(genes, ['t'], values);
    const first = await regulatorNull(input, network, { permutations: 250 }, context);
    expect(await regulatorNull(input, network, { permutations: 250 }, context)).toEqual(first);
    const other = await regulatorNull(input, network, { permutations: 250 }, inlineContext(regulatorTasks, 2));
    expect(other.z).toEqual(first.z);
    expect(other.pValue).not.toEqual(first.pValue);
  });

  it('compares genes with genes of like expression', async () => {
    // The statistic follows expression and nothing else; the regulon is made of abundant genes.
    const many = geneNames(1000);
    const rng = createRng(3, 'expression');
    const average = Float64Array.from(many, (_, g) => g / 100);
    const trend = average.map((level) => level + rng.normal());
    const abundant = prepareNetwork(
      many.slice(900, 940).map((target) => ({ source: 'X', target, weight: 1 })),
      many,
    );
    const input = createActivityInput(many, ['t'], trend);
    const free = await regulatorNull(input, abundant, { permutations: 200 }, context);
    const matched = await regulatorNull(input, abundant, { permutations: 200, averageExpression: average }, context);
    expect(free.z[0]).toBeGreaterThan(5);
    expect(Math.abs(matched.z[0]!)).toBeLessThan(2.5);
    expect(matched.nStrata).toBe(20);
  });

  it('holds its family-wise error on statistics without signal', async () => {
    const many = geneNames(80);
    const rng = createRng(11, 'family');
    const overlapping = prepareNetwork(
      ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((source, s) =>
        many.slice(5 * s, 5 * s + 20).map((target) => ({ source, target, weight: rng.uniform() < 0.5 ? -1 : 1 })),
      ),
      many,
    );
    let wrong = 0;
    const trials = 300;
    for (let trial = 0; trial < trials; trial++) {
      const noise = Float64Array.from(many, () => rng.normal());
      const found = await regulatorNull(
        createActivityInput(many, ['t'], noise),
        overlapping,
        { permutations: 99 },
        inlineContext(regulatorTasks, trial),
      );
      if (found.pFamilyWise.some((p) => p <= 0.05)) wrong++;
    }
    // Exact level 0.05; four standard errors are 0.05.
    expect(wrong / trials).toBeLessThan(0.1);
    expect(wrong / trials).toBeGreaterThan(0.005);
  });

  it('gives no number to a regulator whose sum cannot vary', async () => {
    const all = prepareNetwork(
      [...genes.map((target) => ({ source: 'ALL', target, weight: 1 })), { source: 'X', target: genes[0]!, weight: 1 }],
      genes,
      { minimumSize: 1 },
    );
    const found = await regulatorNull(createActivityInput(genes, ['t'], values), all, { permutations: 100 }, context);
    expect(found.z[0]).toBeNaN();
    expect(found.pAdjusted[0]).toBeNaN();
    expect(found.pValue[1]).toBeGreaterThan(0);
  });

  it('refuses a bad number of permutations and a column without statistics', async () => {
    const input = createActivityInput(genes, ['t'], values);
    await expect(regulatorNull(input, network, { permutations: 0 }, context)).rejects.toThrow(/permutations/);
    const holes = createActivityInput(
      genes,
      ['t'],
      values.map((value, g) => (g === 2 ? NaN : value)),
    );
    await expect(regulatorNull(holes, network, {}, context)).rejects.toThrow(/finite statistic/);
  });
});

describe('permutationMoments', () => {
  it('is what full shuffles within strata give', () => {
    const genes = geneNames(30);
    const rng = createRng(5, 'moments');
    const values = Float64Array.from(genes, () => rng.normal() + 1);
    const strata = Uint32Array.from(genes, (_, g) => g % 3);
    const network = prepareNetwork(
      genes.slice(0, 11).map((target, g) => ({ source: 'X', target, weight: (g % 2 === 0 ? 1 : -1) * (1 + g / 10) })),
      genes,
    );
    const draws = Array.from({ length: 20_000 }, () => {
      const shuffled = values.slice();
      for (let stratum = 0; stratum < 3; stratum++) {
        const members = genes.map((_, g) => g).filter((g) => strata[g] === stratum);
        const moved = [...members];
        shuffleInPlace(moved, rng);
        members.forEach((g, i) => {
          shuffled[g] = values[moved[i]!]!;
        });
      }
      return network.indices.reduce((sum, gene, k) => sum + network.weights[k]! * shuffled[gene]!, 0);
    });
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const sd = Math.sqrt(draws.reduce((a, b) => a + (b - mean) ** 2, 0) / (draws.length - 1));
    const { means, sds } = permutationMoments(network, values, strata);
    expect(Math.abs(means[0]! - mean)).toBeLessThan((4 * sd) / Math.sqrt(draws.length));
    expect(Math.abs(sds[0]! / sd - 1)).toBeLessThan(4 / Math.sqrt(2 * draws.length));
  });
});

describe('expressionBins', () => {
  it('cuts ranks into equal parts of about 50 genes, at most 20', () => {
    const bins = expressionBins(Float64Array.from({ length: 200 }, (_, g) => 200 - g));
    expect([0, 1, 2, 3].map((bin) => bins.filter((b) => b === bin).length)).toEqual([50, 50, 50, 50]);
    expect(bins[0]).toBe(3);
    expect(Math.max(...expressionBins(Float64Array.from({ length: 5000 }, (_, g) => g)))).toBe(19);
    expect(Math.max(...expressionBins(Float64Array.from({ length: 60 }, (_, g) => g)))).toBe(0);
  });

  it('keeps equal expression together and puts missing values lowest', () => {
    const values = Float64Array.from({ length: 200 }, (_, g) => (g < 120 ? 0 : g));
    values[199] = NaN;
    const bins = expressionBins(values);
    expect(new Set(bins.slice(0, 120)).size).toBe(1);
    expect(bins[199]).toBe(0);
  });
});
