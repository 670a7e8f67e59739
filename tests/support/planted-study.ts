import { createRng, log2, pow, type ProgrammeInput, type Stage } from '@remnant/engine';

/** One patient of a planted study: samples per stage, and how much of the programme it shows and keeps. */
export interface PlantedPatient {
  readonly patient: string;
  readonly untreated: number;
  readonly residual: number;
  readonly relapse?: number;
  /** Multiplies the programme in residual samples. Default 1; 0 for a patient without persisters. */
  readonly strength?: number;
  /** Share of the residual shift that the relapse keeps. Default 0: back to untreated. */
  readonly kept?: number;
  /** Regimens of the residual samples, in turn. Default one. */
  readonly treatments?: readonly string[];
}

/** What to plant. */
export interface PlantedOptions {
  readonly seed?: number;
  readonly genes?: number;
  readonly up?: number;
  readonly down?: number;
  /** log2 effect of a programme gene. Default 1.5. */
  readonly effect?: number;
  /** Spread between samples of one arm, log2. Default 0.15. */
  readonly sampleSpread?: number;
}

/** A study with its planted genes. */
export interface PlantedStudy {
  readonly input: ProgrammeInput;
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/**
 * A small study with a known shared programme: genes differ between patients far more than between stages, counts have shot
 * noise and spread between samples. The first genes are raised, the next ones lowered.
 */
export function plantedStudy(patients: readonly PlantedPatient[], options: PlantedOptions = {}): PlantedStudy {
  const { seed = 1, genes: nGenes = 300, up = 20, down = 15, effect = 1.5, sampleSpread = 0.15 } = options;
  const rng = createRng(seed, 'planted-study');
  const genes = Array.from({ length: nGenes }, (_, g) => `G${String(g).padStart(4, '0')}`);
  const base = genes.map(() => log2(200) + 1.5 * rng.normal());
  const shift = genes.map((_, g) => (g < up ? effect : g < up + down ? -effect : 0));
  const samples = patients.flatMap((patient) => samplesOf(patient));
  const columns = patients.flatMap((patient) => {
    const own = genes.map(() => 0.8 * rng.normal());
    return samplesOf(patient).map(({ stage }) => {
      const depth = pow(2, 0.5 * rng.normal());
      return genes.map((_, g) => {
        const level = (base[g] as number) + (own[g] as number) + dose(patient, stage) * (shift[g] as number);
        const mean = depth * pow(2, level + sampleSpread * rng.normal());
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * rng.normal()));
      });
    });
  });
  const values = Float64Array.from(genes.flatMap((_, g) => columns.map((column) => column[g] as number)));
  return {
    input: {
      counts: { genes, samples: samples.map((s) => s.sample), values },
      patient: samples.map((s) => s.patient),
      stage: samples.map((s) => s.stage),
      treatment: samples.map((s) => s.treatment),
      technology: samples.map(() => 'bulk'),
    },
    up: genes.slice(0, up),
    down: genes.slice(up, up + down),
  };
}

/** The same study with its samples, or its genes, in another order. */
export function reorder(
  input: ProgrammeInput,
  order: { readonly samples?: readonly number[]; readonly genes?: readonly number[] },
): ProgrammeInput {
  const { counts } = input;
  const columns = order.samples ?? counts.samples.map((_, s) => s);
  const rows = order.genes ?? counts.genes.map((_, g) => g);
  const pick = <T>(values: readonly T[]): T[] => columns.map((s) => values[s] as T);
  const n = counts.samples.length;
  return {
    counts: {
      genes: rows.map((g) => counts.genes[g] as string),
      samples: pick(counts.samples),
      values: Float64Array.from(rows.flatMap((g) => columns.map((s) => counts.values[g * n + s] as number))),
    },
    patient: pick(input.patient),
    stage: pick(input.stage),
    treatment: pick(input.treatment),
    technology: pick(input.technology),
  };
}

function samplesOf(patient: PlantedPatient): readonly {
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  readonly treatment: string;
}[] {
  const { treatments = ['drug'] } = patient;
  const arm = (stage: Stage, n: number): ReturnType<typeof samplesOf> =>
    Array.from({ length: n }, (_, i) => {
      const treatment = stage === 'untreated' ? 'none' : (treatments[i % treatments.length] as string);
      return { sample: `${patient.patient}_${stage}_${String(i + 1)}`, patient: patient.patient, stage, treatment };
    });
  return [
    ...arm('untreated', patient.untreated),
    ...arm('residual', patient.residual),
    ...arm('relapse', patient.relapse ?? 0),
  ];
}

function dose({ strength = 1, kept = 0 }: PlantedPatient, stage: Stage): number {
  if (stage === 'untreated') return 0;
  return stage === 'residual' ? strength : strength * kept;
}
