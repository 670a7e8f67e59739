import { inlineExecutor } from '../../packages/host/src/executors/inline-executor.js';
import { workerExecutor } from '../../packages/host/src/executors/worker-executor.js';
import { startWebWorker } from '../../packages/host/src/web/start-worker.js';
import { conformanceCases } from './conformance.js';
import { conformanceTasks } from './conformance-tasks.js';

/** What the page found, for the test to read. */
export interface PageReport {
  readonly isolated: boolean;
  readonly sharesMemory: boolean;
  readonly outcomes: readonly { readonly executor: string; readonly name: string; readonly failure: string | null }[];
}

const worker = (): Worker => new Worker(new URL('./web-worker-entry.mjs', document.baseURI), { type: 'module' });

async function runAll(): Promise<PageReport> {
  const outcomes: { executor: string; name: string; failure: string | null }[] = [];
  const threads = workerExecutor({ workers: 2, start: () => startWebWorker(worker) });
  const executors = { inline: inlineExecutor(conformanceTasks), '2 Web Workers': threads };
  for (const [executor, made] of Object.entries(executors)) {
    for (const one of conformanceCases) {
      const failure = await one.run(made).then(
        () => null,
        (error: unknown) => String(error),
      );
      outcomes.push({ executor, name: one.name, failure });
    }
  }
  const values = new Float64Array(40_000);
  const [shared] = await threads.map<unknown, boolean>('sharesMemory', [{ values, from: 0, to: 1 }]);
  threads.close();
  return { isolated: crossOriginIsolated, sharesMemory: shared ?? false, outcomes };
}

(globalThis as unknown as { report: Promise<PageReport> }).report = runAll();
