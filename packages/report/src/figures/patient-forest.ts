import { optionNumber, type ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import type { LegendItem } from '../svg/legend.js';
import { direction, ink } from '../svg/palette.js';
import { numbersOrMissing, type ReadTable, readColumns, textsOrMissing } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut, nothingToDraw } from './figure.js';
import { drawForest, type ForestEstimate } from './forest.js';
import { isPooled } from './pooled.js';

type PatientRows = ReadTable<'score_excess' | 'score_low' | 'score_high' | 'n_from' | 'n_to', 'patient' | 'call'>;

/**
 * The signature learned without a patient, scored on that patient: difference between the stages beyond that of random
 * genes, with its interval, and the bound below which an interval shows absence.
 */
export function drawPatientForest(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'programme_patients', {
    numbers: ['score_excess', 'score_low', 'score_high', 'n_from', 'n_to'],
    texts: ['patient', 'call'],
  });
  if (!read.found) return leftOut(context, read);
  if (!read.numbers.score_excess.some(Number.isFinite)) return nothingToDraw(context, 'programme_patients');
  const text = context.text.figures.patientForest;
  const rows = patientRows(context, read);
  const words = { ...contrastWords(context), signatureSize: optionNumber(context.result, 'signatureSize') };
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['programme_patients'],
    caption: text.caption(words),
    svg: drawForest({
      id: figureName('patient-forest'),
      title: context.text.figureTitles['patient-forest'],
      description: text.description(rows.filter((row) => row.value > 0).length, rows.length),
      axisTitle: text.axis(words),
      labelHeader: context.text.words.patient,
      rows,
      left: [text.samples, text.agreement],
      right: [text.difference, text.call],
      references: [0],
      band: null,
      legend: legendItems(context, rows),
      notes: [],
      number: context.number,
    }),
  };
}

function patientRows(context: ReportContext, read: PatientRows): readonly ForestEstimate[] {
  const { fixed, signed, interval, integer } = context.number;
  const correlations = numbersOrMissing(context.result, 'programme_patients', 'correlation_with_others');
  const bounds = numbersOrMissing(context.result, 'programme_patients', 'absence_bound');
  const outliers = textsOrMissing(context.result, 'programme_patients', 'outlier');
  const { calls, pooled, words } = context.text;
  const rows = read.texts.patient.map((patient, i): ForestEstimate => {
    const value = read.numbers.score_excess[i] as number;
    const [low, high] = [read.numbers.score_low[i] as number, read.numbers.score_high[i] as number];
    const call = read.texts.call[i] ?? '';
    const range = interval(low, high, (x) => fixed(x));
    return {
      kind: 'estimate',
      label: isPooled(patient) ? pooled : (patient ?? ''),
      remark: outliers[i] === 'yes' ? { text: words.outlier, tone: 'alert' } : null,
      value,
      tick: bounds[i] as number,
      low,
      high,
      shape: isPooled(patient) ? 'diamond' : 'circle',
      colour: call === 'present' ? direction.up : ink.muted,
      fill: call === 'present' ? 'filled' : 'hollow',
      weight: isPooled(patient) ? 'pooled' : 'single',
      left: [
        `${integer(read.numbers.n_from[i] as number)} → ${integer(read.numbers.n_to[i] as number)}`,
        fixed(correlations[i] as number),
      ],
      right: [range === '' ? signed(value) : `${signed(value)} [${range}]`, calls[call] ?? call],
    };
  });
  return [...rows.filter((row) => row.weight === 'single'), ...rows.filter((row) => row.weight === 'pooled')];
}

function legendItems(context: ReportContext, rows: readonly ForestEstimate[]): readonly LegendItem[] {
  const { calls } = context.text;
  const text = context.text.figures.patientForest;
  const items: readonly LegendItem[] = [
    { text: calls['present'] ?? 'present', shape: 'circle', fill: direction.up },
    { text: text.notPresent, shape: 'circle', fill: ink.paper, stroke: ink.muted },
  ];
  const hasBounds = rows.some((row) => Number.isFinite(row.tick));
  return hasBounds ? [...items, { text: text.absenceBound, shape: 'tick', fill: ink.text }] : items;
}
