import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { cellReversal } from './cell-reversal.js';
import { cellReversalTasks } from './measure-arm.js';
import { allCells, type PlantedSample, plantedCells, threeStages } from './planted-arms.test-helper.js';
import type { ReversalArm } from './types.js';

const contrast = { from: 'untreated', to: 'residual', back: 'relapse' } as const;
const nSeeds = 30;

async function arms(samples: readonly PlantedSample[]): Promise<readonly ReversalArm[]> {
  const found: ReversalArm[] = [];
  for (let seed = 1; seed <= nSeeds; seed++) {
    const cells = plantedCells(samples, seed);
    const input = { cells, tumourCells: allCells(cells), persisters: null, reversal: null };
    const options = { contrast, draws: 20, bootstraps: 300 };
    const { patients } = await cellReversal(input, options, inlineContext(cellReversalTasks, seed));
    found.push(patients[0]!.arms[0]!);
  }
  return found;
}

function covering(found: readonly ReversalArm[], truth: number): number {
  return found.filter(({ measure }) => {
    const { low, high } = measure!.index;
    return low !== null && high !== null && low <= truth && high >= truth;
  }).length;
}

const replicated = (n: number, back: Partial<PlantedSample>): readonly PlantedSample[] =>
  threeStages('A', back, 40).flatMap((s) => Array.from({ length: n }, () => ({ ...s, batch: 0.15 })));

describe('90 % intervals over seeds', () => {
  it('cover what was planted in at least 85 %', async () => {
    const scenarios: readonly (readonly [string, readonly PlantedSample[], number])[] = [
      ['back', threeStages('A', {}, 60), 1],
      ['20 % stay', threeStages('A', { share: 0.2 }, 60), 0.8],
      ['all stay', threeStages('A', { strength: 1 }, 60), 0],
      ['three samples per stage', replicated(3, {}), 1],
    ];
    let covered = 0;
    for (const [name, samples, truth] of scenarios) {
      const own = covering(await arms(samples), truth);
      console.info(`${name}: ${String(own)} of ${String(nSeeds)} intervals cover`);
      expect(own, name).toBeGreaterThanOrEqual(0.75 * nSeeds);
      covered += own;
    }
    expect(covered / (nSeeds * scenarios.length)).toBeGreaterThanOrEqual(0.85);
  });

  it('say nothing of stages that do not differ', async () => {
    const same = threeStages('A', {}, 60).map((s) => ({ ...s, strength: 0 }));
    const told = (await arms(same)).filter(({ verdict }) => verdict !== 'not testable' && verdict !== 'cannot tell');
    console.info(`no state: ${String(told.length)} of ${String(nSeeds)} told`);
    expect(told.length).toBeLessThanOrEqual(0.1 * nSeeds);
  });
});
