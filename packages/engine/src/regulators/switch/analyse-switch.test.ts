import { beforeAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { switchClaims } from '../../claims/switch-claims.js';
import { createRng } from '../../core/rng.js';
import { persisterCalls } from '../../persisters/persister-calls.js';
import { simulatedCellStudy, type SimulatedCellStudy } from '../../persisters/simulated-cells.test-helper.js';
import { persisterTasks } from '../../persisters/tasks.js';
import type { PersisterCalls } from '../../persisters/types.js';
import { switchTables } from '../../pipeline/tables/switch-tables.js';
import { mean } from '../../core/sum.js';
import { knockOut } from '../knock-out/knock-out.js';
import { plantSwitch } from '../ranking/planted-switch.test-helper.js';
import { rankRegulators } from '../rank-regulators.js';
import { regulatorEvidence } from '../ranking/regulator-evidence.js';
import { regulatorTasks } from '../regulator-tasks.js';
import type { SwitchFindings } from './analyse-switch.js';
import { hysteresis } from './hysteresis.js';
import { switchCells } from './switch-cells.js';
import { type SwitchCells, switchShape } from './switch-shape.js';

const context = inlineContext({ ...regulatorTasks, ...persisterTasks });
const contrast = { from: 'untreated', to: 'residual' } as const;
const noSeries = hysteresis([]);

describe('single cells of a planted study', () => {
  let planted: SimulatedCellStudy;
  let calls: PersisterCalls;
  let cells: SwitchCells;
  let found: SwitchFindings;
  beforeAll(async () => {
    planted = simulatedCellStudy({ seed: 21, genes: 1500, cells: 500 });
    calls = await persisterCalls(planted.cells, planted.effects, { controls: 2, controlCells: 50 }, context);
    cells = switchCells(calls, { cells: planted.cells, doubletScore: null }, context);
    const shape = await switchShape(cells, { contrast }, context);
    found = { evidence: null, knockOut: null, shape, responses: [], hysteresis: noSeries, named: [] };
  }, 60_000);

  it('halves the counts: same activity on average, twice the counting variance', () => {
    const usable = [...cells.activity.keys()].filter((c) => Number.isFinite(cells.halved?.activity[c]));
    expect(usable.length).toBeGreaterThan(1000);
    const change = usable.map((c) => (cells.halved?.activity[c] as number) - (cells.activity[c] as number));
    expect(Math.abs(mean(change))).toBeLessThan(0.02);
    // The change standardised by the counting error has variance one where the counts are Poisson; persister cells have more.
    const scaled = usable.map((c, i) => (change[i] as number) / (cells.standardError[c] as number));
    expect(mean(scaled.map((x) => x * x))).toBeGreaterThan(0.6);
    expect(mean(scaled.map((x) => x * x))).toBeLessThan(2.5);
  });

  it('asks only patients with persisters', () => {
    for (const { patient, verdict } of calls.patients) {
      const entry = cells.patients.find((p) => p.patient === patient);
      expect(entry?.notTestable === null).toBe(verdict === 'present');
      expect(entry?.varianceGrowth).toBeGreaterThanOrEqual(0);
    }
  });

  it('finds the two planted states in the patients with persisters', () => {
    const verdicts = (found.shape?.patients ?? []).map(({ patient, verdict }) => [patient, verdict]);
    expect(verdicts).toEqual([
      ['P01', 'two-state'],
      ['P03', 'two-state'],
      ['P04', 'not testable'],
      ['P05', 'two-state'],
      ['P07', 'two-state'],
    ]);
    expect(found.shape?.pooled).toMatchObject({ verdict: 'two-state', agree: 4, asked: 4 });
  });

  it('writes tables and claims', () => {
    const names = switchTables(found).map(({ name }) => name);
    expect(names).toEqual(['switch_shape', 'switch_states']);
    const claim = switchClaims(found).find(({ id }) => id === 'switch.shape');
    expect(claim?.lines).toHaveLength(5);
    expect(claim?.patients).toEqual({ agree: 4, asked: 4 });
    expect(claim?.control.en).toMatch(/0 of 12 answers turned over/);
  });
});

describe('a bulk study', () => {
  let found: SwitchFindings;
  beforeAll(async () => {
    const { study, edges, refits } = plantSwitch(createRng(3, 'analyse'), 0.8);
    const ranking = await rankRegulators(study, edges, { permutations: 200, minimumSize: 5 }, context);
    const evidence = await regulatorEvidence(
      { ranking, refits, chromatin: null, perturbations: [] },
      { top: 3 },
      context,
    );
    if (study.patients === null) return;
    const model = { effects: study.patients, averageExpression: study.averageExpression, network: ranking.network };
    const removed = await knockOut(
      model,
      { regulators: ['SWITCH', 'D05', 'NONE'], draws: 200, programmeSize: 40 },
      context,
    );
    found = { evidence, knockOut: removed, shape: null, responses: [], hysteresis: noSeries, named: ['D05', 'NONE'] };
  });

  it('has claims in both languages, with the shape not testable without cells', () => {
    const claims = switchClaims(found);
    expect(claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['switch.regulator', 'supported'],
      ['switch.knock-out.SWITCH', 'supported'],
      ['switch.knock-out.D05', 'not supported'],
      ['switch.knock-out.NONE', 'not testable'],
      ['switch.shape', 'not testable'],
      ['switch.hysteresis', 'not testable'],
    ]);
    for (const { sentence, control, needed, question } of claims) {
      for (const text of [sentence, control, needed, question]) {
        expect(text.en).not.toBe('');
        expect(text.fr).not.toBe(text.en);
      }
    }
    expect(claims[1]?.needed.en).toMatch(/no feedback/);
  });

  it('has tables of the right length', () => {
    const rows = Object.fromEntries(switchTables(found).map(({ name, nRows }) => [name, nRows]));
    expect(rows).toEqual({ switch_regulators: 31, regulator_stability: 31 * 6, knock_out: 3, knock_out_patients: 12 });
  });

  it('without anything every claim is not testable', () => {
    const none = { evidence: null, knockOut: null, shape: null, responses: [], hysteresis: noSeries, named: [] };
    expect(new Set(switchClaims(none).map(({ verdict }) => verdict))).toEqual(new Set(['not testable']));
    expect(switchTables(none)).toEqual([]);
  });
});
