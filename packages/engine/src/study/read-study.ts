import { readSamples } from './read-samples.js';
import { type Problem, problemsError } from './problems.js';
import type { SampleSheet } from './sample-sheet.js';
import { stageWordsOf, type StageWords } from './stage-words.js';
import { stages } from './stages.js';
import { type LineOf, readStudyDocument, type StudyDocument } from './study-schema.js';
import type { CellLabelSource, Stage, StageContrast, Study } from './types.js';

/**
 * Builds a study from its parsed study file and its sample sheet. No data file is opened.
 *
 * Samples keep the order of the sheet; nothing else depends on it. Whatever was read as a synonym or taken by default is
 * listed in `readings` as `key: "written" → read`.
 *
 * @param document - parsed `study.yaml`
 * @param sheet - the sample sheet (an inline list: {@link inlineSampleSheet})
 * @param options - name of the study file for messages, and the line of each of its keys when known
 * @throws FormatError with file, row, column, what was expected and what was found; up to 20 problems in one message
 *
 * @example
 * const sheet = {
 *   columns: ['sample', 'patient', 'stage', 'counts'],
 *   rows: [['a', 'P1', 'naive', 'a.h5'], ['b', 'P1', 'MRD', 'b.h5']],
 *   file: 'samples.csv',
 *   firstRow: 2,
 * };
 * readStudy({ remnant: 1, samples: 'samples.csv' }, sheet, { file: 'study.yaml' }).samples[1]?.stage; // 'residual'
 */
export function readStudy(
  document: unknown,
  sheet: SampleSheet,
  options: { readonly file: string; readonly lineOf?: LineOf },
): Study {
  const written = readStudyDocument(document, options);
  const words = stageWordsOf(written.stages ?? {}, options.file);
  const contrast = readContrast(written.contrast ?? {}, words.read, options.file);
  const samples = readSamples(sheet, words.read);
  const problems = [...words.problems, ...contrast.problems, ...samples.problems];
  if (problems.length > 0) throw problemsError(problems, samples.problems.length > 0 ? sheet.file : options.file);
  return {
    title: written.title ?? titleFrom(options.file),
    organism: written.organism ?? 'human',
    host: written.host ?? null,
    samples: samples.samples,
    contrast: contrast.contrast,
    resources: written.resources ?? [],
    assays: Object.fromEntries(
      Object.entries(written.assays ?? {}).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
    ),
    chromatin: written.chromatin ?? null,
    perturbation: written.perturbation ?? null,
    cellLabels: readLabelSource(written.cellLabels),
    readings: [...defaultReadings(written, options.file), ...contrast.readings, ...samples.readings],
  };
}

function readLabelSource(written: StudyDocument['cellLabels']): CellLabelSource | null {
  if (written === undefined) return null;
  return typeof written === 'string'
    ? { kind: 'table', path: written.replaceAll('\\', '/') }
    : { kind: 'obs', column: written.obs };
}

function defaultReadings(written: StudyDocument, file: string): string[] {
  return [
    ...(written.title === undefined ? [`title: not given → "${titleFrom(file)}"`] : []),
    ...(written.organism === undefined ? ['organism: not given → human'] : []),
  ];
}

/** The folder of a study file, or its own name without extension where it stands in no folder. */
export function titleFrom(file: string): string {
  const parts = file
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const own = parts.at(-1) ?? file;
  return parts.at(-2) ?? (own.replace(/\.(ya?ml|json|csv|tsv|txt)(\.gz)?$/i, '') || own);
}

function readContrast(
  written: NonNullable<StudyDocument['contrast']>,
  readStageWord: StageWords,
  file: string,
): { contrast: StageContrast; readings: readonly string[]; problems: readonly Problem[] } {
  const readings: string[] = [];
  const problems: Problem[] = [];
  const read = (key: 'from' | 'to' | 'back'): Stage | null => {
    const word = written[key];
    if (word === undefined) return null;
    const reading = readStageWord(word);
    if (reading?.synonym === true) readings.push(`contrast.${key}: "${word}" → ${reading.stage}`);
    if (reading === null) problems.push(notInContrast(key, word, file));
    return reading?.stage ?? null;
  };
  const given = { from: read('from'), to: read('to'), back: read('back') };
  const contrast = completeContrast(given);
  if (problems.length === 0 && new Set(Object.values(contrast)).size < 3) {
    const found = `${contrast.from}, ${contrast.to}, ${contrast.back}`;
    problems.push({
      message: 'The contrast names a stage twice.',
      details: { file, expected: 'three different stages', found },
    });
  }
  return { contrast, readings, problems };
}

/** Keys left out take their usual stage when it is free, else the first free one. */
function completeContrast(given: Readonly<Record<keyof StageContrast, Stage | null>>): StageContrast {
  const taken = new Set(Object.values(given).filter((stage) => stage !== null));
  const pick = (stage: Stage | null, usual: Stage): Stage => {
    if (stage !== null) return stage;
    const free = taken.has(usual) ? (stages.find((s) => !taken.has(s)) ?? usual) : usual;
    taken.add(free);
    return free;
  };
  return {
    from: pick(given.from, 'untreated'),
    to: pick(given.to, 'residual'),
    back: pick(given.back, 'relapse'),
  };
}

function notInContrast(key: string, word: string, file: string): Problem {
  const details = { file, expected: 'untreated, residual or relapse', found: `"${word}"` };
  return { message: `The stage of "contrast.${key}" is not known.`, details };
}
