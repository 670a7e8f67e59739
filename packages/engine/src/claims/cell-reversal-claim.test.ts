import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { sentenceFaults } from '../../../../tests/support/sentence-faults.js';
import { type CellReversal, cellReversal, cellReversalTasks } from '../origin/cell-reversal/index.js';
import {
  allCells,
  type PlantedSample,
  plantedCells,
  threeStages,
} from '../origin/cell-reversal/planted-arms.test-helper.js';
import { cellReversalTables } from '../pipeline/tables/cell-reversal-tables.js';
import type { Claim } from './claim.js';
import { cellReversalClaim } from './cell-reversal-claim.js';

const contrast = { from: 'untreated', to: 'residual', back: 'relapse' } as const;

async function found(samples: readonly PlantedSample[]): Promise<CellReversal> {
  const cells = plantedCells(samples, 3);
  const input = { cells, tumourCells: allCells(cells), persisters: null, reversal: null };
  return cellReversal(input, { contrast, draws: 20, bootstraps: 200 }, inlineContext(cellReversalTasks));
}

const claimOf = async (samples: readonly PlantedSample[]): Promise<Claim> => cellReversalClaim(await found(samples))!;
const back = threeStages('A', {}, 120);
const stays = threeStages('B', { strength: 1 }, 120);
const half = threeStages('C', { strength: 0.5 }, 120);
const noRelapse = threeStages('D', {}, 60).slice(0, 2);

describe('cellReversalClaim', () => {
  it('is not made where cells were not looked at', () => {
    expect(cellReversalClaim(null)).toBeNull();
    expect(cellReversalTables(null)).toEqual([]);
  });

  it('is supported where every patient that could be asked is back', async () => {
    const claim = await claimOf([...back, ...noRelapse]);
    expect(claim).toMatchObject({ verdict: 'supported', patients: { agree: 1, asked: 1 } });
    expect(claim.sentence.en).toMatch(/^Relapse cells are back among the untreated cells in A\. .* Not testable: D\.$/);
    expect(claim.lines.map(({ verdict }) => verdict)).toEqual(['supported', 'not testable']);
    expect(claim.lines[1]!.sentence.en).toBe('Not testable: 60 untreated, 60 residual and 0 relapse cells.');
  });

  it('is contradicted where none is, and not supported where they differ', async () => {
    expect((await claimOf(stays)).verdict).toBe('contradicted');
    const mixed = await claimOf([...back, ...stays, ...half]);
    expect(mixed).toMatchObject({ verdict: 'not supported', patients: { agree: 1, asked: 3 } });
    expect(mixed.lines[2]!.sentence.en).toMatch(/^Partly returned: index 0\.\d\d \(/);
    expect(mixed.control.en).toMatch(/A \(drug\) 0\.0\d/);
  });

  it('is not testable without a patient of three stages', async () => {
    const claim = await claimOf(noRelapse);
    expect(claim).toMatchObject({ verdict: 'not testable', patients: null });
  });

  it('reads well in both languages', async () => {
    const claim = await claimOf([...back, ...stays, ...half, ...noRelapse]);
    expect(sentenceFaults(claim)).toEqual([]);
    expect(claim.lines[0]!.sentence.fr).toMatch(/^Revenues : indice \d,\d\d \(/);
  });
});

describe('cellReversalTables', () => {
  it('gives one row per arm, distance and stage', async () => {
    const [arms, nulls, positions] = cellReversalTables(await found([...back, ...noRelapse]));
    expect([arms?.name, arms?.nRows]).toEqual(['cell_reversal', 2]);
    // Two spaces without persister calls: three distances between stages and three within.
    expect([nulls?.name, nulls?.nRows]).toEqual(['cell_reversal_null', 12]);
    expect([positions?.name, positions?.nRows]).toEqual(['cell_reversal_positions', 3]);
  });
});
