import type { ReportContext } from '../report-context.js';
import type { LegendItem } from '../svg/legend.js';
import { ink, stageColour } from '../svg/palette.js';
import { readColumns, type ReadTable } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut, nothingToDraw } from './figure.js';
import { drawForest, type ForestEstimate } from './forest.js';
import { rowsByPatient } from './patient-rows.js';
import { stagesIn } from './table-order.js';

type SampleRows = ReadTable<
  | 'rarefied_clones'
  | 'rarefied_clones_low'
  | 'rarefied_clones_high'
  | 'n_barcoded'
  | 'n_clones'
  | 'top_share'
  | 'depth',
  'sample' | 'patient' | 'stage' | 'status'
>;

/** Clones among equally many cells, sample by sample. */
export function drawLineageDiversity(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'lineage_samples', {
    numbers: [
      ...(['rarefied_clones', 'rarefied_clones_low', 'rarefied_clones_high'] as const),
      ...(['n_barcoded', 'n_clones', 'top_share', 'depth'] as const),
    ],
    texts: ['sample', 'patient', 'stage', 'status'],
  });
  if (!read.found) return leftOut(context, read);
  const samples = inStageOrder(read).filter((i) => (read.numbers.n_barcoded[i] as number) > 0);
  if (!read.numbers.rarefied_clones.some(Number.isFinite)) return nothingToDraw(context, 'lineage_samples');
  const text = context.text.figures.origin.lineageDiversity;
  const depth = Math.max(...read.numbers.depth.filter(Number.isFinite));
  const hollow = samples.filter((i) => !isMeasured(read, i)).length;
  const { rows, spacing } = rowsByPatient(
    samples.map((i) => ({ patient: read.texts.patient[i] ?? '', row: rowOf(context, read, i) })),
  );
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['lineage_samples', 'lineage_stages'],
    caption: text.caption(depth),
    svg: drawForest({
      id: figureName('lineage-diversity'),
      title: context.text.figureTitles['lineage-diversity'],
      description: text.description(samples.length, hollow),
      axisTitle: text.axis(depth),
      labelHeader: text.sample,
      rows,
      spacing,
      left: [text.barcoded],
      right: [text.clones, text.topClone, text.verdict],
      references: [0],
      band: null,
      legend: legendOf(context, read, hollow > 0),
      notes: [],
      number: context.number,
    }),
  };
}

/** Samples of a patient in the order of its stages; patients stay in the order of the table. */
function inStageOrder({ texts }: SampleRows): readonly number[] {
  const stages = stagesIn(texts.stage);
  const place = (i: number): number => stages.indexOf(texts.stage[i] ?? '');
  return [...texts.sample.keys()].sort((a, b) => place(a) - place(b) || a - b);
}

function legendOf(context: ReportContext, read: SampleRows, hasHollow: boolean): readonly LegendItem[] {
  const hollow = {
    text: context.text.figures.origin.lineageDiversity.hollow,
    shape: 'circle',
    fill: ink.paper,
    stroke: ink.muted,
  } as const;
  const stages = stagesIn(read.texts.stage).map(
    (stage): LegendItem => ({ text: context.text.stage(stage), shape: 'circle', fill: stageColour(stage) }),
  );
  return hasHollow ? [...stages, hollow] : stages;
}

function isMeasured({ numbers, texts }: SampleRows, i: number): boolean {
  return texts.status[i] === 'ok' && Number.isFinite(numbers.rarefied_clones[i]);
}

function rowOf(context: ReportContext, read: SampleRows, i: number): ForestEstimate {
  const { fixed, integer, percent } = context.number;
  const text = context.text.figures.origin.lineageDiversity;
  const at = (name: keyof SampleRows['numbers']): number => read.numbers[name][i] as number;
  const isShown = isMeasured(read, i);
  const [value, low, high] = [at('rarefied_clones'), at('rarefied_clones_low'), at('rarefied_clones_high')];
  const unmeasured = read.texts.status[i] === 'ok' ? text.notReached : text.insufficient;
  const share = at('top_share');
  return {
    kind: 'estimate',
    label: read.texts.sample[i] ?? '',
    remark: null,
    value: isShown ? value : at('n_clones'),
    tick: NaN,
    low: isShown ? low : NaN,
    high: isShown ? high : NaN,
    shape: 'circle',
    colour: stageColour(read.texts.stage[i] ?? ''),
    fill: isShown ? 'filled' : 'hollow',
    weight: 'single',
    left: [integer(at('n_barcoded'))],
    right: [
      isShown ? `${fixed(value, 1)} [${context.number.interval(low, high, (x) => fixed(x, 1))}]` : unmeasured,
      Number.isFinite(share) ? percent(share) : '',
      verdictOf(context, read, i),
    ],
  };
}

/** The verdict of the sample, or of its stage where it is the only sample of it, against the earliest stage. */
function verdictOf(context: ReportContext, { texts }: SampleRows, i: number): string {
  const stages = readColumns(context.result, 'lineage_stages', {
    numbers: [],
    texts: ['patient', 'from_stage', 'to_stage', 'sample', 'verdict'],
  });
  if (!stages.found) return '';
  const { patient, from_stage: from, to_stage: to, sample, verdict } = stages.texts;
  const isAlone = [...texts.sample.keys()].every(
    (other) => other === i || texts.patient[other] !== texts.patient[i] || texts.stage[other] !== texts.stage[i],
  );
  const [first] = [...patient.keys()]
    .filter((row) => patient[row] === texts.patient[i] && to[row] === texts.stage[i])
    .filter((row) => sample[row] === texts.sample[i] || (isAlone && sample[row] === null))
    .sort((a, b) => stagesIn(from).indexOf(from[a] ?? '') - stagesIn(from).indexOf(from[b] ?? ''));
  const found = first === undefined ? null : verdict[first];
  return found == null ? '' : context.text.figures.origin.verdict(found);
}
