import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { cellMetrics } from './cell-metrics.js';
import { madLimits } from './mad-limits.js';
import { csrFromRows } from './planted-cells.test-helper.js';
import { qualityTasks } from './quality-tasks.js';

/** Against scuttle 1.8.4 (reference/cell-quality/make_reference.R). */
const folder = new URL('../../../../../reference/', import.meta.url);

interface Limits {
  readonly thresholds: [number, number];
  readonly outliers: number[];
}

const expected = JSON.parse(readFileSync(new URL('cell-quality/expected.json', folder), 'utf8')) as {
  readonly mitochondrial: number[];
  readonly sum: number[];
  readonly detected: number[];
  readonly top50: number[];
  readonly mt: number[];
  readonly sumLog: Limits;
  readonly detectedLog: Limits;
  readonly mtLinear: Limits;
};

const rows: number[][] = expected.sum.map(() => new Array<number>(200).fill(0));
const lines = gunzipSync(readFileSync(new URL('empty-droplets/planted.csv.gz', folder)))
  .toString()
  .trim()
  .split('\n');
for (const line of lines.slice(1)) {
  const [barcode, gene, count] = line.split(',').map(Number);
  rows[barcode!]![gene!] = count!;
}
const genes = Array.from({ length: 200 }, (_, g) => `${expected.mitochondrial.includes(g) ? 'MT-' : ''}G${String(g)}`);
const context = inlineContext(qualityTasks);
const metrics = await cellMetrics({ counts: csrFromRows(rows), genes }, { geneTable: null }, context);

describe('against scuttle', () => {
  it('has the same metrics', () => {
    expect(Array.from(metrics.totalCounts)).toEqual(expected.sum);
    expect(Array.from(metrics.detectedGenes)).toEqual(expected.detected);
    metrics.topGenesFraction.forEach((share, i) => {
      expect(share).toBeCloseTo(expected.top50[i]!, 14);
    });
    metrics.mitochondrialFraction!.forEach((share, i) => {
      expect(share).toBeCloseTo(expected.mt[i]!, 14);
    });
  });

  it('has the same limits and outliers', () => {
    const compare = (
      values: ArrayLike<number>,
      limits: ReturnType<typeof madLimits>,
      { thresholds, outliers }: Limits,
    ): void => {
      // Rounding of logarithms only.
      expect(limits.low / thresholds[0]).toBeCloseTo(1, 12);
      expect(limits.high / thresholds[1]).toBeCloseTo(1, 12);
      expect(Array.from(values).flatMap((x, i) => (x < limits.low || x > limits.high ? [i] : []))).toEqual(outliers);
    };
    const { totalCounts, detectedGenes, mitochondrialFraction } = metrics;
    compare(totalCounts, madLimits(totalCounts, { deviations: 3, scale: 'log' }), expected.sumLog);
    compare(detectedGenes, madLimits(detectedGenes, { deviations: 2, scale: 'log' }), expected.detectedLog);
    compare(
      mitochondrialFraction!,
      madLimits(mitochondrialFraction!, { deviations: 3, scale: 'linear' }),
      expected.mtLinear,
    );
  });
});
