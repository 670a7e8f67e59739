import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type CellDataset, loadGeneTable, readCells } from '@remnant/formats';
import { nodeSource } from '@remnant/host/node';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { selectRows } from '../../data/compact-counts.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { cellMetrics } from './cell-metrics.js';
import { isWithinLimits } from './metric-limits.js';
import { qualityControl, type QualityControl, type QualityControlOptions } from './quality-control.js';
import { qualityLimits } from './quality-limits.js';
import { qualityTasks } from './quality-tasks.js';

/** Quality control on real files; figures are printed for docs/methods. */
const shared = new URL('../../../../../../shared/data/singlecell/', import.meta.url);
const present = existsSync(shared);
if (!present) console.warn('Skipped: ../shared is not beside this checkout.');
const source = nodeSource(fileURLToPath(shared));
const read = (path: string): Promise<CellDataset> => readCells(source, path, { memoryGib: 4 });
const context = inlineContext(qualityTasks);

const defaults: QualityControlOptions = {
  geneTable: null,
  species: null,
  emptyDroplets: {},
  limits: {},
  findDoublets: null,
};

describe.runIf(present)('PC9 erlotinib, raw Drop-seq', () => {
  const expected = JSON.parse(
    readFileSync(new URL('../../../../../reference/empty-droplets/expected.json', import.meta.url), 'utf8'),
  ) as Readonly<Record<string, { readonly called: string; readonly nCalled: number; readonly alpha: number }>>;

  for (const [arm, fewestShared] of [
    ['Day11_control', 1],
    ['Day11_Erlotinib', 0.98],
  ] as const) {
    it(`${arm}: cells as DropletUtils and as the 500-gene rule have them`, async () => {
      const { X, varNames } = await read(`pc9_erlotinib_aissa/${arm}.dge.txt.gz`);
      const found = await qualityControl({ sample: arm, counts: X as CsrMatrix, genes: varNames }, defaults, context);
      const reference = expected[arm]!;
      const { isCell, alpha, nCells } = found.droplets!;
      const differing = isCell.filter((is, i) => is !== Number(reference.called[i])).length;
      const byGenes = Array.from(found.metrics.detectedGenes, (n) => n >= 500);
      const shared500 = byGenes.filter((is, i) => is && isCell[i] === 1).length / byGenes.filter((is) => is).length;
      const kept = new Set(found.cells);
      const keptOf500 = byGenes.filter((is, i) => is && kept.has(i)).length;
      const { fraction, genes, score } = found.ambient!;
      console.info(arm, { nCells, reference: reference.nCalled, differing, shared500, keptOf500 }, summary(found));
      console.info(fraction, genes.map(({ gene }) => gene).join(' '), score?.meaning);
      expect(Math.abs(alpha! / reference.alpha - 1)).toBeLessThan(1e-3);
      // Two seeds of DropletUtils differ by up to 3 %; ours has another knee besides.
      expect(differing / reference.nCalled).toBeLessThan(0.06);
      expect(shared500).toBeGreaterThanOrEqual(fewestShared);
    });
  }
});

describe.runIf(present)('Tian lung lines', () => {
  for (const name of ['sc_celseq2_3cl', 'sc_celseq2_5cl_p1', 'sc_celseq2_5cl_p2', 'sc_dropseq_3cl']) {
    it(`${name}: metrics as its metadata have them`, async () => {
      const { X, obsNames, varNames } = await read(`luad_celllines_tian/${name}.count.csv.gz`);
      const metadata = readMetadata(`luad_celllines_tian/${name}.metadata.csv.gz`, obsNames);
      const sample = { counts: X as CsrMatrix, genes: varNames };
      const metrics = await cellMetrics(sample, { geneTable: await loadGeneTable('human') }, context);
      const { limits, warnings } = qualityLimits(metrics, { nGenes: varNames.length });
      const good = obsNames.map((_, i) => limits.every((range) => isWithinLimits(metrics[range.metric]![i]!, range)));
      const totals = ratios(metrics.totalCounts, metadata('total_count_per_cell'));
      const detected = ratios(metrics.detectedGenes, metadata('number_of_genes'));
      const agree = good.filter((is, i) => is === (metadata('outliers')[i] === 'FALSE')).length;
      const mitochondrial = metrics.qualityGenes.mitochondrial.genes.length;
      console.info(
        name,
        { cells: good.length, agree, totals, detected, mitochondrial },
        limits.map(({ text }) => text),
        warnings,
      );
      expect(mitochondrial).toBeGreaterThanOrEqual(15);
      // Only the first file holds all the genes its metadata were made from.
      const exact = name === 'sc_celseq2_3cl';
      expect(totals[0]).toBeGreaterThanOrEqual(exact ? 1 : 0.97);
      expect(totals[1]).toBeLessThanOrEqual(1);
      expect(detected[0]).toBeGreaterThanOrEqual(exact ? 1 : 0.8);
      expect(detected[1]).toBeLessThanOrEqual(1);
      expect(agree / good.length).toBeGreaterThan(0.85);
    });
  }
});

describe.runIf(present)('glioblastoma slices, 300 genes', () => {
  it('keeps nearly all cells of every sample, and says what a panel does not allow', async () => {
    const { X, obsNames, varNames } = await read('gbm_panobinostat_zhao');
    const sampleOf = obsNames.map((name) => name.split('_')[0]!);
    for (const sample of new Set(sampleOf)) {
      const rows = Uint32Array.from(sampleOf.keys()).filter((i) => sampleOf[i] === sample);
      const counts = selectRows(X as CsrMatrix, rows);
      const found = await qualityControl({ sample, counts, genes: varNames }, defaults, context);
      console.info(
        sample,
        summary(found),
        found.warnings.map(({ code }) => code),
        found.ambient?.standIn?.value,
      );
      expect(found.droplets!.status).toBe('already-filtered');
      expect(found.cells.length / rows.length).toBeGreaterThan(0.9);
      expect(found.warnings.map(({ code }) => code)).toContain('short-gene-list');
      expect(found.ambient!.fraction.status).toBe('not-identifiable');
    }
  });
});

function summary({ rows }: QualityControl): string {
  return rows
    .map((row) => `${row.filter}: ${String(row.before)} → ${String(row.after)} [${row.status}; ${row.threshold}]`)
    .join('\n');
}

/** Lowest and highest ratio. */
function ratios(found: ArrayLike<number>, written: readonly string[]): [number, number] {
  const values = written.map((value, i) => found[i]! / Number(value));
  return [Math.min(...values), Math.max(...values)];
}

/** Columns of a metadata table, in the order of the cells. Its header has no name for the first column. */
function readMetadata(path: string, cells: readonly string[]): (column: string) => string[] {
  const text = gunzipSync(readFileSync(new URL(path, shared)))
    .toString()
    .trim();
  const [header = [], ...lines] = text.split('\n').map((line) => line.replaceAll('"', '').split(','));
  const byCell = new Map(lines.map(([cell = '', ...values]) => [cell, values]));
  return (column) => cells.map((cell) => byCell.get(cell)![header.indexOf(column)]!);
}
