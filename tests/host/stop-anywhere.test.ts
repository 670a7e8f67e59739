import { resolveRunOptions, simulateStudy, type StepStore, type StudyResult } from '@remnant/engine';
import { memorySource, studyFiles } from '@remnant/formats';
import { loadResources, runStudy } from '@remnant/host';
import { nodeExecutor, nodeKernels, resourceStore } from '@remnant/host/node';
import { loadStudy } from '@remnant/formats';
import { AbortedError } from '@remnant/engine';
import { expect, it } from 'vitest';

/** Stopping a run in the middle of any step leaves what was finished, and the next run goes on from there to the same end. */
const files = studyFiles(simulateStudy({ genes: 1000, cells: 160, seed: 3 }));
const options = resolveRunOptions({ permutations: 100, bootstraps: 100, nmfReplicates: 5 });

/** A store in memory, as the results folder keeps one on disk. */
function keptSteps(): StepStore & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: (key) => Promise.resolve(structuredClone(kept.get(key))),
    put: (key, value) => {
      kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

async function run(
  store: StepStore | null,
  hooks: { readonly signal?: AbortSignal; readonly onStage?: (stage: string) => void } = {},
): Promise<StudyResult> {
  const source = memorySource(files);
  const resources = await loadResources(await loadStudy(source, 'study.yaml'), {
    source,
    studyPath: 'study.yaml',
    library: resourceStore(),
  });
  const executor = nodeExecutor(1);
  const kernels = nodeKernels(1);
  try {
    return await runStudy(
      { source, studyPath: 'study.yaml', options, resources, kernels, ...(store === null ? {} : { store }) },
      {
        seed: 1,
        executor,
        ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
        onProgress: ({ stage }) => hooks.onStage?.(stage),
      },
    );
  } finally {
    executor.close();
    kernels.close();
  }
}

it('stops in the middle of every step and is taken up again to the same end', { timeout: 300_000 }, async () => {
  const stages: string[] = [];
  const whole = await run(null, {
    onStage: (stage) => {
      if (!stages.includes(stage)) stages.push(stage);
    },
  });
  expect(stages).toEqual(
    expect.arrayContaining([
      'read samples',
      'tumour cells',
      'principal components',
      'UMAP',
      'calling persister cells',
      'abundance',
      'programmes of samples',
    ]),
  );
  const store = keptSteps();
  for (const stage of stages) {
    const before = store.kept.size;
    const stop = new AbortController();
    const stopped = await run(store, {
      signal: stop.signal,
      onStage: (now) => {
        if (now === stage) stop.abort();
      },
    }).then(
      () => null,
      (error: unknown) => error,
    );
    // A step inside one that is kept by now is not reached again.
    if (stopped !== null) expect(stopped, stage).toBeInstanceOf(AbortedError);
    expect(store.kept.size, stage).toBeGreaterThanOrEqual(before);
  }
  expect(await run(store)).toEqual(whole);
});
