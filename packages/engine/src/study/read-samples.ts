import { byName, countBy, readTechnologies, readTreatments, samplesText } from './labels.js';
import type { Problem } from './problems.js';
import { checkSamplesTogether } from './sample-checks.js';
import { findSampleColumns, type SampleColumns } from './sample-columns.js';
import { dayOf, missingNames, type SampleRow, sampleRow, type SampleSource, sourceOf, stageOf } from './sample-row.js';
import type { SampleSheet } from './sample-sheet.js';
import type { StageWords } from './stage-words.js';
import type { StageReading } from './stages.js';
import type { Sample } from './types.js';

/** Samples read from a sheet, with what was read into it and what has to be corrected. */
export interface SampleReading {
  readonly samples: readonly Sample[];
  readonly readings: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads every row of a sample sheet. All rows are read before anything is reported, so that one message is enough to
 * correct the sheet. Wholly empty rows, which spreadsheets like to leave behind, are passed over.
 */
export function readSamples(sheet: SampleSheet, readStageWord: StageWords): SampleReading {
  const header = findSampleColumns(sheet);
  if (header.problems.length > 0) return failed(header.problems);
  const filled = sheet.rows.flatMap((cells, i) => (cells.some((cell) => cell.trim() !== '') ? [i] : []));
  if (filled.length === 0) {
    const details = { file: sheet.file, expected: 'one row per sample' };
    return failed([{ message: 'The sample sheet has no samples.', details }]);
  }
  const { rows, problems } = readRows(sheet, header.columns, filled, readStageWord);
  if (problems.length > 0) return failed(problems);
  const { samples, readings } = samplesOf(rows);
  return { samples, readings: [...header.readings, ...readings], problems: [] };
}

/** A row of which every cell could be read. */
interface SoundRow {
  readonly row: SampleRow;
  readonly stage: StageReading;
  readonly source: SampleSource;
  readonly day: number | null;
}

function readRows(
  sheet: SampleSheet,
  columns: SampleColumns,
  indices: readonly number[],
  readStageWord: StageWords,
): { rows: readonly SoundRow[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const sound: SoundRow[] = [];
  const all = indices.map((index) => {
    const row = sampleRow(sheet, columns, index);
    const [stage, day, source] = [stageOf(row, readStageWord), dayOf(row), sourceOf(row)];
    problems.push(...missingNames(row), ...[stage, day, source].flatMap(({ problem }) => problem ?? []));
    if ('value' in stage && 'value' in day && 'value' in source) {
      sound.push({ row, stage: stage.value, day: day.value, source: source.value });
    }
    return { row, source: 'value' in source ? source.value : null };
  });
  problems.push(...checkSamplesTogether(all));
  problems.sort((a, b) => (a.details.row ?? 0) - (b.details.row ?? 0));
  return { rows: sound, problems };
}

function samplesOf(rows: readonly SoundRow[]): Pick<SampleReading, 'samples' | 'readings'> {
  const treatments = readTreatments(rows.map(({ row, stage }) => ({ ...stage, text: row.text('treatment') })));
  const technologies = readTechnologies(rows.map(({ row, source }) => ({ ...source, text: row.text('technology') })));
  const samples = rows.map(({ row, stage, source, day }, i): Sample => {
    return {
      sample: row.text('sample'),
      patient: row.text('patient'),
      stage: stage.stage,
      stageAsWritten: row.text('stage'),
      treatment: treatments.labels[i] as string,
      dose: row.optional('dose'),
      day,
      replicate: row.optional('replicate'),
      technology: technologies.labels[i] as string,
      batch: row.optional('batch'),
      ...source,
      row: row.number,
    };
  });
  return {
    samples,
    readings: [...stageReadings(rows), ...treatments.readings, ...technologies.readings, ...pathReadings(rows)],
  };
}

function stageReadings(rows: readonly SoundRow[]): string[] {
  const synonyms = rows.filter(({ stage }) => stage.synonym);
  const lines = synonyms.map(({ row, stage }) => `stage: "${row.text('stage')}" → ${stage.stage}`);
  return [...countBy(lines)].sort(byName).map(([line, n]) => `${line} (${samplesText(n)})`);
}

function pathReadings(rows: readonly SoundRow[]): string[] {
  const turned = rows.filter(({ row }) => `${row.text('counts')}${row.text('expression')}`.includes('\\'));
  return turned.length === 0 ? [] : [`path: "\\" → "/" (${samplesText(turned.length)})`];
}

function failed(problems: readonly Problem[]): SampleReading {
  return { samples: [], readings: [], problems };
}
