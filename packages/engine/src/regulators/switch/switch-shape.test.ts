import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { createRng } from '../../core/rng.js';
import { cellsOf, plantCells, type Planted, plantPatients } from './planted-cells.test-helper.js';
import { switchShape } from './switch-shape.js';
import { switchTasks } from './switch-tasks.js';
import type { ShapeVerdict } from './shape-verdict.js';

const context = inlineContext(switchTasks);
const contrast = { from: 'untreated', to: 'residual' } as const;

async function countVerdicts(plan: Planted): Promise<(verdict: ShapeVerdict) => number> {
  const { patients } = await switchShape(cellsOf(plantPatients(plan)), { contrast }, context);
  const count = (verdict: ShapeVerdict): number => patients.filter((patient) => patient.verdict === verdict).length;
  const all = (['two-state', 'graded', 'mixture', 'cannot tell'] as const).map((v) => `${String(count(v))} ${v}`);
  console.info(
    `Planted ${plan.kind}, ${plan.depth === undefined ? '500 to 10,000' : String(plan.depth)} counts: ${all.join(', ')}.`,
  );
  return count;
}

describe('of 50 patients of 1,000 cells at 500 to 10,000 counts', () => {
  it('graded cells are called graded, and never two-state', async () => {
    const count = await countVerdicts({ kind: 'graded', patients: 50, nCells: 1000 });
    expect(count('graded')).toBeGreaterThanOrEqual(45);
    expect(count('two-state')).toBe(0);
  }, 60_000);

  it('cells in two states are called two-state, and never graded', async () => {
    const count = await countVerdicts({ kind: 'two-state', patients: 50, nCells: 1000 });
    expect(count('two-state')).toBeGreaterThanOrEqual(45);
    expect(count('graded')).toBe(0);
  }, 60_000);
});

it('a mixture is called mixture in most patients and never graded', async () => {
  const count = await countVerdicts({ kind: 'mixture', patients: 20, nCells: 1000 });
  expect(count('mixture')).toBeGreaterThanOrEqual(12);
  expect(count('graded')).toBe(0);
}, 60_000);

it.each(['graded', 'two-state'] as const)(
  'cells too shallow to tell are abstained from rather than miscalled: %s at 60 counts',
  async (kind) => {
    const count = await countVerdicts({ kind, patients: 15, nCells: 400, depth: 60 });
    expect(count(kind === 'graded' ? 'two-state' : 'graded')).toBeLessThanOrEqual(1);
    expect(count('mixture')).toBeLessThanOrEqual(1);
    expect(count('cannot tell')).toBeGreaterThanOrEqual(8);
  },
  60_000,
);

describe('switchShape', () => {
  it('gives likelihoods, separation, controls and a verdict over patients', async () => {
    const parts = plantPatients({ kind: 'two-state', patients: 4, nCells: 600, depth: 4000 });
    const { patients, pooled } = await switchShape(cellsOf(parts), { contrast }, context);
    expect(pooled).toMatchObject({ verdict: 'two-state', agree: 4, asked: 4 });
    const [first] = patients;
    expect(first?.separation).toBeGreaterThan(4);
    expect(first?.dipPValue).toBeLessThan(0.01);
    expect(first?.controls.map(({ variant }) => variant)).toEqual(['half-depth', 'deep-cells', 'shallow-cells']);
    expect(first?.controls.every(({ contradicts }) => !contradicts)).toBe(true);
    const [off, on] = first?.samples[0]?.comparisons.all?.fits['two-state'].states ?? [];
    expect(off?.mean).toBeCloseTo(0, 1);
    expect(on?.mean).toBeCloseTo(1, 1);
    expect((off?.share ?? 0) + (on?.share ?? 0)).toBeCloseTo(1, 12);
  });

  it('two samples with different offsets do not make two states', async () => {
    const rng = createRng(2, 'offsets');
    const narrow = (centre: number) => () => centre + 0.06 * rng.normal();
    const parts = [0.3, 1].map((centre) => plantCells(rng, { nCells: 300, medianDepth: 4000, state: narrow(centre) }));
    const cells = cellsOf(parts);
    const samples = cells.samples.map((sample) => ({ ...sample, patient: 'p0' }));
    const { patients } = await switchShape(
      { ...cells, samples, patients: cells.patients.slice(0, 1) },
      { contrast },
      context,
    );
    expect(patients[0]).toMatchObject({ verdict: 'cannot tell' });
    expect(patients[0]?.reasons.join()).toMatch(/one narrow state/);
  });

  it('left-over doublets of both states do not turn two states into a mixture', async () => {
    const rng = createRng(5, 'doublets');
    const isPair: number[] = [];
    const state = (): number => {
      const pair = rng.uniform() < 0.08;
      isPair.push(pair ? 1 : 0);
      const one = (): number => (rng.uniform() < 0.5 ? 1 : 0) + 0.06 * rng.normal();
      return pair ? (one() + one()) / 2 : one();
    };
    const part = plantCells(rng, { nCells: 1000, medianDepth: 5000, state });
    const doubletScore = Float64Array.from(isPair, (pair) => pair + 0.3 * rng.normal());
    const { patients } = await switchShape({ ...cellsOf([part]), doubletScore }, { contrast }, context);
    expect(patients[0]?.verdict).toBe('two-state');
    expect(patients[0]?.controls.find(({ variant }) => variant === 'without-doublets')?.verdict).toBe('two-state');
  });

  it('says why a patient is not testable, and refuses arrays that do not fit', async () => {
    const parts = plantPatients({ kind: 'graded', patients: 2, nCells: 60, depth: 2000 });
    const cells = cellsOf(parts);
    const few = await switchShape(cells, { contrast }, context);
    expect(few.patients[0]).toMatchObject({ verdict: 'not testable', advantages: null });
    expect(few.patients[0]?.reasons[0]).toMatch(/100 cells/);
    expect(few.pooled.verdict).toBe('not testable');
    const absent = cells.patients.map((patient) => ({ ...patient, notTestable: 'no persister' }));
    const none = await switchShape({ ...cells, patients: absent }, { contrast, minimumCells: 20 }, context);
    expect(none.patients[1]?.reasons).toEqual(['no persister']);
    const wrong = { ...cells, standardError: new Float64Array(3) };
    await expect(switchShape(wrong, { contrast }, context)).rejects.toThrow(/does not fit their samples/);
  });
});
