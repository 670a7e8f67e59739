import type { RegulonEdge } from '../../data/resources.js';
import { type Rng, shuffleInPlace } from '../../core/rng.js';
import type { RegulatorStudy } from '../regulator-study.js';
import type { RegulatorRefit } from './regulator-refits.js';

/** A small study with one planted switch, and the shared effect without each patient. */
export interface PlantedSwitch {
  readonly study: RegulatorStudy;
  readonly edges: readonly RegulonEdge[];
  readonly refits: readonly RegulatorRefit[];
}

const patients = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
const nGenes = 800;
const plain = Array.from({ length: nGenes }, (_, g) => `G${String(g).padStart(4, '0')}`);
const decoys = Array.from({ length: 30 }, (_, d) => `D${String(d).padStart(2, '0')}`);
const genes = ['SWITCH', ...decoys, ...plain];

/**
 * Thirty decoys with 10 to 60 random targets and SWITCH with 40, a quarter of them repressed, whose own RNA is flat. Its
 * targets move by `shift` in every patient, with differences between patients as large; three decoys have RNA that rises.
 */
export function plantSwitch(rng: Rng, shift: number): PlantedSwitch {
  const pick = (n: number): string[] => {
    const all = [...plain];
    shuffleInPlace(all, rng);
    return all.slice(0, n);
  };
  const signed = new Map(pick(40).map((gene, i) => [gene, i % 4 === 0 ? -1 : 1]));
  const edges = [
    ...[...signed].map(([target, weight]) => ({ source: 'SWITCH', target, weight })),
    ...decoys.flatMap((source) =>
      pick(10 + rng.integer(50)).map((target) => ({ source, target, weight: rng.uniform() < 0.3 ? -1 : 1 })),
    ),
  ];
  const raised = new Set(decoys.slice(0, 3));
  const effects = Float64Array.from(
    genes.flatMap((gene) => {
      const centre = raised.has(gene) ? 1.5 : (signed.get(gene) ?? 0) * shift;
      return patients.map(() => centre * (1 + 0.5 * rng.normal()) + 0.6 * rng.normal());
    }),
  );
  const tOver = (kept: readonly number[]): Float64Array =>
    Float64Array.from(genes, (_, g) => {
      const mean = kept.reduce((sum, p) => sum + (effects[g * patients.length + p] as number), 0) / kept.length;
      return (mean * Math.sqrt(kept.length)) / 0.6;
    });
  const all = patients.map((_, p) => p);
  const statistic = tOver(all);
  return {
    study: {
      genes,
      statistic,
      logFoldChange: statistic.map((t) => (t * 0.6) / Math.sqrt(patients.length)),
      pAdjusted: statistic.map((t) => (Math.abs(t) > 4 ? 1e-5 : 0.5)),
      averageExpression: Float64Array.from(genes, () => 5 + 2 * rng.normal()),
      patients: { genes, patients, effects, standardErrors: effects.map(() => 0.6) },
    },
    edges,
    refits: patients.map((patient, p) => ({ patient, genes, statistic: tOver(all.filter((q) => q !== p)) })),
  };
}
