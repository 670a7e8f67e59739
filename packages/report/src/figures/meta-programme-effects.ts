import type { ReportContext } from '../report-context.js';
import { contrastWords } from '../stage-contrast.js';
import { direction, ink } from '../svg/palette.js';
import { optionNumber } from '../report-context.js';
import { readColumns } from '../tables/read-columns.js';
import { type FigureOutcome, figureName, leftOut, nothingToDraw } from './figure.js';
import { drawForest, type ForestEstimate } from './forest.js';

/** Change of every meta-programme under treatment, the patient as unit. */
export function drawMetaProgrammeEffects(context: ReportContext): FigureOutcome {
  const read = readColumns(context.result, 'meta_programmes', {
    numbers: ['difference', 'low', 'high', 'p_adjusted', 'n_patients', 'n_raised', 'n_lowered'],
    texts: ['meta_programme', 'published', 'flags'],
  });
  if (!read.found) return leftOut(context, read);
  const { difference, low, high, p_adjusted: p } = read.numbers;
  const rows = [...difference.keys()].filter((i) => Number.isFinite(difference[i]));
  if (rows.length === 0) return nothingToDraw(context, 'meta_programmes');
  const fdr = optionNumber(context.result, 'fdr') ?? 0.05;
  const text = context.text.figures.cells;
  const isCalled = (i: number): boolean => (p[i] as number) <= fdr;
  const remarkOf = (i: number): ForestEstimate['remark'] => {
    const flags = read.texts.flags[i] ?? '';
    if (flags !== '') return { text: flags, tone: 'alert' };
    const published = read.texts.published[i] ?? null;
    return published === null ? null : { text: published, tone: 'quiet' };
  };
  return {
    kind: 'drawn',
    width: 'full',
    tables: ['meta_programmes'],
    caption: text.metaProgrammesCaption,
    svg: drawForest({
      id: figureName('meta-programme-effects'),
      title: context.text.figureTitles['meta-programme-effects'],
      description: text.metaProgrammesDescription(rows.length),
      axisTitle: text.metaProgrammesAxis(contrastWords(context)),
      labelHeader: text.metaProgramme,
      rows: rows.map(
        (i): ForestEstimate => ({
          kind: 'estimate',
          label: read.texts.meta_programme[i] ?? '',
          remark: remarkOf(i),
          value: difference[i] as number,
          tick: NaN,
          low: low[i] as number,
          high: high[i] as number,
          shape: 'circle',
          colour: !isCalled(i) ? ink.muted : direction[(difference[i] as number) > 0 ? 'up' : 'down'],
          fill: isCalled(i) ? 'filled' : 'hollow',
          weight: 'single',
          left: [text.patients(read.numbers.n_patients[i] as number)],
          right: [
            `${context.number.integer(read.numbers.n_raised[i] as number)} / ${context.number.integer(read.numbers.n_lowered[i] as number)}`,
            context.number.pValue(p[i] as number),
          ],
        }),
      ),
      left: [text.foundIn],
      right: [text.raisedLowered, text.adjustedP],
      references: [0],
      band: null,
      legend: [],
      notes: [],
      number: context.number,
    }),
  };
}
