import { createTable, FormatError, textColumn } from '@remnant/engine';
import { type FileSource, formatCsv } from '@remnant/formats';
import { type FoundData, findData } from './find-data.js';
import { type GuessedSample, guessSample } from './guess-sample.js';

/** A first study for a folder, to be completed by hand. */
export interface DraftStudy {
  /** `study.yaml` and `samples.csv`. */
  readonly files: Readonly<Record<string, string>>;
  readonly nSamples: number;
  /** What the names of the data did not tell, one line each. */
  readonly toComplete: readonly string[];
}

interface DraftRow extends GuessedSample {
  readonly sample: string;
  readonly technology: string;
  readonly counts: string | null;
  readonly expression: string | null;
  readonly column: string | null;
}

/**
 * Writes a first study for the data in a folder: every sample that was found, with patient, stage and treatment where its
 * name tells them, and left empty where it does not. Guesses are to be checked: they come from names alone.
 *
 * @param source - the folder
 * @param name - its name, the title of the study
 * @throws FormatError when the folder holds no data
 */
export async function draftStudy(source: FileSource, name: string): Promise<DraftStudy> {
  if ((await source.kind('.')) !== 'folder') throw new FormatError('This is not a folder.', { file: name });
  const found = await findData(source);
  const rows = found.flatMap(rowsOf);
  if (rows.length === 0) {
    throw new FormatError('No data was found in this folder.', {
      file: name,
      expected: '10x folders (matrix.mtx), .h5, .h5ad, Zarr, or genes × samples tables (.csv, .tsv)',
    });
  }
  const title =
    name
      .split(/[\\/]/)
      .filter((part) => part !== '' && part !== '.')
      .at(-1) ?? 'My study';
  return {
    files: { 'study.yaml': studyYaml(title, organismOf(found)), 'samples.csv': sampleSheet(rows) },
    nSamples: rows.length,
    toComplete: missingCells(rows),
  };
}

function rowsOf(data: FoundData): DraftRow[] {
  const { technology, path } = data;
  if (data.kind === 'cells') {
    const sample = sampleName(data.names);
    return [{ sample, technology, ...guessSample(sample), counts: path, expression: null, column: null }];
  }
  return data.columns.map((column) => {
    return { sample: column, technology, ...guessSample(column), counts: null, expression: path, column };
  });
}

/** The name of the file or folder, with the folder above it when it does not name patient and stage by itself. */
function sampleName(names: readonly string[]): string {
  const own = names.at(-1) ?? 'sample';
  const { patient, stage } = guessSample(own);
  return patient !== null && stage !== null ? own : names.slice(-2).join('_') || own;
}

function sampleSheet(rows: readonly DraftRow[]): string {
  const keys = [
    'sample',
    'patient',
    'stage',
    'treatment',
    'replicate',
    'technology',
    'counts',
    'expression',
    'column',
  ] as const;
  const columns = keys.map((key) =>
    textColumn(
      key,
      '',
      rows.map((row) => row[key]),
    ),
  );
  return formatCsv(createTable('samples', 'Sample sheet', columns));
}

function missingCells(rows: readonly DraftRow[]): string[] {
  const lines = (['patient', 'stage'] as const).flatMap((key) => {
    const missing = rows.filter((row) => row[key] === null).map((row) => row.sample);
    return missing.length === 0 ? [] : [`${key} of ${listed(missing)}`];
  });
  const untold = rows.filter((row) => row.stage !== 'untreated' && row.treatment === null).map((row) => row.sample);
  return untold.length === 0 ? lines : [...lines, `treatment of ${listed(untold)} (when there was one)`];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${String(names.length - 5)} more` : shown;
}

/** Mouse symbols are written with one capital (Actb), human ones with all (ACTB). */
function organismOf(found: readonly FoundData[]): 'human' | 'mouse' {
  const genes = found.flatMap((data) => (data.kind === 'table' ? data.genes.slice(0, 5000) : []));
  const mouse = genes.filter((gene) => /^(ENSMUSG|[A-Z][a-z]+\d*[a-z]*\d*$)/.test(gene)).length;
  return mouse > genes.length / 2 ? 'mouse' : 'human';
}

function studyYaml(title: string, organism: string): string {
  return `# A first study, written by "remnant init". Check samples.csv: patient, stage and treatment were read from names.
remnant: 1
title: ${JSON.stringify(title)}
organism: ${organism}
# host: mouse                          # species of the xenograft host, if any
samples: samples.csv                   # stage: untreated, residual (alive under treatment) or relapse (regrown)
# resources: [collectri, hallmark]     # installed packs, or paths; left out: every installed pack
# contrast: {from: untreated, to: residual, back: relapse}
# chromatin: peaks.csv                 # peak or motif table for a named regulator
# perturbation: knockdown.csv          # gain- or loss-of-function table (gene, effect)
`;
}
