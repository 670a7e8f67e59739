import { type FileSource, normalisePath } from '@remnant/formats';

/** Folder that the paths of a study are relative to. */
export async function studyFolder(source: FileSource, studyPath: string): Promise<string> {
  if ((await source.kind(studyPath)) === 'folder') return normalisePath(studyPath);
  return normalisePath(studyPath.replace(/[^/\\]*$/, ''));
}

/** A path of the study file as the source knows it; absolute paths stay as they are. */
export function dataPath(folder: string, path: string): string {
  if (/^([/\\]|[A-Za-z]:[/\\])/.test(path)) return path;
  return normalisePath(`${folder}/${path}`);
}
