import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '@remnant/engine';
import { missingFile } from '@remnant/formats';
import { outputFiles, readResults } from '@remnant/host';
import { openOutputFolder } from '@remnant/host/node';
import type { CommonFlags, Outcome } from '../command.js';
import { reportLine } from '../summary.js';

/** Flags of `remnant report`. */
export interface ReportFlags extends CommonFlags {
  readonly lang: Language;
}

/** `remnant report OUT`: draws report and figures again from `results.json` and the tables. */
export async function reportCommand(out: string, { lang }: ReportFlags): Promise<Outcome> {
  const result = readResults((path) => {
    const file = join(out, path);
    if (!existsSync(file)) throw missingFile(file);
    return readFileSync(file);
  });
  const folder = await openOutputFolder(out, { force: true });
  await folder.publish(await outputFiles(result, { lang }), { steps: 'all', others: 'keep' });
  const report = join(out, 'report.html');
  return { text: reportLine(report, lang).trimStart(), data: { out, report, lang } };
}
