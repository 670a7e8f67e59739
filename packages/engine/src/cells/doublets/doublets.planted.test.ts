import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { selectRows } from '../../data/compact-counts.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { simulateStudy } from '../../simulate/simulate-study.js';
import { areaUnderCurve } from '../../stats/auc.js';
import { callDoublets } from './call-doublets.js';
import { doubletTasks } from './doublet-tasks.js';
import { oneSample } from './two-kinds.test-helper.js';

const context = inlineContext(doubletTasks);

/** Scores of one residual sample after the removal of damaged cells. */
async function residual(seed: number): Promise<{
  readonly auroc: number;
  readonly called: number;
  readonly right: number;
  readonly nDoublets: number;
}> {
  const study = simulateStudy({ seed, genes: 1500, cells: 900, patients: 5, parameters: { doubletFraction: 0.06 } });
  const sample = study.samples.find((s) => s.sample === 'P05_residual')!;
  const { kind, state, partner } = study.truth.cells[sample.sample]!;
  const kept = kind.flatMap((k, i) => (k === 'low-quality' ? [] : [i]));
  const cells = oneSample(selectRows(sample.cells!.X as CsrMatrix, kept), sample.cells!.varNames);
  const found = await callDoublets(cells, { expectedRate: 0.06 }, context);
  const isMixed = (i: number): boolean => partner[i] !== null && partner[i]?.state !== state[i];
  const scores = (is: (i: number) => boolean): number[] => kept.flatMap((i, k) => (is(i) ? [found.scores[k]!] : []));
  return {
    auroc: areaUnderCurve(
      scores(isMixed),
      scores((i) => kind[i] !== 'doublet'),
    ),
    called: found.samples[0]!.nCalled,
    right: kept.filter((i, k) => found.called[k] === 1 && kind[i] === 'doublet').length,
    nDoublets: kept.filter((i) => kind[i] === 'doublet').length,
  };
}

describe('doublets planted in residual samples', () => {
  // None of these seeds was looked at while the method was made.
  it('rank above single cells where their two cells differ in state', async () => {
    const found = [await residual(111), await residual(112), await residual(113)];
    console.log(
      found
        .map(
          ({ auroc, called, right, nDoublets }) =>
            `AUROC ${auroc.toFixed(3)}, ${String(right)} of ${String(called)} calls right, ${String(nDoublets)} doublets`,
        )
        .join('; '),
    );
    for (const { auroc } of found) expect(auroc).toBeGreaterThan(0.9);
    const called = found.reduce((sum, f) => sum + f.called, 0);
    const right = found.reduce((sum, f) => sum + f.right, 0);
    if (called >= 10) expect(right / called).toBeGreaterThan(0.6);
  }, 120_000);
});
