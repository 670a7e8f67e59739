import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { createRng, shuffleInPlace } from '../core/rng.js';
import { createActivityInput } from './activity-input.js';
import { consensus } from './consensus.js';
import { mlm } from './mlm.js';
import { permutationMoments, standardise } from './permutation-moments.js';
import { regulatorNull } from './regulator-null.js';
import { regulatorTasks } from './regulator-tasks.js';
import { prepareNetwork, type RegulonNetwork } from './regulon-network.js';
import { ulm } from './ulm.js';
import { weightedSum } from './weighted-sum.js';

interface Case {
  readonly genes: readonly string[];
  readonly values: Float64Array;
  readonly edges: readonly { source: string; target: string; weight: number }[];
}

/** A random statistic and network; everything follows from the seed. */
function drawCase(seed: number): Case {
  const rng = createRng(seed, 'property');
  const genes = Array.from({ length: 40 + rng.integer(40) }, (_, g) => `G${String(g)}`);
  const edges = ['A', 'B', 'C', 'D'].flatMap((source) => {
    const targets = [...genes];
    shuffleInPlace(targets, rng);
    return targets
      .slice(0, 6 + rng.integer(12))
      .map((target) => ({ source, target, weight: rng.uniform() < 0.3 ? -1 : 1 + rng.integer(2) }));
  });
  return { genes, values: Float64Array.from(genes, () => rng.normal() + 0.2), edges };
}

const context = inlineContext(regulatorTasks);
const seeds = fc.integer({ min: 0, max: 1_000_000 });
const runs = { numRuns: 25 };
const networkOf = ({ edges, genes }: Case): RegulonNetwork => prepareNetwork(edges, genes);
const inputOf = (genes: readonly string[], values: Float64Array) => createActivityInput(genes, ['t'], values);

async function allScores({ genes, values, edges }: Case): Promise<Record<string, Float64Array>> {
  const network = prepareNetwork(edges, genes);
  const input = inputOf(genes, values);
  const sums = await weightedSum(input, network, { permutations: 60 }, context);
  const activities = [ulm(input, network), mlm(input, network), sums.normWsum];
  const reference = await regulatorNull(input, network, { permutations: 60 }, context);
  return {
    ulm: activities[0]!.scores,
    mlm: activities[1]!.scores,
    wsum: sums.wsum.scores,
    normWsum: sums.normWsum.scores,
    corrWsum: sums.corrWsum.scores,
    consensus: consensus(activities).scores,
    z: reference.z,
  };
}

function expectClose(found: Float64Array, theirs: Float64Array): void {
  expect(found).toHaveLength(theirs.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(theirs[i] as number, 8);
  });
}

describe('activities', () => {
  it('do not depend on the order of genes or edges, the permutations included', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const drawn = drawCase(seed);
        const order = drawn.genes.map((_, g) => g);
        shuffleInPlace(order, createRng(seed, 'order'));
        const moved: Case = {
          genes: order.map((g) => drawn.genes[g]!),
          values: Float64Array.from(order, (g) => drawn.values[g]!),
          edges: [...drawn.edges].reverse(),
        };
        const [before, after] = [await allScores(drawn), await allScores(moved)];
        for (const name of Object.keys(before)) expectClose(after[name]!, before[name]!);
      }),
      runs,
    );
  });

  it('change sign with the statistic', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const drawn = drawCase(seed);
        const before = await allScores(drawn);
        const after = await allScores({ ...drawn, values: drawn.values.map((value) => -value) });
        for (const name of Object.keys(before)) {
          expectClose(
            after[name]!,
            before[name]!.map((value) => -value),
          );
        }
      }),
      runs,
    );
  });

  it('do not change with the scale of the statistic, the plain sums scale with it', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.double({ min: 0.01, max: 100, noNaN: true }), async (seed, scale) => {
        const drawn = drawCase(seed);
        const before = await allScores(drawn);
        const after = await allScores({ ...drawn, values: drawn.values.map((value) => scale * value) });
        for (const name of ['ulm', 'mlm', 'normWsum', 'consensus', 'z']) expectClose(after[name]!, before[name]!);
        for (const name of ['wsum', 'corrWsum']) {
          expectClose(
            after[name]!.map((value) => value / scale),
            before[name]!,
          );
        }
      }),
      runs,
    );
  });

  it('of linear models do not change when a constant is added to every gene', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: -10, max: 10, noNaN: true }), (seed, shift) => {
        const drawn = drawCase(seed);
        const network = networkOf(drawn);
        const moved = inputOf(
          drawn.genes,
          drawn.values.map((value) => value + shift),
        );
        const still = inputOf(drawn.genes, drawn.values);
        expectClose(ulm(moved, network).scores, ulm(still, network).scores);
        expectClose(mlm(moved, network).scores, mlm(still, network).scores);
      }),
      runs,
    );
  });

  it('of ULM rise with the standardised sum: the two are one permutation test', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = drawCase(seed);
        const network = networkOf(drawn);
        const n = drawn.genes.length;
        const z = standardise(permutationMoments(network, drawn.values, new Uint32Array(n)));
        const { scores } = ulm(inputOf(drawn.genes, drawn.values), network);
        z.forEach((value, r) => {
          // z = r √(n − 1) and t = r √((n − 2) / (1 − r²)) for the correlation r of statistic and weights.
          const correlation = value / Math.sqrt(n - 1);
          expect(scores[r]).toBeCloseTo(correlation * Math.sqrt((n - 2) / (1 - correlation ** 2)), 8);
        });
      }),
      runs,
    );
  });
});
