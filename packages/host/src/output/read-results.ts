import {
  type Column,
  FormatError,
  fromResultsDocument,
  sha256Hex,
  type StudyResult,
  type TableEntry,
} from '@remnant/engine';
import { parseCsv } from '@remnant/formats';

/**
 * Reads a results folder back into the result it was written from.
 *
 * @param read - content of a file of the folder, by its path
 * @throws FormatError when a file is missing, damaged, changed since the run, or of another version of Remnant
 */
export function readResults(read: (path: string) => Uint8Array): StudyResult {
  return fromResultsDocument(parseJson(text(read('results.json'))), (entry) => readColumns(entry, read(entry.path)));
}

function readColumns(entry: TableEntry, content: Uint8Array): readonly Column[] {
  if (sha256Hex(content) === entry.sha256) return parseCsv(text(content), entry, entry.path).columns;
  throw new FormatError('This table was changed after the run.', {
    file: entry.path,
    expected: `sha256 ${entry.sha256}`,
    hint: 'Run the study again.',
  });
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new FormatError('This is not JSON.', { file: 'results.json', hint: 'Run the study again.' }, error);
  }
}

function text(content: Uint8Array): string {
  return new TextDecoder().decode(content);
}
