import { describe, expect, it } from 'vitest';
import { markerGates } from './marker-gates.js';
import { plainContext, plantedMarkers } from './planted-markers.test-helper.js';

const noise = Array.from({ length: 10 }, (_, i) => `N${String(i)}`);
const half = noise.map(() => 0.5);

/** A marks persisters, B marks untreated cells, C marks normal cells and persisters alike. */
const genes = ['A', 'B', ...noise];
const planted = {
  genes,
  chances: { persister: [0.9, 0.1, ...half], untreated: [0.5, 0.8, ...half], normal: [0.3, 0.8, ...half] },
  patients: 6,
  cells: 400,
  seed: 3,
};

describe('markerGates', () => {
  it('recovers planted sensitivity and specificity within 0.05, on patients it was not learned from', async () => {
    const { input, reference } = plantedMarkers(planted);
    const gates = await markerGates(input.cells, reference, { candidates: genes, shuffles: 19 }, plainContext());
    const [one, two, three] = gates.sizes;
    expect(one?.gates[0]?.markers).toMatchObject([{ gene: 'A', sign: '+' }]);
    expect(two?.gates[0]?.markers).toMatchObject([
      { gene: 'A', sign: '+' },
      { gene: 'B', sign: '−' },
    ]);
    // A+ B−: 0.9 × 0.9 of the persisters, 0.5 × 0.2 of the untreated cells and 0.3 × 0.2 of the normal ones.
    for (const found of [two?.gates[0]?.crossPatient, two?.nested]) {
      expect(Math.abs((found?.sensitivity.value ?? 0) - 0.81)).toBeLessThan(0.05);
      expect(Math.abs((found?.specificity.value ?? 0) - 0.9)).toBeLessThan(0.05);
      expect(Math.abs((found?.specificityNormal.value ?? 0) - 0.94)).toBeLessThan(0.05);
      expect(found?.patients.length).toBe(6);
      expect(found?.youden.low).toBeGreaterThan(0.6);
    }
    expect(two?.pValue).toBe(1 / 20);
    // The third marker knows nothing: chosen and measured on the same patients it may not lose, without them it does not gain.
    expect(three?.nested.youden.value ?? 1).toBeLessThan((two?.nested.youden.value ?? 0) + 0.02);
    expect(two?.gates[0]?.apparent.youden.value).toBeGreaterThanOrEqual((two?.nested.youden.value ?? 1) - 1e-9);
  });

  it('recovers an AND gate', async () => {
    const chances = { persister: [0.95, 0.9, ...half], untreated: [0.5, 0.5, ...half], normal: [0, 0.2, ...half] };
    const { input, reference } = plantedMarkers({ ...planted, chances, seed: 4 });
    const gates = await markerGates(
      input.cells,
      reference,
      { candidates: genes, sizes: [2], shuffles: 0 },
      plainContext(),
    );
    const best = gates.sizes[0]?.gates[0];
    expect(best?.markers).toMatchObject([
      { gene: 'A', sign: '+' },
      { gene: 'B', sign: '+' },
    ]);
    expect(Math.abs((best?.crossPatient.sensitivity.value ?? 0) - 0.855)).toBeLessThan(0.05);
    expect(Math.abs((best?.crossPatient.specificity.value ?? 0) - 0.75)).toBeLessThan(0.05);
    expect(gates.sizes[0]?.pValue).toBeNull();
  });

  it('finds no gate better than chance where nothing is planted', async () => {
    const chances = { persister: [0.5, 0.3, ...half], untreated: [0.5, 0.3, ...half], normal: [0.5, 0.3, ...half] };
    const pValues: number[] = [];
    for (let seed = 1; seed <= 10; seed++) {
      const { input, reference } = plantedMarkers({ ...planted, chances, patients: 4, cells: 120, seed });
      const gates = await markerGates(input.cells, reference, { candidates: genes, shuffles: 19 }, plainContext(seed));
      for (const size of gates.sizes) {
        pValues.push(size.pValue ?? NaN);
        expect(size.nested.youden.value ?? 1).toBeLessThan(0.12);
      }
      // The best gate on its own patients looks like something: that is why the nested number is printed.
      expect(gates.sizes[2]?.gates[0]?.apparent.youden.value).toBeGreaterThan(gates.sizes[2]?.nested.youden.value ?? 1);
    }
    expect(pValues.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(4);
  });

  it('says what is missing', async () => {
    const { input, reference } = plantedMarkers({ ...planted, patients: 2, cells: 30 });
    const few = await markerGates(input.cells, reference, { candidates: genes }, plainContext());
    expect(few).toMatchObject({ status: 'not testable', sizes: [] });
    expect(few.reasons[0]).toContain('needs 3');
    const none = await markerGates(input.cells, reference, { candidates: ['ABSENT'] }, plainContext());
    expect(none.reasons[0]).toContain('no candidate gene');
    await expect(
      markerGates(input.cells, reference, { candidates: genes, searchCells: 1 }, plainContext()),
    ).rejects.toThrow(/searchCells/);
  });
});
