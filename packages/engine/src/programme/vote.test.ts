import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { plantedStudy, reorder } from '../../../../tests/support/planted-study.js';
import { type NormalizedInput, normalizeInput } from './input.js';
import { programmeTasks } from './tasks.js';
import { vote } from './vote.js';

const contrast = { from: 'untreated', to: 'residual' } as const;
const options = { contrast, effectMin: 0.5, permutations: 400, fdr: 0.05 };
const context = inlineContext(programmeTasks);
const pairs = (n: number) =>
  Array.from({ length: n }, (_, k) => ({ patient: `P${String(k)}`, untreated: 1, residual: 1 }));
const mixed = plantedStudy([{ patient: 'R', untreated: 4, residual: 6 }, ...pairs(6)]);

/** Stage labels of some patients exchanged: the flip a permutation of single samples makes. */
function flip(input: NormalizedInput, patients: readonly string[]): NormalizedInput {
  const other = { untreated: 'residual', residual: 'untreated', relapse: 'relapse' } as const;
  const stage = input.stage.map((s, i) => (patients.includes(input.patient[i] as string) ? other[s] : s));
  return { ...input, stage };
}

describe('vote', () => {
  it('calls the planted genes at its false-discovery rate', async () => {
    const found = await vote(normalizeInput(mixed.input), options, context);
    const planted = new Map<string, number>([
      ...mixed.up.map((gene) => [gene, 1] as const),
      ...mixed.down.map((gene) => [gene, -1] as const),
    ]);
    const called = found.genes.filter((_, g) => found.direction[g] !== 0);
    const right = found.genes.filter((gene, g) => found.direction[g] !== 0 && planted.get(gene) === found.direction[g]);
    expect(called.length).toBeGreaterThanOrEqual(30);
    expect(right.length / called.length).toBeGreaterThanOrEqual(0.9);
    expect(found.levels.map((level) => level.votes)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(found.nLabellings).toBe(210 * 2 ** 6);
  });

  it('counts at a level are counts at or above it, and fall', async () => {
    const { levels, votesUp, votesDown } = await vote(normalizeInput(mixed.input), options, context);
    levels.forEach((level, k) => {
      expect(level.observedUp).toBe(votesUp.filter((v) => v >= k + 1).length);
      expect(level.observedDown).toBe(votesDown.filter((v) => v >= k + 1).length);
      if (k > 0) expect(level.expected).toBeLessThanOrEqual((levels[k - 1] as { expected: number }).expected);
    });
  });

  it('approaches the exact null of all sign flips for single samples', async () => {
    const study = plantedStudy(pairs(4), { genes: 60, up: 6, down: 4 });
    const input = normalizeInput(study.input);
    const found = await vote(input, { ...options, permutations: 4000 }, context);
    const patients = [...new Set(input.patient)];
    const exact = new Float64Array(60);
    for (let code = 0; code < 16; code++) {
      const flipped = flip(
        input,
        patients.filter((_, k) => (code >> k) & 1),
      );
      const { votesUp, votesDown } = await vote(flipped, { ...options, permutations: 1 }, context);
      votesUp.forEach((up, g) => {
        const seen = Math.max(found.votesUp[g] as number, found.votesDown[g] as number);
        if (Math.max(up, votesDown[g] as number) >= seen) exact[g] = (exact[g] as number) + 1 / 16;
      });
    }
    // Four standard errors of a proportion over 4000 draws.
    exact.forEach((p, g) => {
      expect(Math.abs((found.pValue[g] as number) - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 4000) + 1e-3);
    });
  });

  it('loses its calls when labels are shuffled within patients', async () => {
    const input = flip(normalizeInput(mixed.input), ['P0', 'P2', 'P4']);
    const stage = input.stage.slice();
    // Half of the replicated patient's samples change sides as well.
    input.patient.forEach((patient, s) => {
      if (patient === 'R' && s % 2 === 0) stage[s] = stage[s] === 'untreated' ? 'residual' : 'untreated';
    });
    const found = await vote({ ...input, stage }, options, context);
    expect(found.direction.filter((d) => d !== 0).length).toBeLessThanOrEqual(2);
  });

  it('keeps its error rate when nothing is planted', async () => {
    const { input } = plantedStudy(pairs(6), { up: 0, down: 0, seed: 5 });
    const found = await vote(normalizeInput(input), options, context);
    expect(found.direction.filter((d) => d !== 0).length).toBeLessThanOrEqual(1);
    expect(found.levels.at(-1)?.pValue).toBeGreaterThan(0.01);
  });

  it('does not depend on the order of samples or genes, nor on other stages', async () => {
    const found = await vote(normalizeInput(mixed.input), options, context);
    const samples = mixed.input.patient.map((_, s) => s).reverse();
    const genes = mixed.input.counts.genes.map((_, g) => g).reverse();
    const turned = await vote(normalizeInput(reorder(mixed.input, { samples, genes })), options, context);
    expect(turned.levels).toEqual(found.levels);
    expect(turned.pValue.slice().reverse()).toEqual(found.pValue);
  });

  it('gives the same answer whatever order blocks finish in', async () => {
    const input = normalizeInput(mixed.input);
    const reversed: typeof context = {
      seed: 1,
      executor: {
        concurrency: 2,
        map: async <P, R>(task: string, payloads: readonly P[]) =>
          (await context.executor.map<P, R>(task, payloads.toReversed())).reverse(),
      },
    };
    expect(await vote(input, options, reversed)).toEqual(await vote(input, options, context));
  });

  it('needs two patients, and refuses options out of range', async () => {
    const one = normalizeInput(plantedStudy(pairs(1)).input);
    expect(await vote(one, options, context)).toMatchObject({
      status: 'not-identifiable',
      reasons: ['a vote needs at least two patients with both stages'],
      calledVotes: null,
    });
    await expect(vote(one, { ...options, permutations: 0 }, context)).rejects.toThrow('permutations');
    await expect(vote(one, { ...options, effectMin: -1 }, context)).rejects.toThrow('effectMin');
    await expect(vote(one, { ...options, fdr: 0 }, context)).rejects.toThrow('fdr');
  });
});
