import { type Progress, simulateStudy } from '@remnant/engine';
import { type FileSource, memorySource, simulationGenes, studyFiles } from '@remnant/formats';
import { emptyLibrary } from '@remnant/host';
import type { Subject } from '../protocol.js';
import { droppedSource } from './dropped-source.js';
import { findPackFiles, type PackFiles } from './pack-files.js';

/** A study ready to be read. */
export interface OpenStudy {
  readonly source: FileSource;
  readonly studyPath: string;
  /** Packs given as such: what a study uses that names none. */
  readonly packs: PackFiles;
  /** Packs among all files: where those are looked for that a study names. */
  readonly allPacks: PackFiles;
  /** Files that belong into the results folder because nobody gave them: those of a simulated study. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** What was opened: no study while the user has given only packs. */
export interface OpenSubject {
  readonly packs: PackFiles;
  readonly study: OpenStudy | null;
}

/** A simulated study carries its network itself. */
const noPacks: PackFiles = { library: emptyLibrary, view: { packs: [], strangers: [] } };

/** Simulated studies by seed: checking one and then running it simulates once. */
const simulated = new Map<number, Readonly<Record<string, Uint8Array>>>();

/** Opens what is to be analysed. */
export async function openSubject(subject: Subject, onProgress: (progress: Progress) => void): Promise<OpenSubject> {
  if (subject.kind === 'demo') return openDemo(subject.seed, onProgress);
  const { files, study, packFiles, acceptedChecksums } = subject.given;
  const packs = await findPackFiles(packFiles, acceptedChecksums);
  if (study === null) return { packs, study: null };
  const cut = study.lastIndexOf('/');
  return {
    packs,
    study: {
      source: droppedSource(files, study.slice(0, Math.max(0, cut))),
      studyPath: study.slice(cut + 1),
      packs,
      allPacks: await findPackFiles([...packFiles, ...files], acceptedChecksums),
      files: {},
    },
  };
}

async function openDemo(seed: number, onProgress: (progress: Progress) => void): Promise<OpenSubject> {
  const files =
    simulated.get(seed) ?? studyFiles(simulateStudy({ seed, ...(await simulationGenes()) }, { onProgress }));
  simulated.set(seed, files);
  const source = memorySource(files);
  return { packs: noPacks, study: { source, studyPath: 'study.yaml', packs: noPacks, allPacks: noPacks, files } };
}
