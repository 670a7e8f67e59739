import { createRng, shuffleInPlace } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { plantedStudy, reorder } from '../../../../tests/support/planted-study.js';
import { normalizeInput, type ProgrammeInput } from './input.js';
import { type LeaveOnePatientOut, leaveOnePatientOut } from './leave-one-patient-out.js';
import { binByExpression, matchedGeneNull } from './matched-gene-null.js';
import { outlierPatients } from './outlier-patients.js';
import { patientEffects } from './patient-effects.js';
import { programmeTasks } from './tasks.js';

const contrast = { from: 'untreated', to: 'residual', back: 'relapse' } as const;
const options = { contrast, signatureSize: 20, permutations: 200 };
const context = inlineContext(programmeTasks);
const planted = plantedStudy(
  [
    { patient: 'A', untreated: 3, residual: 4, relapse: 3 },
    { patient: 'B', untreated: 3, residual: 3 },
    { patient: 'C', untreated: 1, residual: 1 },
    { patient: 'D', untreated: 1, residual: 1 },
    { patient: 'E', untreated: 1, residual: 1 },
    { patient: 'null', untreated: 1, residual: 1, strength: 0 },
  ],
  { genes: 400 },
);

function run(input: ProgrammeInput): LeaveOnePatientOut {
  const normalized = normalizeInput(input);
  return leaveOnePatientOut(normalized, patientEffects(normalized, { contrast }), options, context);
}

const found = run(planted.input);

describe('leave one patient out', () => {
  it.each(['fixedEffect', 'patientLevel'] as const)('%s: finds the programme in every patient that has it', (model) => {
    const { patients } = found[model];
    expect(patients.map(({ patient, call }) => [patient, call.call])).toEqual([
      ['A', 'present'],
      ['B', 'present'],
      ['C', 'present'],
      ['D', 'present'],
      ['E', 'present'],
      ['null', 'none'],
    ]);
    for (const { patient, zScore, null: random, sign } of patients.slice(0, 5)) {
      expect(zScore, patient).toBeGreaterThan(5);
      expect(random.pValue, patient).toBe(1 / 201);
      expect(sign).toBe(1);
    }
  });

  it('estimates an AUC only where both arms have replicates', () => {
    const [a, , c] = found.patientLevel.patients;
    expect(a).toMatchObject({ status: 'ok', aucFrom: { value: 1 }, aucBack: { value: 1 }, nBack: 3 });
    expect(c).toMatchObject({
      status: 'not-identifiable',
      reasons: ['one sample per arm: a sign only'],
      aucFrom: { value: null },
      aucBack: { value: null, reasons: ['no sample in one of the two arms'] },
    });
    expect(c?.scoreDifference).toBeGreaterThan(1);
  });

  it('shows how the signature changes, and each patient’s own scores', () => {
    for (const { patients, signature } of [found.fixedEffect, found.patientLevel]) {
      expect(signature.up.filter((gene) => planted.up.includes(gene)).length).toBeGreaterThanOrEqual(19);
      for (const p of patients) {
        expect(p.overlapUp).toBeGreaterThanOrEqual(15);
        expect(p.effectCorrelation).toBeGreaterThan(0.8);
      }
    }
    const [a] = found.patientLevel.patients;
    expect(a?.samples.length).toBe(10);
    expect(a?.scores.length).toBe(10);
  });

  it('does not use the patient’s own labels: turning them round turns its score round, and nothing else', () => {
    const other = { untreated: 'residual', residual: 'untreated', relapse: 'relapse' } as const;
    const stage = planted.input.stage.map((s, i) => (planted.input.patient[i] === 'C' ? other[s] : s));
    const turned = run({ ...planted.input, stage });
    const [before, after] = [found.patientLevel.patients[2], turned.patientLevel.patients[2]];
    expect(after?.signature).toEqual(before?.signature);
    expect(after?.scoreDifference).toBeCloseTo(-(before?.scoreDifference ?? NaN), 10);
    expect(after?.call.call).not.toBe('present');
    expect(after?.call.excess.high).toBeLessThan(0);
  });

  it('finds no programme when labels are shuffled', () => {
    const pairs = Array.from({ length: 8 }, (_, k) => ({ patient: `P${String(k)}`, untreated: 3, residual: 3 }));
    const { input } = plantedStudy(pairs, { genes: 400 });
    const stage = input.stage.slice();
    for (let k = 0; k < 8; k++) {
      const own = stage.slice(6 * k, 6 * k + 6);
      shuffleInPlace(own, createRng(4, 'labels', k));
      own.forEach((s, i) => {
        stage[6 * k + i] = s;
      });
    }
    const shuffled = run({ ...input, stage });
    expect(shuffled.patientLevel.patients.filter((p) => p.call.call === 'present').length).toBeLessThanOrEqual(1);
  });

  it('does not depend on the order of samples or genes', () => {
    const samples = planted.input.patient.map((_, s) => s).reverse();
    const genes = planted.input.counts.genes.map((_, g) => g).reverse();
    const turned = run(reorder(planted.input, { samples, genes }));
    found.patientLevel.patients.forEach((p, k) => {
      const q = turned.patientLevel.patients[k];
      expect(q?.signature).toEqual(p.signature);
      expect(q?.zScore).toBeCloseTo(p.zScore, 6);
      expect(q?.call.excess.low).toBeCloseTo(p.call.excess.low as number, 6);
    });
  });

  it('says when too few patients are left to learn from', () => {
    const two = run(
      plantedStudy([
        { patient: 'A', untreated: 2, residual: 2 },
        { patient: 'B', untreated: 2, residual: 2 },
      ]).input,
    );
    expect(two.patientLevel.patients[0]).toMatchObject({
      status: 'not-identifiable',
      reasons: ['fewer than two other patients have both stages'],
      call: { call: 'inconclusive' },
    });
    expect(two.fixedEffect.patients[0]).toMatchObject({ status: 'ok', aucFrom: { value: 1 } });
  });

  it('stops when asked', () => {
    const normalized = normalizeInput(planted.input);
    const effects = patientEffects(normalized, { contrast });
    const stopped = { ...context, signal: { aborted: true } as AbortSignal };
    expect(() => leaveOnePatientOut(normalized, effects, options, stopped)).toThrow('Stopped on request.');
  });
});

describe('matched random genes', () => {
  const genes = Array.from({ length: 500 }, (_, g) => `G${String(g).padStart(3, '0')}`);
  const rng = createRng(2, 'matched');
  const average = Float64Array.from(genes, () => rng.normal());
  const places = new Map(genes.map((gene, g) => [gene, g]));
  const bins = binByExpression(genes, average);

  it('have the expression of the genes they stand for', () => {
    expect(bins.members.length).toBe(10);
    // The effect is the average expression itself: matched genes then score almost as the true ones.
    const order = genes.map((_, g) => g).sort((a, b) => (average[b] as number) - (average[a] as number));
    const chosen = { up: order.slice(0, 30).map((g) => genes[g] as string), down: [] };
    const truth = chosen.up.reduce((sum, gene) => sum + (average[places.get(gene) as number] as number), 0) / 30;
    const random = matchedGeneNull(average, chosen, { places, bins, nDraws: 300, rng });
    expect(Math.abs(random.mean - truth)).toBeLessThan(0.3);
    expect(truth).toBeGreaterThan(1);
  });

  it('agree with the exact mean and spread of a stratified sample', () => {
    const effect = Float64Array.from(genes, () => rng.normal());
    const chosen = { up: genes.slice(0, 40), down: genes.slice(40, 60) };
    const random = matchedGeneNull(effect, chosen, { places, bins, nDraws: 20_000, rng });
    let centre = 0;
    for (const [side, sign] of [[chosen.up, 1] as const, [chosen.down, -1] as const]) {
      for (const gene of side) {
        const members = bins.members[bins.binOf[places.get(gene) as number] as number] as Int32Array;
        centre += ((sign / side.length) * members.reduce((sum, g) => sum + (effect[g] as number), 0)) / members.length;
      }
    }
    expect(Math.abs(random.mean - centre)).toBeLessThan((4 * random.standardDeviation) / Math.sqrt(20_000));
    expect(random.standardDeviation).toBeGreaterThan(0.2);
    expect(random.standardDeviation).toBeLessThan(Math.sqrt(1 / 40 + 1 / 20) * 1.1);
  });
});

describe('outlier patients', () => {
  it('flags the patient without the programme and shows everyone', () => {
    const effects = patientEffects(normalizeInput(planted.input), { contrast });
    const { patients, threshold, status } = outlierPatients(effects, { signatureSize: 20 });
    expect([status, threshold]).toEqual(['ok', -3.5]);
    expect(patients.filter((p) => p.flagged).map((p) => p.patient)).toEqual(['null']);
    expect(patients.map((p) => p.patient)).toEqual(['A', 'B', 'C', 'D', 'E', 'null']);
  });

  it('needs five patients', () => {
    const { input } = plantedStudy(['A', 'B', 'C', 'D'].map((patient) => ({ patient, untreated: 1, residual: 1 })));
    const effects = patientEffects(normalizeInput(input), { contrast });
    const few = outlierPatients(effects, { signatureSize: 20 });
    expect(few.status).toBe('not-identifiable');
    expect(few.patients.some((p) => p.flagged)).toBe(false);
    expect(() => outlierPatients(effects, { signatureSize: 1 })).toThrow('signatureSize');
  });
});
