import {
  exp2,
  FormatError,
  hashParts,
  type RawSample,
  type RunContext,
  type RunOptions,
  type Sample,
  type SampleCounts,
  selectRows,
  type Study,
  type ValueScale,
  type Warning,
} from '@remnant/engine';
import {
  cellColumnNamed,
  type CellLabels,
  cellTexts,
  type FileSource,
  matchCellLabels,
  readCounts,
  readExpressionTable,
  requireDisjoint,
  selectCells,
} from '@remnant/formats';

/** The samples that come from one file or folder, and where it is. */
export interface DataInput {
  readonly path: string;
  readonly kind: Sample['input'];
  readonly samples: readonly Sample[];
}

/** What a table holds: its genes, and the counts of its samples. Plain data, kept between runs. */
export interface ReadTable {
  readonly genes: readonly string[];
  readonly counts: readonly { readonly sample: string; readonly counts: SampleCounts }[];
  readonly warnings: readonly Warning[];
}

/** What a file of cells holds. */
export interface ReadCellFile {
  readonly samples: readonly RawSample[];
  readonly warnings: readonly Warning[];
}

/** What reading cells takes besides the file. */
export interface CellFileSettings {
  readonly options: Pick<RunOptions, 'memoryGib'>;
  /** Where the user's own labels are. */
  readonly labelSource: Study['cellLabels'];
  /** Those of a table; null where labels are a column of the file, or there are none. */
  readonly labels: CellLabels | null;
  /** Hash of the file's bytes. */
  readonly contentHash: string;
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
 * Reads columns of a table.
 *
 * @throws FormatError naming the file and the place in it; also for a sample without a single count
 */
export async function readTable(source: FileSource, { path, samples }: DataInput): Promise<ReadTable> {
  const columns = samples.map((sample) => sample.column as string);
  const table = readExpressionTable(await source.read(path), path, { columns: [...new Set(columns)] });
  const n = table.samples.length;
  const linear = (value: number): number => (table.scale === 'log2' ? exp2(value) : value);
  const counts = samples.map((sample) => {
    const column = table.samples.indexOf(sample.column as string);
    const total = Float64Array.from(table.genes, (_, g) => linear(table.values[g * n + column] as number));
    if (!total.some((value) => value > 0)) throw noCounts(sample.sample, path);
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

/**
 * Reads the raw counts of one file of cells and cuts its samples out of it.
 *
 * @throws FormatError naming the file and the place in it; also for samples that share cells, and for one without a count
 */
export async function readCellFile(
  source: FileSource,
  { path, samples }: DataInput,
  settings: CellFileSettings,
  context: Pick<RunContext, 'signal'>,
): Promise<ReadCellFile> {
  const { counts, obsNames, obs, readings } = await readCounts(source, path, settings.options, context);
  const cut = samples.map((sample) => ({
    sample: sample.sample,
    rows: selectCells({ obsNames, obs }, sample.subset ?? null, path),
  }));
  requireDisjoint(cut, path);
  const { labelSource } = settings;
  const column =
    labelSource?.kind === 'obs' ? cellTexts(cellColumnNamed({ obsNames, obs }, labelSource.column, path)) : null;
  const unknown: Warning[] = [];
  const raw = cut.map(({ sample, rows }): RawSample => {
    const X = rows.length === counts.X.shape[0] ? counts.X : selectRows(counts.X, rows);
    if (!X.data.some((value) => value > 0)) throw noCounts(sample, path);
    const barcodes = Array.from(rows, (row) => obsNames[row] as string);
    const matched = settings.labels === null ? null : matchCellLabels(settings.labels, sample, barcodes);
    if (matched !== null && matched.nUnknown > 0) {
      const message = `${String(matched.nUnknown)} cells of the label table are not among the cells of ${sample}.`;
      unknown.push({ code: 'labels-of-unknown-cells', message });
    }
    return {
      sample,
      barcodes,
      genes: counts.varNames,
      counts: X,
      ownLabels: matched?.labels ?? Array.from(rows, (row) => column?.[row] ?? null),
      contentHash: hashParts([settings.contentHash, rows]),
    };
  });
  const notX = counts.where === 'X' ? [] : [`raw counts were taken from ${counts.where}`];
  const read = [...readings, ...notX].map((reading) => ({ code: 'reading', message: `${path}: ${reading}` }));
  return { samples: raw, warnings: [...read, ...unknown] };
}

/** A sample without a single count: nothing can be normalised by it. */
function noCounts(sample: string, path: string): FormatError {
  return new FormatError(`Sample "${sample}" has no counts: every value is zero.`, {
    file: path,
    hint: 'Check the column or the matrix it points at, or take the sample out of the sheet.',
  });
}
