import { join } from 'node:path';
import { isRemnantError, type Language, runOptionsSchema, type StudyResult } from '@remnant/engine';
import { type OutputFile, outputFiles } from '@remnant/host';
import { type OutputFolder, openOutputFolder } from '@remnant/host/node';
import { type HostOptions, run } from '../../run.js';
import type { CommonFlags, Outcome } from '../command.js';
import { listenForInterrupt } from '../interrupt.js';
import { givenOptions, type OptionFlag, optionFlags } from '../option-flags.js';
import { progressDisplay } from '../progress.js';
import { claimsData, reportLine, scoreText, summaryText } from '../summary.js';
import type { Terminal } from '../terminal.js';

/** Flags of `remnant run`; those of `RunOptions` are made from its schema. */
export interface RunFlags extends CommonFlags {
  readonly out: string;
  readonly lang: Language;
  readonly force?: boolean;
  readonly workers?: number;
}

/** Flags made from engine's schema of run options. */
export const runOptionFlags: readonly OptionFlag[] = optionFlags(runOptionsSchema);

/** `remnant run STUDY -o OUT` */
export async function runCommand(study: string, flags: RunFlags, terminal: Terminal): Promise<Outcome> {
  const options = givenOptions(runOptionFlags, flags as unknown as Record<string, unknown>);
  const result = await runInto({
    flags,
    terminal,
    analyse: (host) => run(study, options, host),
    files: (found) => outputFiles(found, { lang: flags.lang }),
  });
  return outcomeOf(result, flags, terminal);
}

/** An analysis whose results go into a folder. */
export interface RunInto {
  readonly flags: RunFlags;
  readonly terminal: Terminal;
  readonly analyse: (host: HostOptions) => Promise<StudyResult>;
  readonly files: (result: StudyResult) => Promise<readonly OutputFile[]>;
}

/** Runs an analysis that can be stopped and taken up again, and publishes its results. */
export async function runInto({ flags, terminal, analyse, files }: RunInto): Promise<StudyResult> {
  const output = await openOutputFolder(flags.out, { force: flags.force ?? false });
  const progress = progressDisplay(terminal, { quiet: flags.quiet ?? false });
  const interrupt = listenForInterrupt(terminal);
  try {
    const result = await analyse({
      ...(flags.workers === undefined ? {} : { workers: flags.workers }),
      signal: interrupt.signal,
      onProgress: progress.show,
      steps: output.steps,
    });
    await output.publish(await files(result), { steps: 'used', others: 'replace' });
    return result;
  } catch (error) {
    progress.end();
    await sayWhatIsKept(output, error, terminal);
    throw error;
  } finally {
    progress.end();
    interrupt.end();
  }
}

/** What a run prints: its claims, its score when it was simulated, and where the report is. */
export function outcomeOf(result: StudyResult, { out, lang }: RunFlags, terminal: Terminal): Outcome {
  const report = join(out, 'report.html');
  const score = result.truth === null ? '' : scoreText(result.truth, lang);
  return {
    text: `${summaryText(result, lang, terminal.width)}${score}${reportLine(report, lang)}`,
    data: {
      out,
      report,
      results: join(out, 'results.json'),
      schemaVersion: result.schemaVersion,
      title: result.title,
      claims: claimsData(result, lang),
      warnings: result.warnings,
      truth: result.truth,
    },
  };
}

async function sayWhatIsKept(output: OutputFolder, error: unknown, terminal: Terminal): Promise<void> {
  const { keptSteps } = await output.abandon();
  const stopped = isRemnantError(error, 'aborted') ? 'Stopped. ' : '';
  const kept = keptSteps === 1 ? '1 finished step is kept' : `${String(keptSteps)} finished steps are kept`;
  const next = keptSteps === 0 ? 'No step was finished yet.' : `${kept}; the same command goes on from there.`;
  if (keptSteps > 0 || stopped !== '') terminal.err(`\n${stopped}${next}\n`);
}
