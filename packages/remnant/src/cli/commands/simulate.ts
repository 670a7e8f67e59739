import { type SimulationOptions, simulateStudy, simulationOptionsSchema } from '@remnant/engine';
import { simulationGenes, studyFiles } from '@remnant/formats';
import { writeNewFolder } from '@remnant/host/node';
import type { CommonFlags, Outcome } from '../command.js';
import { listenForInterrupt } from '../interrupt.js';
import { givenOptions, type OptionFlag, optionFlags } from '../option-flags.js';
import { progressDisplay } from '../progress.js';
import type { Terminal } from '../terminal.js';

/** Flags made from engine's schema of simulation options. */
export const simulationFlags: readonly OptionFlag[] = optionFlags(simulationOptionsSchema, [
  'seed',
  'patients',
  'genes',
  'cells',
  'regulator',
]);

/** `remnant simulate DIR` */
export async function simulateCommand(folder: string, flags: CommonFlags, terminal: Terminal): Promise<Outcome> {
  const options = givenOptions(simulationFlags, flags as Record<string, unknown>);
  const progress = progressDisplay(terminal, { quiet: flags.quiet ?? false });
  const interrupt = listenForInterrupt(terminal);
  try {
    const study = simulateStudy(
      { ...options, ...(await simulationGenes()) },
      { signal: interrupt.signal, onProgress: progress.show },
    );
    const files = studyFiles(study);
    await writeNewFolder(folder, files);
    const names = Object.keys(files);
    return {
      text: `${String(study.samples.length)} samples written to ${folder}, with what was planted in truth.json.\n\nNext: remnant run ${folder}/study.yaml -o OUT\n`,
      data: { folder, files: names, options: withoutGenes(study.options) },
    };
  } finally {
    progress.end();
    interrupt.end();
  }
}

/** The options a user can give; names and arms of genes are thousands. */
function withoutGenes(options: SimulationOptions): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name !== 'geneNames' && name !== 'geneArms'));
}
