import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../../core/rng.js';
import type { Stage } from '../../study/types.js';
import type { CellSample } from '../cell-counts.js';
import { arcsineSquareRoot } from './arcsine.js';
import { composition } from './composition.js';
import { countLabels, type LabelCounts } from './label-counts.js';

const contrast = { from: 'untreated', to: 'residual' } as const;

function sampleOf(patient: string, stage: Stage, sample = `${patient} ${stage}`): CellSample {
  return { sample, patient, stage, treatment: 'none', technology: '10x' };
}

/** Cells drawn one by one from shares that differ between patients and, less, between samples of a patient. */
function drawCounts(rng: Rng, effect: number, patients = 6): LabelCounts {
  const labels = ['a', 'b', 'c', 'd', 'e'];
  const samples: CellSample[] = [];
  const columns: number[][] = [];
  for (let p = 0; p < patients; p++) {
    const own = labels.map((_, l) => (l + 1) * Math.exp(0.8 * rng.normal()));
    for (const stage of ['untreated', 'residual'] as const) {
      const shares = own.map(
        (share, l) => share * Math.exp(0.3 * rng.normal()) * (l === 0 && stage === 'residual' ? effect : 1),
      );
      const total = shares.reduce((sum, share) => sum + share, 0);
      const column = labels.map(() => 0);
      for (let cell = 0; cell < 400; cell++) {
        let u = rng.uniform() * total;
        const label = shares.findIndex((share) => (u -= share) < 0);
        column[Math.max(0, label)]!++;
      }
      samples.push(sampleOf(`P${String(p)}`, stage));
      columns.push(column);
    }
  }
  const counts = Float64Array.from(labels.flatMap((_, l) => columns.map((column) => column[l]!)));
  return { labels, samples, counts };
}

describe('composition', () => {
  it('finds a label that grows in every patient', () => {
    const { tests, status, design, warnings } = composition(drawCounts(createRng(5), 4), { contrast });
    expect([status, design]).toEqual(['ok', 'paired']);
    expect(tests[0]).toMatchObject({ label: 'a', direction: 1 });
    expect(tests[0]!.ratio).toBeGreaterThan(1.8);
    expect(tests[0]!.low).toBeGreaterThan(0);
    expect(warnings.map(({ code }) => code)).toEqual(['composition-closed']);
  });

  it('calls at 5 % what is there in at most 5 % of studies without a change', () => {
    const nSeeds = 200;
    let [withCalls, nominal] = [0, 0];
    for (let seed = 1; seed <= nSeeds; seed++) {
      const { tests } = composition(drawCounts(createRng(seed), 1), { contrast });
      if (tests.some(({ direction }) => direction !== 0)) withCalls++;
      nominal += tests.filter(({ pValue }) => pValue <= 0.05).length;
    }
    console.log(
      `null: calls in ${String(withCalls)} of ${String(nSeeds)}; ${String(nominal)} of ${String(5 * nSeeds)} P values at 5 %`,
    );
    expect(withCalls / nSeeds).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / nSeeds));
    expect(nominal / (5 * nSeeds)).toBeLessThanOrEqual(0.07);
  });

  it('gives fractions with exact intervals per sample, and over patients per stage', () => {
    const counts: LabelCounts = {
      labels: ['x', 'y'],
      samples: [sampleOf('A', 'untreated'), sampleOf('B', 'untreated'), sampleOf('A', 'relapse')],
      counts: Float64Array.of(53, 20, 0, 46, 60, 0),
    };
    const { samples, stages } = composition(counts, { contrast });
    expect(samples[0]).toMatchObject({ label: 'x', sample: 'A untreated', nCells: 53, total: 99 });
    // binom.test(53, 99)
    expect([samples[0]!.low, samples[0]!.high].map((value) => value.toFixed(4))).toEqual(['0.4323', '0.6362']);
    expect(samples[4]).toMatchObject({ total: 0, fraction: NaN, low: 0, high: 1 });
    expect(stages.map(({ label, stage }) => `${label} ${stage}`)).toEqual(['x untreated', 'y untreated']);
    expect(stages[0]!.mean).toBeCloseTo((53 / 99 + 0.25) / 2, 12);
    expect(stages[0]!.low).toBeLessThan(stages[0]!.centre);
  });

  it('adds replicate samples of a patient up', () => {
    const one = drawCounts(createRng(8), 3);
    const half = { ...one.samples[0]!, sample: 'second' };
    const split: LabelCounts = {
      ...one,
      samples: [...one.samples, half],
      counts: Float64Array.from(
        one.labels.flatMap((_, l) => {
          const row = [...one.counts.subarray(l * 12, (l + 1) * 12)];
          const moved = Math.floor(row[0]! / 3);
          return [row[0]! - moved, ...row.slice(1), moved];
        }),
      ),
    };
    const key = ({ t }: { t: number }): number => t;
    expect(composition(split, { contrast }).tests.map(key)).toEqual(composition(one, { contrast }).tests.map(key));
  });

  it('does not moderate complementary fractions: two labels give the paired t test', () => {
    const all = drawCounts(createRng(9), 2);
    const first = all.counts.subarray(0, 12);
    const rest = first.map((_, s) =>
      all.labels.reduce((sum, __, l) => sum + (l === 0 ? 0 : all.counts[l * 12 + s]!), 0),
    );
    const two = { ...all, labels: ['a', 'other'], counts: Float64Array.of(...first, ...rest) };
    const { tests } = composition(two, { contrast });
    const logit = first.map((n, s) => Math.log((n + 0.5) / (rest[s]! + 0.5)));
    const differences = Array.from({ length: 6 }, (_, p) => logit[2 * p + 1]! - logit[2 * p]!);
    const mean = differences.reduce((sum, d) => sum + d / 6, 0);
    const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2 / 5, 0);
    expect(tests[0]!.effect).toBeCloseTo(mean, 12);
    expect(tests[0]!.t).toBeCloseTo(mean / Math.sqrt(variance / 6), 10);
    expect(tests[1]!.t).toBeCloseTo(-tests[0]!.t, 10);
  });

  it('leaves labels with few cells, or of one patient, untested', () => {
    const counts = drawCounts(createRng(3), 1);
    const rare = new Float64Array(12);
    rare[3] = 4;
    const own = new Float64Array(12);
    own[0] = 40;
    const more = {
      ...counts,
      labels: [...counts.labels, 'rare', 'own'],
      counts: Float64Array.of(...counts.counts, ...rare, ...own),
    };
    const { tests } = composition(more, { contrast });
    expect(tests.slice(5).map(({ status, reason }) => [status, reason])).toEqual([
      ['not-identifiable', '4 cells, fewer than 10'],
      ['not-identifiable', 'cells of one patient only'],
    ]);
  });
});

describe('designs that cannot be tested, or only between patients', () => {
  const counts = drawCounts(createRng(4), 1, 2);
  const relabel = (change: (sample: CellSample) => Partial<CellSample>): LabelCounts => ({
    ...counts,
    samples: counts.samples.map((sample) => ({ ...sample, ...change(sample) })),
  });

  it('one library per arm', () => {
    const found = composition(
      {
        ...counts,
        samples: counts.samples.slice(0, 2),
        counts: Float64Array.from([0, 1, 2, 3, 4].flatMap((l) => [...counts.counts.subarray(4 * l, 4 * l + 2)])),
      },
      { contrast },
    );
    expect(found.status).toBe('not-identifiable');
    expect(found.reasons[0]).toContain('one library per arm');
    expect(found.samples).toHaveLength(10);
  });

  it('different patients at the two stages: compared with a warning', () => {
    const found = composition(
      relabel(({ patient, stage }) => ({ patient: patient + stage })),
      { contrast },
    );
    expect([found.status, found.design]).toEqual(['ok', 'unpaired']);
    expect(found.warnings.map(({ code }) => code)).toContain('composition-unpaired');
  });

  it('one patient per stage: confounded', () => {
    const found = composition(
      relabel(({ patient }) => ({ stage: patient === 'P0' ? 'untreated' : 'residual' })),
      { contrast },
    );
    expect(found.status).toBe('not-identifiable');
    expect(found.reasons[0]).toContain('confounded');
  });

  it('refuses bad options', () => {
    expect(() => composition(counts, { contrast: { from: 'untreated', to: 'untreated' } })).toThrow(
      'two different stages',
    );
    expect(() => composition(counts, { contrast, level: 1 })).toThrow('level');
    expect(() => composition(counts, { contrast, minimumCells: -1 })).toThrow('minimumCells');
  });
});

describe('countLabels', () => {
  const cells = { samples: counts(2), sampleOf: Uint32Array.of(0, 0, 1, 1) };
  function counts(n: number): CellSample[] {
    return Array.from({ length: n }, (_, i) => sampleOf(`P${String(i)}`, 'untreated'));
  }

  it('counts labels by sample and leaves unlabelled cells out', () => {
    const found = countLabels(cells, { names: ['a', 'b'], labelOf: [0, 1, -1, 1] });
    expect([...found.counts]).toEqual([1, 0, 1, 1]);
  });

  it('refuses labels that do not fit', () => {
    expect(() => countLabels(cells, { names: ['a'], labelOf: [0] })).toThrow('do not fit');
    expect(() => countLabels(cells, { names: ['a'], labelOf: [0, 0, 0, 2] })).toThrow('without a name');
  });
});

it('the arcsine is exact over its range', () => {
  for (let p = 0; p <= 1; p += 1 / 64) expect(arcsineSquareRoot(p)).toBeCloseTo(Math.asin(Math.sqrt(p)), 14);
});
