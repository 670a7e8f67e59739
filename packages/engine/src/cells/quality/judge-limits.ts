import type { Warning } from '../../core/method.js';
import { log10, pow } from '../../core/pinned-math.js';
import type { CellMetrics } from './cell-metrics.js';
import { describeLimits, metricNames } from './describe-limits.js';
import { isWithinLimits, type LimitedMetric, type MetricLimits } from './metric-limits.js';
import { findTwoModes } from './two-modes.js';

/** Says where limits look wrong for the sample: they would remove most of it, or its cells fall into two groups. */
export function judgeLimits(cells: CellMetrics, limits: readonly MetricLimits[]): readonly Warning[] {
  return limits.flatMap((range) => {
    const values = cells[range.metric];
    return values === null ? [] : [...removesMost(values, range), ...twoGroups(values, range)];
  });
}

function removesMost(values: ArrayLike<number>, range: MetricLimits): Warning[] {
  let removed = 0;
  for (let i = 0; i < values.length; i++) if (!isWithinLimits(values[i] as number, range)) removed++;
  if (removed <= values.length / 2) return [];
  return [
    {
      code: 'limit-removes-most',
      message: `The limit on ${metricNames[range.metric]} (${describeLimits(range.metric, range)}) would remove ${String(removed)} of ${String(values.length)} cells: look at the sample before trusting it.`,
    },
  ];
}

/** Median and MAD of two groups describe neither. */
function twoGroups(values: ArrayLike<number>, { metric, deviation }: MetricLimits): Warning[] {
  if (deviation === null) return [];
  const isShare = metric === 'mitochondrialFraction';
  const present = Float64Array.from(values).filter((value) => (isShare ? value >= 0 : value > 0));
  const modes = findTwoModes(isShare ? present : present.map(log10));
  if (modes === null) return [];
  const share = Math.round(100 * modes.lowShare);
  return [
    {
      code: 'two-groups',
      message: `The cells fall into two groups by ${metricNames[metric]}, ${String(share)} % below about ${display(metric, modes.valley)}: the median of all is typical of neither, so consider fixed limits.`,
    },
  ];
}

function display(metric: LimitedMetric, valley: number): string {
  if (metric === 'mitochondrialFraction') return `${String(Math.round(1000 * valley) / 10)} %`;
  return String(Math.round(pow(10, valley)));
}
