import {
  assembleSamples,
  FormatError,
  hashParts,
  isRemnantError,
  LimitError,
  reconcileGenes,
  type ReconciledGenes,
  type RemnantError,
  report,
  type RunContext,
  type RunOptions,
  runStep,
  type SampleSet,
  type StepEnvironment,
  type Study,
  throwIfAborted,
  type Warning,
} from '@remnant/engine';
import { type FileSource, loadGeneTable, missingFile } from '@remnant/formats';
import { hashInput, hashOfInput, type InputRecord } from './hash-input.js';
import { type DataInput, groupInputs, readInput, type ReadInput, requireCounts } from './read-input.js';
import { dataPath } from './study-paths.js';

/** All samples of a study on one gene list, with where they came from. */
export interface LoadedSamples {
  /** The study without samples that were skipped. */
  readonly study: Study;
  readonly samples: SampleSet;
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

/**
 * Reads every input of a study once and joins the samples on the genes they share. Each finished input is kept, so that
 * one bad file never costs the others. Missing paths are named together before anything is read; files that turn out bad are
 * named together at the end.
 *
 * @throws FormatError naming every input that cannot be read, unless `skipUnreadable`
 */
export async function loadSamples(
  { source, folder, study }: StudyLocation,
  options: RunOptions,
  environment: StepEnvironment,
): Promise<LoadedSamples> {
  const { context } = environment;
  const groups = groupInputs(study.samples, (path) => dataPath(folder, path));
  await requireInputs(source, groups, options);
  const read: { readonly input: DataInput; readonly content: ReadInput }[] = [];
  const records: InputRecord[] = [];
  const failures: Failure[] = [];
  for (const [i, input] of groups.entries()) {
    throwIfAborted(context);
    report(context, 'read samples', i, groups.length, 'files');
    try {
      const own = await hashInput(source, input.path);
      const content = await readOnce(source, input, own, options, environment);
      requireCounts(content, input.path);
      read.push({ input, content });
      records.push(...own);
    } catch (error) {
      if (!isRemnantError(error, 'format', 'unsupported')) throw error;
      failures.push({ input, error });
    }
  }
  report(context, 'read samples', groups.length, groups.length, 'files');
  if (failures.length > 0 && (!options.skipUnreadable || read.length === 0)) throw unreadable(failures);
  return join(study, read, records, failures);
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

/** Reads an input, or takes it from the store when the same bytes were read before. */
function readOnce(
  source: FileSource,
  input: DataInput,
  records: readonly InputRecord[],
  options: RunOptions,
  environment: StepEnvironment,
): Promise<ReadInput> {
  const quiet: RunContext = { ...environment.context, onProgress: () => undefined };
  const parts = [
    hashOfInput(records),
    hashParts(input.samples.map(({ sample, column, input: kind }) => JSON.stringify([sample, column, kind]))),
    JSON.stringify([options.cellBlocks, input.path]),
  ];
  return runStep('read', parts, { ...environment, context: quiet }, (context) =>
    readInput(source, input, options, context),
  );
}

async function join(
  study: Study,
  read: readonly { readonly input: DataInput; readonly content: ReadInput }[],
  inputs: readonly InputRecord[],
  failures: readonly Failure[],
): Promise<LoadedSamples> {
  const reconciled = reconcileGenes(
    read.map(({ input, content }) => ({ label: input.path, genes: content.genes })),
    await loadGeneTable(study.organism),
    { organism: study.organism },
  );
  const bySample = new Map(
    read.flatMap(({ content }, i) =>
      content.counts.map(({ sample, counts }) => [
        sample,
        { sample, counts, target: reconciled.mappings[i] as Int32Array },
      ]),
    ),
  );
  const kept = study.samples.filter((sample) => bySample.has(sample.sample));
  const samples = assembleSamples(
    kept.flatMap((sample) => bySample.get(sample.sample) ?? []),
    reconciled.genes,
  );
  const skipped = failures.map(({ input, error }) => ({
    code: 'sample-skipped',
    message: `Left out ${input.samples.map((s) => s.sample).join(', ')}: ${error.message}`,
  }));
  const warnings = [...skipped, ...read.flatMap(({ content }) => content.warnings), ...geneWarnings(reconciled)];
  return { study: { ...study, samples: kept }, samples, inputs, warnings };
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
