/**
 * Remnant on Node: run a study, keep its results.
 *
 * @example
 * ```ts
 * import { run, writeResults } from "remnant";
 *
 * const result = await run('study/study.yaml', { seed: 7, regulators: ['FOSL1'] }, { workers: 2 });
 * for (const claim of result.claims) console.log(`${claim.verdict}: ${claim.sentence.en}`);
 * await writeResults(result, 'results', { lang: 'en' });
 * ```
 *
 * @packageDocumentation
 */
export * from '@remnant/engine';
export type { OutputFile } from '@remnant/host';
export { outputFiles } from '@remnant/host';
export { resourceStore } from '@remnant/host/node';
export { check, type HostOptions, run } from './run.js';
export { type WriteOptions, writeResults } from './write-results.js';
