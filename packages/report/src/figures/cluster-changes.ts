import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { direction, ink } from '../svg/palette.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut, nothingToDraw } from './figure.js';
import { drawForest, type ForestEstimate } from './forest.js';

/** Change of the share of every cluster within patients. */
export function drawClusterChanges(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'cluster_tests', {
    numbers: ['log_odds_ratio', 'low', 'high', 'mean_untreated', 'mean_treated', 'p_adjusted', 'direction'],
    texts: ['cluster'],
  });
  if (!read.found) return leftOut(context, read);
  const {
    log_odds_ratio: effect,
    low,
    high,
    mean_untreated: before,
    mean_treated: after,
    p_adjusted: p,
  } = read.numbers;
  const rows = [...effect.keys()].filter((i) => Number.isFinite(effect[i]));
  if (rows.length === 0) return nothingToDraw(context, 'cluster_tests');
  const text = context.text.figures.cells;
  const { percent, pValue } = context.number;
  const way = (i: number): string =>
    (read.numbers.direction[i] as number) > 0 ? 'up' : (read.numbers.direction[i] as number) < 0 ? 'down' : 'none';
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['cluster_tests'],
    caption: text.clustersCaption,
    svg: drawForest({
      id: figureName('cluster-changes'),
      title: context.text.figureTitles['cluster-changes'],
      description: text.clustersDescription(rows.length),
      axisTitle: text.clustersAxis(contrastWords(context)),
      labelHeader: text.cluster,
      rows: rows.map(
        (i): ForestEstimate => ({
          kind: 'estimate',
          label: text.clusterName(read.texts.cluster[i] ?? ''),
          remark: null,
          value: effect[i] as number,
          tick: NaN,
          low: low[i] as number,
          high: high[i] as number,
          shape: 'circle',
          colour: way(i) === 'none' ? ink.muted : direction[way(i) as 'up' | 'down'],
          fill: way(i) === 'none' ? 'hollow' : 'filled',
          weight: 'single',
          left: [`${percent(before[i] as number, 1)} → ${percent(after[i] as number, 1)}`],
          right: [pValue(p[i] as number)],
        }),
      ),
      left: [text.shares],
      right: [text.adjustedP],
      references: [0],
      band: null,
      legend: [],
      notes: [],
      number: context.number,
    }),
  };
}
