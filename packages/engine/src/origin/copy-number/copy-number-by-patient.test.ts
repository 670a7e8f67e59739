import { beforeAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { type CellCounts, sampleRanges } from '../../cells/cell-counts.js';
import { selectCells } from '../../cells/kernels/subsample-cells.js';
import { copyNumber } from './copy-number.js';
import { copyNumberByPatient } from './copy-number-by-patient.js';
import { copyNumberTasks } from './copy-number-tasks.js';
import { simulatedTumours, type SimulatedTumours } from './simulated-tumours.test-helper.js';
import type { CopyNumber } from './types.js';

const context = inlineContext(copyNumberTasks);

describe('copyNumberByPatient', () => {
  let tumours: SimulatedTumours;
  let found: CopyNumber;
  beforeAll(async () => {
    tumours = simulatedTumours({ seed: 2, patients: 5, cells: 400 });
    found = await copyNumberByPatient(
      tumours.cells,
      tumours.positions,
      { choice: { types: tumours.normalTypes, prefer: 'auto' } },
      context,
    );
  }, 60_000);
  const patient = (name: string): CopyNumber['patients'][number] => found.patients.find((p) => p.patient === name)!;

  it('compares a patient with its normal cells where it has them, and with its untreated cells where not', () => {
    expect(found.patients.map(({ patient }) => patient)).toEqual(['P01', 'P03', 'P04', 'P05']);
    expect(patient('P04').reference).toMatchObject({ kind: 'cells', comparedWith: 'normal', fromOtherPatients: false });
    expect(patient('P03').reference).toMatchObject({ kind: 'untreated', comparedWith: 'untreated' });
  });

  it('numbers cells by their rows in the whole study', () => {
    const ranges = sampleRanges(tumours.cells);
    for (const { patient: name, cells } of found.patients) {
      const own = ranges.flatMap(([start, end], s) =>
        tumours.cells.samples[s]!.patient === name ? Array.from({ length: end - start }, (_, i) => start + i) : [],
      );
      expect([...cells.row]).toEqual(own);
    }
  });

  it('gives what copyNumber gives for the patient alone', async () => {
    const rows = patient('P03').cells.row;
    const alone: CellCounts = selectCells(tumours.cells, rows);
    const { patients } = await copyNumber(alone, tumours.positions, { reference: { kind: 'untreated' } }, context);
    const expected = patients.find((p) => p.patient === 'P03')!;
    expect(patient('P03').clones).toEqual(expected.clones);
    expect(patient('P03').cells.alteredProbability).toEqual(expected.cells.alteredProbability);
    expect(patient('P03').status).toBe('called');
  });

  it('keeps to one kind of reference where asked', async () => {
    const choice = { types: tumours.normalTypes, prefer: 'untreated' } as const;
    const all = await copyNumberByPatient(tumours.cells, tumours.positions, { choice }, context);
    expect(all.patients.every(({ reference }) => reference.comparedWith !== 'normal')).toBe(true);
  });
});
