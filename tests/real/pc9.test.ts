import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { blockTasks, noResources, resolveRunOptions, type StudyResult } from '@remnant/engine';
import { type FileSource, memorySource } from '@remnant/formats';
import { checkStudy, inlineExecutor, runStudy } from '@remnant/host';
import { nodeSource } from '@remnant/host/node';
import { beforeAll, describe, expect, it } from 'vitest';

/**
 * PC9 under erlotinib (Drop-seq): one library per arm, one cell line. Whatever the P values, nothing about a shared state can be
 * tested, and the tool says so before and after the run.
 */
const folder = fileURLToPath(new URL('../../../shared/data/singlecell/pc9_erlotinib_aissa/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn('Skipped: PC9: ../shared is not beside this checkout.');

const sheet = `sample,patient,stage,treatment,technology,counts
PC9_control,PC9,untreated,none,Drop-seq,${folder}Day11_control.dge.txt.gz
PC9_erlotinib,PC9,residual,erlotinib,Drop-seq,${folder}Day11_Erlotinib.dge.txt.gz
`;

/** The sheet in memory, the data where they are. */
function source(): FileSource {
  const written = memorySource({ 'samples.csv': new TextEncoder().encode(sheet) });
  const disk = nodeSource('/');
  const pick = (path: string): FileSource => (path.startsWith('/') ? disk : written);
  return {
    kind: (path) => pick(path).kind(path),
    list: (path) => pick(path).list(path),
    size: (path) => pick(path).size(path),
    read: (path) => pick(path).read(path),
  };
}

describe.skipIf(!present)('PC9 under erlotinib', () => {
  let result: StudyResult;
  beforeAll(async () => {
    result = await runStudy(
      {
        source: source(),
        studyPath: 'samples.csv',
        options: resolveRunOptions({ permutations: 100, bootstraps: 100, skipMetaProgrammes: true }),
        resources: noResources,
      },
      { seed: 1, executor: inlineExecutor(blockTasks) },
    );
  }, 300_000);

  it('check says that it is one patient without replicates', async () => {
    const { questions } = await checkStudy({ source: source(), studyPath: 'samples.csv' });
    const answer = Object.fromEntries(questions.map(({ id, testable }) => [id, testable]));
    expect(answer).toMatchObject({ 'shared-programme': 'no', persisters: 'no' });
  });

  it('calls cells among the droplets of the raw matrices', () => {
    const rows = result.tables.find(({ name }) => name === 'cell_quality');
    expect(rows?.nRows).toBe(2);
    expect(result.summary.nCells).toBeGreaterThan(1000);
    expect(result.summary.nCells).toBeLessThan(2000);
  });

  it('no claim about a shared state is supported', () => {
    const verdicts = new Map(result.claims.map(({ id, verdict }) => [id, verdict]));
    for (const id of [
      'programme.shared',
      'programme.patients',
      'persisters.calls',
      'persisters.before-treatment',
      'cells.abundance',
    ]) {
      expect(verdicts.get(id), id).toBe('not testable');
    }
    const cells = result.cells?.obs.find(({ name }) => name === 'persister');
    expect(cells?.kind === 'text' ? cells.values.filter((value) => value !== null) : cells).toEqual([]);
  });
});
