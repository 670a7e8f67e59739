import { fragment, type Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import { label, rectangle } from '../svg/marks.js';
import { ink, stageColour } from '../svg/palette.js';
import { fitText, textWidth } from '../svg/text-width.js';
import { readColumns } from '../tables/read-columns.js';
import { halfWidth } from './figure.js';

/** How many samples of each stage a cluster holds. */
export interface ClusterCount {
  readonly cluster: string;
  readonly stage: string;
  readonly n: number;
}

/** Samples per cluster and stage of one display; empty when the run did not count them. */
export function clusterCounts(context: ReportContext, display: string): readonly ClusterCount[] {
  const read = readColumns(context.result, 'sample_clusters', {
    numbers: ['n'],
    texts: ['display', 'cluster', 'group_kind', 'group'],
  });
  if (!read.found) return [];
  return [...read.texts.display.keys()]
    .filter((i) => read.texts.display[i] === display && read.texts.group_kind[i] === 'stage')
    .map((i) => ({
      cluster: read.texts.cluster[i] ?? '',
      stage: read.texts.group[i] ?? '',
      n: read.numbers.n[i] as number,
    }))
    .filter((count) => count.n > 0);
}

/** Clusters as bars of their stages, then how well clusters agree with stage, technology and patient. */
export function clusterBars(
  context: ReportContext,
  display: string,
  top: number,
): { readonly markup: Markup; readonly bottom: number; readonly isEmpty: boolean; readonly agreements: number } {
  const counts = clusterCounts(context, display);
  const clusters = [...new Set(counts.map((count) => count.cluster))];
  const text = context.text.figures.sampleMap;
  const nameWidth = Math.max(0, ...clusters.map((cluster) => textWidth(text.cluster(cluster), 11))) + 10;
  const largest = Math.max(1, ...clusters.map((cluster) => sizeOf(counts, cluster)));
  const scale = (halfWidth - nameWidth - 2) / largest;
  const bars = clusters.map((cluster, i) => {
    const mine = counts.filter((count) => count.cluster === cluster);
    return oneBar(text.cluster(cluster), mine, nameWidth, scale, top + i * 24);
  });
  const agreementTop = top + clusters.length * 24 + (clusters.length > 0 ? 12 : 0);
  const lines = agreementLines(context, display);
  return {
    isEmpty: clusters.length === 0,
    agreements: lines.length,
    bottom: agreementTop + (lines.length === 0 ? 0 : 12 + 16 * lines.length),
    markup: fragment(
      bars,
      lines.length > 0 && label(text.agreement, 0, agreementTop + 4, { size: 11, bold: 'bold' }),
      lines.map((line, i) => label(fitText(line, halfWidth, 11), 0, agreementTop + 20 + 16 * i, { size: 11 })),
    ),
  };
}

function sizeOf(counts: readonly ClusterCount[], cluster: string): number {
  return counts.filter((count) => count.cluster === cluster).reduce((sum, count) => sum + count.n, 0);
}

function oneBar(name: string, counts: readonly ClusterCount[], left: number, scale: number, y: number): Markup {
  let x = left;
  const parts = counts.map((count) => {
    const width = count.n * scale;
    const written = String(count.n);
    const fits = width > textWidth(written, 10.5) + 3;
    const part = fragment(
      rectangle(x, y, Math.max(1, width - 1), 17, { fill: stageColour(count.stage) }),
      fits &&
        label(written, x + width / 2, y + 12.5, { size: 10.5, anchor: 'middle', colour: ink.paper, bold: 'bold' }),
    );
    x += width;
    return part;
  });
  return fragment(label(name, 0, y + 12.5, { size: 11 }), parts);
}

/** The agreement of this display and, beside the correction that keeps the stage, of the one that does not know it. */
function agreementLines(context: ReportContext, display: string): readonly string[] {
  const blind = display === 'corrected' ? agreementLine(context, 'corrected-blind') : '';
  const { blind: name } = context.text.figures.sampleMap;
  return [agreementLine(context, display), blind === '' ? '' : name(blind)].filter((line) => line !== '');
}

function agreementLine(context: ReportContext, display: string): string {
  const read = readColumns(context.result, 'sample_cluster_agreement', {
    numbers: ['adjusted_rand_index'],
    texts: ['display', 'group_kind'],
  });
  if (!read.found) return '';
  const rows = [...read.texts.display.keys()].filter((i) => read.texts.display[i] === display);
  const { words } = context.text;
  const names: Readonly<Record<string, string>> = {
    stage: words.stage,
    technology: words.technology,
    patient: words.patient,
  };
  const parts = rows.map((i) => {
    const kind = read.texts.group_kind[i] ?? '';
    return `${(names[kind] ?? kind).toLowerCase()} ${context.number.fixed(read.numbers.adjusted_rand_index[i] as number)}`;
  });
  return parts.join(' · ');
}
