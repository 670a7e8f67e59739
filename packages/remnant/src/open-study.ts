import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { FormatError } from '@remnant/engine';
import type { FileSource } from '@remnant/formats';
import { nodeSource } from '@remnant/host/node';

/** A study on disk, not yet read. */
export interface StudyOnDisk {
  /** The folder of the study: paths in messages are relative to it. */
  readonly source: FileSource;
  readonly studyPath: string;
}

/**
 * Finds a study from the path of its file or of its folder.
 *
 * @throws FormatError when there is nothing
 */
export async function openStudy(path: string): Promise<StudyOnDisk> {
  const full = resolve(path);
  const found = await stat(full).catch(() => null);
  if (found === null) throw new FormatError('This study does not exist.', { file: path, hint: 'Check its spelling.' });
  if (found.isDirectory()) return { source: nodeSource(full), studyPath: '.' };
  return { source: nodeSource(dirname(full)), studyPath: basename(full) };
}
