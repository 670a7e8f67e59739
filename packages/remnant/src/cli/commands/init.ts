import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { OptionError } from '@remnant/engine';
import { draftStudy } from '@remnant/host';
import { nodeSource, writeAtomically } from '@remnant/host/node';
import type { CommonFlags, Outcome } from '../command.js';

/** Flags of `remnant init`. */
export interface InitFlags extends CommonFlags {
  readonly force?: boolean;
}

/** `remnant init DIR` */
export async function initCommand(folder: string, { force }: InitFlags): Promise<Outcome> {
  const draft = await draftStudy(nodeSource(folder), folder);
  for (const name of Object.keys(draft.files)) if (force !== true) await refuseToReplace(folder, name);
  for (const [name, content] of Object.entries(draft.files)) await writeAtomically(join(folder, name), content);
  const toComplete = draft.toComplete.map((line) => `  · ${line}\n`).join('');
  const next = draft.toComplete.length === 0 ? '' : `\nBefore it can run, complete samples.csv:\n${toComplete}`;
  return {
    text: `Wrote ${Object.keys(draft.files).join(' and ')} in ${folder}: ${String(draft.nSamples)} samples.\n${next}\nNext: remnant check ${join(folder, 'study.yaml')}\n`,
    data: { folder, files: Object.keys(draft.files), samples: draft.nSamples, toComplete: draft.toComplete },
  };
}

async function refuseToReplace(folder: string, name: string): Promise<void> {
  const isThere = await access(join(folder, name)).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new OptionError(`There is a ${name} already.`, { file: folder, hint: 'Add --force to replace it.' });
}
