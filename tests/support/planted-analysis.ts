import {
  type Analysis,
  blockTasks,
  type Column,
  createRng,
  createTable,
  examineDesign,
  noResources,
  numberColumn,
  type ProgrammeInput,
  type RegulonEdge,
  type Resources,
  resolveRunOptions,
  runAnalysis,
  type RunOptions,
  type Sample,
  type Study,
  studyResult,
  type StudyResult,
  type Table,
  textColumn,
} from '@remnant/engine';
import { inlineContext } from './inline-context.js';
import { type PlantedOptions, type PlantedPatient, plantedStudy, type PlantedStudy } from './planted-study.js';

/** How a planted study is analysed. */
export interface PlantedAnalysisOptions extends PlantedOptions {
  /** Technology of a sample; default the same for all. */
  readonly technology?: (sample: { readonly patient: string; readonly stage: string }) => string;
  readonly resources?: Resources;
  /** Run options; permutations and bootstraps are few by default. */
  readonly run?: Partial<RunOptions>;
  readonly chromatin?: Table;
  readonly perturbation?: Table;
  /** Changes the planted data before the analysis. */
  readonly change?: (planted: PlantedStudy) => ProgrammeInput;
}

/** A planted study with all that was found in it. */
export interface PlantedAnalysis {
  readonly planted: PlantedStudy;
  readonly analysis: Analysis;
  readonly result: StudyResult;
}

/** Runs the whole pipeline, as the host would, on a planted study. */
export async function analysePlanted(
  patients: readonly PlantedPatient[],
  options: PlantedAnalysisOptions = {},
): Promise<PlantedAnalysis> {
  const planted = plantedStudy(patients, options);
  const changed = options.change?.(planted) ?? planted.input;
  const technology = changed.counts.samples.map((_, s) => {
    const own = { patient: changed.patient[s] as string, stage: changed.stage[s] as string };
    return options.technology?.(own) ?? (changed.technology[s] as string);
  });
  const input: ProgrammeInput = { ...changed, technology };
  const study = studyOf(input);
  const run = resolveRunOptions({
    permutations: 200,
    bootstraps: 200,
    signatureSize: 15,
    variableGenes: 100,
    regulators: [],
    markers: [],
    ...options.run,
  });
  const { resources = noResources } = options;
  const n = input.counts.samples.length;
  const analysis = await runAnalysis(
    {
      study,
      design: examineDesign(study, { packs: resources.regulons === null ? [] : [resources.regulons.pack] }),
      samples: { counts: input.counts, blocks: Array<null>(n).fill(null), nCells: Array<null>(n).fill(null) },
      cells: null,
      resources,
      chromatin: options.chromatin ?? null,
      perturbation: options.perturbation ?? null,
      genetics: { lineages: null, mutations: null, alleles: null, positions: [] },
      warnings: [],
    },
    run,
    { context: inlineContext(blockTasks, run.seed), store: null, version: 'test', kernels: null },
  );
  const provenance = { remnantVersion: 'test', seed: run.seed, options: { ...run }, inputs: [], packs: [] };
  const result = studyResult(analysis, { warnings: [], provenance, regulators: run.regulators, truth: null });
  return { planted, analysis, result };
}

/** Patients named P1, P2 …, all alike. */
export function alike(n: number, patient: Omit<PlantedPatient, 'patient'>): PlantedPatient[] {
  return Array.from({ length: n }, (_, i) => ({ patient: `P${String(i + 1)}`, ...patient }));
}

/**
 * Regulons on the genes of a planted study: `driver` activates the raised genes and represses the lowered ones, `brake` does
 * the reverse, and the others have random targets. Every regulator is itself a measured gene outside the programme.
 */
export function plantedRegulons(
  planted: PlantedStudy,
  { others = 30 } = {},
): {
  readonly resources: Resources;
  readonly driver: string;
  readonly brake: string;
  readonly random: string;
} {
  const rng = createRng(5, 'planted-regulons');
  const rest = planted.input.counts.genes.filter((gene) => !planted.up.includes(gene) && !planted.down.includes(gene));
  const name = (i: number): string => rest[i] as string;
  const targets = rest.slice(others + 2);
  const signed = (source: string, sign: 1 | -1): readonly RegulonEdge[] => [
    ...planted.up.map((target) => ({ source, target, weight: sign })),
    ...planted.down.map((target) => ({ source, target, weight: -sign })),
  ];
  const random = Array.from({ length: others }, (_, i) =>
    Array.from({ length: 15 }, () => ({
      source: name(i + 2),
      target: targets[Math.floor(rng.uniform() * targets.length)] as string,
      weight: rng.uniform() < 0.5 ? -1 : 1,
    })),
  ).flat();
  const unique = [...new Map(random.map((edge) => [`${edge.source} ${edge.target}`, edge])).values()];
  return {
    resources: {
      ...noResources,
      regulons: { pack: 'planted', edges: [...signed(name(0), 1), ...signed(name(1), -1), ...unique] },
    },
    driver: name(0),
    brake: name(1),
    random: name(2),
  };
}

/** A table of text and number columns, for chromatin and perturbation evidence. */
export function tableOf(columns: Readonly<Record<string, readonly (string | number)[]>>): Table {
  const made: Column[] = Object.entries(columns).map(([name, values]) =>
    values.every((value) => typeof value === 'number')
      ? numberColumn(name, '', values)
      : textColumn(name, '', values.map(String)),
  );
  return createTable('evidence', 'Evidence given with the study', made);
}

function studyOf(input: ProgrammeInput): Study {
  const samples = input.counts.samples.map(
    (sample, s): Sample => ({
      sample,
      patient: input.patient[s] as string,
      stage: input.stage[s] as Sample['stage'],
      stageAsWritten: input.stage[s] as string,
      treatment: input.treatment[s] as string,
      dose: null,
      day: null,
      replicate: null,
      technology: input.technology[s] as string,
      batch: null,
      input: 'table',
      path: 'counts.csv',
      column: sample,
      row: s + 2,
    }),
  );
  return {
    title: 'Planted study',
    organism: 'human',
    host: null,
    samples,
    contrast: { from: 'untreated', to: 'residual', back: 'relapse' },
    resources: [],
    assays: {},
    chromatin: null,
    perturbation: null,
    readings: [],
  };
}
