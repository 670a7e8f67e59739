import { webKernels } from '@remnant/host';
import KernelWorker from '../../apps/web/src/kernel-worker.js?worker&inline';
import { kernelsCases, kernelsDigest } from './conformance.js';

/** What a page found, for the test to read. */
export interface KernelsReport {
  readonly isolated: boolean;
  readonly unavailable: string | null;
  readonly outcomes: readonly { readonly name: string; readonly failure: string | null }[];
  /** By number of threads. */
  readonly digests: Readonly<Record<string, Record<string, string>>>;
}

/** Stands where the analysis worker of the app stands: a worker of an inlined script that starts the worker of the kernels. */
async function runAll(): Promise<KernelsReport> {
  const kernels = webKernels(() => new KernelWorker({ name: '2' }));
  const outcomes: { name: string; failure: string | null }[] = [];
  const digests: Record<string, Record<string, string>> = {};
  if (kernels.unavailable === null) {
    for (const one of kernelsCases) {
      const failure = await one.run(kernels).then(
        () => null,
        (error: unknown) => String(error),
      );
      outcomes.push({ name: one.name, failure });
    }
    for (const threads of ['1', '2']) {
      digests[threads] = await kernelsDigest(webKernels(() => new KernelWorker({ name: threads })));
    }
  }
  kernels.close();
  return { isolated: crossOriginIsolated, unavailable: kernels.unavailable, outcomes, digests };
}

void runAll().then(
  (report) => {
    postMessage(report);
  },
  (error: unknown) => {
    postMessage(String(error));
  },
);
