import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { AbortedError } from '../../core/errors.js';
import { selectRows } from '../../data/compact-counts.js';
import { areaUnderCurve } from '../../stats/auc.js';
import type { CellCounts } from '../cell-counts.js';
import { callDoublets, type DoubletCalls } from './call-doublets.js';
import { doubletTasks } from './doublet-tasks.js';
import { cellsOfKinds, oneSample } from './two-kinds.test-helper.js';

const context = inlineContext(doubletTasks);
const mixture = cellsOfKinds(600, { kinds: 3, doublets: 36, seed: 1 });
const options = { expectedRate: 0.06 };
const isMixed = (own: readonly number[]): boolean => own.length === 2 && own[0] !== own[1];
const scoresOf = (found: DoubletCalls, is: (own: readonly number[]) => boolean): number[] =>
  mixture.kinds.flatMap((own, i) => (is(own) ? [found.scores[i]!] : []));

function rows(cells: CellCounts, from: number, to: number): CellCounts {
  const wanted = Array.from({ length: to - from }, (_, i) => from + i);
  return oneSample(selectRows(cells.counts, wanted), cells.genes);
}

describe('callDoublets', () => {
  it('finds the doublets of different cells, and calls few others', async () => {
    const found = await callDoublets(mixture.cells, options, context);
    const auroc = areaUnderCurve(
      scoresOf(found, isMixed),
      scoresOf(found, (own) => own.length === 1),
    );
    expect(auroc).toBeGreaterThan(0.98);
    const called = mixture.kinds.filter((_, i) => found.called[i] === 1);
    expect(called.length).toBe(found.samples[0]?.nCalled);
    expect(called.filter(isMixed).length / called.length).toBeGreaterThan(0.85);
    expect(called.filter(isMixed).length / mixture.kinds.filter(isMixed).length).toBeGreaterThan(0.8);
    expect(found.samples[0]?.status).toBe('ok');
    expect(found.warnings).toEqual([]);
  });

  it('says how many doublets there seem to be, seen and unseen', async () => {
    const [sample] = (await callDoublets(mixture.cells, options, context)).samples;
    // Two of three random pairs of three kinds are of different ones.
    expect(sample?.detectableShare).toBeCloseTo(2 / 3, 0.9);
    expect(sample?.estimatedRate).toBeCloseTo(0.06, 1.4);
    expect(sample).toMatchObject({ nCells: 600, nSimulated: 1500, expectedRate: 0.06 });
  });

  it('calls nothing where all cells are alike', async () => {
    for (const seed of [1, 2, 3]) {
      const alike = cellsOfKinds(400, { kinds: 1, doublets: 20, seed });
      const found = await callDoublets(alike.cells, options, context);
      expect(found.samples[0]).toMatchObject({
        status: 'not-separable',
        nCalled: 0,
        threshold: null,
        estimatedRate: null,
      });
      expect(found.samples[0]?.reasons[0]).toMatch(/too alike/);
      expect(found.called.every((call) => call === 0)).toBe(true);
    }
  });

  it('calls no more than the expected rate allows', async () => {
    const crowded = cellsOfKinds(500, { kinds: 3, doublets: 75, seed: 4 });
    const found = await callDoublets(crowded.cells, { expectedRate: 0.03 }, context);
    expect(found.samples[0]!.nCalled).toBeLessThanOrEqual((0.03 * 500) / 0.35);
    const told = await callDoublets(crowded.cells, { expectedRate: 0.15 }, context);
    expect(told.samples[0]!.nCalled).toBeGreaterThan(35);
  });

  it('warns where there seem to be more doublets than expected', async () => {
    const crowded = cellsOfKinds(500, { kinds: 3, doublets: 42, seed: 4 });
    const found = await callDoublets(crowded.cells, { expectedRate: 0.04 }, context);
    expect(found.warnings.map(({ code }) => code)).toEqual(['doublets-more-than-expected']);
    expect(found.warnings[0]?.message).toMatch(/where 4.0 % are expected/);
  });

  it('expects 0.8 % per thousand cells', async () => {
    const found = await callDoublets(mixture.cells, {}, context);
    expect(found.samples[0]?.expectedRate).toBeCloseTo(0.0048, 12);
  });

  it('does not test fewer than 100 cells, or cells without variable genes', async () => {
    const few = await callDoublets(rows(mixture.cells, 0, 99), options, context);
    expect(few.samples[0]).toMatchObject({ status: 'not-testable', nCalled: 0, detectableShare: null });
    expect(few.samples[0]?.reasons).toEqual(['99 cells with counts, at least 100 are needed']);
    expect(few.warnings.map(({ code }) => code)).toEqual(['doublets-not-testable']);
    expect(few.scores.every(Number.isNaN)).toBe(true);
    const same = {
      kind: 'csr' as const,
      shape: [600, 600] as const,
      indptr: new Uint32Array(601).map((_, i) => i * 600),
      indices: new Uint32Array(360_000).map((_, k) => k % 600),
      data: new Float32Array(360_000).fill(1),
    };
    const constant = await callDoublets(oneSample(same, mixture.cells.genes), options, context);
    expect(constant.samples[0]?.reasons[0]).toMatch(/fewer than 50 genes/);
  });

  it('leaves cells without counts out', async () => {
    const { counts, genes } = mixture.cells;
    const indptr = Uint32Array.from([...counts.indptr, counts.indptr[600]!]);
    const found = await callDoublets(
      oneSample({ ...counts, shape: [601, counts.shape[1]], indptr }, genes),
      options,
      context,
    );
    expect(found.scores[600]).toBeNaN();
    expect(found.called[600]).toBe(0);
    expect(found.scores.slice(0, 600).some(Number.isNaN)).toBe(false);
  });

  it('treats each sample on its own', async () => {
    const halves: CellCounts = {
      ...mixture.cells,
      sampleOf: Uint32Array.from({ length: 600 }, (_, i) => (i < 300 ? 0 : 1)),
      samples: [mixture.cells.samples[0]!, { ...mixture.cells.samples[0]!, sample: 'S2' }],
    };
    const together = await callDoublets(halves, options, context);
    const first = await callDoublets(rows(mixture.cells, 0, 300), options, context);
    expect([...together.scores.slice(0, 300)]).toEqual([...first.scores]);
    expect(together.samples.map(({ sample, nCells }) => [sample, nCells])).toEqual([
      ['S1', 300],
      ['S2', 300],
    ]);
  });

  it('gives the same numbers again and others with another seed', async () => {
    const [once, again] = [
      await callDoublets(mixture.cells, options, context),
      await callDoublets(mixture.cells, options, context),
    ];
    expect([...again.probabilities]).toEqual([...once.probabilities]);
    const other = await callDoublets(mixture.cells, options, inlineContext(doubletTasks, 2));
    expect([...other.scores]).not.toEqual([...once.scores]);
  });

  it('stops on request', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(callDoublets(mixture.cells, options, { ...context, signal: stop.signal })).rejects.toThrow(
      AbortedError,
    );
  });

  it.each([
    { expectedRate: 0 },
    { expectedRate: 0.6 },
    { probabilityMin: 0 },
    { components: 1 },
    { variableGenes: 20 },
    { neighbours: 2.5 },
    { ratePerThousand: -1 },
    { simulatedPerCell: 0 },
  ])('refuses %j', async (wrong) => {
    await expect(callDoublets(mixture.cells, wrong, context)).rejects.toThrow(/Doublet option/);
  });
});
