import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulateStudy } from '@remnant/engine';
import { memorySource, simulationGenes, studyFiles } from '@remnant/formats';
import { emptyLibrary, outputFiles } from '@remnant/host';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFrom } from '../../packages/remnant/src/run.js';
import {
  type AppServer,
  dropOn,
  openApp,
  openBrowser,
  serveApp,
  startRun,
  untilChecked,
  untilWritten,
  withoutBrowser,
} from '../browser/app-browser.js';
import { remnant } from '../cli/command-line.js';
import { withoutReferenceStudy, writeReferenceStudy } from '../support/reference-study.js';
import { hashesOfFiles, hashesOfFolder } from '../support/results-hashes.js';

/**
 * One study, three faces, the same bytes: the built command line, the library, and the built app in Chromium. Every file
 * of the results folder is compared, not only the tables.
 */
const noBrowser = withoutBrowser('tests/parity: the app against the command line and the library');
const noReference = withoutReferenceStudy('tests/parity: the reference study');

const packs = fileURLToPath(new URL('../../../shared/resources/genesets/', import.meta.url));
const packFiles = ['collectri_human_TF_target.csv.gz', 'msigdb_hallmark_v7.0_human.gmt'];

describe.skipIf(noBrowser)('the same bytes from the command line, the library and the app', () => {
  let browser: Browser;
  let server: AppServer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'remnant-parity-'));
    [browser, server] = await Promise.all([openBrowser(), serveApp('isolated')]);
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const commandLine = async (args: readonly string[], home?: string): Promise<Record<string, string>> => {
    const out = join(folder, `out-${String(args.length)}-${String(args[0])}`);
    const { code, err } = await remnant([...args, '-o', out, '--quiet'], home === undefined ? {} : { home });
    expect([code, err]).toEqual([0, '']);
    return hashesOfFolder(out);
  };

  it('the demo, with 1 and 2 workers, and again', { timeout: 900_000 }, async () => {
    const app = await openApp(browser, server.address);
    const [inApp, written] = await Promise.all([
      app.page.click('#run-demo').then(() => untilWritten(app.page)),
      commandLine(['demo', '--workers', '1']),
    ]);
    expect(inApp).toEqual(written);
    expect(Object.keys(written).filter((path) => path.startsWith('tables/')).length).toBeGreaterThan(10);
    expect(Object.keys(written)).toEqual(expect.arrayContaining(['cells.h5ad', 'tables/abundance.csv']));

    await startRun(app.page, 1);
    const study = studyFiles(simulateStudy({ seed: 1, ...(await simulationGenes()) }));
    const [again, library] = await Promise.all([
      untilWritten(app.page),
      runFrom(memorySource(study), 'study.yaml', { workers: 2, options: {}, library: emptyLibrary }),
    ]);
    expect(again).toEqual(written);
    expect(written).toMatchObject(hashesOfFiles(await outputFiles(library, { lang: 'en' })));
    expect(app.complaints).toEqual([]);
    await app.context.close();
  });

  it.skipIf(noReference)(
    'the reference study with two resource packs, dropped as a folder',
    { timeout: 900_000 },
    async () => {
      const study = writeReferenceStudy(join(folder, 'tnbc'), { resources: ['collectri', 'hallmark'] });
      const home = join(folder, 'home');
      for (const pack of ['collectri', 'hallmark']) {
        expect((await remnant(['resources', 'add', pack, '--from', packs], { home })).code).toBe(0);
      }
      const app = await openApp(browser, server.address);
      await dropOn(
        app,
        '#packs',
        packFiles.map((name) => join(packs, name)),
      );
      await app.page.waitForSelector('[data-pack="hallmark"]');
      await dropOn(app, '#study', [join(folder, 'tnbc')]);
      await untilChecked(app.page);
      await startRun(app.page, 2);
      const [inApp, written] = await Promise.all([
        untilWritten(app.page),
        commandLine(['run', study, '--workers', '1'], home),
      ]);
      expect(inApp).toEqual(written);
      expect(Object.keys(written)).toContain('tables/regulators.csv');
      expect(app.complaints).toEqual([]);
      await app.context.close();
    },
  );
});
