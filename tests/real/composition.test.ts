import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type CellSample, type Composition, composition, type LabelCounts, type Stage } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { readReferenceJson, worstDifference } from '../support/reference.js';

/**
 * Two published tables of cell numbers against propeller's test by limma 3.54 (reference/composition/composition-real.R): six
 * mice of the intestinal infection study (control, Salmonella) and twenty blood samples (benign, cancer). Robust prior degrees
 * of freedom are found by iteration, hence 1e-5.
 */
const folder = new URL('../../../shared/data/testvectors/', import.meta.url);
const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('shared');
const present = required || existsSync(new URL('composition_haber_counts.csv', folder));
if (!present) console.warn('Skipped: ../shared is not beside this checkout.');

interface Expected {
  readonly labels: readonly string[];
  readonly t: readonly number[];
  readonly p: readonly number[];
  readonly fdr: readonly number[];
}
const reference = readReferenceJson<Readonly<Record<'salmonella' | 'cancer', Expected>>>(
  'composition/expected-real.json',
);
const contrast = { from: 'untreated', to: 'residual' } as const;

function readRows(name: string): string[][] {
  const bytes = readFileSync(new URL(name, folder));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim();
  return text.split(/\r?\n/).map((line) => line.replaceAll('"', '').split(','));
}

function labelCounts(
  labels: readonly string[],
  rows: ReadonlyMap<string, { stage: Stage; counts: ReadonlyMap<string, number> }>,
): LabelCounts {
  const samples = [...rows].map(
    ([sample, { stage }]): CellSample => ({ sample, patient: sample, stage, treatment: 'none', technology: '10x' }),
  );
  const counts = labels.flatMap((label) => [...rows.values()].map((row) => row.counts.get(label) ?? 0));
  return { labels, samples, counts: Float64Array.from(counts) };
}

function expectEqual({ tests, design, warnings }: Composition, expected: Expected): void {
  const column = (key: 't' | 'pValue' | 'pAdjusted'): number[] => tests.map((test) => test[key]);
  expect(tests.map(({ label }) => label)).toEqual(expected.labels);
  expect(design).toBe('unpaired');
  expect(warnings.map(({ code }) => code)).toContain('composition-unpaired');
  expect(worstDifference(column('t'), expected.t, { floor: 1 })).toBeLessThan(1e-5);
  expect(worstDifference(column('pValue'), expected.p)).toBeLessThan(1e-5);
  expect(worstDifference(column('pAdjusted'), expected.fdr)).toBeLessThan(1e-5);
}

describe.skipIf(!present)('composition of published cell numbers', () => {
  it('infected intestine: enterocytes change most, and six mice do not prove it at 5 %', () => {
    const [header = [], ...rows] = readRows('composition_haber_counts.csv');
    const used = rows.filter(([mouse = '']) => /Control|Salm/.test(mouse));
    const table = new Map(
      used.map(([mouse = '', ...counts]) => {
        const stage: Stage = mouse.startsWith('Control') ? 'untreated' : 'residual';
        return [mouse, { stage, counts: new Map(counts.map((n, l) => [header[l + 1]!, Number(n)])) }];
      }),
    );
    const found = composition(labelCounts(reference.salmonella.labels, table), { contrast });
    expectEqual(found, reference.salmonella);
    const largest = found.tests.reduce((best, test) => (Math.abs(test.t) > Math.abs(best.t) ? test : best));
    expect(largest.label).toBe('Enterocyte');
    console.log(
      `Salmonella: enterocytes ${largest.meanFrom.toFixed(3)} to ${largest.meanTo.toFixed(3)}, P ${largest.pValue.toFixed(4)}, adjusted ${largest.pAdjusted.toFixed(3)}`,
    );
  });

  it('blood of cancer patients', () => {
    const [header = [], ...rows] = readRows('composition_sccomp_counts.csv.gz');
    const at = (row: readonly string[], name: string): string => row[header.indexOf(name)]!;
    const table = new Map<string, { stage: Stage; counts: Map<string, number> }>();
    for (const row of rows) {
      const stage: Stage = at(row, 'type') === 'benign' ? 'untreated' : 'residual';
      const sample = table.get(at(row, 'sample')) ?? { stage, counts: new Map<string, number>() };
      sample.counts.set(at(row, 'cell_group'), Number(at(row, 'count')));
      table.set(at(row, 'sample'), sample);
    }
    const found = composition(labelCounts(reference.cancer.labels, table), { contrast });
    expectEqual(found, reference.cancer);
    console.log(`cancer: ${String(found.tests.filter(({ direction }) => direction !== 0).length)} of 36 labels at 5 %`);
  });
});
