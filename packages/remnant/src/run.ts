import {
  isRemnantError,
  type Progress,
  resolveRunOptions,
  type RunOptions,
  type StepStore,
  type StudyResult,
} from '@remnant/engine';
import { type FileSource, loadStudy } from '@remnant/formats';
import {
  type CheckResult,
  checkStudy,
  loadResources,
  type PackLibrary,
  resourceReadings,
  runStudy,
} from '@remnant/host';
import { nodeExecutor, nodeKernels, resourceStore } from '@remnant/host/node';
import { openStudy } from './open-study.js';

/** What a run may use of this computer. None of it changes a number of the result. */
export interface HostOptions {
  /** Worker threads; by default one per processor, four at most. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Keeps finished steps, so that a stopped run can be taken up again; by default nothing is kept. */
  readonly steps?: StepStore;
  /** Installed resource packs; by default those in `$REMNANT_HOME`. */
  readonly library?: PackLibrary;
}

/**
 * Analyses a study.
 *
 * @param studyPath - a `study.yaml`, a sample sheet, or a folder that holds one
 * @param options - any of `RunOptions`; the others take their defaults
 * @returns the result, the same as from the command line and the app
 * @throws FormatError for a study or data that cannot be read, OptionError for an option out of range,
 *   LimitError when the study needs more memory than `memoryGib`, AbortedError once `signal` is aborted
 */
export async function run(
  studyPath: string,
  options: Partial<RunOptions> = {},
  host: HostOptions = {},
): Promise<StudyResult> {
  const { source, studyPath: path } = await openStudy(studyPath);
  return runFrom(source, path, { ...host, options });
}

/** `run` for a study that is in any file source, for instance in memory. */
export async function runFrom(
  source: FileSource,
  studyPath: string,
  host: HostOptions & { readonly options: Partial<RunOptions> },
): Promise<StudyResult> {
  const options = resolveRunOptions(host.options);
  const study = await loadStudy(source, studyPath);
  const resources = await loadResources(study, { source, studyPath, library: host.library ?? resourceStore() });
  const executor = nodeExecutor(host.workers);
  const kernels = nodeKernels(host.workers);
  try {
    return await runStudy(
      { source, studyPath, options, resources, kernels, ...(host.steps === undefined ? {} : { store: host.steps }) },
      {
        seed: options.seed,
        executor,
        ...(host.signal === undefined ? {} : { signal: host.signal }),
        ...(host.onProgress === undefined ? {} : { onProgress: host.onProgress }),
      },
    );
  } finally {
    executor.close();
    kernels.close();
  }
}

/**
 * Reads a study without opening its data and says what was found, which questions its design can answer,
 * and what a run will cost. A resource that is missing is a blocking finding.
 *
 * @param studyPath - a `study.yaml`, a sample sheet, or a folder that holds one
 * @throws FormatError for a study that cannot be read
 */
export async function check(studyPath: string, host: Pick<HostOptions, 'library'> = {}): Promise<CheckResult> {
  const { source, studyPath: path } = await openStudy(studyPath);
  const study = await loadStudy(source, path);
  try {
    const library = host.library ?? resourceStore();
    const resources = await loadResources(study, { source, studyPath: path, library });
    const found = await checkStudy({ source, studyPath: path, packs: resources.packs });
    return { ...found, readings: [...found.readings, ...resourceReadings(study, resources)] };
  } catch (error) {
    if (!isRemnantError(error)) throw error;
    const found = await checkStudy({ source, studyPath: path });
    const text = { en: error.message, fr: error.message };
    return { ...found, findings: [{ id: 'resources', level: 'blocking', text }, ...found.findings] };
  }
}
