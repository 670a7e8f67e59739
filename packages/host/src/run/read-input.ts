import {
  exp2,
  FormatError,
  type RunContext,
  type RunOptions,
  rngFor,
  type Sample,
  type SampleCounts,
  sumCells,
  type ValueScale,
  type Warning,
} from '@remnant/engine';
import { chooseCounts, type FileSource, readCells, readExpressionTable } from '@remnant/formats';

/** The samples that come from one file or folder, and where it is. */
export interface DataInput {
  readonly path: string;
  readonly kind: Sample['input'];
  readonly samples: readonly Sample[];
}

/** What one input holds: its genes, and the counts of its samples. Plain data, kept between runs. */
export interface ReadInput {
  readonly genes: readonly string[];
  readonly counts: readonly { readonly sample: string; readonly counts: SampleCounts }[];
  readonly warnings: readonly Warning[];
}

/** Groups samples by the file or folder they come from, in the order of the sample sheet. */
export function groupInputs(samples: readonly Sample[], resolve: (path: string) => string): readonly DataInput[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const key = `${sample.input}:${resolve(sample.path)}`;
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return [...groups.values()].map((members) => {
    const first = members[0] as Sample;
    return { path: resolve(first.path), kind: first.input, samples: members };
  });
}

/**
 * Reads one input: the columns of a table, or single-cell counts summed over cells and over random blocks of them.
 *
 * @throws FormatError naming the file and the place in it
 */
export async function readInput(
  source: FileSource,
  input: DataInput,
  options: RunOptions,
  context: RunContext,
): Promise<ReadInput> {
  return input.kind === 'table' ? readTable(source, input) : readSingleCells(source, input, options, context);
}

async function readTable(source: FileSource, { path, samples }: DataInput): Promise<ReadInput> {
  const columns = samples.map((sample) => sample.column as string);
  const table = readExpressionTable(await source.read(path), path, { columns: [...new Set(columns)] });
  const n = table.samples.length;
  const linear = (value: number): number => (table.scale === 'log2' ? exp2(value) : value);
  const counts = samples.map((sample) => {
    const column = table.samples.indexOf(sample.column as string);
    const total = Float64Array.from(table.genes, (_, g) => linear(table.values[g * n + column] as number));
    return { sample: sample.sample, counts: { total, blocks: null, nCells: null } };
  });
  return { genes: table.genes, counts, warnings: scaleWarnings(path, table.scale, table.report.scaleReason) };
}

function scaleWarnings(path: string, scale: ValueScale, reason: string): readonly Warning[] {
  if (scale === 'counts') return [];
  const message =
    scale === 'log2'
      ? `${path} was read as log2 values (${reason}) and taken back to the linear scale.`
      : `${path} holds intensities, not counts (${reason}): voom's mean–variance trend is an approximation for it.`;
  return [{ code: `scale-${scale}`, message }];
}

async function readSingleCells(
  source: FileSource,
  { path, samples }: DataInput,
  options: RunOptions,
  context: RunContext,
): Promise<ReadInput> {
  const dataset = await readCells(source, path, { memoryGib: options.memoryGib });
  const { X, varNames, where } = chooseCounts(dataset, path);
  const counts = samples.map((sample) => {
    const rng = rngFor(context, `cells/blocks/${sample.sample}`);
    return { sample: sample.sample, counts: sumCells(X, { blocks: options.cellBlocks, rng }) };
  });
  const notX = where === 'X' ? [] : [`raw counts were taken from ${where}`];
  const readings = [...dataset.readings, ...notX];
  return {
    genes: varNames,
    counts,
    warnings: readings.map((reading) => ({ code: 'reading', message: `${path}: ${reading}` })),
  };
}

/** Refuses a sample without a single count: nothing can be normalised by it. */
export function requireCounts(read: ReadInput, path: string): void {
  for (const { sample, counts } of read.counts) {
    if (counts.total.some((value) => value > 0)) continue;
    throw new FormatError(`Sample "${sample}" has no counts: every value is zero.`, {
      file: path,
      hint: 'Check the column or the matrix it points at, or take the sample out of the sheet.',
    });
  }
}
