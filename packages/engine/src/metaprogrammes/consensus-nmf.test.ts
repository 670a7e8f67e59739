import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { selectRows } from '../data/compact-counts.js';
import { chooseRank } from './choose-rank.js';
import { consensusNmf } from './consensus-nmf.js';
import { openNmfKernel } from './nmf-kernel.js';
import { type NmfRuns, nmfRunsBlock } from './nmf-runs.js';
import { metaProgrammeTasks } from './nmf-tasks.js';
import { cosine, deviations, plantedProgrammes } from './planted-programmes.test-helper.js';
import { scaleCounts } from './scale-counts.js';

const context = inlineContext(metaProgrammeTasks);
const size = { cells: 300, genes: 500, programmes: 5, markers: 40, depth: 1000 };

/** Cosine of each planted profile, in units of the genes' standard deviations, with the spectrum most like it. */
function recovery(planted: ReturnType<typeof plantedProgrammes>, genes: Uint32Array, spectra: readonly Float64Array[]) {
  const sd = deviations(planted.counts);
  return planted.profiles.map((profile) => {
    const truth = Float64Array.from(genes, (g) => (profile[g] as number) / (sd[g] as number));
    return Math.max(...spectra.map((spectrum) => cosine(spectrum, truth)));
  });
}

describe('consensusNmf', () => {
  it('recovers planted programmes: mean cosine of at least 0.95 on every one of eight seeds', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const planted = plantedProgrammes({ ...size, seed });
      const found = await consensusNmf(planted.counts, { ranks: [5], replicates: 10 }, context);
      const { programmes, stability } = found.ranks[0]!;
      const cosines = recovery(
        planted,
        found.genes,
        programmes.map(({ spectrum }) => spectrum),
      );
      expect(cosines.reduce((sum, value) => sum + value / 5, 0)).toBeGreaterThanOrEqual(0.95);
      expect(stability).toBeGreaterThan(0.9);
      for (const raised of planted.raised) {
        const markers = new Set(raised);
        const hits = programmes.map(({ genes }) => genes.slice(0, 20).filter((g) => markers.has(g)).length);
        expect(Math.max(...hits)).toBeGreaterThanOrEqual(18);
      }
    }
  });

  it('chooses the planted rank by stability', async () => {
    const planted = plantedProgrammes({ ...size, seed: 3 });
    const found = await consensusNmf(planted.counts, { ranks: [3, 4, 5, 6, 7, 8], replicates: 10 }, context);
    expect(found.status).toBe('ok');
    expect(found.chosenRank).toBe(5);
    const errors = found.ranks.map(({ error }) => error);
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
  });

  it('gives usages that follow the planted ones, and shares that sum to one', async () => {
    const planted = plantedProgrammes({ ...size, seed: 4 });
    const { ranks } = await consensusNmf(planted.counts, { ranks: [5], replicates: 5 }, context);
    const { usage, programmes } = ranks[0]!;
    expect(usage).toHaveLength(300 * 5);
    expect(usage.every((value) => value >= 0)).toBe(true);
    expect(programmes.reduce((sum, { usageShare }) => sum + usageShare, 0)).toBeCloseTo(1, 10);
    const shares = programmes.map(({ usageShare }) => usageShare);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
  });

  it('gives the same bytes however the replicates are cut into blocks', () => {
    const { counts } = plantedProgrammes({ ...size, seed: 5, cells: 120 });
    const scaled = scaleCounts(
      counts,
      Uint32Array.from({ length: 200 }, (_, g) => g),
    );
    const payload = { counts: scaled, rank: 5, tolerance: 1e-5, maximumIterations: 50, seed: 1, label: 'x' };
    const run = (firstReplicate: number, replicates: number): NmfRuns =>
      nmfRunsBlock(openNmfKernel, { ...payload, firstReplicate, replicates }, { aborted: false });
    const [whole, first, second] = [run(0, 6), run(0, 2), run(2, 4)];
    expect([...whole.spectra]).toEqual([...first.spectra, ...second.spectra]);
    expect([...whole.errors]).toEqual([...first.errors, ...second.errors]);
    expect(() =>
      nmfRunsBlock(openNmfKernel, { ...payload, firstReplicate: 0, replicates: 1 }, { aborted: true }),
    ).toThrow(/Stopped on request/);
  });

  // Another order gives the cells other random starts; spectra agree as far as starts do.
  it('hardly depends on the order of the cells', async () => {
    const { counts } = plantedProgrammes({ ...size, seed: 10 });
    const reversed = selectRows(
      counts,
      Array.from({ length: 300 }, (_, i) => 299 - i),
    );
    const options = { ranks: [5], replicates: 8 };
    const [one, other] = [await consensusNmf(counts, options, context), await consensusNmf(reversed, options, context)];
    expect([...other.genes]).toEqual([...one.genes]);
    for (const { spectrum } of one.ranks[0]!.programmes) {
      const best = Math.max(...other.ranks[0]!.programmes.map((programme) => cosine(programme.spectrum, spectrum)));
      expect(best).toBeGreaterThan(0.999);
    }
  });

  it('does not factorise too few cells or genes, and says so', async () => {
    const planted = plantedProgrammes({ ...size, seed: 6, cells: 60 });
    const found = await consensusNmf(planted.counts, {}, context);
    expect(found).toMatchObject({ status: 'not-testable', ranks: [], chosenRank: null });
    expect(found.reasons[0]).toBe('60 cells; programmes of a sample need at least 100');
    const few = await consensusNmf(planted.counts, { minimumCells: 50, genes: Uint32Array.from([0, 1, 2]) }, context);
    expect(few.reasons[0]).toMatch(/3 usable genes; at least 50 are needed/);
  });

  it('draws cells where there are more than it takes', async () => {
    const planted = plantedProgrammes({ ...size, seed: 7 });
    const options = { ranks: [5], replicates: 4, maximumCells: 200 };
    const found = await consensusNmf(planted.counts, options, context);
    expect(found.cells).toHaveLength(200);
    expect(new Set(found.cells).size).toBe(200);
    expect(found.nCells).toBe(300);
    expect(found.ranks[0]?.usage).toHaveLength(200 * 5);
  });

  it('has no stable rank where counts hold no programme', async () => {
    const planted = plantedProgrammes({ ...size, seed: 8, programmes: 1, markers: 1 });
    const found = await consensusNmf(planted.counts, { ranks: [5, 7, 9], replicates: 8 }, context);
    expect(found.status).toBe('unstable');
    expect(found.chosenRank).toBeNull();
    expect(found.reasons[0]).toMatch(/^no rank reaches a stability of 0.7/);
  });

  it('refuses options out of range', async () => {
    const { counts } = plantedProgrammes({ ...size, seed: 9, cells: 120 });
    await expect(consensusNmf(counts, { ranks: [1] }, context)).rejects.toThrow(/Option ranks/);
    await expect(consensusNmf(counts, { replicates: 1 }, context)).rejects.toThrow(/Option replicates/);
    await expect(consensusNmf(counts, { tolerance: 0 }, context)).rejects.toThrow(/Option tolerance/);
  });
});

describe('chooseRank', () => {
  const options = { stabilityMin: 0.5, stabilityMargin: 0.05 };
  const ranks = (...stability: readonly number[]) =>
    stability.map((s, i) => ({ rank: 4 + i, stability: s, error: 0.5 }));

  it('takes the largest rank within the margin of the best', () => {
    expect(chooseRank(ranks(0.99, 0.97, 0.7, 0.95, 0.6), options).rank).toBe(7);
  });

  it('takes none when no rank is stable', () => {
    expect(chooseRank(ranks(0.4, 0.3), options)).toEqual({
      rank: null,
      reason: 'no rank reaches a stability of 0.5; the best of them has 0.40',
    });
    expect(chooseRank(ranks(NaN), options).rank).toBeNull();
  });
});
