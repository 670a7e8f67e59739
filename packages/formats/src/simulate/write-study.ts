import {
  createTable,
  type ExpressionMatrix,
  numberColumn,
  type RegulonEdge,
  type SimulatedSample,
  type SimulatedStudy,
  type Table,
  textColumn,
} from '@remnant/engine';
import { stringify } from 'yaml';
import { formatCsv } from '../tables/csv.js';
import { asciiLines, createByteWriter } from './byte-writer.js';
import { tenxFolder, type TenxLayout } from './tenx-folder.js';

/** Options of `studyFiles`. */
export interface StudyFilesOptions {
  /**
   * How single-cell samples are written. `mixed` (default): as the plan says, v3 folders for some patients and v2 for others;
   * `v2` or `v3`: the same for all.
   */
  readonly layout?: 'mixed' | TenxLayout;
}

/**
 * Writes a simulated study as the files of an ordinary study folder: `study.yaml`, `samples.csv`, one 10x folder per
 * single-cell sample, one counts table per bulk patient, `regulons.csv` (CollecTRI's columns), `surface.csv`, `perturbation.csv`,
 * `lineages.csv`, `volumes.csv`, and `truth.json`, which nothing but the score reads. The truth is in no other file.
 *
 * Byte-identical for the same study and options, on every host: numbers have a fixed form and gzip carries no time.
 *
 * @param study - from `simulateStudy`
 * @returns path relative to the study folder (always with `/`) to content, in order of writing
 */
export function studyFiles(
  study: SimulatedStudy,
  options: StudyFilesOptions = {},
): Readonly<Record<string, Uint8Array>> {
  const layout = options.layout ?? 'mixed';
  return {
    'study.yaml': encode(studyYaml(study)),
    'samples.csv': encode(formatCsv(sampleSheet(study.samples))),
    'regulons.csv': regulonsCsv(study.regulons),
    'surface.csv': asciiLines(['surface_gene', ...study.surface]),
    'perturbation.csv': encode(formatCsv(rounded(study.perturbation, 4))),
    'lineages.csv': encode(formatCsv(study.lineages)),
    'volumes.csv': encode(formatCsv(rounded(study.volumes, 1))),
    'truth.json': encode(`${JSON.stringify(study.truth, null, 1)}\n`),
    ...Object.fromEntries(
      Object.entries(study.tables).map(([patient, table]) => [tablePath(patient), countsTable(table)]),
    ),
    ...cellFiles(study.samples, layout),
  };
}

function studyYaml(study: SimulatedStudy): string {
  return stringify({
    remnant: 1,
    title: study.title,
    organism: 'human',
    samples: 'samples.csv',
    resources: ['regulons.csv', 'surface.csv'],
    assays: { lineages: 'lineages.csv', tumourVolume: 'volumes.csv' },
    contrast: { from: 'untreated', to: 'residual', back: 'relapse' },
    perturbation: 'perturbation.csv',
  });
}

function sampleSheet(samples: readonly SimulatedSample[]): Table {
  const text = (name: string, valueOf: (sample: SimulatedSample) => string | null) =>
    textColumn(name, '', samples.map(valueOf));
  return createTable('samples', 'Sample sheet', [
    text('sample', (s) => s.sample),
    text('patient', (s) => s.patient),
    text('stage', (s) => s.stage),
    text('treatment', (s) => s.treatment),
    text('dose', () => null),
    numberColumn(
      'day',
      '',
      samples.map((s) => s.day),
    ),
    numberColumn(
      'replicate',
      '',
      samples.map((s) => s.replicate),
    ),
    text('technology', (s) => s.technology),
    text('counts', (s) => (s.cells === null ? null : cellFolder(s))),
    text('expression', (s) => (s.cells === null ? tablePath(s.patient) : null)),
    text('column', (s) => (s.cells === null ? s.sample : null)),
  ]);
}

function cellFolder(sample: SimulatedSample): string {
  return `cells/${sample.sample}`;
}

function tablePath(patient: string): string {
  return `bulk/${patient}_counts.csv`;
}

function cellFiles(
  samples: readonly SimulatedSample[],
  layout: NonNullable<StudyFilesOptions['layout']>,
): Readonly<Record<string, Uint8Array>> {
  const files = samples.flatMap((sample) => {
    if (sample.cells === null) return [];
    const planned = sample.technology === '10x-v2' ? 'v2' : 'v3';
    const folder = tenxFolder(sample.cells, layout === 'mixed' ? planned : layout);
    return Object.entries(folder).map(([name, bytes]) => [`${cellFolder(sample)}/${name}`, bytes] as const);
  });
  return Object.fromEntries(files);
}

function countsTable(table: ExpressionMatrix): Uint8Array {
  const nSamples = table.samples.length;
  const writer = createByteWriter(8 * table.values.length);
  writer.text(`gene,${table.samples.join(',')}\n`);
  table.genes.forEach((gene, g) => {
    writer.text(gene);
    for (let s = 0; s < nSamples; s++) {
      writer.text(',');
      writer.integer(table.values[g * nSamples + s] as number);
    }
    writer.text('\n');
  });
  return writer.finish();
}

function regulonsCsv(edges: readonly RegulonEdge[]): Uint8Array {
  const rows = edges.map(({ source, target, weight }) => `${source},${target},${String(weight)}`);
  return asciiLines(['source,target,mor', ...rows]);
}

/** The same table with its numbers rounded to a fixed number of decimals. */
function rounded(table: Table, decimals: number): Table {
  const columns = table.columns.map((column) =>
    column.kind === 'text'
      ? column
      : { ...column, values: column.values.map((value) => Number(value.toFixed(decimals))) },
  );
  return { ...table, columns };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
