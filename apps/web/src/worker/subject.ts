import { type Progress, simulateStudy } from '@remnant/engine';
import { type FileSource, memorySource, studyFiles } from '@remnant/formats';
import { emptyLibrary, type PackLibrary } from '@remnant/host';
import type { PackView, PathFile, Subject } from '../protocol.js';
import { droppedSource } from './dropped-source.js';
import { findPackFiles } from './pack-files.js';

/** A study ready to be read. */
export interface OpenStudy {
  readonly source: FileSource;
  readonly studyPath: string;
  /** Packs dropped as such. */
  readonly library: PackLibrary;
  /** Packs among all files: what a study gets that names them. */
  readonly wideLibrary: PackLibrary;
  /** Files that belong into the results folder because nobody gave them: those of a simulated study. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** What was opened: no study while the user has given only packs. */
export interface OpenSubject {
  readonly packs: PackView;
  readonly study: OpenStudy | null;
}

/** Simulated studies by seed: checking one and then running it simulates once. */
const simulated = new Map<number, Readonly<Record<string, Uint8Array>>>();

/** Opens what is to be analysed. */
export async function openSubject(
  subject: Subject,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<OpenSubject> {
  if (subject.kind === 'demo') return openDemo(subject.seed, onProgress);
  const { files, study, packFiles, acceptedChecksums } = subject.given;
  const packs = await findPackFiles(packFiles, acceptedChecksums);
  if (study === null) return { packs: packs.view, study: null };
  const all = await findPackFiles(uniqueByPath([...packFiles, ...files]), acceptedChecksums);
  const cut = study.lastIndexOf('/');
  return {
    packs: packs.view,
    study: {
      source: droppedSource(files, study.slice(0, Math.max(0, cut))),
      studyPath: study.slice(cut + 1),
      library: packs.library,
      wideLibrary: all.library,
      files: {},
    },
  };
}

function openDemo(seed: number, onProgress: (progress: Progress) => void): OpenSubject {
  const files = simulated.get(seed) ?? studyFiles(simulateStudy({ seed }, { onProgress }));
  simulated.set(seed, files);
  const study = {
    source: memorySource(files),
    studyPath: 'study.yaml',
    library: emptyLibrary,
    wideLibrary: emptyLibrary,
    files,
  };
  return { packs: { packs: [], strangers: [] }, study };
}

function uniqueByPath(files: readonly PathFile[]): PathFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
