import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { readReferenceJson, worstDifference } from '../../../../../tests/support/reference.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { aucell } from './aucell.js';
import { type CellScores, scoreColumn } from './cell-scores.js';
import { moduleScore } from './module-score.js';
import { cellScoreTasks } from './score-tasks.js';
import { ucell } from './ucell.js';

/** pyUCell 0.8, decoupler 2.2 and scanpy 1.11 on our own simulated cells (reference/cell-scores/cell-scores.py). */
type Named<T> = Readonly<Record<string, T>>;
const reference = readReferenceJson<{
  readonly genes: readonly string[];
  readonly counts: readonly (readonly (readonly [number, number])[])[];
  readonly sets: Named<{ readonly up: readonly string[]; readonly down: readonly string[] }>;
  readonly maxRank: number;
  readonly ucell: Named<readonly number[]>;
  readonly tieFree: readonly (readonly number[])[];
  readonly aucellSets: Named<readonly string[]>;
  readonly aucell: Named<readonly number[]>;
  readonly module: Named<readonly number[]>;
}>('cell-scores/expected.json');

function csrOf(rows: readonly (readonly (readonly [number, number])[])[], nGenes: number): CsrMatrix {
  const entries = rows.flat();
  const indptr = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => (indptr[i + 1] = indptr[i]! + row.length));
  return {
    kind: 'csr',
    shape: [rows.length, nGenes],
    indptr,
    indices: Uint32Array.from(entries, ([gene]) => gene),
    data: Float64Array.from(entries, ([, value]) => value),
  };
}

const cells = { counts: csrOf(reference.counts, reference.genes.length), genes: reference.genes };
const context = inlineContext(cellScoreTasks);

function worst(found: CellScores, expected: Named<readonly number[]>, floor: number): number {
  return Math.max(...found.sets.map((name, s) => worstDifference(scoreColumn(found, s), expected[name]!, { floor })));
}

describe('scores on cells equal their reference implementations', () => {
  it('UCell, plain and signed sets, a missing gene: pyUCell stores ranks and sums in single precision (6e-8 of a sum near 1)', async () => {
    const sets = Object.entries(reference.sets).map(([name, set]) => ({ name, ...set }));
    const found = await ucell(cells, { sets, maxRank: reference.maxRank }, context);
    expect(worst(found, reference.ucell, 1)).toBeLessThan(3e-7);
  });

  it('AUCell where no values are tied: the same whole numbers divided', async () => {
    const genes = reference.genes.slice(0, reference.tieFree[0]!.length);
    const counts = csrOf(
      reference.tieFree.map((row) => row.map((value, g) => [g, value] as const)),
      genes.length,
    );
    const sets = Object.entries(reference.aucellSets).map(([name, members]) => ({ name, genes: members }));
    const found = await aucell({ counts, genes }, { sets }, context);
    expect(worst(found, reference.aucell, 1)).toBeLessThan(1e-14);
  });

  it('the control-matched score where bins are used whole: sums of at most 422 doubles in another order', async () => {
    const sets = Object.keys(reference.module).map((name) => ({ name, genes: reference.sets[name]!.up }));
    const options = { sets, controlSampling: 'per-bin', controlGenes: reference.genes.length } as const;
    const found = await moduleScore(cells, options, context);
    expect(worst(found, reference.module, 1)).toBeLessThan(1e-12);
  });
});
