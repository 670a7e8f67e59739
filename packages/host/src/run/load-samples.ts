import {
  assembleSamples,
  FormatError,
  hashParts,
  isRemnantError,
  reconcileGenes,
  type ReconciledGenes,
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
import { type FileSource, loadGeneTable } from '@remnant/formats';
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

/** Where a study's data are. */
export interface StudyLocation {
  readonly source: FileSource;
  /** Folder that its paths are relative to. */
  readonly folder: string;
  readonly study: Study;
}

/**
 * Reads every input of a study once and joins the samples on the genes they share. Each finished input is kept, so that
 * one bad file never costs the others: all bad files are named together.
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
  const read: { readonly input: DataInput; readonly content: ReadInput }[] = [];
  const records: InputRecord[] = [];
  const failures: { readonly input: DataInput; readonly message: string }[] = [];
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
      failures.push({ input, message: error.message });
    }
  }
  report(context, 'read samples', groups.length, groups.length, 'files');
  if (failures.length > 0 && (!options.skipUnreadable || read.length === 0)) throw unreadable(failures);
  return join(study, read, records, failures);
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
  failures: readonly { readonly input: DataInput; readonly message: string }[],
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
  const skipped = failures.map(({ input, message }) => ({
    code: 'sample-skipped',
    message: `Left out ${input.samples.map((s) => s.sample).join(', ')}: ${message}`,
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

function unreadable(failures: readonly { readonly input: DataInput; readonly message: string }[]): FormatError {
  if (failures.length === 1) return new FormatError(failures[0]?.message ?? '');
  const lines = failures.map(({ message }) => `- ${message}`).join('\n');
  return new FormatError(
    `${String(failures.length)} inputs cannot be read:\n${lines}\nFix them and run again: the others are kept. Or leave them out with --skip-unreadable.`,
  );
}
