import { type AxisGroup, curatedAxes } from '@remnant/engine';
import { type ReportContext, say } from '../report-context.js';
import { numbersOrMissing, readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { rowsOf } from './table-order.js';

/** The table `weakness_axes` as read. */
export type AxisTable = ReadTable<'effect' | 'low' | 'high', 'comparison' | 'axis' | 'verdict'>;

/** Groups of the figure, in its order; what is read in the host stands with the immune system. */
export const axisGroups = ['iron', 'lipid', 'death', 'immune', 'state', 'metabolism'] as const;

/** One of {@link axisGroups}. */
export type DrawnGroup = (typeof axisGroups)[number];

/** Whether patients share a change of an axis. */
export type AxisVerdict = 'raised' | 'lowered' | 'not shared' | 'not testable';

/** An axis in one patient. */
export interface AxisDot {
  readonly effect: number;
  readonly verdict: string;
}

/** An axis over the patients. Missing numbers are NaN. */
export interface AxisRow {
  readonly group: DrawnGroup;
  readonly title: string;
  readonly verdict: AxisVerdict;
  readonly reason: string;
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  readonly agree: number;
  readonly asked: number;
  readonly patients: readonly AxisDot[];
}

/**
 * Every axis once, stage against stage, by group. Axes that are read in immune cells alone come from their own comparisons,
 * which are named after the cells.
 */
export function weaknessAxisRows(context: ReportContext, read: AxisTable): readonly AxisRow[] {
  const { comparison, axis } = read.texts;
  const main = rowsOf(comparison, comparison[0] ?? null);
  const known = new Set(main.map((row) => axis[row]));
  const hosts = [...axis.keys()].filter((row) => !known.has(axis[row] ?? null));
  const rows = [...main, ...hosts].map((row) => rowAt(context, read, row));
  return axisGroups.flatMap((group) => rows.filter((row) => row.group === group));
}

function rowAt(context: ReportContext, { texts, numbers }: AxisTable, row: number): AxisRow {
  const { result } = context;
  const count = (column: string): number => numbersOrMissing(result, 'weakness_axes', column)[row] ?? NaN;
  const axis = texts.axis[row] ?? '';
  const comparison = texts.comparison[row] ?? '';
  const curated = curatedAxes.find(({ id }) => id === axis);
  const isHost = curated?.group === 'host';
  const text = context.text.figures.targets.weaknessAxes;
  return {
    group: groupOf(curated?.group),
    title: isHost
      ? text.ahr(comparison.split(': ')[0] ?? '')
      : curated === undefined
        ? axis
        : say(context, curated.title),
    verdict: verdictOf(texts.verdict[row]),
    reason: text.reason(textsOrMissing(result, 'weakness_axes', 'reason')[row] ?? ''),
    effect: numbers.effect[row] as number,
    low: numbers.low[row] as number,
    high: numbers.high[row] as number,
    agree: count('agree'),
    asked: count('asked'),
    patients: dotsOf(context, comparison, axis),
  };
}

function groupOf(group: AxisGroup | undefined): DrawnGroup {
  if (group === 'host') return 'immune';
  return group ?? 'state';
}

function verdictOf(verdict: string | null | undefined): AxisVerdict {
  return verdict === 'raised' || verdict === 'lowered' || verdict === 'not shared' ? verdict : 'not testable';
}

function dotsOf({ result }: ReportContext, comparison: string, axis: string): readonly AxisDot[] {
  const read = readColumns(result, 'weakness_patients', { numbers: ['effect'], texts: ['comparison', 'axis'] });
  if (!read.found) return [];
  const verdicts = textsOrMissing(result, 'weakness_patients', 'verdict');
  return rowsOf(read.texts.axis, axis)
    .filter((row) => read.texts.comparison[row] === comparison && Number.isFinite(read.numbers.effect[row]))
    .map((row) => ({ effect: read.numbers.effect[row] as number, verdict: verdicts[row] ?? '' }));
}
