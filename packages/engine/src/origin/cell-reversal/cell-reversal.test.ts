import { isRemnantError } from '@remnant/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import type { CellCounts } from '../../cells/cell-counts.js';
import { createRng, shuffleInPlace } from '../../core/rng.js';
import { selectRows } from '../../data/compact-counts.js';
import { persisterCalls } from '../../persisters/persister-calls.js';
import { persisterTasks } from '../../persisters/tasks.js';
import type { PersisterCalls } from '../../persisters/types.js';
import { cellReversal } from './cell-reversal.js';
import { cellReversalTasks } from './measure-arm.js';
import type { CellReversalOptions } from './options.js';
import { allCells, effectsOf, type PlantedSample, plantedCells, threeStages } from './planted-arms.test-helper.js';
import type { ArmMeasure, CellReversal, PatientCellReversal, ReversalArm, StageDistances } from './types.js';

const context = inlineContext({ ...persisterTasks, ...cellReversalTasks });
const contrast = { from: 'untreated', to: 'residual', back: 'relapse' } as const;
const quick = { contrast, draws: 20, bootstraps: 400 };

function run(cells: CellCounts, options: CellReversalOptions = quick, seed = 1): Promise<CellReversal> {
  const input = { cells, tumourCells: allCells(cells), persisters: null, reversal: null };
  return cellReversal(input, options, inlineContext(cellReversalTasks, seed));
}

function only(found: CellReversal): ReversalArm {
  return found.patients[0]!.arms[0]!;
}

function inSpace({ distances }: ArmMeasure, space: string): StageDistances {
  return distances.find((d) => d.space === space)!;
}

/** The rows of some cells in another order. */
function reordered(cells: CellCounts, order: Uint32Array): CellCounts {
  return {
    ...cells,
    counts: selectRows(cells.counts, order),
    barcodes: Array.from(order, (row) => cells.barcodes[row]!),
    sampleOf: order.map((row) => cells.sampleOf[row]!),
  };
}

describe('planted relapses, with persister calls', () => {
  let persisters: PersisterCalls;
  let found: CellReversal;
  const patient = (name: string): PatientCellReversal => found.patients.find((p) => p.patient === name)!;
  const arm = (name: string): ReversalArm => patient(name).arms[0]!;
  beforeAll(async () => {
    const cells = plantedCells(
      [
        ...threeStages('back', {}),
        ...threeStages('half', { strength: 0.5 }),
        ...threeStages('stays', { strength: 1 }),
        ...threeStages('minority', { share: 0.2 }),
        ...threeStages('shallow', { depth: 500 }),
        ...threeStages('elsewhere', { elsewhere: 1.5 }),
      ],
      11,
    );
    persisters = await persisterCalls(cells, effectsOf(cells), { controls: 0 }, context);
    const input = { cells, tumourCells: allCells(cells), persisters, reversal: null };
    found = await cellReversal(input, { contrast }, context);
  });

  it('places each where it was planted, on both axes', () => {
    const planted = { back: 1, half: 0.5, stays: 0, minority: 0.8, shallow: 1, elsewhere: 1 };
    for (const [name, truth] of Object.entries(planted)) {
      const { index, programmeIndex } = arm(name).measure!;
      expect(Math.abs((index.value ?? NaN) - truth), name).toBeLessThan(0.1);
      expect(Math.abs((programmeIndex?.value ?? NaN) - truth), name).toBeLessThan(0.1);
    }
  });

  it('says returned, partly, not returned', () => {
    const verdicts = found.patients.map(({ patient: name, verdict }) => [name, verdict]);
    expect(Object.fromEntries(verdicts)).toEqual({
      back: 'returned',
      half: 'partly returned',
      stays: 'not returned',
      minority: 'partly returned',
      shallow: 'returned',
      elsewhere: 'partly returned',
    });
  });

  it('measures distances against the halves of one stage', () => {
    for (const { space, ratio, back, separable } of arm('back').measure!.distances) {
      expect([space, separable, back]).toEqual([space, true, true]);
      expect(ratio.low).toBeLessThan(0.1);
    }
    for (const { space, ratio, back } of arm('half').measure!.distances) {
      expect([space, back]).toEqual([space, false]);
      expect(Math.abs((ratio.value ?? NaN) - 0.5), space).toBeLessThan(0.12);
    }
    for (const { relapseResidual, nulls } of arm('stays').measure!.distances) {
      expect(relapseResidual.mean).toBeLessThan(Math.max(...nulls.map(({ high }) => high)));
    }
  });

  it('flags a minority that stays, with its fraction as called, and no other', () => {
    const { fractions, measure } = arm('minority');
    expect(fractions.back).toBe(persisters.samples.find((s) => s.sample.startsWith('minority-relapse'))?.fraction);
    expect(fractions.back?.low).toBeLessThan(0.2);
    expect(fractions.back?.high).toBeGreaterThan(0.2);
    expect(Math.abs((measure?.othersIndex?.value ?? NaN) - 1)).toBeLessThan(0.1);
    expect(found.patients.filter(({ subpopulation }) => subpopulation === true).map((p) => p.patient)).toEqual([
      'minority',
    ]);
  });

  it('sees cells that left the line', () => {
    expect(arm('elsewhere').offTheLine).toBe(true);
    expect(arm('elsewhere').reasons[0]).toMatch(/away from the line/);
    expect(found.patients.filter((p) => p.arms[0]!.offTheLine === true)).toHaveLength(1);
  });

  it('matches depth', () => {
    const { depth } = arm('shallow').measure!;
    expect(depth.method).toBe('thinned');
    expect(depth.before.back).toBeLessThan(0.6 * depth.before.from);
    expect(depth.after.from / depth.after.back).toBeCloseTo(1, 2);
    expect(depth.after.to / depth.after.back).toBeCloseTo(1, 2);
  });

  it('pools over patients and passes the called fractions on', () => {
    const mean = found.patients.reduce((sum, { index }) => sum + (index ?? NaN), 0) / 6;
    expect(found.pooled).toMatchObject({ status: 'ok', level: 0.9 });
    expect(found.pooled.value).toBeCloseTo(mean, 12);
    expect(found.fractions.map(({ stage }) => stage)).toEqual(['untreated', 'residual', 'relapse']);
    expect(found.warnings.map(({ code }) => code)).toEqual(['cell-reversal-technical-only']);
  });
});

describe('what cannot be asked', () => {
  const samples = threeStages('A', {}, 60);

  it('a missing stage', async () => {
    const found = only(await run(plantedCells(samples.slice(0, 2), 1)));
    expect(found).toMatchObject({ verdict: 'not testable', notTestable: 'missing-stage', measure: null });
    expect(found.reasons).toEqual(['no relapse sample with single cells']);
  });

  it('too few cells', async () => {
    const few = only(await run(plantedCells([samples[0]!, samples[1]!, { ...samples[2]!, nCells: 19 }], 1)));
    expect(few).toMatchObject({ verdict: 'not testable', notTestable: 'too-few-cells' });
    expect(few.reasons).toEqual(['19 relapse cells; 20 are needed']);
    const enough = only(await run(plantedCells([samples[0]!, samples[1]!, { ...samples[2]!, nCells: 20 }], 1)));
    expect(enough.measure).not.toBeNull();
  });

  it('stages that are not apart, because labels were exchanged between cells', async () => {
    const cells = plantedCells(threeStages('A', {}, 150), 4);
    const order = allCells(cells);
    shuffleInPlace(order, createRng(9, 'labels'));
    const found = only(await run({ ...cells, counts: selectRows(cells.counts, order) }));
    expect(found).toMatchObject({ verdict: 'not testable', notTestable: 'not-separable', status: 'not-identifiable' });
    expect(inSpace(found.measure!, 'components').separable).toBe(false);
  });

  it('a difference in depth alone', async () => {
    const same = samples.map((s) => ({ ...s, strength: 0, depth: s.stage === 'residual' ? 400 : 1000 }));
    expect(only(await run(plantedCells(same, 5)))).toMatchObject({ notTestable: 'not-separable' });
  });

  it('replicates that differ as much as the stages', async () => {
    const noisy = samples.flatMap((s) => [1, 2, 3].map(() => ({ ...s, strength: 0, batch: 0.4 })));
    expect(only(await run(plantedCells(noisy, 6)))).toMatchObject({ notTestable: 'not-separable' });
  });

  it('a patient without persisters under treatment', async () => {
    const cells = plantedCells(samples, 7);
    const persisters = {
      samples: [],
      stages: [],
      excludedGenes: [],
      patients: [{ patient: 'A', verdict: 'none', stages: [] }],
      cells: {
        activity: new Float64Array(cells.barcodes.length).fill(NaN),
        standardError: new Float64Array(cells.barcodes.length).fill(NaN),
        probability: new Float64Array(cells.barcodes.length).fill(NaN),
      },
    } as unknown as PersisterCalls;
    const input = { cells, tumourCells: allCells(cells), persisters, reversal: null };
    const found = only(await cellReversal(input, quick, context));
    expect(found).toMatchObject({ verdict: 'not testable', notTestable: 'no-programme' });
  });

  it('a study without single cells', async () => {
    const reversal = { patients: [{ patient: 'P', verdict: 'returned', index: null }] } as never;
    const input = { cells: null, tumourCells: new Uint32Array(0), persisters: null, reversal };
    const found = await cellReversal(input, quick, context);
    expect(found.patients).toMatchObject([
      { patient: 'P', verdict: 'not testable', reasons: ['no single cells'], agrees: null },
    ]);
    expect(found.nTestable).toBe(0);
  });
});

describe('arms of a drug holiday', () => {
  it('are answered one by one, each against the residual cells of its treatment where there are any', async () => {
    const stage = (s: Partial<PlantedSample>): PlantedSample => {
      return { patient: 'A', stage: 'relapse', nCells: 80, strength: 0, ...s };
    };
    const cells = plantedCells(
      [
        stage({ stage: 'untreated', treatment: 'U' }),
        stage({ stage: 'residual', treatment: 'UT', strength: 1 }),
        stage({ treatment: 'UTT', strength: 1 }),
        stage({ treatment: 'UTTU' }),
      ],
      8,
    );
    const found = await run(cells);
    expect(found.patients[0]!.arms.map(({ arm, verdict }) => [arm, verdict])).toEqual([
      ['UTT', 'not returned'],
      ['UTTU', 'returned'],
    ]);
    expect(found.patients[0]).toMatchObject({
      verdict: 'partly returned',
      reasons: ['UTT: not returned', 'UTTU: returned'],
    });
    const named = await run(cells, {
      ...quick,
      arms: new Map([
        ['A-relapse-2', 'holiday'],
        ['A-relapse-3', 'holiday'],
      ]),
    });
    expect(named.patients[0]!.arms.map(({ arm, samples }) => [arm, samples.back.length])).toEqual([['holiday', 2]]);
  });
});

describe('beside the samples', () => {
  it('agrees, disagrees, or leaves it open', async () => {
    const cells = plantedCells(threeStages('A', {}, 80), 12);
    const beside = async (verdict: string): Promise<PatientCellReversal> => {
      const reversal = { patients: [{ patient: 'A', verdict, index: null }] } as never;
      const input = { cells, tumourCells: allCells(cells), persisters: null, reversal };
      return (await cellReversal(input, quick, context)).patients[0]!;
    };
    expect(await beside('returned')).toMatchObject({ verdict: 'returned', agrees: true });
    expect(await beside('not returned')).toMatchObject({ agrees: false, sampleLevel: { verdict: 'not returned' } });
    expect(await beside('inconclusive')).toMatchObject({ agrees: null });
  });
});

describe('the same answer', () => {
  it('for the same seed, whatever the order of the cells within their samples', async () => {
    const cells = plantedCells(threeStages('A', { share: 0.3 }, 60), 13);
    const first = await run(cells);
    expect(await run(cells)).toEqual(first);
    const order = allCells(cells);
    for (const s of [0, 1, 2]) shuffleInPlace(order.subarray(60 * s, 60 * (s + 1)), createRng(s, 'order'));
    expect(await run(reordered(cells, order))).toEqual(first);
    expect(await run(cells, quick, 2)).not.toEqual(first);
  });

  it('however many arms run at once', async () => {
    const cells = plantedCells(
      [...threeStages('A', {}, 40), ...threeStages('B', {}, 40), ...threeStages('C', {}, 40)],
      16,
    );
    const input = { cells, tumourCells: allCells(cells), persisters: null, reversal: null };
    const two = { ...context, executor: { ...context.executor, concurrency: 2 } };
    expect(await cellReversal(input, quick, two)).toEqual(await run(cells));
  });

  it('for a sample cut down to its share of cells', async () => {
    const cells = plantedCells(threeStages('A', {}, 150), 14);
    const found = only(await run(cells, { ...quick, maxCells: 100 }));
    expect(found.nCells).toEqual({ from: 150, to: 150, back: 150 });
    expect(found.measure!.positions[0]!.nCells).toBe(100);
    expect(found.verdict).toBe('returned');
  });
});

describe('input that is wrong', () => {
  const cells = plantedCells(threeStages('A', {}, 20), 15);
  const fails = async (work: Promise<unknown>, code: 'option' | 'shape' | 'aborted'): Promise<void> => {
    const error: unknown = await work.catch((e: unknown) => e);
    expect(isRemnantError(error, code)).toBe(true);
  };

  it('options out of range', async () => {
    await fails(run(cells, { ...quick, margin: 0.6 }), 'option');
    await fails(run(cells, { ...quick, minCells: 5 }), 'option');
    await fails(run(cells, { ...quick, speed: 3 } as never), 'option');
    await fails(run(cells, { ...quick, contrast: { from: 'untreated', to: 'residual', back: 'residual' } }), 'option');
  });

  it('tumour cells outside the cells', async () => {
    const input = { cells, tumourCells: Uint32Array.of(60), persisters: null, reversal: null };
    await fails(cellReversal(input, quick, context), 'shape');
  });

  it('a request to stop', async () => {
    const input = { cells, tumourCells: allCells(cells), persisters: null, reversal: null };
    await fails(cellReversal(input, quick, { ...context, signal: { aborted: true } as AbortSignal }), 'aborted');
  });
});
