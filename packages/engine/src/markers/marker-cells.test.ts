import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../stats/auc.js';
import { areaBetween } from './area-between.js';
import { markerCells } from './marker-cells.js';
import { plainContext, plantedMarkers } from './planted-markers.test-helper.js';

const chances = { persister: [0.9, 0.5], untreated: [0.2, 0.5], normal: [0.1, 0.5] };
const planted = { genes: ['A', 'FLAT'], chances, patients: 4, cells: 300, seed: 1 };

describe('markerCells', () => {
  it('recovers positive fractions and separation, patient by patient', async () => {
    const { input } = plantedMarkers(planted);
    const found = await markerCells(input, { genes: ['A', 'FLAT', 'ABSENT'] }, plainContext());
    expect(found.notMeasured).toEqual(['ABSENT']);
    const [a, flat] = found.genes;
    expect(a?.positive.persister.value).toBeCloseTo(0.9, 1);
    expect(a?.positive.untreated.value).toBeCloseTo(0.2, 1);
    expect(a?.positive.normal.value).toBeCloseTo(0.1, 1);
    expect(a?.persisterAgainstUntreated.value).toBeCloseTo(0.85, 1);
    expect(a?.persisterAgainstUntreated.low).toBeGreaterThan(0.8);
    expect(flat?.residualAgainstUntreated.value).toBeCloseTo(0.5, 1);
    expect(a?.patients.map(({ nCells }) => nCells.persister)).toEqual([300, 300, 300, 300]);
  });

  it('compares positive fractions at one depth', async () => {
    // One count per cell at the shallow depth, ten at the deep one: the deep cells show nothing the shallow ones could not.
    const depthOf = (kind: string): number => (kind === 'persister' ? 5000 : 500);
    const { input } = plantedMarkers({ ...planted, depthOf });
    const found = await markerCells(input, { genes: ['FLAT'] }, plainContext());
    expect(found.depth).toBe(500);
    const [flat] = found.genes;
    // Ten counts thinned to a tenth: detected with probability 1 − 0.9^10 = 0.651.
    expect(flat?.positive.persister.value).toBeCloseTo(0.5 * 0.651, 1);
    expect(flat?.positive.untreated.value).toBeCloseTo(0.5, 1);
  });

  it('names the patients whose caller uses a gene, and leaves out small groups', async () => {
    const { input } = plantedMarkers({ ...planted, cells: 15 });
    const circular = {
      ...input,
      persisters: {
        ...input.persisters,
        patients: input.persisters.patients.map((p, i) => ({
          ...p,
          genes: i === 0 ? [{ gene: 'A', delta: 1, t: 1, weight: 1, effect: 1 } as never] : [],
        })),
      },
    };
    const found = await markerCells(circular, { genes: ['A'] }, plainContext());
    expect(found.genes[0]?.inCaller).toEqual(['P1']);
    expect(found.genes[0]?.positive.persister).toMatchObject({ value: null, status: 'not-identifiable' });
    await expect(markerCells(input, { genes: ['A'], minCells: 1 }, plainContext())).rejects.toThrow(/minCells/);
  });
});

describe('areaBetween', () => {
  it('equals the rank-sum form, ties included', () => {
    const a = Float64Array.of(0, 0, 1, 2, 2, 5);
    const b = Float64Array.of(0, 0, 0, 1, 2, 9);
    expect(areaBetween(a, b)).toBeCloseTo(areaUnderCurve(a, b), 12);
  });
});
