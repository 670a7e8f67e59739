import type { CellCounts, CellSample } from '../cells/cell-counts.js';
import { exp } from '../core/pinned-math.js';
import { createRng } from '../core/rng.js';
import { randomPoisson } from '../simulate/random-poisson.js';
import type { Stage } from '../study/types.js';
import { csrOf } from './planted-programmes.test-helper.js';

/** A study of patients with an untreated and a residual sample each, and programmes that cells use or not. */
export interface PlantedStudy {
  readonly cells: CellCounts;
  /** Genes raised in cells that use each programme; the last of a patient's own is private to it. */
  readonly programmes: Readonly<Record<'steady' | 'treated', readonly string[]>>;
}

const genesPerProgramme = 50;

/** Every patient has `steady` in 30 % of all cells, `treated` in 10 % of untreated and 50 % of residual ones, and a private programme. */
export function plantedCellStudy(options: {
  readonly seed: number;
  readonly patients: number;
  readonly cells: number;
  readonly genes: number;
}): PlantedStudy {
  const { seed, patients, cells, genes } = options;
  const names = Array.from({ length: genes }, (_, g) => `G${String(g)}`);
  const block = (k: number): readonly number[] =>
    Array.from({ length: genesPerProgramme }, (_, g) => k * genesPerProgramme + g);
  const background = createRng(seed, 'background');
  const base = names.map(() => exp(0.8 * background.normal() - 1));
  const rows: Float64Array[] = [];
  const sampleOf: number[] = [];
  const samples: CellSample[] = [];
  for (let p = 0; p < patients; p++) {
    const patient = `P${String(p + 1)}`;
    const own = createRng(seed, patient);
    const shift = names.map(() => exp(0.3 * own.normal()));
    for (const stage of ['untreated', 'residual'] as readonly Stage[]) {
      const rng = createRng(seed, `${patient}/${stage}`);
      samples.push({ sample: `${patient}_${stage}`, patient, stage, treatment: 'none', technology: '10x' });
      for (let cell = 0; cell < cells; cell++) {
        const used = [0.3, stage === 'residual' ? 0.5 : 0.1].map((share) => rng.uniform() < share);
        const raised = new Set([...(used[0] ? block(0) : []), ...(used[1] ? block(1) : [])]);
        if (rng.uniform() < 0.3) for (const g of block(2 + p)) raised.add(g);
        const depth = exp(0.2 * rng.normal());
        const mean = (g: number): number =>
          depth * (base[g] as number) * (shift[g] as number) * (raised.has(g) ? 6 : 1);
        rows.push(Float64Array.from(names, (_, g) => randomPoisson(rng, mean(g))));
        sampleOf.push(samples.length - 1);
      }
    }
  }
  const cellCounts = {
    counts: csrOf(rows, genes),
    genes: names,
    barcodes: rows.map((_, i) => `B${String(i)}`),
    sampleOf: Uint32Array.from(sampleOf),
    samples,
  };
  const named = (k: number): readonly string[] => block(k).map((g) => names[g] as string);
  return { cells: cellCounts, programmes: { steady: named(0), treated: named(1) } };
}
