/**
 * On–off or graded: verdicts on planted patients by shape, depth and number of cells, and the time of 100,000 cells. There is
 * no rival that gives such a verdict.
 *
 *   npm run bench switch-shape
 *
 * Run from the root of the checkout. Writes bench/switch-shape.json.
 */
import { writeFileSync } from 'node:fs';
import { findTask, type RunContext, switchShape, switchTasks } from '@remnant/engine';
import { cellsOf, plantPatients } from '../packages/engine/src/regulators/switch/planted-cells.test-helper.js';
import { machine, spreadOf } from './support/processes.js';

const context: RunContext = {
  seed: 1,
  executor: {
    concurrency: 1,
    map: <P, R>(task: string, payloads: readonly P[]) =>
      Promise.resolve(payloads.map((payload) => findTask(switchTasks, task)(payload, { aborted: false }) as R)),
  },
};
const contrast = { from: 'untreated', to: 'residual' } as const;
const verdicts = ['two-state', 'graded', 'mixture', 'cannot tell'] as const;
const patients = 25;

async function verdictsOf(kind: 'two-state' | 'graded' | 'mixture', nCells: number, depth: number): Promise<object> {
  const planted = plantPatients({ kind, patients, nCells, depth });
  const found = await switchShape(cellsOf(planted), { contrast }, context);
  const count = (verdict: string): number => found.patients.filter((patient) => patient.verdict === verdict).length;
  return { planted: kind, nCells, depth, ...Object.fromEntries(verdicts.map((verdict) => [verdict, count(verdict)])) };
}

/** Ten samples of 10,000 cells. */
async function timeOnce(): Promise<number> {
  const [one] = plantPatients({ kind: 'two-state', patients: 1, nCells: 10_000, depth: 3000 });
  const cells = cellsOf(Array.from({ length: 10 }, () => one ?? []).flat());
  const start = performance.now();
  await switchShape(cells, { contrast }, context);
  return performance.now() - start;
}

async function run(): Promise<void> {
  const rows: object[] = [];
  for (const nCells of [400, 1000]) {
    for (const depth of [150, 300, 600, 1500, 5000]) {
      for (const kind of ['two-state', 'graded', 'mixture'] as const) rows.push(await verdictsOf(kind, nCells, depth));
    }
  }
  const result = {
    what: `${String(patients)} planted patients per row; depth: median counts per cell; graded: normal, uniform or skewed`,
    units: 'patients per verdict; milliseconds for 100,000 cells in ten samples with the depth controls, one thread',
    ...machine(),
    milliseconds: spreadOf([await timeOnce(), await timeOnce(), await timeOnce()]),
    rows,
  };
  writeFileSync('bench/switch-shape.json', `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
}

void run();
