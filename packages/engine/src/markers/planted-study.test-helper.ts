import { createRng } from '../core/rng.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { patientMetaAnalysis } from '../programme/patient-meta-analysis.js';
import type { MarkerStudy } from './marker-study.js';

/** Planted shared changes by gene; every other gene moves at random in every patient. */
export interface PlantedChanges {
  readonly shared: Readonly<Record<string, number>>;
  readonly genes: number;
  readonly patients: number;
  readonly seed: number;
}

/** Effects of a study with some shared genes, and both estimates of it. */
export function plantedMarkerStudy({ shared, genes: nGenes, patients: k, seed }: PlantedChanges): MarkerStudy {
  const rng = createRng(seed, 'planted-study');
  const planted = Object.keys(shared);
  const genes = [...planted, ...Array.from({ length: nGenes - planted.length }, (_, g) => `G${String(g)}`)];
  const effects = Float64Array.from(
    genes.flatMap((gene) => Array.from({ length: k }, () => (shared[gene] ?? 0) + 0.5 * rng.normal())),
  );
  const perPatient: PatientEffects = {
    contrast: { from: 'untreated', to: 'residual' },
    genes,
    patients: Array.from({ length: k }, (_, p) => `P${String(p + 1)}`),
    nFrom: new Int32Array(k).fill(2),
    nTo: new Int32Array(k).fill(2),
    effects,
    standardErrors: effects.map(() => 0.2),
    basis: 'replicates',
    dfResidual: 10,
    averageExpression: Float64Array.from(genes, () => 5 + 3 * rng.uniform()),
    notTestable: [],
    warnings: [],
  };
  const meta = patientMetaAnalysis(perPatient, { fdr: 0.05 });
  const table = { gene: genes, logFoldChange: meta.effect, t: meta.t, pAdjusted: meta.pAdjusted };
  return { fixedEffect: { table, direction: meta.direction }, perPatient: { effects: perPatient, meta } };
}
