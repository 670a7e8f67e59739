import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { copyNumber } from './copy-number.js';
import { copyNumberTasks } from './copy-number-tasks.js';
import { plantedTumour, type PlantedTumour } from './planted-tumour.test-helper.js';
import type { PatientCopyNumber } from './types.js';

const context = inlineContext(copyNumberTasks);

async function analyse({ cells, positions }: PlantedTumour): Promise<PatientCopyNumber> {
  const { patients } = await copyNumber(cells, positions, { reference: { kind: 'untreated' } }, context);
  return patients[0]!;
}

const calledArms = ({ clones, samples }: PatientCopyNumber): readonly string[] =>
  [...clones, ...samples].flatMap(({ arms }) => arms.map(({ arm, call }) => `${arm} ${call}`));

describe('a resistant clone against the untreated sample', () => {
  const study = (seed: number, nClone: number): PlantedTumour =>
    plantedTumour(
      [
        { label: 'sensitive', n: 60, stage: 'untreated' },
        { label: 'residual', n: 30, stage: 'residual', programme: true },
        { label: 'clone', n: nClone, stage: 'residual', programme: true, arms: nClone > 0 ? { '8q': 1.5 } : {} },
      ],
      { seed, genes: 5000, depth: 5000 },
    );
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

  it('is flagged in at least 90 % of studies with 20 cells of it', { timeout: 300_000 }, async () => {
    let flagged = 0;
    for (const seed of seeds) {
      const patient = await analyse(study(seed, 20));
      if (calledArms(patient).includes('8q gain')) flagged++;
    }
    console.info(`planted clone of 20 cells flagged in ${String(flagged)} of ${String(seeds.length)} studies`);
    expect(flagged / seeds.length).toBeGreaterThanOrEqual(0.9);
  });

  it('is not found in patients who adapt: at most 5 % of them have any call', { timeout: 300_000 }, async () => {
    let flagged = 0;
    for (const seed of seeds) {
      const patient = await analyse(study(100 + seed, 0));
      if (patient.status === 'called') flagged++;
      else expect(patient.reasons).toEqual(['quiet-genome']);
    }
    console.info(`false alarms: ${String(flagged)} of ${String(seeds.length)} studies`);
    expect(flagged / seeds.length).toBeLessThanOrEqual(0.05);
  });
});
