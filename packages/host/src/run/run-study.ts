import {
  examineDesign,
  type Kernels,
  type Provenance,
  type Resources,
  runAnalysis,
  type RunContext,
  type RunOptions,
  type SimulationTruth,
  type StepEnvironment,
  type StepStore,
  studyResult,
  type StudyResult,
  type Table,
  truthSchemaVersion,
} from '@remnant/engine';
import { type FileSource, joinPath, loadStudy } from '@remnant/formats';
import { remnantVersion } from '../version.js';
import { hashInput, type InputRecord } from './hash-input.js';
import { loadSamples } from './load-samples.js';
import { readEvidenceTable } from './read-evidence-table.js';
import { readGenetics } from './read-genetics.js';
import { dataPath, studyFolder } from './study-paths.js';

/** One run: where the study is, how to run it, what it may use. */
export interface RunRequest {
  readonly source: FileSource;
  /** A study file, a sample sheet, or a folder that holds one. */
  readonly studyPath: string;
  readonly options: RunOptions;
  readonly resources: Resources;
  /** Keeps finished steps; left out, every step is computed. */
  readonly store?: StepStore;
  /** What computes the standard steps on cells; left out, they are not computed. Whoever made them closes them. */
  readonly kernels?: Kernels;
}

/**
 * Reads and analyses a whole study: the one path every face takes.
 *
 * @throws FormatError for a study or data that cannot be read
 * @throws LimitError for input larger than the memory budget, before it is read
 * @throws AbortedError once the context's signal is aborted; finished steps stay in the store
 */
export async function runStudy(request: RunRequest, context: RunContext): Promise<StudyResult> {
  const { source, studyPath, options, resources } = request;
  const environment: StepEnvironment = {
    context,
    store: request.store ?? null,
    version: remnantVersion,
    kernels: request.kernels ?? null,
  };
  const written = await loadStudy(source, studyPath);
  const folder = await studyFolder(source, studyPath);
  const genetics = await readGenetics(source, folder, written);
  const loaded = await loadSamples({ source, folder, study: written }, options, environment);
  const { study, samples } = loaded;
  const [chromatin, perturbation] = await Promise.all(
    [study.chromatin, study.perturbation].map((path) => readEvidence(source, folder, path)),
  );
  const cellsPerSample = Object.fromEntries(
    samples.counts.samples.flatMap((name, s) => {
      const cells = samples.nCells[s] ?? null;
      return cells === null ? [] : [[name, cells]];
    }),
  );
  const facts = { cellsPerSample, genes: samples.counts.genes.length, packs: resources.packs.map((pack) => pack.name) };
  const analysis = await runAnalysis(
    {
      study,
      design: examineDesign(study, facts),
      samples,
      cells: loaded.cells,
      resources,
      chromatin: chromatin?.table ?? null,
      perturbation: perturbation?.table ?? null,
      genetics,
      warnings: loaded.warnings,
    },
    options,
    environment,
  );
  const evidence = [chromatin, perturbation].flatMap((found) => found?.inputs ?? []);
  return studyResult(analysis, {
    warnings: [...study.readings.map((message) => ({ code: 'reading', message })), ...loaded.warnings],
    provenance: provenanceOf(options, resources, [...loaded.inputs, ...evidence, ...genetics.inputs]),
    regulators: options.regulators,
    truth: await readTruth(source, folder),
  });
}

async function readEvidence(
  source: FileSource,
  folder: string,
  path: string | null,
): Promise<{ readonly table: Table; readonly inputs: readonly InputRecord[] } | null> {
  if (path === null) return null;
  const place = dataPath(folder, path);
  return { table: await readEvidenceTable(source, place), inputs: await hashInput(source, place) };
}

function provenanceOf(options: RunOptions, resources: Resources, inputs: readonly InputRecord[]): Provenance {
  return {
    remnantVersion,
    seed: options.seed,
    options: { ...options },
    inputs,
    packs: resources.packs,
  };
}

/** The truth beside a simulated study; null for any other. */
async function readTruth(source: FileSource, folder: string): Promise<SimulationTruth | null> {
  const path = joinPath(folder, 'truth.json');
  if ((await source.kind(path)) !== 'file') return null;
  const truth = JSON.parse(new TextDecoder().decode(await source.read(path))) as Partial<SimulationTruth> | null;
  return truth?.schemaVersion === truthSchemaVersion && truth.programme !== undefined
    ? (truth as SimulationTruth)
    : null;
}
