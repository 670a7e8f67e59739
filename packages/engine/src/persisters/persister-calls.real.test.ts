import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  type CellCounts,
  compactCounts,
  createCellCounts,
  createExpressionMatrix,
  createRng,
  normalizeInput,
  patientEffects,
  type PatientEffects,
  sampleRanges,
  selectRows,
  shuffleInPlace,
  sumCells,
} from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { persisterCalls } from './persister-calls.js';
import { persisterTasks } from './tasks.js';

const shared = new URL('../../../../../shared/data/singlecell/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('Skipped: the single-cell studies are not in ../shared beside this checkout.');

const lines = (path: string): readonly string[] =>
  gunzipSync(readFileSync(new URL(path, shared)))
    .toString('utf8')
    .trim()
    .split('\n');

/** Cells of a genes × cells Matrix Market folder with an obs table, grouped by sample. */
function readCells(
  folder: string,
  columns: { readonly patient: string | null; readonly arm: string },
  treated: string,
): CellCounts {
  const [header = '', ...obs] = lines(`${folder}/obs.csv.gz`).map((line) =>
    line.replaceAll(/"([^"]*)"/g, (_, cell: string) => cell.replaceAll(',', ';')),
  );
  const column = (name: string): readonly string[] =>
    obs.map((row) => row.split(',')[header.split(',').indexOf(name)] ?? '');
  const arm = column(columns.arm);
  const patient = columns.patient === null ? arm.map(() => 'P1') : column(columns.patient);
  const genes = lines(`${folder}/features.tsv.gz`).map((line) => line.split('\t')[1] ?? '');
  const rows: [number, number][][] = obs.map(() => []);
  for (const line of lines(`${folder}/matrix.mtx.gz`)
    .filter((l) => !l.startsWith('%'))
    .slice(1)) {
    const [gene = 0, cell = 0, value = 0] = line.split(' ').map(Number);
    rows[cell - 1]?.push([gene - 1, value]);
  }
  const names = [...new Set(arm.map((a, c) => `${patient[c] ?? ''}/${a}`))].sort();
  const order = names.flatMap((name) => [...arm.keys()].filter((c) => `${patient[c] ?? ''}/${arm[c] ?? ''}` === name));
  const indptr = Uint32Array.from([0, ...rows.map((row) => row.length)]);
  for (let i = 1; i < indptr.length; i++) indptr[i] = (indptr[i] as number) + (indptr[i - 1] as number);
  const sorted = rows.map((row) => row.sort((a, b) => a[0] - b[0]));
  const matrix = {
    kind: 'csr',
    shape: [rows.length, genes.length],
    indptr,
    indices: Uint32Array.from(sorted.flatMap((row) => row.map(([gene]) => gene))),
    data: Float32Array.from(sorted.flatMap((row) => row.map(([, value]) => value))),
  } as const;
  return createCellCounts({
    counts: compactCounts(selectRows(matrix, order)),
    genes,
    barcodes: order.map((c) => String(c)),
    sampleOf: Uint32Array.from(order, (c) => names.indexOf(`${patient[c] ?? ''}/${arm[c] ?? ''}`)),
    samples: names.map((name) => {
      const [own = '', stage = ''] = name.split('/');
      const residual = stage === treated;
      return {
        sample: name,
        patient: own,
        stage: residual ? 'residual' : 'untreated',
        treatment: residual ? treated : 'none',
        technology: '10x',
      };
    }),
  });
}

function effectsOf(cells: CellCounts): PatientEffects {
  const columns = sampleRanges(cells).map(([start, end]) => {
    const own = selectRows(
      cells.counts,
      Array.from({ length: end - start }, (_, i) => start + i),
    );
    return sumCells(own, { blocks: 1, rng: createRng(1, 'unused') }).total;
  });
  const n = columns.length;
  const values = new Float64Array(n * cells.genes.length);
  columns.forEach((total, s) => {
    total.forEach((count, g) => {
      values[g * n + s] = count;
    });
  });
  const { samples } = cells;
  const input = normalizeInput({
    counts: createExpressionMatrix(
      cells.genes,
      samples.map(({ sample }) => sample),
      values,
    ),
    patient: samples.map(({ patient }) => patient),
    stage: samples.map(({ stage }) => stage),
    treatment: samples.map(({ treatment }) => treatment),
    technology: samples.map(({ technology }) => technology),
  });
  return patientEffects(input, { contrast: { from: 'untreated', to: 'residual' } });
}

/** One arm of every patient cut at random into two, as if one half had been treated. */
function splitArm(cells: CellCounts, stage: string): CellCounts {
  const rng = createRng(7, 'split-arm');
  const parts = sampleRanges(cells).flatMap(([start, end], s) => {
    const sample = cells.samples[s] as CellCounts['samples'][number];
    if (sample.stage !== stage) return [];
    const rows = Uint32Array.from({ length: end - start }, (_, i) => start + i);
    shuffleInPlace(rows, rng);
    const half = rows.length >> 1;
    return (['untreated', 'residual'] as const).map((own, i) => ({
      sample: { ...sample, sample: `${sample.patient}/${own}`, stage: own },
      rows: [...rows.subarray(i * half, (i + 1) * half)],
    }));
  });
  const rows = parts.flatMap((part) => part.rows);
  return createCellCounts({
    counts: selectRows(cells.counts, rows),
    genes: cells.genes,
    barcodes: rows.map(String),
    sampleOf: Uint32Array.from(parts.flatMap((part, s) => part.rows.map(() => s))),
    samples: parts.map(({ sample }) => sample),
  });
}

describe.skipIf(!present)('real cells', () => {
  it('PC9 under erlotinib, one library per arm: not testable as a shared state', { timeout: 120_000 }, async () => {
    const cells = readCells(
      'pc9_erlotinib_aissa/filtered_500genes',
      { patient: null, arm: 'condition' },
      'erlotinib_day11_persister',
    );
    const calls = await persisterCalls(cells, effectsOf(cells), {}, inlineContext(persisterTasks));
    expect(calls.patients.map(({ verdict }) => verdict)).toEqual(['not testable']);
    expect(calls.cells.called.some((called) => called === 1)).toBe(false);
  });

  it('glioblastoma slices, five patients, acute panobinostat: labels carry the calls', {
    timeout: 120_000,
  }, async () => {
    const cells = readCells('gbm_panobinostat_zhao', { patient: 'patient_id', arm: 'condition' }, 'panobinostat');
    const calls = await persisterCalls(cells, effectsOf(cells), {}, inlineContext(persisterTasks));
    expect(calls.patients).toHaveLength(5);
    expect(calls.shuffleControl?.nCalled).toBe(0);
    for (const { verdict, reasons } of calls.patients) expect(verdict === 'present' || reasons.length > 0).toBe(true);
    for (const { sample, stage, nCalled, nCells } of calls.samples) {
      if (stage === 'untreated') expect(nCalled / nCells, sample).toBeLessThanOrEqual(0.02);
    }
    console.info(calls.patients.map(({ patient, verdict }) => `${patient} ${verdict}`).join(', '));
  });

  it.each(['untreated', 'residual'])(
    'glioblastoma slices, the %s arm cut in two: no state',
    { timeout: 120_000 },
    async (stage) => {
      const whole = readCells('gbm_panobinostat_zhao', { patient: 'patient_id', arm: 'condition' }, 'panobinostat');
      const cells = splitArm(whole, stage);
      const calls = await persisterCalls(cells, effectsOf(cells), { controls: 0 }, inlineContext(persisterTasks));
      expect(calls.patients.filter(({ verdict }) => verdict === 'present')).toEqual([]);
      expect(calls.cells.called.some((called) => called === 1)).toBe(false);
    },
  );
});
