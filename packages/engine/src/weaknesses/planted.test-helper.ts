import { createExpressionMatrix } from '../data/expression.js';
import { createRng, type Rng } from '../core/rng.js';
import { exp2 } from '../core/pinned-math.js';
import { type NormalizedInput, normalizeInput } from '../programme/input.js';
import { type PatientEffects, patientEffects } from '../programme/patient-effects.js';
import type { Stage } from '../study/types.js';
import { curatedAxes } from './sets/index.js';
import type { ProgrammeGene } from './types.js';

/** Every curated gene once. */
export const curatedGenes: readonly string[] = [
  ...new Set(curatedAxes.flatMap((axis) => axis.genes.map(({ gene }) => gene))),
];

/** Genes without a role beside the curated ones. */
export const plainGenes: readonly string[] = Array.from({ length: 900 }, (_, g) => `PLAIN${String(g)}`);

/** Genes of a planted programme, for a test. */
export function asProgramme(genes: readonly string[]): readonly ProgrammeGene[] {
  return genes.map((gene) => ({ gene, sources: ['signature'] }));
}

/** A study with effects as planted. */
export interface PlantedAxes {
  readonly input: NormalizedInput;
  readonly effects: PatientEffects;
}

/** What to plant. */
export interface PlantedAxesOptions {
  readonly seed: number;
  readonly patients?: number;
  /** log2 effect of a gene in a patient. */
  readonly effectOf: (gene: string, patient: number) => number;
  /** Spread of the effects of all genes between patients. Default 0.3. */
  readonly spread?: number;
  /** Spread of what the genes of one axis do together in one patient. Default 0. */
  readonly togetherSpread?: number;
}

/**
 * Bulk counts of some patients, two samples per stage: genes differ between patients, their effects too, and the genes of an
 * axis may move together in a patient without moving in the mean.
 */
export function plantedAxes(options: PlantedAxesOptions): PlantedAxes {
  const { seed, patients: nPatients = 8, effectOf, spread = 0.3, togetherSpread = 0 } = options;
  const rng = createRng(seed, 'planted-axes');
  const genes = [...curatedGenes, ...plainGenes];
  const base = genes.map(() => 8 + 1.5 * rng.normal());
  const columns = Array.from({ length: nPatients }, (_, p) => {
    const together = togetherIn(rng, togetherSpread);
    const own = genes.map(() => 0.7 * rng.normal());
    const effects = genes.map((gene) => effectOf(gene, p) + spread * rng.normal() + (together.get(gene) ?? 0));
    return [0, 0, 1, 1].map((stage) =>
      genes.map((_, g) => drawCount((base[g] as number) + (own[g] as number) + stage * (effects[g] as number), rng)),
    );
  }).flat();
  const samples = columns.map((_, s) => ({ patient: `P${String(Math.floor(s / 4))}`, stage: stageOf(s) }));
  const input = normalizeInput({
    counts: createExpressionMatrix(
      genes,
      samples.map((_, s) => `S${String(s)}`),
      Float64Array.from(genes.flatMap((_, g) => columns.map((column) => column[g] as number))),
    ),
    patient: samples.map(({ patient }) => patient),
    stage: samples.map(({ stage }) => stage),
    treatment: samples.map(({ stage }) => stage),
    technology: samples.map(() => 'bulk RNA-seq'),
  });
  return { input, effects: patientEffects(input, { contrast: { from: 'untreated', to: 'residual' } }) };
}

function stageOf(sample: number): Stage {
  return sample % 4 < 2 ? 'untreated' : 'residual';
}

/** Poisson noise by its normal limit, and a biological spread of 0.1. */
function drawCount(level: number, rng: Rng): number {
  const mean = exp2(level + 0.1 * rng.normal());
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * rng.normal()));
}

function togetherIn(rng: Rng, spread: number): ReadonlyMap<string, number> {
  const moved = new Map<string, number>();
  for (const axis of curatedAxes) {
    const shift = spread * rng.normal();
    for (const { gene, sign } of axis.genes) moved.set(gene, (moved.get(gene) ?? 0) + sign * shift);
  }
  return moved;
}
