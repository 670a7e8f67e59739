import type { Kernels } from '@remnant/engine';
import { nodeKernels } from '@remnant/host/node';
import { scranKernels } from '@remnant/kernels';
import { afterAll, describe, expect, it } from 'vitest';
import { kernelsCases, kernelsDigest } from './conformance.js';

const implementations: Readonly<Record<string, Kernels>> = {
  'scran.js, 1 thread, here': scranKernels({ threads: 1 }),
  'scran.js, 2 threads, on a worker': nodeKernels(2),
};

for (const [name, kernels] of Object.entries(implementations)) {
  describe(name, () => {
    afterAll(() => {
      kernels.close();
    });

    for (const one of kernelsCases) it(one.name, () => one.run(kernels));
  });
}

describe('reproducibility', () => {
  it('gives the same bytes for any number of threads, here and on a worker, and again', async () => {
    const expected = await kernelsDigest(implementations['scran.js, 1 thread, here'] as Kernels);
    for (const threads of [2, 3]) {
      const kernels = nodeKernels(threads);
      expect(await kernelsDigest(kernels)).toEqual(expected);
    }
  }, 240_000);
});
