import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { readReferenceJson } from '../../../../tests/support/reference.js';
import { type ActivityMethod, type ActivityScores, createActivityInput } from './activity-input.js';
import { consensus } from './consensus.js';
import { mlm } from './mlm.js';
import { regulatorTasks } from './regulator-tasks.js';
import { prepareNetwork } from './regulon-network.js';
import { ulm } from './ulm.js';
import { weightedSum } from './weighted-sum.js';

/**
 * decoupleR 2.4.0 on our own simulated network (reference/regulators/regulators.R). Scores without random draws agree to
 * 1e-9 relative: both sides use doubles and the file holds 15 digits.
 */
interface Activity {
  readonly statistic: ActivityMethod;
  readonly source: string;
  readonly condition: 'contrast' | 'second';
  readonly score: number;
  readonly p_value: number;
}

const reference = readReferenceJson<{
  readonly permutations: number;
  readonly genes: readonly string[];
  readonly statistic: Record<'contrast' | 'second', readonly number[]>;
  readonly network: readonly { source: string; target: string; mor: number }[];
  readonly activities: readonly Activity[];
  readonly consensus: Record<'recommended' | 'allFive', readonly Omit<Activity, 'statistic'>[]>;
  readonly collinear: {
    readonly copy: string;
    readonly of: string;
    readonly factor: number;
    readonly identified: readonly { source: string; t: number; p: number }[];
  };
}>('regulators/regulators.json');

const names = ['contrast', 'second'] as const;
const edges = reference.network.map(({ source, target, mor }) => ({ source, target, weight: mor }));
const input = createActivityInput(
  reference.genes,
  names,
  Float64Array.from(reference.genes.flatMap((_, g) => names.map((name) => reference.statistic[name][g] as number))),
);
const network = prepareNetwork(edges, reference.genes);
const at = (r: number, c: number): number => r * names.length + c;

/** The reference scores in the layout of ours. */
function expected(method: ActivityMethod): ActivityScores {
  const pick = (read: (activity: Activity) => number): Float64Array =>
    Float64Array.from(
      network.regulators.flatMap((source) =>
        names.map((condition) => {
          const found = reference.activities.find(
            (a) => a.statistic === method && a.source === source && a.condition === condition,
          );
          return found === undefined ? NaN : read(found);
        }),
      ),
    );
  return {
    method,
    regulators: network.regulators,
    names,
    scores: pick((a) => a.score),
    pValues: pick((a) => a.p_value),
  };
}

function worstRelative(found: Float64Array, theirs: Float64Array): number {
  return Math.max(...found.map((value, i) => Math.abs(value - (theirs[i] as number)) / Math.abs(theirs[i] as number)));
}

describe('activities equal decoupleR', () => {
  it('keeps the same regulators', () => {
    expect(network.regulators).toEqual(['TFA', 'TFB', 'TFC', 'TFD', 'TFE', 'TFF', 'TFG', 'TFH', 'TFJ']);
    expect(network.dropped.small).toEqual([{ regulator: 'TFI', nTargets: 4 }]);
  });

  it.each([
    ['ulm', ulm],
    ['mlm', mlm],
  ] as const)('%s, two columns, graded weights', (method, run) => {
    const found = run(input, network);
    const theirs = expected(method);
    expect(worstRelative(found.scores, theirs.scores)).toBeLessThan(1e-9);
    expect(worstRelative(found.pValues, theirs.pValues)).toBeLessThan(1e-9);
  });

  it('the weighted sums, those with permutations within five Monte-Carlo standard errors', async () => {
    const { permutations } = reference;
    const found = await weightedSum(input, network, { permutations }, inlineContext(regulatorTasks));
    expect(worstRelative(found.wsum.scores, expected('wsum').scores)).toBeLessThan(1e-9);
    const normalised = expected('norm_wsum');
    found.normWsum.scores.forEach((z, i) => {
      const standardError = Math.sqrt((2 * (1 + (z * z) / 2)) / permutations);
      expect(Math.abs(z - (normalised.scores[i] as number))).toBeLessThan(5 * standardError);
    });
    const corrected = expected('corr_wsum');
    found.corrWsum.pValues.forEach((p, i) => {
      // p is twice a proportion q or 1 − q, each side drawn on its own.
      const q = Math.max(p / 2, (corrected.pValues[i] as number) / 2, 2 / permutations);
      expect(Math.abs(p - (corrected.pValues[i] as number))).toBeLessThan(
        5 * 2 * Math.sqrt((2 * q * (1 - q)) / permutations),
      );
    });
  });

  it.each([
    ['recommended', ['ulm', 'mlm', 'norm_wsum']],
    ['allFive', ['ulm', 'mlm', 'wsum', 'norm_wsum', 'corr_wsum']],
  ] as const)('the consensus of %s, from decoupleR’s own scores', (which, methods) => {
    const found = consensus(methods.map(expected));
    for (const { source, condition, score, p_value } of reference.consensus[which]) {
      const i = at(network.regulators.indexOf(source), names.indexOf(condition));
      expect(found.scores[i]).toBeCloseTo(score, 10);
      expect(found.pValues[i]).toBeCloseTo(p_value, 10);
    }
  });
});

describe('collinear regulators, where decoupleR stops', () => {
  const { copy, of, factor, identified } = reference.collinear;
  const doubled = prepareNetwork(
    [
      ...edges.filter((edge) => edge.source !== 'TFI'),
      ...edges
        .filter((edge) => edge.source === of)
        .map((edge) => ({ ...edge, source: copy, weight: factor * edge.weight })),
    ],
    reference.genes,
  );
  const found = mlm(input, doubled);

  it('names both and gives neither a score', () => {
    expect(found.collinear).toEqual([of, copy]);
    for (const name of [of, copy]) expect(found.scores[at(doubled.regulators.indexOf(name), 0)]).toBeNaN();
  });

  it('gives the others what lm gives them', () => {
    expect(identified).toHaveLength(doubled.regulators.length - 2);
    for (const { source, t, p } of identified) {
      const i = at(doubled.regulators.indexOf(source), 0);
      expect(found.scores[i]).toBeCloseTo(t, 9);
      expect(found.pValues[i]).toBeCloseTo(p, 9);
    }
  });
});
