import type { Progress } from '@remnant/engine';
import { expect, it } from 'vitest';
import { advance, type Step } from './progress-steps.js';

const said = (stage: string, done: number, total: number, unit: string): Progress => ({ stage, done, total, unit });

function after(reports: readonly Progress[]): readonly Step[] {
  return reports.reduce<readonly Step[]>((steps, report, i) => advance(steps, report, i), []);
}

const shown = (steps: readonly Step[]): unknown[] =>
  steps.map(({ stage, done, total, endedMs }) => [stage, done, total, endedMs]);

it('lists a step from its start to its end, whatever it reports in between', () => {
  const steps = after([
    said('vote', 0, 1, 'step'),
    said('shuffles', 2, 8, 'blocks'),
    said('shuffles', 5, 8, 'blocks'),
    said('vote', 1, 1, 'step'),
  ]);
  expect(shown(steps)).toEqual([['vote', 5, 8, 3]]);
  expect(steps[0]?.startedMs).toBe(0);
});

it('lists a stage outside any step until all its parts are done', () => {
  const reading = [said('read samples', 0, 2, 'files'), said('read samples', 1, 2, 'files')];
  expect(shown(after(reading))).toEqual([['read samples', 1, 2, null]]);
  const read = [...reading, said('read samples', 2, 2, 'files'), said('samples', 0, 1, 'step')];
  expect(shown(after(read))).toEqual([
    ['read samples', 2, 2, 2],
    ['samples', 0, 0, null],
  ]);
});

it('takes a step that was kept from before as done at once', () => {
  expect(shown(after([said('vote', 1, 1, 'step'), said('reversal', 0, 1, 'step')]))).toEqual([
    ['vote', 0, 0, 0],
    ['reversal', 0, 0, null],
  ]);
});
