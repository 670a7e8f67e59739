import { describe, expect, it } from 'vitest';
import { createRng } from '../../core/rng.js';
import { doseSeries, type SeriesPoint } from './dose-series.js';
import { hysteresis } from './hysteresis.js';

/** Patients whose programme follows the dose with a lag of `memory` on the way down. */
function series(patients: number, memory: number): SeriesPoint[] {
  const rng = createRng(patients, `hysteresis/${String(memory)}`);
  const doses = [0, 0.1, 0.3, 1];
  return Array.from({ length: patients }, (_, p) => `p${String(p)}`).flatMap((patient) => [
    ...doses.map((level): SeriesPoint => point(patient, 'up', level, level + 0.02 * rng.normal())),
    ...[0.3, 0.1, 0].map((level): SeriesPoint => point(patient, 'down', level, level + memory + 0.02 * rng.normal())),
  ]);
}

function point(patient: string, branch: 'up' | 'down', level: number, programme: number): SeriesPoint {
  return { patient, sample: `${patient} ${branch} ${String(level)}`, branch, level, programme };
}

describe('hysteresis', () => {
  it('finds memory, its absence and the reverse', () => {
    expect(hysteresis(series(4, 0.4))).toMatchObject({ verdict: 'memory', agree: 4, asked: 4 });
    expect(hysteresis(series(4, 0.4)).difference.value).toBeCloseTo(0.4, 1);
    expect(hysteresis(series(4, 0)).verdict).toBe('none');
    expect(hysteresis(series(4, -0.4))).toMatchObject({ verdict: 'reverse', agree: 4 });
  });

  it('takes the way up in a straight line between its levels', () => {
    const points = [
      ...[0, 1, 2].map((level) => point('p', 'up', level, level * level)),
      ...[0.5, 1.5, 2].map((level) => point('p', 'down', level, 3)),
    ];
    expect(hysteresis(points).patients[0]?.levels.map(({ up }) => up)).toEqual([0.125, 0.625, 1]);
  });

  it('is not testable where the programme does not rise', () => {
    const falling = series(2, 0).map((p) => ({ ...p, programme: -p.programme }));
    expect(hysteresis(falling).patients[0]?.reason).toMatch(/does not rise/);
  });

  it('is not testable without both ways, with the reason', () => {
    const up = series(3, 0.4).filter(({ branch }) => branch === 'up');
    const found = hysteresis(up);
    expect(found.verdict).toBe('not testable');
    expect(found.patients[0]?.reason).toMatch(/4 levels going up and 0 coming down/);
    expect(hysteresis([])).toMatchObject({ verdict: 'not testable', asked: 0, patients: [] });
    expect(hysteresis(series(1, 0.4)).verdict).toBe('not testable');
  });
});

describe('doseSeries', () => {
  const sample = (
    name: string,
    day: number | null,
    dose: string | null,
    stage: 'untreated' | 'residual' = 'residual',
  ) => ({
    sample: name,
    patient: 'p',
    stage,
    dose,
    day,
  });
  const samples = [
    sample('d', 40, '0.1 µM'),
    sample('a', 0, null, 'untreated'),
    sample('b', 10, '0,1'),
    sample('c', 20, '1e0 µM'),
    sample('without day', null, '1'),
    sample('unreadable', 30, 'high'),
  ];
  const programme = samples.map((entry, i) => ({ sample: entry.sample, programme: i }));

  it('goes up to the day of the highest dose and down after it', () => {
    const found = doseSeries(samples, programme);
    expect(found.map((p) => `${p.sample} ${p.branch} ${String(p.level)}`)).toEqual([
      'a up 0',
      'b up 0.1',
      'c up 1',
      'd down 0.1',
    ]);
  });

  it('leaves out samples without a programme', () => {
    expect(doseSeries(samples, [])).toEqual([]);
  });
});
