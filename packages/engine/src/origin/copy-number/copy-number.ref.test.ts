import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { pearson } from '../../stats/correlation.js';
import { copyNumber } from './copy-number.js';
import { copyNumberTasks } from './copy-number-tasks.js';
import { withArms } from './gene-positions.js';
import { expectedLog } from './reference-model.js';
import { huberMean } from './span-noise.js';
import { fitTwoGroups } from './two-group-mixture.js';

interface Expected {
  readonly counts: readonly (readonly number[])[];
  readonly chromosome: readonly number[];
  readonly start: readonly number[];
  readonly nNormal: number;
  readonly infercnvpy: Readonly<Record<string, number>>;
  readonly huber: { readonly values: readonly number[]; readonly weights: readonly number[]; readonly mean: number };
  readonly mixture: {
    readonly values: readonly number[];
    readonly low: number;
    readonly high: number;
    readonly variance: number;
    readonly share: number;
    readonly logLikelihood: number;
  };
  readonly expectedLog: readonly (readonly [number, number])[];
}

/** Made by reference/copy-number/expected.py. */
const expected = JSON.parse(
  readFileSync(new URL('../../../../../reference/copy-number/expected.json', import.meta.url), 'utf8'),
) as Expected;

describe('against scipy and scikit-learn', () => {
  it('the Huber mean minimises the Huber loss', () => {
    const { values, weights, mean } = expected.huber;
    const noise = { centred: Float64Array.from(values), weight: Float64Array.from(weights) };
    // Both stop at about 1e-9 from the minimum.
    expect(huberMean(noise, [...values.keys()])).toBeCloseTo(mean, 7);
  });

  it('the mixture of equal variances has the same maximum', () => {
    const fit = fitTwoGroups(Float64Array.from(expected.mixture.values));
    // EM stops at a gain of 1e-7 per value here and of 1e-10 there; near the maximum parameters differ by about its root.
    for (const name of ['low', 'high', 'variance', 'share'] as const) {
      expect(Math.abs(fit[name] - expected.mixture[name])).toBeLessThan(5e-3);
    }
    expect(fit.logLikelihood).toBeCloseTo(expected.mixture.logLikelihood, 3);
  });

  it('the expected logarithm is that of the Poisson distribution', () => {
    for (const [mean, value] of expected.expectedLog) expect(expectedLog(mean)).toBeCloseTo(value, 9);
  });
});

describe('against infercnvpy', () => {
  it('arms rank and rise as in its smoothed profiles, and the planted ones are called', async () => {
    const { counts, chromosome, start, nNormal } = expected;
    const genes = start.map((_, g) => `G${String(g)}`);
    const stored = counts.map((row) => row.flatMap((value, g) => (value > 0 ? [g] : [])));
    const indptr = new Uint32Array(counts.length + 1);
    stored.forEach((columns, i) => (indptr[i + 1] = indptr[i]! + columns.length));
    const cells = {
      counts: {
        kind: 'csr',
        shape: [counts.length, genes.length],
        indptr,
        indices: Uint16Array.from(stored.flat()),
        data: Uint8Array.from(stored.flatMap((columns, i) => columns.map((g) => counts[i]![g]!))),
      },
      genes,
      barcodes: counts.map((_, i) => `c${String(i)}`),
      sampleOf: new Uint32Array(counts.length),
      samples: [{ sample: 'S', patient: 'P', stage: 'untreated', treatment: 'none', technology: 'x' }],
    } as const;
    const positions = withArms(
      genes.map((gene, g) => ({ gene, chromosome: String(chromosome[g]), start: start[g]! })),
      'GRCh38',
    );
    const types = counts.map((_, i) => (i < nNormal ? 'normal' : null));
    const { patients } = await copyNumber(
      cells,
      positions,
      { reference: { kind: 'cells', types }, minGenes: 300, minArms: 5 },
      inlineContext(copyNumberTasks),
    );
    const arms = patients[0]!.samples[0]!.arms;
    const called = arms.filter(({ call }) => call === 'loss' || call === 'gain');
    expect(called.map(({ arm, call }) => `${arm} ${call}`)).toEqual(['2q loss', '4p gain']);
    const theirs = arms.map(({ arm }) => expected.infercnvpy[arm]!);
    const ours = arms.map(({ effect }) => effect);
    // Theirs is a mean of clipped log values, shrunken towards zero, ours a log ratio of sums: proportional, not equal.
    expect(pearson(ours, theirs)).toBeGreaterThan(0.98);
  });
});
