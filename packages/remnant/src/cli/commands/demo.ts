import { simulateStudy } from '@remnant/engine';
import { memorySource, simulationGenes, studyFiles } from '@remnant/formats';
import { outputFiles } from '@remnant/host';
import { runFrom } from '../../run.js';
import type { Outcome } from '../command.js';
import type { Terminal } from '../terminal.js';
import { outcomeOf, type RunFlags, runInto } from './run.js';

/** Flags of `remnant demo`. */
export interface DemoFlags extends RunFlags {
  readonly seed?: number;
}

/** `remnant demo`: simulates a study, runs it, scores it. The study is written beside the results, to be run again. */
export async function demoCommand(flags: DemoFlags, terminal: Terminal): Promise<Outcome> {
  const seed = flags.seed === undefined ? {} : { seed: flags.seed };
  const genes = await simulationGenes();
  let study: Readonly<Record<string, Uint8Array>> = {};
  const result = await runInto({
    flags,
    terminal,
    analyse: (host) => {
      study = studyFiles(simulateStudy({ ...seed, ...genes }, host));
      return runFrom(memorySource(study), 'study.yaml', { ...host, options: seed });
    },
    files: async (found) => [
      ...(await outputFiles(found, { lang: flags.lang })),
      ...Object.entries(study).map(([path, content]) => ({ path: `study/${path}`, content })),
    ],
  });
  return outcomeOf(result, flags, terminal);
}
