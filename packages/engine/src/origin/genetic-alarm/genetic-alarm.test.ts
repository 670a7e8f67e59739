import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { geneticAlarm } from './genetic-alarm.js';
import { plantedEvidence, type PlantedPatient } from './planted-evidence.test-helper.js';
import { geneticAlarmTasks } from './tie-null.js';
import type { GeneticAlarm, GeneticEvidence } from './types.js';

const run = (evidence: readonly GeneticEvidence[], options = {}): Promise<GeneticAlarm> =>
  geneticAlarm(evidence, { permutations: 200, ...options }, inlineContext(geneticAlarmTasks));
const patients = (n: number, planted: Omit<PlantedPatient, 'seed'>): GeneticEvidence[] =>
  Array.from({ length: n }, (_, seed) => plantedEvidence({ seed, ...planted }));

describe('the genetic alarm', () => {
  it('flags an arm and a clone carried by the resistant cells, from 20 cells on', async () => {
    const found = await run(patients(40, { nResistant: 20 }));
    const flagged = found.patients.filter(({ alarm }) => alarm);
    expect(flagged.length / 40).toBeGreaterThanOrEqual(0.9);
    const named = flagged.map(({ sources }) => sources[0]?.mostTied);
    const right = named.filter((one) => one?.value === 'A' || (one?.label === '8q' && one.value === 'gain'));
    expect(right.length / flagged.length).toBeGreaterThanOrEqual(0.9);
    expect(right.every((one) => (one?.logOddsRatio.low ?? 0) > 0)).toBe(true);
  });

  it('leaves clean patients alone, also where calls are missing more often in persisters', async () => {
    for (const abstaining of [0, 0.3]) {
      const found = await run(patients(60, { nResistant: 0, abstaining }));
      expect(found.patients.filter(({ alarm }) => alarm).length).toBeLessThanOrEqual(3);
      expect(found.patients.filter(({ verdict }) => verdict === 'adaptation').length).toBeGreaterThanOrEqual(50);
    }
  });

  it('has P values of the right size on clean patients', async () => {
    const found = await run(patients(150, { nResistant: 0, nUntreated: 50, nResidual: 100, otherChance: 0.3 }), {
      permutations: 100,
    });
    const pValues = found.patients.flatMap(({ sources }) => sources.map(({ pValue }) => pValue));
    for (const level of [0.1, 0.3]) {
      const share = pValues.filter((p) => p <= level).length / pValues.length;
      // Three binomial errors of 150 patients.
      expect(Math.abs(share - level)).toBeLessThan(3 * Math.sqrt((level * (1 - level)) / 150));
    }
  });

  it('is selection when the resistant clone took over, mixed when it is a part', async () => {
    const [swept] = (await run(patients(1, { nResistant: 270, resistantChance: 0.9 }))).patients;
    expect(swept?.verdict).toBe('selection');
    expect(swept?.sources[0]?.clones.fate).toBe('lost');
    const [part] = (await run(patients(1, { nResistant: 40 }))).patients;
    expect(part?.verdict).toBe('mixed');
    expect(part?.reasons[0]).toMatch(/^copy-number: .*the state goes with/);
  });

  it('is adaptation with clones kept and no tie', async () => {
    const found = await run(patients(3, { nResistant: 0 }));
    expect(found.verdict).toBe('adaptation');
    expect(found.reasons).toEqual(['adaptation in 3 of 3 patients; 0 cannot be told']);
    expect(found.heritability.status).toBe('ok');
    expect(found.warnings.map(({ code }) => code)).toEqual(['alarm-technical-only']);
  });

  it('cannot tell with few cells, an abstaining source, or no states', async () => {
    const [base] = patients(1, { nResistant: 0 }) as [GeneticEvidence];
    const abstained = { ...base, abstained: 'quiet genome', labels: [] };
    const silent = { ...base, persister: base.persister.map(() => null) };
    const few = plantedEvidence({ seed: 1, nResistant: 0, nUntreated: 10, nResidual: 10 });
    for (const [one, reason] of [
      [abstained, 'quiet genome'],
      [silent, '0 cells with a label and a state, 40 needed'],
      [few, '20 cells with a label and a state, 40 needed'],
    ] as const) {
      const { patients: rows, verdict } = await run([one]);
      expect(verdict).toBe('cannot tell');
      expect(rows[0]?.alarm).toBe(false);
      expect(rows[0]?.sources[0]?.tieReasons).toEqual([reason]);
    }
  });

  it('says that a small study could have missed a tie', async () => {
    const small = plantedEvidence({ seed: 3, nResistant: 0, nUntreated: 40, nResidual: 40, otherChance: 0.6 });
    const [row] = (await run([small])).patients;
    expect(row?.verdict).toBe('cannot tell');
    expect(row?.sources[0]?.tieReasons[0]).toMatch(/would have gone unseen$/);
  });

  it('joins sources and patients', async () => {
    const clean = plantedEvidence({ seed: 1, nResistant: 0 });
    const barcode = { ...clean, source: 'barcode', abstained: 'no barcodes', labels: [] } as const;
    const resistant = plantedEvidence({ seed: 2, nResistant: 270, resistantChance: 0.9 });
    const found = await run([clean, barcode, resistant]);
    expect(found.patients.map(({ verdict }) => verdict)).toEqual(['adaptation', 'selection']);
    expect(found.verdict).toBe('mixed');
  });

  it('gives the same answer for any order of the cells', async () => {
    const evidence = plantedEvidence({ seed: 4, nResistant: 20 });
    const again = await run([evidence]);
    expect(again).toEqual(await run([evidence]));
    const order = evidence.sample.map((_, i) => evidence.sample.length - 1 - i);
    const turned: GeneticEvidence = {
      ...evidence,
      sample: order.map((i) => evidence.sample[i] as string),
      stage: order.map((i) => evidence.stage[i] as 'residual'),
      persister: order.map((i) => evidence.persister[i] as boolean),
      labels: evidence.labels.map((label) => ({ ...label, values: order.map((i) => label.values[i] as string) })),
    };
    const [one, other] = [again, await run([turned])].map(({ patients: [row] }) => row?.sources[0]);
    expect(other?.verdict).toBe(one?.verdict);
    expect(other?.mostTied).toEqual(one?.mostTied);
    expect(other?.labels[0]?.heritability.value).toBeCloseTo(one?.labels[0]?.heritability.value as number, 12);
  });

  it('refuses arrays that do not fit and options out of range, and stops on request', async () => {
    const evidence = plantedEvidence({ seed: 1, nResistant: 0 });
    await expect(run([{ ...evidence, persister: [true] }])).rejects.toThrow(
      'column "persister": The copy-number evidence of patient "P1" does not fit its cells. Expected 500 values. Found 1.',
    );
    await expect(run([evidence], { alpha: 0 })).rejects.toThrow('Option alpha must lie between 0 and 1.');
    await expect(run([evidence], { permutations: 50 })).rejects.toThrow('Too few permutations');
    const stopped = { ...inlineContext(geneticAlarmTasks), signal: AbortSignal.abort() };
    await expect(geneticAlarm([evidence], {}, stopped)).rejects.toThrow('Stopped on request.');
  });
});
