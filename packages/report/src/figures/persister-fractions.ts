import type { ReportContext } from '../report-context.js';
import { ink, stageColour } from '../svg/palette.js';
import { type ReadTable, readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut, nothingToDraw } from './figure.js';
import { drawForest, type ForestEstimate, type ForestRow } from './forest.js';

type StageRows = ReadTable<
  'fraction' | 'low' | 'high' | 'n_cells' | 'n_patients',
  'patient' | 'stage' | 'status' | 'basis'
>;

/** Persister fraction of every patient at every stage, and over patients. */
export function drawPersisterFractions(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'persister_stages', {
    numbers: ['fraction', 'low', 'high', 'n_cells', 'n_patients'],
    texts: ['patient', 'stage', 'status', 'basis'],
  });
  if (!read.found) return leftOut(context, read);
  if (!read.numbers.fraction.some(Number.isFinite)) return nothingToDraw(context, 'persister_stages');
  const text = context.text.figures.cells;
  const stages = [...new Set(read.texts.stage)].filter((stage) => stage !== null);
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['persister_stages'],
    caption: text.fractionsCaption,
    svg: drawForest({
      id: figureName('persister-fractions'),
      title: context.text.figureTitles['persister-fractions'],
      description: text.fractionsDescription(new Set(read.texts.patient.filter((p) => p !== null)).size),
      axisTitle: text.fractionAxis,
      labelHeader: context.text.words.stage,
      rows: rowsOf(context, read),
      left: [text.cells],
      right: [text.fraction, text.basisHeader],
      references: [0],
      band: null,
      legend: [
        ...stages.map((stage) => ({
          text: context.text.stage(stage),
          shape: 'circle' as const,
          fill: stageColour(stage),
        })),
        { text: text.noneShown, shape: 'circle', fill: ink.paper, stroke: ink.muted },
      ],
      notes: [],
      number: context.number,
    }),
  };
}

function rowsOf(context: ReportContext, read: StageRows): readonly ForestRow[] {
  const patients = [...new Set(read.texts.patient)];
  const single = patients.filter((patient) => patient !== null);
  return [...single, ...(patients.includes(null) ? [null] : [])].flatMap((patient) => {
    const rows = [...read.texts.patient.keys()].filter(
      (i) => read.texts.patient[i] === patient && Number.isFinite(read.numbers.high[i]),
    );
    if (rows.length === 0) return [];
    const heading = { kind: 'heading', text: patient ?? context.text.pooled } as const;
    return [heading, ...rows.map((i) => rowOf(context, read, i))];
  });
}

function rowOf(context: ReportContext, read: StageRows, i: number): ForestEstimate {
  const { percent, integer } = context.number;
  const stage = read.texts.stage[i] ?? '';
  const [value, low, high] = [read.numbers.fraction[i], read.numbers.low[i], read.numbers.high[i]] as [
    number,
    number,
    number,
  ];
  const isShown = read.texts.status[i] === 'ok';
  const isPooled = read.texts.patient[i] === null;
  const decimals = high < 0.1 ? 1 : 0;
  const range = `${percent(low, decimals)} – ${percent(high, decimals)}`;
  const basis = read.texts.basis[i] ?? '';
  const text = context.text.figures.cells;
  return {
    kind: 'estimate',
    label: context.text.stage(stage),
    remark: null,
    value,
    tick: NaN,
    low,
    high,
    shape: isPooled ? 'diamond' : 'circle',
    colour: stageColour(stage),
    fill: isShown ? 'filled' : 'hollow',
    weight: isPooled ? 'pooled' : 'single',
    left: [isPooled ? text.patients(read.numbers.n_patients[i] as number) : integer(read.numbers.n_cells[i] as number)],
    right: [
      isShown ? `${percent(value, decimals)} [${range}]` : text.atMost(percent(high, decimals)),
      text.basis[basis] ?? basis,
    ],
  };
}
