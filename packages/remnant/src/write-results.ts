import type { Language, StudyResult } from '@remnant/engine';
import { outputFiles } from '@remnant/host';
import { openOutputFolder } from '@remnant/host/node';

/** How results are written. */
export interface WriteOptions {
  /** Language of the report and the figures. Default `en`. */
  readonly lang?: Language;
  /** Also write into a folder that holds other files. Default false. */
  readonly force?: boolean;
}

/**
 * Writes a results folder: the report, `results.json` with its schema, tables, figures and provenance.
 * The folder is there whole or not at all.
 *
 * @throws OptionError when the place holds something else
 */
export async function writeResults(result: StudyResult, out: string, options: WriteOptions = {}): Promise<void> {
  const { lang = 'en', force = false } = options;
  const folder = await openOutputFolder(out, { force });
  await folder.publish(await outputFiles(result, { lang }), { steps: 'all', others: 'replace' });
}
