import { it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { createRng, type Rng } from '../../core/rng.js';
import { plantCells } from './planted-cells.test-helper.js';
import { switchShape } from './switch-shape.js';
import { switchTasks } from './switch-tasks.js';
const context = inlineContext(switchTasks);
const planted: any = {
  'two-state': (rng: Rng) => { const share = 0.2 + 0.6 * rng.uniform(); return () => (rng.uniform() < share ? 1 : 0) + 0.08 * rng.normal(); },
  graded: (rng: Rng) => { const kind = rng.integer(3); if (kind === 0) return () => 0.5 + 0.25 * rng.normal(); if (kind === 1) return () => -0.05 + 1.1 * rng.uniform(); return () => 1.2 * Math.min(rng.uniform(), rng.uniform()); },
  mixture: (rng: Rng) => () => (rng.uniform() < 0.5 ? 0.05 * rng.normal() : 0.3 + 0.8 * rng.uniform()),
};
const cellsOf = (parts: any[]): any => ({
  activity: Float64Array.from(parts.flatMap((p) => [...p.activity])), standardError: Float64Array.from(parts.flatMap((p) => [...p.standardError])),
  sampleOf: Uint32Array.from(parts.flatMap((p, s) => [...p.activity].map(() => s))),
  samples: parts.map((_, s) => ({ sample: 's' + s, patient: 'p' + s, stage: 'residual' })),
  patients: parts.map((p, s) => ({ patient: 'p' + s, varianceGrowth: p.varianceGrowth, notTestable: null })),
  halved: { activity: Float64Array.from(parts.flatMap((p) => [...p.halved.activity])), standardError: Float64Array.from(parts.flatMap((p) => [...p.halved.standardError])) }, doubletScore: null });
it('depths', async () => {
  for (const n of [400, 1000]) for (const depth of [150, 300, 600, 1500, 5000]) for (const kind of ['two-state', 'graded', 'mixture']) {
    const parts = Array.from({ length: 25 }, (_, seed) => { const rng = createRng(seed, `d/${kind}/${depth}`); return plantCells(rng, { nCells: n, medianDepth: depth, state: planted[kind](rng) }); });
    const { patients } = await switchShape(cellsOf(parts), { contrast: { from: 'untreated', to: 'residual' } }, context);
    const c = (v: string) => patients.filter((p) => p.verdict === v).length;
    console.log(n, depth, kind, ['two-state', 'graded', 'mixture', 'cannot tell'].map((v) => `${c(v)} ${v}`).join(', '), 'D', (patients.reduce((s, p) => s + p.separation, 0) / 25).toFixed(1));
  }
}, 600000);
it('speed', async () => {
  const rng = createRng(1, 'speed');
  const one = plantCells(rng, { nCells: 10000, medianDepth: 3000, state: planted['two-state'](rng) });
  const parts = Array.from({ length: 10 }, () => one);
  const cells = cellsOf(parts);
  const t = performance.now();
  await switchShape(cells, { contrast: { from: 'untreated', to: 'residual' } }, context);
  console.log('100k cells', (performance.now() - t).toFixed(0), 'ms');
}, 600000);
