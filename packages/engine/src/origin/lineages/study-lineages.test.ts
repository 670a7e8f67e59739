import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { createRng } from '../../core/rng.js';
import { lineageTasks } from './clone-state.js';
import type { LineageSampleInfo, LineageStudy, LineageStudyInput } from './lineage-study.js';
import type { LineageRow } from './lineages-from-table.js';
import { studyLineages } from './study-lineages.js';

const run = (input: LineageStudyInput, options = {}): Promise<LineageStudy> =>
  studyLineages(input, { permutations: 99, ...options }, inlineContext(lineageTasks));

/** 200 cells of `nClones` clones, in the persister state with the chance given. */
function cellsOf(sample: string, nClones: number, chance: number): { rows: LineageRow[]; states: Map<string, string> } {
  const rng = createRng(2, sample);
  const rows = Array.from({ length: 200 }, (_, i) => ({
    sample,
    cell: `cell${String(i)}`,
    barcode: `clone${String(i % nClones)}`,
    count: 1,
  }));
  const states = new Map(rows.map(({ cell }) => [cell, rng.uniform() < chance ? 'persister' : 'other']));
  return { rows, states };
}

function study(
  parts: Readonly<Record<string, ReturnType<typeof cellsOf>>>,
  samples: LineageSampleInfo[],
): LineageStudyInput {
  return {
    rows: Object.values(parts).flatMap(({ rows }) => rows),
    samples,
    states: new Map(Object.entries(parts).map(([sample, { states }]) => [sample, states])),
    nCells: new Map([['A0', 1000]]),
  };
}

const samples: LineageSampleInfo[] = [
  { sample: 'A0', patient: 'A', stage: 'untreated' },
  { sample: 'A1', patient: 'A', stage: 'residual' },
  { sample: 'B0', patient: 'B', stage: 'untreated' },
  { sample: 'B1', patient: 'B', stage: 'residual' },
  { sample: 'C1', patient: 'C', stage: 'residual' },
];
const parts = {
  A0: cellsOf('A0', 100, 0.1),
  A1: cellsOf('A1', 100, 0.9),
  B0: cellsOf('B0', 100, 0.1),
  B1: cellsOf('B1', 4, 0.9),
  C1: cellsOf('C1', 100, 0.9),
};

describe('lineages of a study', () => {
  it('gives each patient its verdict', async () => {
    const found = await run(study(parts, samples));
    expect(found.patients.map(({ patient, verdict }) => [patient, verdict])).toEqual([
      ['A', 'adaptation'],
      ['B', 'selection'],
      ['C', 'cannot tell'],
    ]);
    expect(found.patients[2]?.reasons).toEqual(['no barcoded cells at both stages, untreated and residual']);
    expect(found.samples.map(({ nCells }) => nCells)).toEqual([1000, null, null, null, null]);
    expect(found.stages.map(({ patient, sample }) => [patient, sample])).toEqual([
      ['A', null],
      ['B', null],
    ]);
    expect(found.states).toHaveLength(10);
    expect(found.cloneState?.nCells).toBe(1000);
    expect(found.patients[0]?.sisterFate?.nSharedClones).toBe(100);
    expect(found.warnings).toEqual([]);
  });

  it('is mixed when samples of the later stage disagree', async () => {
    const two = { ...parts, A2: { ...cellsOf('A2', 4, 0.9) } };
    const found = await run(study(two, [...samples, { sample: 'A2', patient: 'A', stage: 'residual' }]));
    expect(found.patients[0]?.verdict).toBe('mixed');
    expect(found.patients[0]?.reasons).toEqual(['samples of stage residual disagree: A1 adaptation, A2 selection']);
    expect(found.stages.filter(({ patient }) => patient === 'A').map(({ sample }) => sample)).toEqual([
      null,
      'A1',
      'A2',
    ]);
  });

  it('does without states', async () => {
    const { rows } = study(parts, samples);
    const found = await run({ rows, samples });
    expect(found.cloneState).toBeNull();
    expect(found.patients.map(({ verdict }) => verdict)).toEqual(['cannot tell', 'selection', 'cannot tell']);
    expect(found.patients[0]?.sisterFate).toBeNull();
  });

  it('leaves out ambiguous cells, merges errors where asked, and says so', async () => {
    const rows: LineageRow[] = [
      ...Array.from({ length: 9 }, (_, i) => ({ sample: 'A0', cell: `c${String(i)}`, barcode: 'AAAA', count: 5 })),
      { sample: 'A0', cell: 'c0', barcode: 'AAAC', count: 5 },
      { sample: 'A0', cell: 'c9', barcode: 'AAAC', count: 1 },
    ];
    const input = { rows, samples: samples.slice(0, 1), states: new Map([['A0', new Map([['other-cell', 'x']])]]) };
    const kept = await run(input);
    expect([kept.samples[0]?.nAmbiguous, kept.samples[0]?.diversity.nClones]).toEqual([1, 2]);
    expect(kept.warnings.map(({ code }) => code)).toEqual([
      'lineages-insufficient',
      'lineages-ambiguous',
      'lineages-without-state',
    ]);
    const merged = await run(input, { barcodeErrors: 'merge' });
    expect([merged.samples[0]?.nAmbiguous, merged.samples[0]?.diversity.nClones]).toEqual([0, 1]);
    expect(merged.warnings.map(({ code }) => code)).toContain('lineages-merged');
  });

  it('gives bulk libraries intervals from replicates only', async () => {
    const library = (sample: string, counts: readonly number[]): LineageRow[] =>
      counts.map((count, i) => ({ sample, cell: null, barcode: `b${String(i)}`, count }));
    const bulk: LineageSampleInfo[] = [
      { sample: 'U1', patient: 'P', stage: 'untreated' },
      { sample: 'U2a', patient: 'P', stage: 'untreated', replicate: 'U2' },
      { sample: 'U2b', patient: 'P', stage: 'untreated', replicate: 'U2' },
      { sample: 'R1', patient: 'P', stage: 'residual' },
    ];
    const rows = [
      ...library('U1', [10, 10, 10, 10]),
      ...library('U2a', [10, 10, 10, 9]),
      ...library('U2b', [11, 10, 10, 10]),
      ...library('R1', [100, 1]),
    ];
    const { bulk: found, warnings, samples: cells } = await run({ rows, samples: bulk });
    expect(cells).toEqual([]);
    expect(found.libraries[0]?.effectiveClones).toBeCloseTo(4, 12);
    expect(found.stages.map(({ nReplicates }) => nReplicates)).toEqual([2, 1]);
    expect(found.stages[0]?.effectiveClones.low as number).toBeLessThan(4);
    expect(found.stages[1]?.effectiveClones.low).toBeNull();
    expect(found.shifts[0]?.diversityKept.reasons[0]).toMatch(/^no sampling interval: reads are not cells/);
    expect(found.shifts[0]?.diversityKept.value as number).toBeLessThan(0.3);
    expect(warnings.map(({ code }) => code)).toEqual(['lineages-bulk']);
  });

  it('refuses barcodes of a sample that the study does not have, and stops on request', async () => {
    const input = study(parts, samples);
    await expect(run({ ...input, samples: samples.slice(1) })).rejects.toThrow(
      'column "sample": Lineage barcodes are given for sample "A0", which the study does not have.',
    );
    const stopped = { ...inlineContext(lineageTasks), signal: AbortSignal.abort() };
    await expect(studyLineages(input, {}, stopped)).rejects.toThrow('Stopped on request.');
  });
});
