import { serveWebKernels } from '@remnant/host';

/** The analysis worker names this one by the number of threads it may use. */
const { name } = globalThis as unknown as { readonly name: string };
serveWebKernels(Math.max(1, Number(name)));
