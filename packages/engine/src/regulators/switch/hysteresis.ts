import type { Estimate, MethodInfo, Warning } from '../../core/method.js';
import { mean } from '../../core/sum.js';
import { studentQuantile } from '../../stats/distributions.js';
import { randomEffects } from '../../stats/meta-analysis.js';
import type { SeriesPoint } from './dose-series.js';

/** Options of {@link hysteresis}. */
export interface HysteresisOptions {
  /** Fewest different levels on each way; default 3. */
  readonly minimumLevels?: number;
  /** Differences within this band of zero count as none; default 0.1 of the rise on the way up. */
  readonly margin?: number;
}

/** The programme at one level of one patient, going up and coming down, as shares of its rise on the way up. */
export interface HysteresisLevel {
  readonly level: number;
  /** Between the neighbours in a straight line where the way up has no sample at this level. */
  readonly up: number;
  readonly down: number;
  readonly difference: number;
}

/** One patient's loop. */
export interface PatientHysteresis {
  readonly patient: string;
  readonly status: 'ok' | 'not-testable';
  readonly reason: string | null;
  readonly nUp: number;
  readonly nDown: number;
  readonly levels: readonly HysteresisLevel[];
  /** Mean of the way down less the way up; above zero the programme stays on at a dose that did not switch it on. */
  readonly difference: Estimate;
}

/** Whether the programme depends on where it comes from. */
export interface Hysteresis {
  readonly patients: readonly PatientHysteresis[];
  /** Mean over patients, each weighing the same. */
  readonly difference: Estimate;
  /** `memory`: stays on · `none`: within the margin · `reverse`: is lower coming down · `cannot tell` · `not testable`. */
  readonly verdict: 'memory' | 'none' | 'reverse' | 'cannot tell' | 'not testable';
  readonly agree: number;
  readonly asked: number;
  readonly margin: number;
  readonly reasons: readonly string[];
  readonly warnings: readonly Warning[];
}

/** What {@link hysteresis} is. */
export const hysteresisInfo: MethodInfo = {
  id: 'hysteresis',
  title: 'The programme at the same dose going up and coming down',
  version: '1.0.0',
  doi: ['10.1073/pnas.0235349100', '10.1002/sim.1482'],
  input: 'programme activity of samples with increasing and then decreasing dose, per patient',
  output: 'difference at equal dose per patient and over patients',
  random: false,
};

/**
 * Compares the programme at equal dose (or regulator level) going up and coming down. At every level of the way down that lies
 * within the way up the difference is taken against the way up, between samples in a straight line; a patient is the mean of
 * its levels, as a share of its rise on the way up. A switch with memory stays on at doses that did not switch it on.
 *
 * Time runs along both ways, so a slow programme that would come back if it were given time also makes a difference: only
 * series held long enough at each dose tell the two apart.
 *
 * The interval of one patient is that of the mean of its levels (Student); over patients Hartung–Knapp. The verdict needs two
 * patients: `memory` above zero, `reverse` below, `none` within ± margin.
 */
export function hysteresis(points: readonly SeriesPoint[], options: HysteresisOptions = {}): Hysteresis {
  const { minimumLevels = 3, margin = 0.1 } = options;
  const names = [...new Set(points.map(({ patient }) => patient))].sort();
  const patients = names.map((patient) =>
    loopOf(
      patient,
      points.filter((point) => point.patient === patient),
      minimumLevels,
    ),
  );
  const asked = patients.filter(({ status }) => status === 'ok');
  const values = asked.map(({ difference }) => difference.value ?? NaN);
  const found = randomEffects(
    values,
    values.map(() => NaN),
  );
  const difference: Estimate = {
    value: found.estimate,
    low: found.low,
    high: found.high,
    level: 0.95,
    method: 'mean over patients, Hartung–Knapp',
    status: found.status,
    reasons: found.reasons,
  };
  const verdict = asked.length < 2 ? 'not testable' : verdictOf(difference, margin);
  return {
    patients,
    difference,
    verdict,
    agree: values.filter((value) => (verdict === 'reverse' ? value < 0 : value > 0)).length,
    asked: asked.length,
    margin,
    reasons: verdict === 'not testable' ? [neededSeries(minimumLevels)] : [],
    warnings: [],
  };
}

function neededSeries(minimumLevels: number): string {
  return `two patients with at least ${String(minimumLevels)} doses going up and ${String(minimumLevels)} coming down are needed`;
}

function verdictOf({ low, high }: Estimate, margin: number): Hysteresis['verdict'] {
  if (low === null || high === null) return 'cannot tell';
  if (low > -margin && high < margin) return 'none';
  if (low > 0) return 'memory';
  return high < 0 ? 'reverse' : 'cannot tell';
}

function loopOf(patient: string, points: readonly SeriesPoint[], minimumLevels: number): PatientHysteresis {
  const up = branchOf(points, 'up');
  const down = branchOf(points, 'down');
  const counts = { patient, nUp: up.length, nDown: down.length };
  const rise = (up[up.length - 1]?.programme ?? NaN) - (up[0]?.programme ?? NaN);
  const reason = reasonAgainst(up, down, { minimumLevels, rise });
  const levels = reason === null ? levelsOf(up, down, rise) : [];
  if (reason !== null || levels.length < 2) {
    const why = reason ?? 'fewer than two levels are on both ways';
    return { ...counts, status: 'not-testable', reason: why, levels, difference: noDifference(why) };
  }
  return { ...counts, status: 'ok', reason: null, levels, difference: meanDifference(levels) };
}

function reasonAgainst(
  up: readonly BranchLevel[],
  down: readonly BranchLevel[],
  { minimumLevels, rise }: { readonly minimumLevels: number; readonly rise: number },
): string | null {
  if (up.length < minimumLevels || down.length < minimumLevels) {
    return `${String(up.length)} levels going up and ${String(down.length)} coming down; at least ${String(minimumLevels)} of each are needed`;
  }
  return rise > 0 ? null : 'the programme does not rise with the dose';
}

function levelsOf(up: readonly BranchLevel[], down: readonly BranchLevel[], rise: number): HysteresisLevel[] {
  const first = up[0] as BranchLevel;
  const last = up[up.length - 1] as BranchLevel;
  const share = (programme: number): number => (programme - first.programme) / rise;
  return down
    .filter(({ level }) => level >= first.level && level <= last.level)
    .map(({ level, programme }) => {
      const before = share(heightAt(up, level));
      return { level, up: before, down: share(programme), difference: share(programme) - before };
    });
}

interface BranchLevel {
  readonly level: number;
  readonly programme: number;
}

/** Mean programme of every level of one way, rising levels. */
function branchOf(points: readonly SeriesPoint[], branch: SeriesPoint['branch']): readonly BranchLevel[] {
  const own = points.filter((point) => point.branch === branch && Number.isFinite(point.programme));
  const levels = [...new Set(own.map(({ level }) => level))].sort((a, b) => a - b);
  return levels.map((level) => ({
    level,
    programme: mean(own.filter((point) => point.level === level).map(({ programme }) => programme)),
  }));
}

function heightAt(branch: readonly BranchLevel[], level: number): number {
  const above = branch.findIndex((point) => point.level >= level);
  const to = branch[above] as BranchLevel;
  if (to.level === level || above === 0) return to.programme;
  const from = branch[above - 1] as BranchLevel;
  const share = (level - from.level) / (to.level - from.level);
  return from.programme + share * (to.programme - from.programme);
}

function meanDifference(levels: readonly HysteresisLevel[]): Estimate {
  const values = levels.map(({ difference }) => difference);
  const n = values.length;
  const value = mean(values);
  const squares = values.reduce((sum, x) => sum + (x - value) ** 2, 0);
  const half = studentQuantile(0.975, n - 1) * Math.sqrt(squares / (n - 1) / n);
  const method = 'mean over levels, Student';
  return { value, low: value - half, high: value + half, level: 0.95, method, status: 'ok', reasons: [] };
}

function noDifference(reason: string): Estimate {
  return {
    value: null,
    low: null,
    high: null,
    level: 0.95,
    method: 'mean over levels, Student',
    status: 'not-identifiable',
    reasons: [reason],
  };
}
