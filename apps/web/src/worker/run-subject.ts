import {
  type Executor,
  type Language,
  type Progress,
  resolveRunOptions,
  sha256Hex,
  type StudyResult,
} from '@remnant/engine';
import { loadStudy } from '@remnant/formats';
import { outputFiles, runStudy, webKernels } from '@remnant/host';
import KernelWorker from '../kernel-worker.js?worker&inline';
import type { Subject, WrittenFile } from '../protocol.js';
import { studyResources } from './resources.js';
import { openSubject } from './subject.js';

/** A finished run: its result, and the files of a simulated study, which are published beside the results. */
export interface FinishedRun {
  readonly result: StudyResult;
  readonly study: Readonly<Record<string, Uint8Array>>;
}

/** How to run. */
export interface RunSettings {
  readonly options: Readonly<Record<string, unknown>>;
  readonly executor: Executor;
  readonly onProgress: (progress: Progress) => void;
}

/** Runs what the user gave; null when it holds no study. */
export async function runSubject(
  subject: Subject,
  { options, executor, onProgress }: RunSettings,
): Promise<FinishedRun | null> {
  const resolved = resolveRunOptions(options);
  const { study: opened } = await openSubject(subject, onProgress);
  if (opened === null) return null;
  const { source, studyPath } = opened;
  const resources = await studyResources(await loadStudy(source, studyPath), opened);
  const kernels = webKernels(() => new KernelWorker({ name: String(executor.concurrency) }));
  try {
    const result = await runStudy(
      { source, studyPath, options: resolved, resources, kernels },
      { seed: resolved.seed, executor, onProgress },
    );
    return { result, study: opened.files };
  } finally {
    kernels.close();
  }
}

/** Every file of the results folder, in one language, with its checksum. */
export async function writeRun({ result, study }: FinishedRun, language: Language): Promise<WrittenFile[]> {
  const published = [
    ...(await outputFiles(result, { lang: language })),
    ...Object.entries(study).map(([path, content]) => ({ path: `study/${path}`, content })),
  ];
  return published.map(({ path, content }) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
    return { path, content: bytes, sha256: sha256Hex(bytes) };
  });
}
