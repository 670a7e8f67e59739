import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { qualityTasks } from './quality-tasks.js';
import { it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { readCells } from '@remnant/formats';
import { nodeSource } from '@remnant/host/node';
import { ambientFraction } from './ambient-fraction.js';
import { cellMetrics } from './cell-metrics.js';
import { qualityControl } from './quality-control.js';
import { createRng } from '../../core/rng.js';
import { randomPoisson } from '../../simulate/random-poisson.js';
import { csrFromRows, drawCounts } from './planted-cells.test-helper.js';
it('tian', async () => {
  const source = nodeSource(fileURLToPath(new URL('../../../../../../shared/data/singlecell/', import.meta.url)));
  for (const name of ['sc_celseq2_3cl', 'sc_celseq2_5cl_p1', 'sc_celseq2_5cl_p2', 'sc_dropseq_3cl']) {
    const { X, varNames } = await readCells(source, `luad_celllines_tian/${name}.count.csv.gz`, { memoryGib: 4 });
    const M = X as any;
    const r = ambientFraction({ counts: M, genes: varNames }, { profile: null }, inlineContext(qualityTasks, 1));
    console.log(
      'T',
      name,
      r.standIn!.value?.toFixed(3),
      r.standIn!.low?.toFixed(3),
      r.standIn!.high?.toFixed(3),
      r.genes.length,
    );
    // plant: replace share a of every cell's counts by the mean profile
    const rng = createRng(5, name);
    const [n, G] = M.shape;
    const sums = new Float64Array(G);
    let all = 0;
    for (let k = 0; k < M.data.length; k++) {
      sums[M.indices[k]] += M.data[k];
      all += M.data[k];
    }
    for (const a of [0.05, 0.15, 0.3]) {
      const rows = Array.from({ length: n }, (_, c) => {
        const row = new Float64Array(G);
        let t = 0;
        for (let k = M.indptr[c]; k < M.indptr[c + 1]; k++) {
          t += M.data[k];
          let kept = 0;
          for (let i = 0; i < M.data[k]; i++) if (rng.uniform() >= a) kept++;
          row[M.indices[k]] = kept;
        }
        for (let g = 0; g < G; g++) if (sums[g]! > 0) row[g]! += randomPoisson(rng, (a * t * sums[g]!) / all);
        return row;
      });
      const p = ambientFraction(
        { counts: csrFromRows(rows), genes: varNames },
        { profile: sums.map((s) => s / all) },
        inlineContext(qualityTasks, 1),
      );
      console.log(
        'T   planted',
        a,
        p.fraction.value?.toFixed(3),
        p.fraction.low?.toFixed(3),
        p.fraction.high?.toFixed(3),
        p.genes.length,
      );
    }
  }
}, 300000);
it('big', async () => {
  const [n, G, per] = [100_000, 20_000, 1600];
  const rng = createRng(1, 'big');
  const indptr = new Uint32Array(n + 1);
  const indices = new Uint16Array(n * per);
  const data = new Uint8Array(n * per);
  for (let c = 0; c < n; c++) {
    indptr[c + 1] = (c + 1) * per;
    let g = rng.integer(12);
    for (let i = 0; i < per; i++) {
      indices[c * per + i] = g;
      data[c * per + i] = 1 + (g % 7 === 0 ? rng.integer(9) : 0);
      g += 1 + (rng.integer(23) % 12);
      if (g >= G) g = G - 1;
    }
  }
  const genes = Array.from({ length: G }, (_, g) => (g < 13 ? `MT-${g}` : `G${g}`));
  const counts = { kind: 'csr' as const, shape: [n, G] as const, indptr, indices, data };
  let t = performance.now();
  cellMetrics({ counts, genes }, { geneTable: null });
  console.log('T metrics ms', Math.round(performance.now() - t));
  t = performance.now();
  const q = await qualityControl(
    { sample: 'a', counts, genes },
    { geneTable: null, species: null, emptyDroplets: {}, limits: {}, findDoublets: null },
    inlineContext(qualityTasks, 1),
  );
  console.log(
    'T qc ms',
    Math.round(performance.now() - t),
    q.cells.length,
    Math.round(process.resourceUsage().maxRSS / 1024),
    'MiB',
    q.rows.map((r) => r.after).join(' '),
  );
}, 300000);
