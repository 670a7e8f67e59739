import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { simulateStudy } from '../../simulate/simulate-study.js';
import { copyNumber } from './copy-number.js';
import { copyNumberTasks } from './copy-number-tasks.js';
import { cellsOf, placeGenes } from './simulated-tumours.test-helper.js';
import type { PatientCopyNumber } from './types.js';

/** The simulator's patients, each against its own untreated sample: one in five carries a clone with a gained arm. */
const context = inlineContext(copyNumberTasks);
const hasGain = ({ clones, samples }: PatientCopyNumber, arm: string): boolean =>
  [...clones, ...samples].some(({ arms }) => arms.some((found) => found.arm === arm && found.call === 'gain'));

describe('simulated studies', () => {
  it('the clonal patient is flagged, the others have no call, and cells with a call are right', {
    timeout: 300_000,
  }, async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    let [flagged, falseAlarms, clean, right, called] = [0, 0, 0, 0, 0];
    for (const seed of seeds) {
      const positions = placeGenes(seed);
      const geneArms = Object.fromEntries(positions.map(({ gene, chromosome, arm }) => [gene, chromosome + arm]));
      const study = simulateStudy({ seed, patients: 8, cells: 120, geneArms });
      const cells = cellsOf(study);
      const { patients } = await copyNumber(cells, positions, { reference: { kind: 'untreated' } }, context);
      const states = cells.samples.flatMap(({ sample }) => study.truth.cellStates[sample]!);
      for (const patient of patients) {
        if (patient.patient !== study.truth.arm.patient) {
          clean++;
          if (patient.status === 'called') falseAlarms++;
          continue;
        }
        if (hasGain(patient, study.truth.arm.arm)) flagged++;
        patient.cells.row.forEach((row, i) => {
          if (patient.cells.abstained[i] !== null) return;
          called++;
          if ((states[row] === 'resistant') === patient.cells.alteredProbability[i]! > 0.5) right++;
        });
      }
    }
    console.info(
      `clonal patients flagged: ${String(flagged)} of ${String(seeds.length)}; false alarms: ${String(falseAlarms)} of ${String(clean)}; cells with a call that are right: ${String(right)} of ${String(called)}`,
    );
    expect(flagged / seeds.length).toBeGreaterThanOrEqual(0.9);
    expect(falseAlarms / clean).toBeLessThanOrEqual(0.05);
    expect(right / called).toBeGreaterThan(0.9);
  });
});
