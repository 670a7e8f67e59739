import type { CellCounts } from '../cells/cell-counts.js';
import type { Estimate } from '../core/method.js';
import { clopperPearson } from '../stats/exact-binomial.js';
import type { AssemblyInput, JudgedOutcome } from './assemble-calls.js';
import { cyclingThreshold } from './cell-columns.js';
import { fractionEstimate } from './fraction-estimate.js';
import { noneLevel } from './mixture-information.js';
import { basisOf, groupOf, type Replication } from './replication.js';
import type { PersisterSample } from './types.js';
import { leastSeparation } from './verdict.js';

/** The row of one sample; `place` is its position among the samples of its patient. */
export function sampleRow(
  input: AssemblyInput,
  outcome: JudgedOutcome,
  {
    sample: s,
    place,
    replication,
  }: { readonly sample: number; readonly place: number; readonly replication: Replication },
): PersisterSample {
  const { plan, states, verdict } = outcome;
  const { sample, patient, stage, treatment } = input.cells.samples[s] as CellCounts['samples'][number];
  const [start, end] = plan.ranges[place] as readonly [number, number];
  const { level } = input.options;
  const basis = basisOf(replication, groupOf(input.cells, s));
  const own = states?.samples[place];
  const adjusted = states?.adjusted[place];
  const tooClose = states !== null && states.separation < leastSeparation;
  if (states === null || own === undefined || adjusted === undefined || tooClose) {
    return notTestable({ sample, patient, stage, treatment, nCells: end - start }, level, verdict.reasons);
  }
  const calls = verdict.verdict === 'present' && own.nCalled > 0;
  const estimate = (known: typeof own | typeof adjusted, variation: Replication['variation']): Estimate =>
    orNone(
      fractionEstimate(known, { level, variation, basis: variation === null ? 'technical-only' : basis }),
      known.pNone,
    );
  return {
    sample,
    patient,
    stage,
    treatment,
    nCells: own.nCells,
    nCalled: calls ? own.nCalled : 0,
    fraction: estimate(own, replication.variation),
    technicalFraction: estimate(own, null),
    basis,
    adjustedFraction: estimate(adjusted, replication.variation),
    pNone: own.pNone,
    threshold: calls ? own.threshold : null,
    expectedFdr: calls ? own.expectedFdr : null,
    fdrAgainstUntreated: calls ? own.fdrAgainstUntreated : null,
    ...cyclingRates(outcome, place, level),
  };
}

function orNone(estimate: Estimate, pNone: number): Estimate {
  if (estimate.status !== 'ok' || pNone <= noneLevel) return estimate;
  const most = `${((estimate.high ?? 1) * 100).toPrecision(2)} %`;
  return { ...estimate, low: 0, status: 'censored-low', reasons: [`none found, at most ${most}`] };
}

type SampleNames = Pick<PersisterSample, 'sample' | 'patient' | 'stage' | 'treatment' | 'nCells'>;

function notTestable(names: SampleNames, level: number, reasons: readonly string[]): PersisterSample {
  const none: Estimate = {
    value: null,
    low: null,
    high: null,
    level,
    method: 'none',
    status: 'not-identifiable',
    reasons,
  };
  return {
    ...names,
    nCalled: 0,
    fraction: none,
    technicalFraction: none,
    basis: 'technical-only',
    adjustedFraction: none,
    pNone: null,
    threshold: null,
    expectedFdr: null,
    fdrAgainstUntreated: null,
    cyclingCalled: none,
    cyclingOthers: none,
  };
}

function cyclingRates(
  { plan, states, verdict }: JudgedOutcome,
  place: number,
  level: number,
): Pick<PersisterSample, 'cyclingCalled' | 'cyclingOthers'> {
  const first = plan.ranges.slice(0, place).reduce((sum, [start, end]) => sum + end - start, 0);
  const [start, end] = plan.ranges[place] as readonly [number, number];
  const counts = { called: [0, 0], others: [0, 0] };
  for (let c = first; c < first + end - start; c++) {
    const p = states?.cycling.probability[c] ?? NaN;
    if (Number.isNaN(p)) continue;
    const group = verdict.verdict === 'present' && states?.called[c] === 1 ? counts.called : counts.others;
    group[0] = (group[0] as number) + (p > cyclingThreshold ? 1 : 0);
    group[1] = (group[1] as number) + 1;
  }
  const reasons = states?.cycling.reasons ?? [];
  return {
    cyclingCalled: proportion(counts.called, level, reasons),
    cyclingOthers: proportion(counts.others, level, reasons),
  };
}

function proportion(counts: readonly number[], level: number, reasons: readonly string[]): Estimate {
  const [cycling = 0, all = 0] = counts;
  const method = 'cells on the higher level of the S or G2/M genes; Clopper–Pearson interval, cell sampling only';
  if (all === 0) {
    const why = reasons.length > 0 ? reasons : ['no such cell'];
    return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons: why };
  }
  const { estimate, low, high } = clopperPearson(cycling, all, { level });
  return { value: estimate, low, high, level, method, status: 'ok', reasons: [] };
}
