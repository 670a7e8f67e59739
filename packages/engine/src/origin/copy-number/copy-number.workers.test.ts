import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { type WorkerExecutor, workerExecutor } from '../../../../host/src/executors/worker-executor.js';
import { startNodeWorker } from '../../../../host/src/node/start-worker.js';
import { copyNumber } from './copy-number.js';
import { copyNumberTasks } from './copy-number-tasks.js';
import { plantedTumour } from './planted-tumour.test-helper.js';

const packages = fileURLToPath(new URL('../../../../', import.meta.url));
const open: WorkerExecutor[] = [];

async function workerEntry(): Promise<URL> {
  const outfile = join(mkdtempSync(join(tmpdir(), 'remnant-bundle-')), 'worker.mjs');
  await build({
    stdin: {
      contents: `
        import { copyNumberTasks } from './engine/src/origin/copy-number/copy-number-tasks.js';
        import { serveTasks } from './host/src/executors/serve-tasks.js';
        import { nodePoolPort } from './host/src/node/pool-port.js';
        serveTasks(copyNumberTasks, nodePoolPort());`,
      resolveDir: packages,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    logLevel: 'error',
    alias: { '@remnant/engine': join(packages, 'engine/src/index.ts') },
  });
  return pathToFileURL(outfile);
}

afterAll(() => {
  for (const executor of open) executor.close();
});

describe('on worker threads', () => {
  it('one and two workers give what the calling thread gives', { timeout: 300_000 }, async () => {
    const entry = await workerEntry();
    const { cells, positions, labels } = plantedTumour([
      { label: 'normal', n: 600, stage: 'untreated' },
      { label: 'A', n: 500, stage: 'untreated', arms: { '3p': 0.5, '7q': 1.5 } },
    ]);
    const types = labels.map((label) => (label === 'normal' ? label : null));
    const options = { reference: { kind: 'cells', types } } as const;
    const here = await copyNumber(cells, positions, options, inlineContext(copyNumberTasks));
    for (const workers of [1, 2]) {
      const executor = workerExecutor({ workers, start: () => startNodeWorker(entry) });
      open.push(executor);
      expect(await copyNumber(cells, positions, options, { seed: 1, executor })).toEqual(here);
    }
    expect(here.patients[0]!.status).toBe('called');
  });
});
