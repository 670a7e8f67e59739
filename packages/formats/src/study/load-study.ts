import {
  FormatError,
  inlineSampleSheet,
  readStudy,
  readStudyDocument,
  type SampleSheet,
  type Study,
  type StudyDocument,
} from '@remnant/engine';
import { type FileSource, joinPath, missingFile, readFile } from '../source.js';
import { requireText } from '../text/sniff.js';
import { readTextTable } from '../text/text-table.js';
import { decodeUtf8, withoutBom } from '../text/utf8.js';
import { type ParsedStudyFile, parseStudyFile } from './parse-study-file.js';

/** Names under which a study is looked for in a folder, in this order. */
const usualNames = ['study.yaml', 'study.yml', 'study.json', 'samples.csv', 'samples.tsv'];

/**
 * Reads a study file and its sample sheet. No data file is opened.
 *
 * @param source - where the files are
 * @param path - a study file (`.yaml`, `.yml`, `.json`), a bare sample sheet, or a folder that holds one of the usual names.
 *   A bare sample sheet is a study of human samples titled after its folder or file, which `readings` says
 * @throws FormatError naming file, row and column, what was expected, what was found and what to do
 *
 * @example
 * const study = await loadStudy(source, 'study.yaml');
 * study.readings; // what was read as a synonym or taken by default
 */
export async function loadStudy(source: FileSource, path: string): Promise<Study> {
  const file = await findStudyFile(source, path);
  const bytes = await readFile(source, file);
  if (!/\.(ya?ml|json)$/i.test(file)) {
    return readStudy({ remnant: 1, samples: file }, readSheet(bytes, file), { file });
  }
  requireText(bytes, file, 'a study file');
  const parsed = parseStudyFile(decodeUtf8(withoutBom(bytes), file), file);
  const { samples } = readStudyDocument(parsed.document, { file, lineOf: parsed.lineOf });
  const sheet =
    typeof samples === 'string' ? await openSheet(source, file, samples) : inlineSheet(samples, parsed, file);
  return readStudy(parsed.document, sheet, { file, lineOf: parsed.lineOf });
}

async function findStudyFile(source: FileSource, path: string): Promise<string> {
  const kind = await source.kind(path);
  if (kind === 'missing') throw missingFile(path);
  if (kind === 'file') return path;
  const names = await source.list(path);
  const name = usualNames.find((usual) => names.includes(usual));
  if (name !== undefined) return joinPath(path, name);
  throw new FormatError('This folder holds no study.', {
    file: path,
    expected: `one of ${usualNames.join(', ')}`,
    hint: 'Write a first study from the files in it with "remnant init".',
  });
}

async function openSheet(source: FileSource, studyFile: string, samples: string): Promise<SampleSheet> {
  const folder = studyFile.slice(0, studyFile.lastIndexOf('/') + 1);
  const isAbsolute = /^([a-z]:)?[\\/]/i.test(samples);
  const file = isAbsolute ? samples : `${folder}${samples}`;
  return readSheet(await readFile(source, file), file);
}

function readSheet(bytes: Uint8Array, file: string): SampleSheet {
  const { columns, rows, rowNumbers } = readTextTable(bytes, file);
  return { columns, rows, rowNumbers, file, firstRow: 2 };
}

function inlineSheet(
  samples: Exclude<StudyDocument['samples'], string>,
  { lineOf }: ParsedStudyFile,
  file: string,
): SampleSheet {
  const rowNumbers = samples.map((_, i) => lineOf(['samples', i]) ?? i + 1);
  return inlineSampleSheet(samples, { file, rowNumbers });
}
