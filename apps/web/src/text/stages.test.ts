import { blockTasks, noResources, type Progress, resolveRunOptions, simulateStudy } from '@remnant/engine';
import { memorySource, parseRegulons, studyFiles } from '@remnant/formats';
import { inlineExecutor, runStudy } from '@remnant/host';
import { beforeAll, expect, it } from 'vitest';
import { advance, type Step } from '../progress-steps.js';
import { pageText } from './index.js';

let steps: readonly Step[] = [];

beforeAll(async () => {
  const onProgress = (progress: Progress): void => {
    steps = advance(steps, progress, steps.length);
  };
  const files = studyFiles(simulateStudy({ genes: 1000, cells: 20, seed: 5 }, { onProgress }));
  const { edges } = parseRegulons(files['regulons.csv'] ?? new Uint8Array(), 'regulons.csv');
  const resources = {
    ...noResources,
    regulons: { pack: 'planted', edges },
    geneSets: [
      { name: 'hallmark', sets: [{ name: 'ONE', description: '', genes: edges.map(({ target }) => target) }] },
    ],
  };
  const options = resolveRunOptions({ permutations: 100, bootstraps: 100 });
  const request = { source: memorySource(files), studyPath: 'study.yaml', options, resources };
  await runStudy(request, { seed: 1, executor: inlineExecutor(blockTasks), onProgress });
});

it('has French words for every step of a run', () => {
  const names = steps.map(({ stage }) => stage);
  expect(names).toEqual(expect.arrayContaining(['simulate', 'gene sets: hallmark', 'regulator FOSL1']));
  expect(names.filter((name) => pageText.fr.progress.stage(name) === name)).toEqual([]);
  expect(pageText.fr.progress.stage('gene sets: hallmark')).toBe('Ensembles de gènes\u00a0: hallmark');
  expect(pageText.fr.progress.stage('regulator FOSL1')).toBe('Régulateur FOSL1');
});

it('lists each step once, from its start to its end', () => {
  expect(new Set(steps.map(({ stage }) => stage)).size).toBe(steps.length);
  expect(steps.filter(({ endedMs }) => endedMs === null)).toEqual([]);
});
