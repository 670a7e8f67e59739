import { describe, expect, it } from 'vitest';
import { twoStateGrowth, type TwoStateRates, type TwoStateTumour } from './two-state-growth.js';

const onDrug: TwoStateRates = { growthSensitive: -0.3, growthPersister: 0.1, entry: 1, exit: 0.01 };
const offDrug: TwoStateRates = { growthSensitive: 0.15, growthPersister: 0.1, entry: 0.02, exit: 0.5 };
const stationary: TwoStateTumour = { sensitive: 1 - 0.035196, persister: 0.035196 };

const total = (tumour: TwoStateTumour): number => tumour.sensitive + tumour.persister;
const volumeAt = (rates: TwoStateRates, day: number): number => total(twoStateGrowth(stationary, rates, day));

/** Runge–Kutta 4: independent of the closed form. */
function integrate(start: TwoStateTumour, rates: TwoStateRates, days: number, steps: number): TwoStateTumour {
  const slope = ({ sensitive, persister }: TwoStateTumour): TwoStateTumour => ({
    sensitive: (rates.growthSensitive - rates.entry) * sensitive + rates.exit * persister,
    persister: rates.entry * sensitive + (rates.growthPersister - rates.exit) * persister,
  });
  const move = (from: TwoStateTumour, by: TwoStateTumour, h: number): TwoStateTumour => ({
    sensitive: from.sensitive + h * by.sensitive,
    persister: from.persister + h * by.persister,
  });
  const h = days / steps;
  let now = start;
  for (let i = 0; i < steps; i++) {
    const k1 = slope(now);
    const k2 = slope(move(now, k1, h / 2));
    const k3 = slope(move(now, k2, h / 2));
    const k4 = slope(move(now, k3, h));
    now = move(move(move(move(now, k1, h / 6), k2, h / 3), k3, h / 3), k4, h / 6);
  }
  return now;
}

describe('twoStateGrowth', () => {
  it('keeps the stationary mix of the off-drug system and grows at its dominant rate', () => {
    const later = twoStateGrowth(stationary, offDrug, 30);
    expect(later.persister / total(later)).toBeCloseTo(0.035196, 6);
    expect(Math.log(total(later)) / 30).toBeCloseTo(0.14824, 5);
  });

  it('reaches the nadir 0.8738 at 1.153 days and is back at 3.238 days', () => {
    expect(volumeAt(onDrug, 1.153)).toBeCloseTo(0.8738, 4);
    expect(volumeAt(onDrug, 1.053)).toBeGreaterThan(volumeAt(onDrug, 1.153));
    expect(volumeAt(onDrug, 1.253)).toBeGreaterThan(volumeAt(onDrug, 1.153));
    expect(volumeAt(onDrug, 3.238)).toBeCloseTo(1, 3);
  });

  it.each([
    [0.5, 5.716],
    [0.1, 15.72],
    [0.01, 31.04],
    [0, 36.91],
  ])('comes back later when entry is slowed to %d per day: day %d', (entry, day) => {
    // The published days are rounded to four digits; the volume moves by about 0.1 of the last of them.
    expect(volumeAt({ ...onDrug, entry }, day)).toBeCloseTo(1, 2.5);
  });

  it('agrees with numerical integration', () => {
    const exact = twoStateGrowth({ sensitive: 100, persister: 7 }, onDrug, 12);
    const numeric = integrate({ sensitive: 100, persister: 7 }, onDrug, 12, 4000);
    expect(exact.sensitive).toBeCloseTo(numeric.sensitive, 8);
    expect(exact.persister).toBeCloseTo(numeric.persister, 8);
  });

  it('is exact where the two rates coincide and nothing switches', () => {
    const rates = { growthSensitive: 0.1, growthPersister: 0.1, entry: 0, exit: 0 };
    const later = twoStateGrowth({ sensitive: 2, persister: 1 }, rates, 5);
    expect(later.sensitive).toBeCloseTo(2 * Math.exp(0.5), 12);
    expect(later.persister).toBeCloseTo(Math.exp(0.5), 12);
  });

  it('gives the same in one step or two', () => {
    const direct = twoStateGrowth(stationary, onDrug, 10);
    const inTwo = twoStateGrowth(twoStateGrowth(stationary, onDrug, 4), onDrug, 6);
    expect(inTwo.sensitive).toBeCloseTo(direct.sensitive, 13);
    expect(inTwo.persister).toBeCloseTo(direct.persister, 13);
  });
});
