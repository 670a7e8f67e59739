import { areaUnderCurve, calibrationBins, calibrationError, sampleRanges } from '@remnant/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { persisterCalls } from './persister-calls.js';
import { simulatedCellStudy, type SimulatedCellStudy } from './simulated-cells.test-helper.js';
import { persisterTasks } from './tasks.js';
import type { PersisterCalls, PersisterPatient } from './types.js';

const context = inlineContext(persisterTasks);
const size = { genes: 1500, cells: 300 } as const;

function patientOf(calls: PersisterCalls, name: string): PersisterPatient {
  return calls.patients.find(({ patient }) => patient === name) as PersisterPatient;
}

/** Cells of some samples, by name. */
function cellsOf({ cells }: SimulatedCellStudy, keep: (sample: string) => boolean): readonly number[] {
  return sampleRanges(cells).flatMap(([start, end], s) =>
    keep(cells.samples[s]?.sample ?? '') ? Array.from({ length: end - start }, (_, i) => start + i) : [],
  );
}

const pick = (values: ArrayLike<number>, cells: readonly number[]): number[] => cells.map((c) => values[c] as number);

describe('persister calls on a planted study', () => {
  let planted: SimulatedCellStudy;
  let calls: PersisterCalls;
  beforeAll(async () => {
    planted = simulatedCellStudy({ seed: 21, ...size, cells: 500 });
    calls = await persisterCalls(planted.cells, planted.effects, { controls: 8, controlCells: 100 }, context);
  });

  it('gives every patient the verdict that was planted', () => {
    expect(calls.patients.map(({ patient, verdict }) => [patient, verdict])).toEqual([
      ['P01', 'present'],
      ['P03', 'present'],
      ['P04', 'none'],
      ['P05', 'present'],
      ['P07', 'present'],
    ]);
    for (const { patient, trainingPatients } of calls.patients) expect(trainingPatients).not.toContain(patient);
  });

  it('ranks the rare persister-like cells of untreated samples first', () => {
    const cells = cellsOf(planted, (sample) => sample.endsWith('untreated'));
    const truth = pick(planted.persister, cells);
    const score = pick(calls.cells.activity, cells);
    const area = areaUnderCurve(
      score.filter((_, i) => truth[i] === 1),
      score.filter((_, i) => truth[i] === 0),
    );
    expect(area).toBeGreaterThan(0.95);
    const k = truth.filter((t) => t === 1).length;
    const p = pick(calls.cells.probability, cells);
    const top = [...cells.keys()].sort((a, b) => (p[b] as number) - (p[a] as number)).slice(0, k);
    expect(top.filter((i) => truth[i] === 1).length / k).toBeGreaterThanOrEqual(0.8);
  });

  it('calls nothing in the patient without persisters and nothing from shuffled labels', () => {
    const cells = cellsOf(planted, (sample) => sample.startsWith('P04'));
    expect(pick(calls.cells.called, cells).filter((c) => c === 1)).toHaveLength(0);
    expect(calls.shuffleControl).toMatchObject({ draws: 40, nCalled: 0, highestShare: 0 });
    const none = calls.samples.find(({ sample }) => sample === 'P04_untreated');
    expect(none?.fraction).toMatchObject({ status: 'censored-low', low: 0 });
    expect(none?.fraction.reasons[0]).toMatch(/^none found, at most [\d.]+ %$/);
    expect(none?.fraction.high).toBeLessThan(0.03);
  });

  it('gives probabilities that mean what they say', () => {
    const cells = [...calls.cells.probability.keys()].filter((c) => !Number.isNaN(calls.cells.probability[c]));
    const bins = calibrationBins(
      pick(calls.cells.probability, cells),
      cells.map((c) => planted.persister[c] === 1),
    );
    expect(calibrationError(bins)).toBeLessThan(0.05);
    expect(calls.calibration.calibrationError).toBeLessThan(0.05);
    expect(calls.calibration.areaUnderCurve).toBeGreaterThan(0.95);
  });

  it('keeps the false-discovery rate', () => {
    const called = [...calls.cells.called.keys()].filter((c) => calls.cells.called[c] === 1);
    expect(called.filter((c) => planted.persister[c] === 0).length / called.length).toBeLessThan(0.05);
    for (const { expectedFdr, fdrAgainstUntreated } of calls.samples) {
      expect(expectedFdr ?? 0).toBeLessThanOrEqual(0.05);
      expect(fdrAgainstUntreated ?? 0).toBeLessThan(0.1);
    }
  });

  it('recovers how many persisters cycle', () => {
    for (const { stage, nCalled, cyclingCalled, sample } of calls.samples) {
      if (stage !== 'residual' || nCalled < 50) continue;
      const cells = cellsOf(planted, (name) => name === sample).filter((c) => planted.persister[c] === 1);
      const truth = pick(planted.cycling, cells).reduce((sum, one) => sum + one, 0) / cells.length;
      expect(cyclingCalled.low).toBeLessThan(truth);
      expect(cyclingCalled.high).toBeGreaterThan(truth);
    }
  });

  it('keeps confounder genes out and lists them', () => {
    const excluded = new Set(calls.excludedGenes.flatMap(({ genes }) => genes));
    expect(excluded.has('MKI67') && excluded.has('FOS') && excluded.has('RPL3') && excluded.has('MT-CO1')).toBe(true);
    for (const { genes } of calls.patients) expect(genes.filter(({ gene }) => excluded.has(gene))).toEqual([]);
  });

  it('says that intervals are technical where nothing is replicated', () => {
    expect(calls.samples.every(({ basis }) => basis === 'technical-only')).toBe(true);
    expect(calls.warnings.map(({ code }) => code)).toContain('persisters-unreplicated');
    expect(calls.warnings.map(({ code }) => code)).toContain('persisters-dissociation-raised');
  });
});

describe('a residual sample that shows dissociation and nothing else', () => {
  it('is no persister state', async () => {
    const planted = simulatedCellStudy({
      seed: 22,
      ...size,
      roles: ['reversible', 'reversible', 'reversible', 'reversible', 'artefact-only'],
    });
    const calls = await persisterCalls(planted.cells, planted.effects, { controls: 0 }, context);
    const artefact = patientOf(calls, 'P05');
    expect(artefact.verdict).toBe('none');
    expect(artefact.confounders.find(({ name }) => name === 'dissociation')?.shift).toBeGreaterThan(1);
    const cells = cellsOf(planted, (sample) => sample.startsWith('P05'));
    expect(pick(calls.cells.called, cells).filter((c) => c === 1)).toHaveLength(0);
  });
});

describe('what a patient is called with', () => {
  const planted = simulatedCellStudy({ seed: 23, genes: 1200, cells: 150, troubles: false });
  const options = { controls: 0 };
  const run = (effects: PatientEffects): Promise<PersisterCalls> =>
    persisterCalls(planted.cells, effects, options, context);
  let first: PersisterCalls;
  beforeAll(async () => {
    first = await run(planted.effects);
  });

  it('does not depend on its own effects', async () => {
    const own = planted.effects.patients.indexOf('P01');
    const n = planted.effects.patients.length;
    const exchanged = planted.effects.effects.map((effect, i) => (i % n === own ? -effect : effect));
    const second = await run({ ...planted.effects, effects: exchanged });
    expect(patientOf(second, 'P01')).toEqual(patientOf(first, 'P01'));
    expect(patientOf(second, 'P03').genes).not.toEqual(patientOf(first, 'P03').genes);
    const cells = cellsOf(planted, (sample) => sample.startsWith('P01'));
    expect(pick(second.cells.probability, cells)).toEqual(pick(first.cells.probability, cells));
  });

  it('is the same when run again', async () => {
    expect(await run(planted.effects)).toEqual(first);
  });

  it('does not hold for a study of one patient', async () => {
    const keep = planted.effects.patients.indexOf('P01');
    const n = planted.effects.patients.length;
    const alone = planted.effects.effects.filter((_, i) => i % n === keep);
    const calls = await run({ ...planted.effects, patients: ['P01'], effects: alone });
    const p01 = patientOf(calls, 'P01');
    expect(p01.verdict).toBe('not testable');
    expect(p01.reasons).toContain('no other patient has both stages; a caller is learned from at least 2');
    expect(calls.samples[0]?.fraction).toMatchObject({ value: null, status: 'not-identifiable' });
    expect(calls.cells.probability[0]).toBeNaN();
  });

  it('holds variation between replicate samples once there are any', async () => {
    const { cells } = planted;
    const ranges = sampleRanges(cells);
    const halves = cells.samples.flatMap((sample) => [
      { ...sample, sample: `${sample.sample}_a` },
      { ...sample, sample: `${sample.sample}_b` },
    ]);
    const sampleOf = cells.sampleOf.map((s, c) => {
      const [start, end] = ranges[s] as readonly [number, number];
      return 2 * s + (c < (start + end) / 2 ? 0 : 1);
    });
    const calls = await persisterCalls({ ...cells, samples: halves, sampleOf }, planted.effects, options, context);
    expect(calls.replicateVariation?.df).toBe(cells.samples.length);
    const row = calls.samples.find(({ sample }) => sample === 'P01_residual_a');
    expect(row?.basis).toBe('own-replicates');
    const stage = patientOf(calls, 'P01').stages.find((s) => s.stage === 'residual');
    expect(stage).toMatchObject({ nSamples: 2, basis: 'own-replicates' });
    const whole = first.samples.find(({ sample }) => sample === 'P01_residual')?.fraction.value;
    expect(stage?.fraction.value).toBeCloseTo(whole as number, 1);
  });

  it('leaves out patients the study cannot use', async () => {
    const leftOut = new Map([['P07', 'its stages differ in batch']]);
    const calls = await persisterCalls(planted.cells, planted.effects, { ...options, leftOut }, context);
    expect(patientOf(calls, 'P07')).toMatchObject({ verdict: 'not testable', reasons: ['its stages differ in batch'] });
    expect(patientOf(calls, 'P01').trainingPatients).not.toContain('P07');
  });

  it('uses what was measured before as confounders', async () => {
    const n = planted.cells.sampleOf.length;
    const ambient = Float64Array.from({ length: n }, (_, c) => (c % 7) / 7);
    const calls = await persisterCalls(
      planted.cells,
      planted.effects,
      { ...options, covariates: { ambient } },
      context,
    );
    expect(patientOf(calls, 'P01').confounders.map(({ name }) => name)).toContain('ambient');
  });

  it('refuses options and covariates that do not fit, and stops on request', async () => {
    const call = (given: object): Promise<PersisterCalls> =>
      persisterCalls(planted.cells, planted.effects, given, context);
    await expect(call({ fdr: 0 })).rejects.toMatchObject({ code: 'option' });
    await expect(call({ callerSise: 10 })).rejects.toThrow('no option callerSise');
    await expect(call({ covariates: { ambient: new Float64Array(3) } })).rejects.toMatchObject({ code: 'shape' });
    const aborted = persisterCalls(planted.cells, planted.effects, options, {
      ...context,
      signal: AbortSignal.abort(),
    });
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
  });
});
