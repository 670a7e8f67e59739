import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { persisterCalls } from '../../persisters/persister-calls.js';
import { simulatedCellStudy } from '../../persisters/simulated-cells.test-helper.js';
import { persisterTasks } from '../../persisters/tasks.js';
import { cellReversal } from './cell-reversal.js';
import { cellReversalTasks } from './measure-arm.js';
import { allCells } from './planted-arms.test-helper.js';

const contrast = { from: 'untreated', to: 'residual', back: 'relapse' } as const;
const context = inlineContext({ ...persisterTasks, ...cellReversalTasks });

describe('a simulated study', () => {
  it('tells reversible patients from clonal resistance and from no persisters at all', async () => {
    const { cells, effects } = simulatedCellStudy({
      seed: 21,
      genes: 1500,
      cells: 300,
      technology: '10x-v3',
      roles: ['reversible', 'clonal-resistance', 'reversible', 'null', 'reversible', 'artefact'],
    });
    const persisters = await persisterCalls(cells, effects, { controls: 4, controlCells: 100 }, context);
    const input = { cells, tumourCells: allCells(cells), persisters, reversal: null };
    const found = await cellReversal(input, { contrast }, context);
    const verdicts = found.patients.map(({ patient, verdict, arms }) => [patient, verdict, arms[0]?.notTestable]);
    expect(verdicts).toEqual([
      ['P01', 'returned', null],
      ['P02', 'not returned', null],
      ['P03', 'returned', null],
      ['P04', 'not testable', 'no-programme'],
      ['P05', 'not testable', 'missing-stage'],
      ['P06', 'returned', null],
      ['P07', 'returned', null],
      ['P08', 'not testable', 'missing-stage'],
    ]);
    // Two regimens: two arms.
    expect(found.patients[5]!.arms.map(({ arm, verdict }) => [arm, verdict])).toEqual([
      ['capecitabine', 'returned'],
      ['cisplatin', 'returned'],
    ]);
    for (const { index } of found.patients.filter(({ verdict }) => verdict === 'returned')) {
      console.info(`index of a reversible patient: ${(index ?? NaN).toFixed(3)}`);
      expect(Math.abs((index ?? NaN) - 1)).toBeLessThan(0.1);
    }
    expect(found.patients.filter(({ subpopulation }) => subpopulation === true)).toEqual([]);
  });
});
