import {
  assembleSamples,
  FormatError,
  type GeneTable,
  hashParts,
  isRemnantError,
  joinCells,
  type JoinedCells,
  LimitError,
  type PreparedSample,
  prepareSample,
  reconcileGenes,
  type ReconciledGenes,
  type RemnantError,
  report,
  type RunOptions,
  runStep,
  type Sample,
  type SampleCounts,
  type SampleSet,
  type StepEnvironment,
  type Study,
  type StudyCells,
  studyCells,
  sumTumourCells,
  throwIfAborted,
  type Warning,
} from '@remnant/engine';
import { type CellLabels, type FileSource, loadGeneTable, missingFile, readCellLabels } from '@remnant/formats';
import { shareableMatrix } from '../executors/shareable.js';
import { hashInput, hashOfInput, type InputRecord } from './hash-input.js';
import { type DataInput, groupInputs, readCellFile, readTable, type ReadTable } from './read-input.js';
import { dataPath } from './study-paths.js';

/** All samples of a study on one gene list, with where they came from. */
export interface LoadedSamples {
  /** The study without samples that were left out. */
  readonly study: Study;
  readonly samples: SampleSet;
  /** Good cells of the single-cell samples; null where there are none. */
  readonly cells: StudyCells | null;
  readonly inputs: readonly InputRecord[];
  readonly warnings: readonly Warning[];
}

/** An input that cannot be read, and why. */
interface Failure {
  readonly input: DataInput;
  readonly error: RemnantError;
}

/** Memory a table takes while it is read, as a multiple of its size on disk: gzip and doubles together. */
const tableGrowth = 12;

/** Where a study's data are. */
export interface StudyLocation {
  readonly source: FileSource;
  /** Folder that its paths are relative to. */
  readonly folder: string;
  readonly study: Study;
}

/** Everything that was read, before it is joined. */
interface ReadInputs {
  readonly tables: readonly { readonly path: string; readonly table: ReadTable }[];
  readonly prepared: readonly PreparedSample[];
  readonly records: readonly InputRecord[];
  readonly failures: readonly Failure[];
  readonly warnings: readonly Warning[];
}

/**
 * Reads every input of a study once, takes its single-cell samples from barcodes to good cells, and joins the samples on the genes
 * they share. Each finished table and each sample's quality control is kept, so that one bad file never costs the others.
 * Missing paths are named together before anything is read; files that turn out bad are named together at the end.
 *
 * @throws FormatError naming every input that cannot be read, unless `skipUnreadable`
 */
export async function loadSamples(
  location: StudyLocation,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<LoadedSamples> {
  const { study } = location;
  const geneTable = await loadGeneTable(study.organism);
  const read = await readInputs(location, { options, geneTable }, environment);
  if (read.failures.length > 0 && (!options.skipUnreadable || read.tables.length + read.prepared.length === 0)) {
    throw unreadable(read.failures);
  }
  return join(study, read, { options, geneTable, environment });
}

interface ReadSettings {
  readonly options: RunOptions;
  readonly geneTable: GeneTable;
}

async function readInputs(
  { source, folder, study }: StudyLocation,
  { options, geneTable }: ReadSettings,
  environment: StepEnvironment,
): Promise<ReadInputs> {
  const { context } = environment;
  const groups = groupInputs(study.samples, (path) => dataPath(folder, path));
  await requireInputs(source, groups, options);
  const { labels, records: labelRecords } = await readLabels({ source, folder, study });
  const tables: { readonly path: string; readonly table: ReadTable }[] = [];
  const prepared: PreparedSample[] = [];
  const records: InputRecord[] = [...labelRecords];
  const failures: Failure[] = [];
  const warnings: Warning[] = [];
  for (const [i, input] of groups.entries()) {
    throwIfAborted(context);
    report(context, 'read samples', i, groups.length, 'files');
    try {
      const own = await hashInput(source, input.path);
      const contentHash = hashOfInput(own);
      if (input.kind === 'table') {
        const table = await readTableOnce(source, input, contentHash, environment);
        tables.push({ path: input.path, table });
        warnings.push(...table.warnings);
      } else {
        const file = await readCellFile(
          source,
          input,
          { options, labelSource: study.cellLabels, labels, contentHash },
          context,
        );
        const { organism, host } = study;
        for (const sample of file.samples) {
          prepared.push(await prepareSample(sample, { options, organism, host, geneTable }, quietly(environment)));
        }
        warnings.push(...file.warnings);
      }
      records.push(...own);
    } catch (error) {
      if (!isRemnantError(error, 'format', 'unsupported')) throw error;
      failures.push({ input, error });
    }
  }
  report(context, 'read samples', groups.length, groups.length, 'files');
  return { tables, prepared, records, failures, warnings };
}

/** Before the first file is read: every path exists (unless bad inputs may be skipped) and none is over the memory budget. */
async function requireInputs(source: FileSource, groups: readonly DataInput[], options: RunOptions): Promise<void> {
  const missing: { readonly input: DataInput; readonly error: RemnantError }[] = [];
  for (const input of groups) {
    if ((await source.kind(input.path)) === 'missing') missing.push({ input, error: missingFile(input.path) });
    else if (input.kind === 'table') await requireMemory(source, input.path, options.memoryGib);
  }
  if (missing.length > 0 && !options.skipUnreadable) throw unreadable(missing);
}

/** Refuses a table over the budget; single-cell readers refuse theirs themselves. */
async function requireMemory(source: FileSource, path: string, memoryGib: number): Promise<void> {
  const bytes = await source.size(path);
  const needed = bytes * tableGrowth;
  if (needed <= memoryGib * 2 ** 30) return;
  const gib = (value: number): string => (value / 2 ** 30).toFixed(1);
  throw new LimitError('This table needs more memory than the budget.', {
    file: path,
    expected: `at most ${String(memoryGib)} GiB`,
    found: `about ${gib(needed)} GiB (${gib(bytes)} GiB as stored, ${String(tableGrowth)} times that in memory)`,
    hint: 'Raise --memory-gib, or split the table by sample.',
  });
}

/** The table of the user's own cell labels, where the study names one. */
async function readLabels({
  source,
  folder,
  study,
}: StudyLocation): Promise<{ readonly labels: CellLabels | null; readonly records: readonly InputRecord[] }> {
  if (study.cellLabels?.kind !== 'table') return { labels: null, records: [] };
  const path = dataPath(folder, study.cellLabels.path);
  if ((await source.kind(path)) !== 'file') throw missingFile(path);
  return { labels: readCellLabels(await source.read(path), path), records: await hashInput(source, path) };
}

/** Steps of one input report no progress of their own: the files are counted. */
function quietly(environment: StepEnvironment): StepEnvironment {
  return { ...environment, context: { ...environment.context, onProgress: () => undefined } };
}

/** Reads a table, or takes it from the store when the same bytes were read before. */
function readTableOnce(
  source: FileSource,
  input: DataInput,
  contentHash: string,
  environment: StepEnvironment,
): Promise<ReadTable> {
  const samples = hashParts(input.samples.map(({ sample, column }) => JSON.stringify([sample, column])));
  return runStep('read', [contentHash, samples, input.path], quietly(environment), () => readTable(source, input));
}

/** What joining takes besides what was read. */
interface JoinSettings extends ReadSettings {
  readonly environment: StepEnvironment;
}

/** Samples that share a gene list. */
interface SampleGroup {
  readonly label: string;
  readonly genes: readonly string[];
  readonly counts: readonly { readonly sample: string; readonly counts: SampleCounts }[];
}

async function join(study: Study, read: ReadInputs, settings: JoinSettings): Promise<LoadedSamples> {
  const { geneTable, environment, options } = settings;
  const sheet = new Map(study.samples.map((sample) => [sample.sample, sample]));
  const good = inSheetOrder(
    read.prepared.filter(({ quality }) => quality.nKept > 0),
    study.samples,
  );
  const joined =
    good.length === 0 ? null : inSharedMemory(joinCells(good, sheet, { geneTable, organism: study.organism }));
  const quality = read.prepared.map((sample) => sample.quality);
  const cells =
    joined === null ? null : await studyCells(joined, { quality, tumourLineage: options.tumourLineage }, environment);
  const summed =
    cells === null
      ? []
      : sumTumourCells(cells.cells, cells.tumour, { blocks: options.cellBlocks }, environment.context);
  const groups: SampleGroup[] = [
    ...read.tables.map(({ path, table }) => ({ label: path, genes: table.genes, counts: table.counts })),
    ...(cells === null ? [] : [{ label: 'single cells', genes: cells.cells.genes, counts: summed }]),
  ];
  if (groups.every(({ counts }) => counts.length === 0)) throw nothingLeft(read.prepared);
  const reconciled = reconcileGenes(groups, geneTable, { organism: study.organism });
  const bySample = new Map(
    groups.flatMap(({ counts }, i) =>
      counts.map((one) => [one.sample, { ...one, target: reconciled.mappings[i] as Int32Array }]),
    ),
  );
  const kept = study.samples.filter((sample) => bySample.has(sample.sample));
  const samples = assembleSamples(
    kept.flatMap((sample) => bySample.get(sample.sample) ?? []),
    reconciled.genes,
  );
  return {
    study: { ...study, samples: kept },
    samples,
    cells,
    inputs: read.records,
    warnings: [
      ...read.failures.map(skipped),
      ...read.warnings,
      ...emptied(read.prepared, cells, summed),
      ...(joined === null ? [] : geneWarnings(joined.genes)),
      ...geneWarnings(reconciled),
      ...(cells?.warnings ?? []),
    ],
  };
}

/** Block tasks on workers then read the counts where they are instead of copying them. */
function inSharedMemory(joined: JoinedCells): JoinedCells {
  return { ...joined, cells: { ...joined.cells, counts: shareableMatrix(joined.cells.counts) } };
}

function inSheetOrder(prepared: readonly PreparedSample[], sheet: readonly Sample[]): readonly PreparedSample[] {
  const place = new Map(sheet.map(({ sample }, i) => [sample, i]));
  return [...prepared].sort((a, b) => (place.get(a.sample) ?? 0) - (place.get(b.sample) ?? 0));
}

function skipped({ input, error }: Failure): Warning {
  return {
    code: 'sample-skipped',
    message: `Left out ${input.samples.map((s) => s.sample).join(', ')}: ${error.message}`,
  };
}

/** Samples that have no good cell, or no tumour cell, and so take no part. */
function emptied(
  prepared: readonly PreparedSample[],
  cells: StudyCells | null,
  summed: SampleGroup['counts'],
): readonly Warning[] {
  const without = prepared
    .filter(({ quality }) => quality.nKept === 0)
    .map(({ sample, quality }) => ({
      code: 'no-good-cells',
      message: `Left out ${sample}: ${quality.reasons.join('; ')}.`,
    }));
  const taking = new Set(summed.map(({ sample }) => sample));
  const normal = (cells?.cells.samples ?? [])
    .filter(({ sample }) => !taking.has(sample))
    .map(({ sample }) => ({ code: 'no-tumour-cells', message: `Left out ${sample}: none of its cells is tumour.` }));
  return [...without, ...normal];
}

function nothingLeft(prepared: readonly PreparedSample[]): FormatError {
  const lines = prepared.map(({ sample, quality }) => `- ${sample}: ${quality.reasons.join('; ')}`).join('\n');
  return new FormatError(`No sample has a good cell:\n${lines}`, {
    hint: 'Look at the limits (--quality, --minimum-counts …), or keep every barcode with --quality none.',
  });
}

/** What reconciling gene names changed or lost, one line per input. */
function geneWarnings({ genes, report: lists }: ReconciledGenes): readonly Warning[] {
  return lists.flatMap((list) => {
    const parts = [
      list.nIdsToSymbols > 0 ? `${String(list.nIdsToSymbols)} Ensembl ids turned into symbols` : null,
      list.nIdsKept > 0 ? `${String(list.nIdsKept)} Ensembl ids without a symbol kept as they are` : null,
      list.renamed.length > 0
        ? `${String(list.renamed.length)} previous symbols renamed to match other inputs (${names(list.renamed.map((r) => `${r.from} → ${r.to}`))})`
        : null,
      list.nRowsSummed > 0
        ? `${String(list.nRowsSummed)} rows of repeated genes summed (${names(list.summedGenes)})`
        : null,
      list.excelDates.length > 0
        ? `${String(list.excelDates.length)} names a spreadsheet turned into dates left out (${names(list.excelDates)})`
        : null,
      list.nOtherSpecies > 0 ? `${String(list.nOtherSpecies)} genes of another species left out` : null,
      list.nLost > 0
        ? `${String(list.nLost)} genes are not in every input and were left out (${names(list.lostGenes)}); ${String(genes.length)} remain`
        : null,
    ].filter((part) => part !== null);
    return parts.length === 0 ? [] : [{ code: 'genes', message: `${list.label}: ${parts.join('; ')}.` }];
  });
}

function names(list: readonly string[]): string {
  return list.length <= 5 ? list.join(', ') : `${list.slice(0, 5).join(', ')}, …`;
}

function unreadable(failures: readonly Failure[]): RemnantError {
  const [first] = failures;
  if (failures.length === 1 && first !== undefined) return first.error;
  const lines = failures.map(({ error }) => `- ${error.message}`).join('\n');
  return new FormatError(
    `${String(failures.length)} inputs cannot be read:\n${lines}\nFix them and run again: the others are kept. Or leave them out with --skip-unreadable.`,
  );
}
