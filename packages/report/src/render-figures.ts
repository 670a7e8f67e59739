import type { FigureId, StudyResult } from '@remnant/engine';
import { figureIds, figureRenderers } from './figures/registry.js';
import { reportContext, type ReportOptions } from './report-context.js';

/** One figure as a standalone SVG file. */
export interface RenderedFigure {
  readonly id: FigureId;
  readonly title: string;
  readonly svg: string;
}

/** A figure that could not be drawn. */
export interface MissingFigure {
  readonly id: FigureId;
  readonly title: string;
  readonly reason: string;
}

/**
 * Every figure the result has data for, as standalone SVG: no style sheet, no script, no font file, text kept as text.
 * The same drawings stand in the report.
 *
 * @param result - what a run found
 * @param options - language of labels and numbers
 * @returns figures in report order; those without data are in `missingFigures`
 */
export function renderFigures(result: StudyResult, options: ReportOptions): readonly RenderedFigure[] {
  const context = reportContext(result, options);
  return figureIds.flatMap((id) => {
    const outcome = figureRenderers[id](context);
    if (outcome.kind === 'left-out') return [];
    const svg = `<?xml version="1.0" encoding="UTF-8"?>\n${outcome.svg.markup}\n`;
    return [{ id, title: context.text.figureTitles[id], svg }];
  });
}

/** The figures `renderFigures` leaves out, each with its reason in words. */
export function missingFigures(result: StudyResult, options: ReportOptions): readonly MissingFigure[] {
  const context = reportContext(result, options);
  return figureIds.flatMap((id) => {
    const outcome = figureRenderers[id](context);
    return outcome.kind === 'left-out' ? [{ id, title: context.text.figureTitles[id], reason: outcome.reason }] : [];
  });
}
