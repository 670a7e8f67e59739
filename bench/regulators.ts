/**
 * Times the activity of 745 regulators in the published contrast of the eight-patient study (14,989 genes): univariate and
 * multivariate linear model, weighted sum with 1,000 permutations and consensus, against decoupleR on the same input.
 * One thread, every run in a process of its own without warm-up.
 *
 *   npm run bench regulators
 *
 * Run from the root of the checkout. Writes bench/regulators.json.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  consensus,
  createActivityInput,
  findTask,
  mlm,
  prepareNetwork,
  regulatorNull,
  regulatorTasks,
  type RunContext,
  ulm,
  weightedSum,
} from '@remnant/engine';
import { machine, type Spread, spreadOf, timeProcess } from './support/processes.js';

const statistics = '../shared/data/bulk/tnbc_pdx_ap1_baudre/differential_persister_vs_naive.csv.gz';
const regulons = '../shared/resources/genesets/collectri_human_TF_target.csv.gz';
const permutations = 1000;
const nRuns = 5;

const context: RunContext = {
  seed: 1,
  executor: {
    concurrency: 1,
    map: <P, R>(task: string, payloads: readonly P[]) =>
      Promise.resolve(payloads.map((payload) => findTask(regulatorTasks, task)(payload, { aborted: false }) as R)),
  },
};

interface Run {
  readonly prepare: number;
  readonly ulm: number;
  readonly mlm: number;
  readonly wsum: number;
  readonly consensus: number;
  /** The five above: from edges and statistic in memory to the consensus. */
  readonly activity: number;
  /** Processor time of the same part, all threads. */
  readonly activityCpu: number;
  /** The permutation null within expression bins, which decoupleR does not have. */
  readonly null?: number;
  readonly cpu: number;
  readonly peakMib: number;
  readonly regulators: number;
  readonly top: string;
  readonly version: string;
  readonly wall?: number;
}

function readRows(path: string): string[][] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  return lines.map((line) => line.replaceAll('"', '').split(','));
}

async function runOnce(): Promise<Run> {
  const [header = [], ...rows] = readRows(statistics);
  const column = (name: string): string[] => rows.map((row) => row[header.indexOf(name)] ?? '');
  const genes = column('Symbol');
  const input = createActivityInput(genes, ['t'], Float64Array.from(column('t'), Number));
  const averageExpression = Float64Array.from(column('AveExpr'), Number);
  const edges = readRows(regulons)
    .slice(1)
    .map(([source = '', target = '', weight]) => ({ source, target, weight: Number(weight) }));
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const network = prepareNetwork(edges, genes);
  const prepared = performance.now();
  const univariate = ulm(input, network);
  const afterUlm = performance.now();
  const multivariate = mlm(input, network);
  const afterMlm = performance.now();
  const sums = await weightedSum(input, network, { permutations }, context);
  const afterSums = performance.now();
  const { scores } = consensus([univariate, multivariate, sums.normWsum]);
  const done = performance.now();
  const cpu = process.cpuUsage();
  const spent = process.cpuUsage(cpuBefore);
  const peakMib = process.resourceUsage().maxRSS / 1024;
  await regulatorNull(input, network, { permutations, averageExpression }, context);
  const top = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number))[0] ?? 0;
  return {
    prepare: prepared - start,
    ulm: afterUlm - prepared,
    mlm: afterMlm - afterUlm,
    wsum: afterSums - afterMlm,
    consensus: done - afterSums,
    activity: done - start,
    activityCpu: (spent.user + spent.system) / 1000,
    null: performance.now() - done,
    cpu: (cpu.user + cpu.system) / 1000,
    peakMib,
    regulators: network.regulators.length,
    top: network.regulators[top] ?? '',
    version: `Node ${process.versions.node}`,
  };
}

function summarise(runs: readonly Run[], step: keyof Run): Spread {
  return spreadOf(runs.map((run) => Number(run[step])));
}

function summary(runs: readonly Run[]): Record<string, Spread | string | number | undefined> {
  const [first] = runs;
  const all = [
    'wall',
    'cpu',
    'activity',
    'activityCpu',
    'prepare',
    'ulm',
    'mlm',
    'wsum',
    'consensus',
    'null',
    'peakMib',
  ] as const;
  const steps = all.filter((step) => first?.[step] !== undefined);
  return {
    version: first?.version,
    regulators: first?.regulators,
    top: first?.top,
    ...Object.fromEntries(steps.map((step) => [step, summarise(runs, step)])),
  };
}

function compare(): void {
  if (!existsSync(statistics) || !existsSync(regulons)) {
    console.log('Skipped: the eight-patient study is not in ../shared beside this checkout.');
    return;
  }
  const self = process.argv[1] ?? '';
  const pairs = Array.from(
    { length: nRuns + 1 },
    () =>
      [
        timeProcess<Run>(process.execPath, [self, '--once']),
        timeProcess<Run>('Rscript', ['bench/regulators.R', statistics, regulons, String(permutations)]),
      ] as const,
  ).slice(1);
  const remnant = pairs.map(([run]) => run);
  const r = pairs.map(([, run]) => run);
  const ratio = (step: 'wall' | 'cpu' | 'activity' | 'activityCpu'): number =>
    Math.round((10 * summarise(r, step).median) / summarise(remnant, step).median) / 10;
  const result = {
    what: `745 regulators, one contrast of 14989 genes, 38233 signed edges: ULM, MLM, weighted sum with ${String(permutations)} permutations, consensus of ULM, MLM and norm_wsum`,
    units: 'milliseconds, peak resident memory in MiB; median, lowest and highest of the runs',
    notes: [
      'wall: the whole process with reading both files, for R with loading decoupleR; the first pair only warms the file cache',
      'activity: edges and statistic in memory to the consensus, in a fresh process without warm-up, on one thread = prepare + ulm + mlm + wsum + consensus',
      'cpu and activityCpu: processor time of the process up to the end of the consensus, and of the activity part; unlike the others they hardly depend on what else the machine does',
      'top: the regulator of highest consensus; IRF1 and STAT1 are closer than the random draws of 1,000 permutations can tell apart',
      'null: the permutation null within expression bins with max-T, done after the rest and not part of it; decoupleR has none',
    ],
    ...machine(),
    runs: nRuns,
    remnant: summary(remnant),
    r: summary(r),
    timesFaster: {
      wall: ratio('wall'),
      cpu: ratio('cpu'),
      activity: ratio('activity'),
      activityCpu: ratio('activityCpu'),
    },
  };
  writeFileSync('bench/regulators.json', `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
}

if (process.argv.includes('--once'))
  void runOnce().then((run) => {
    console.log(JSON.stringify(run));
  });
else compare();
