import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import type { RunContext } from '../../core/context.js';
import { createRng, shuffleInPlace } from '../../core/rng.js';
import { compactCounts, selectRows } from '../../data/compact-counts.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { aucell } from './aucell.js';
import type { ScoredCells } from './cell-scores.js';
import { binGenes, drawControls } from './control-genes.js';
import { moduleScore } from './module-score.js';
import { rankScoresBlock } from './rank-blocks.js';
import { rowBlocks } from './row-blocks.js';
import { cellScoreTasks } from './score-tasks.js';
import { ucell } from './ucell.js';
import { weightsByGene } from './gene-weights.js';

const context = inlineContext(cellScoreTasks);
const nGenes = 260;
const genes = Array.from({ length: nGenes }, (_, g) => `gene${String(g)}`);

/** Cells with skewed gene means; the first `nRaised` cells express the first ten genes more. */
function simulate(nCells: number, nRaised = 0, seed = 3): ScoredCells {
  const rng = createRng(seed, 'scores-test');
  const indptr = new Uint32Array(nCells + 1);
  const indices: number[] = [];
  const data: number[] = [];
  for (let cell = 0; cell < nCells; cell++) {
    for (let g = 0; g < nGenes; g++) {
      const chance = (g % 20 === 0 ? 0.8 : 0.15) + (cell < nRaised && g < 10 ? 0.6 : 0);
      if (rng.uniform() > chance) continue;
      indices.push(g);
      data.push(1 + rng.integer(g % 20 === 0 ? 30 : 3));
    }
    indptr[cell + 1] = indices.length;
  }
  const counts: CsrMatrix = {
    kind: 'csr',
    shape: [nCells, nGenes],
    indptr,
    indices: Uint32Array.from(indices),
    data: Float64Array.from(data),
  };
  return { counts, genes };
}

function denseRow({ indptr, indices, data }: CsrMatrix, cell: number): number[] {
  const row = new Array<number>(nGenes).fill(0);
  for (let k = indptr[cell]!; k < indptr[cell + 1]!; k++) row[indices[k]!] = data[k]!;
  return row;
}

/** The definition, from all genes of a cell, in the obvious way. */
function slowUcell(row: readonly number[], members: readonly number[], nMissing: number, maxRank: number): number {
  const rankOf = (value: number): number =>
    row.filter((other) => other > value).length + (row.filter((other) => other === value).length + 1) / 2;
  const ranks = [
    ...members.map((g) => Math.min(rankOf(row[g]!), maxRank)),
    ...new Array<number>(nMissing).fill(maxRank),
  ];
  const n = ranks.length;
  const u = ranks.reduce((sum, rank) => sum + rank, 0) - (n * (n + 1)) / 2;
  return 1 - u / (n * maxRank - (n * (n + 1)) / 2);
}

/** The recovery curve stepped through gene by gene, ties in the order of `order`. */
function slowAucell(
  row: readonly number[],
  members: ReadonlySet<number>,
  nTop: number,
  order: readonly number[],
): number {
  const ranked = [...order].sort((a, b) => row[b]! - row[a]!);
  let recovered = 0;
  let area = 0;
  for (let r = 1; r < nTop; r++) {
    if (members.has(ranked[r - 1]!)) recovered++;
    area += recovered;
  }
  let largest = 0;
  for (let r = 1; r < nTop; r++) largest += Math.min(r, members.size);
  return area / largest;
}

const rangeOf = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
const named = (positions: readonly number[]): string[] => positions.map((g) => genes[g]!);

describe('ucell', () => {
  const cells = simulate(12);

  it.each([40, 130, 1500])('equals its definition over all genes with maxRank %i', async (maxRank) => {
    const [up, down] = [rangeOf(0, 12), rangeOf(30, 37)];
    const sets = [
      { name: 'up', genes: named(up) },
      { name: 'both', up: [...named(up), 'absent'], down: named(down) },
      { name: 'down', up: [], down: named(down) },
    ];
    const { scores, coverage } = await ucell(cells, { sets, maxRank }, context);
    const used = Math.min(maxRank, nGenes);
    for (let cell = 0; cell < 12; cell++) {
      const row = denseRow(cells.counts, cell);
      expect(scores[cell * 3]).toBeCloseTo(slowUcell(row, up, 0, used), 12);
      const signed = slowUcell(row, up, 1, used) - slowUcell(row, down, 0, used);
      expect(scores[cell * 3 + 1]).toBeCloseTo(Math.max(0, signed), 12);
      expect(scores[cell * 3 + 2]).toBe(0);
    }
    expect(coverage[1]).toEqual({ name: 'both', nGenes: 20, missing: ['absent'] });
  });

  it('is one for the first genes of a cell and zero for genes beyond maxRank', async () => {
    const counts: CsrMatrix = {
      kind: 'csr',
      shape: [1, nGenes],
      indptr: Uint32Array.of(0, 5),
      indices: Uint32Array.of(0, 1, 2, 7, 9),
      data: Uint8Array.of(9, 8, 7, 0, 1),
    };
    const sets = [
      { name: 'first', genes: named([0, 1, 2]) },
      { name: 'zero', genes: named([7, 8]) },
    ];
    const { scores } = await ucell({ counts, genes }, { sets, maxRank: 50 }, context);
    expect([...scores]).toEqual([1, 0]);
  });

  it('can leave missing genes out', async () => {
    const sets = [{ name: 's', genes: [...named(rangeOf(0, 5)), 'absent'] }];
    const skipped = await ucell(cells, { sets, maxRank: 40, missingGenes: 'skip' }, context);
    const without = await ucell(cells, { sets: [{ name: 's', genes: named(rangeOf(0, 5)) }], maxRank: 40 }, context);
    expect(skipped.scores).toEqual(without.scores);
  });

  it('says when fewer genes than maxRank were measured', async () => {
    const { warnings } = await ucell(cells, { sets: [{ name: 's', genes: ['gene1'] }] }, context);
    expect(warnings.map((warning) => warning.code)).toEqual(['ucell-few-genes']);
  });

  it('refuses what cannot be scored', async () => {
    const run = (options: Parameters<typeof ucell>[1], input = cells) => ucell(input, options, context);
    const set = { name: 's', genes: named(rangeOf(0, 60)) };
    await expect(run({ sets: [set], maxRank: 50 })).rejects.toThrow('Gene set "s" is longer than maxRank.');
    await expect(run({ sets: [set], maxRank: 1.5 })).rejects.toThrow('maxRank');
    await expect(run({ sets: [set, set] })).rejects.toThrow('one name');
    await expect(run({ sets: [{ name: 'e', genes: [] }] })).rejects.toThrow('has no genes');
    await expect(run({ sets: [{ name: 'b', up: ['gene1'], down: ['gene1'] }] })).rejects.toThrow('both up and down');
    await expect(run({ sets: [set] }, { ...cells, genes: genes.slice(1) })).rejects.toThrow('do not fit');
    await expect(run({ sets: [set] }, { ...cells, genes: genes.map(() => 'same') })).rejects.toThrow('twice');
  });
});

describe('aucell', () => {
  it('is the mean over random orders of tied genes (4,000 orders: five standard errors)', async () => {
    const cells = simulate(3);
    const members = rangeOf(0, 15);
    const { scores } = await aucell(cells, { sets: [{ name: 's', genes: named(members) }], topFraction: 0.2 }, context);
    const rng = createRng(11, 'orders');
    const nOrders = 4000;
    for (let cell = 0; cell < 3; cell++) {
      const row = denseRow(cells.counts, cell);
      const order = rangeOf(0, nGenes);
      const draws = Array.from({ length: nOrders }, () => {
        shuffleInPlace(order, rng);
        return slowAucell(row, new Set(members), 52, order);
      });
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / nOrders;
      const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / nOrders;
      expect(Math.abs(scores[cell]! - mean)).toBeLessThan(5 * Math.sqrt(variance / nOrders));
    }
  });

  it('warns of cells with few genes and gives no score to an unmeasured set', async () => {
    const counts: CsrMatrix = {
      ...simulate(2).counts,
      indptr: Uint32Array.of(0, 0, 2),
      indices: Uint32Array.of(1, 2),
      data: Uint8Array.of(1, 1),
    };
    const { scores, warnings } = await aucell({ counts, genes }, { sets: [{ name: 's', genes: ['absent'] }] }, context);
    expect([...scores]).toEqual([NaN, NaN]);
    expect(warnings[0]?.message).toContain('2 of 2 cells have fewer than 13 genes');
  });
});

describe('moduleScore', () => {
  const cells = simulate(80, 40);
  const sets = [
    { name: 'raised', genes: named(rangeOf(1, 10)) },
    { name: 'random', genes: named([21, 47, 93, 118, 151, 199, 233]) },
  ];

  it('sees the raised set in the raised cells only', async () => {
    const { scores } = await moduleScore(cells, { sets }, context);
    const meanOf = (set: number, from: number): number =>
      rangeOf(from, from + 40).reduce((sum, cell) => sum + scores[cell * 2 + set]! / 40, 0);
    expect(meanOf(0, 0) - meanOf(0, 40)).toBeGreaterThan(1);
    expect(Math.abs(meanOf(1, 0) - meanOf(1, 40))).toBeLessThan(0.5);
  });

  it('equals its definition from the dense table, each gene against controls of its own bin', async () => {
    const { scores, controls } = await moduleScore(cells, { sets, bins: 5, controlGenes: 1000 }, context);
    const table = rangeOf(0, 80).map((cell) => {
      const row = denseRow(cells.counts, cell);
      const total = row.reduce((sum, count) => sum + count, 0);
      return row.map((count) => Math.log1p((count / total) * 1e4));
    });
    const averages = Float64Array.from(genes, (_, g) => table.reduce((sum, row) => sum + row[g]! / 80, 0));
    const { binOf } = binGenes(genes, averages, 5);
    const members = rangeOf(1, 10);
    const row = table[3]!;
    const excess = members.map((gene) => {
      const pool = rangeOf(0, nGenes).filter((g) => binOf[g] === binOf[gene] && !members.includes(g));
      return row[gene]! - pool.reduce((sum, g) => sum + row[g]! / pool.length, 0);
    });
    expect(scores[3 * 2]).toBeCloseTo(
      excess.reduce((sum, value) => sum + value / 9, 0),
      12,
    );
    expect(controls[0]!.some((name) => sets[0]!.genes.includes(name))).toBe(false);
  });

  it('draws the same controls whatever else is scored, and others with another seed', async () => {
    const options = { controlGenes: 5 };
    const both = await moduleScore(cells, { ...options, sets }, context);
    const alone = await moduleScore(cells, { ...options, sets: sets.slice(1) }, context);
    const reseeded = await moduleScore(cells, { ...options, sets }, inlineContext(cellScoreTasks, 2));
    expect(alone.controls[0]).toEqual(both.controls[1]);
    expect(reseeded.controls[1]).not.toEqual(both.controls[1]);
  });

  it('takes the down genes off', async () => {
    const [up, down] = [named(rangeOf(1, 10)), named([21, 47, 93])];
    const signed = await moduleScore(cells, { sets: [{ name: 's', up, down }], controlGenes: 1000 }, context);
    const apart = await moduleScore(
      cells,
      {
        sets: [
          { name: 'u', genes: up },
          { name: 'd', genes: down },
        ],
        controlGenes: 1000,
      },
      context,
    );
    signed.scores.forEach((score, cell) => {
      expect(score).toBeCloseTo(apart.scores[2 * cell]! - apart.scores[2 * cell + 1]!, 12);
    });
  });

  it('leaves out genes without controls, and says so', () => {
    const bins = binGenes(['a', 'b', 'c', 'd'], Float64Array.of(9, 0, 0, 8), 3);
    const matched = drawControls(
      { positions: [0, 3, 1], missing: [] },
      bins,
      { scheme: 'per-gene', size: 3 },
      createRng(1),
    );
    expect(matched).toEqual({ genes: [1], controls: [{ gene: 2, weight: 1 }], unmatched: [0, 3] });
  });

  it('gives no score to a cell without counts', async () => {
    const { indptr } = cells.counts;
    const counts: CsrMatrix = { ...cells.counts, shape: [81, nGenes], indptr: Uint32Array.of(0, ...indptr) };
    const { scores } = await moduleScore({ counts, genes }, { sets }, context);
    expect([...scores.subarray(0, 2)]).toEqual([NaN, NaN]);
    expect(scores.subarray(2).every(Number.isFinite)).toBe(true);
  });

  it('refuses bad options', async () => {
    await expect(moduleScore(cells, { sets, bins: 1 }, context)).rejects.toThrow('bins');
    await expect(moduleScore(cells, { sets, controlGenes: 0 }, context)).rejects.toThrow('controlGenes');
    await expect(moduleScore(cells, { sets, targetSum: -1 }, context)).rejects.toThrow('targetSum');
    await expect(moduleScore(cells, { sets, sizeFactors: [1] }, context)).rejects.toThrow('Size factors');
  });
});

describe('blocks of cells', () => {
  const cells = simulate(30);
  const sets = [{ name: 's', genes: named(rangeOf(0, 10)) }];

  it('do not change a score: any block size, compact counts, or other cells beside', async () => {
    const { scores } = await ucell(cells, { sets, maxRank: 40 }, context);
    const compact = await ucell({ ...cells, counts: compactCounts(cells.counts) }, { sets, maxRank: 40 }, context);
    const some = selectRows(cells.counts, [29, 4]);
    const alone = await ucell({ ...cells, counts: some }, { sets, maxRank: 40 }, context);
    expect(compact.scores).toEqual(scores);
    expect([...alone.scores]).toEqual([scores[29], scores[4]]);
    const members = weightsByGene(
      rangeOf(0, 10).map((gene) => ({ gene, column: 0, weight: 1 })),
      nGenes,
      1,
    );
    const sumsAt = (size: number): number[] =>
      rowBlocks(cells.counts, size).flatMap((block) => [
        ...rankScoresBlock({ block, members, sizes: Uint32Array.of(10), term: 'recovery', maxRank: 40 }).sums,
      ]);
    expect(sumsAt(7)).toEqual(sumsAt(30));
  });

  it('stop on request; none are needed for no cells', async () => {
    const stopped: RunContext = { ...context, signal: { aborted: true } as AbortSignal };
    await expect(ucell(cells, { sets }, stopped)).rejects.toThrow('Stopped on request.');
    expect(rowBlocks({ ...cells.counts, shape: [0, nGenes], indptr: new Uint32Array(1) })).toEqual([]);
  });
});
