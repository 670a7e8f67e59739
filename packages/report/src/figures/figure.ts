import type { FigureId } from '@remnant/engine';
import type { Markup } from '../markup/markup.js';
import type { ReportContext } from '../report-context.js';
import type { MissingData } from '../tables/read-columns.js';

/** A figure that could be drawn. */
export interface DrawnFigure {
  readonly kind: 'drawn';
  readonly svg: Markup;
  /** How to read it, with its counts, in the language of the report. */
  readonly caption: string;
  /** Tables it was drawn from. */
  readonly tables: readonly string[];
  /** Half-width figures may stand side by side. */
  readonly width: 'full' | 'half';
}

/** A figure that had nothing to be drawn from, and why. */
export interface LeftOutFigure {
  readonly kind: 'left-out';
  readonly reason: string;
}

/** What became of a figure. */
export type FigureOutcome = DrawnFigure | LeftOutFigure;

/** Draws one figure from the tables of a result. */
export type DrawFigure = (context: ReportContext) => FigureOutcome;

/** Width of a figure across the page, in pixels: 190 mm at 96 dots per inch. */
export const fullWidth = 720;

/** Width of a figure that shares its row. */
export const halfWidth = 344;

/** The identity of a figure's title and description elements. */
export function figureName(id: FigureId): string {
  return `figure-${id}`;
}

/** A figure left out because of a table or columns that are missing. */
export function leftOut(context: ReportContext, missing: MissingData): LeftOutFigure {
  return { kind: 'left-out', reason: context.text.missing[missing.reason](missing.table, missing.columns) };
}

/** A figure left out because its columns hold no number. */
export function nothingToDraw(context: ReportContext, table: string): LeftOutFigure {
  return { kind: 'left-out', reason: context.text.missing['no-values'](table, []) };
}
