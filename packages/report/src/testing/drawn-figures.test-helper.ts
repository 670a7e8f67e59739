import type { FigureId, StudyResult, Table } from '@remnant/engine';
import { expect } from 'vitest';
import { missingFigures, renderFigures } from '../render-figures.js';
import { referenceStudy } from './reference-study.test-helper.js';
import { parseStrictly } from './well-formed.test-helper.js';

/** Figures of one subject, drawn from tables alone. */
export interface DrawnFigures {
  readonly draw: (tables: readonly Table[], lang?: 'en' | 'fr') => ReadonlyMap<string, string>;
  /** Reasons of those left out. */
  readonly missing: (tables: readonly Table[], lang?: 'en' | 'fr') => ReadonlyMap<string, string>;
}

const base = { ...referenceStudy(20), tables: [] };

/** A study of these tables and nothing else. */
export function studyOf(tables: readonly Table[]): StudyResult {
  return { ...base, tables };
}

/** Draws the named figures. */
export function figuresOf(ids: readonly FigureId[]): DrawnFigures {
  return {
    draw: (tables, lang = 'en') =>
      new Map(renderFigures(studyOf(tables), { lang }).flatMap(({ id, svg }) => (ids.includes(id) ? [[id, svg]] : []))),
    missing: (tables, lang = 'en') =>
      new Map(
        missingFigures(studyOf(tables), { lang }).flatMap(({ id, reason }) => (ids.includes(id) ? [[id, reason]] : [])),
      ),
  };
}

/** Every label of a figure. */
export function labelsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '');
}

/** Width and height of a figure. */
export function sizeOf(svg: string): readonly [number, number] {
  return (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).slice(1).map(Number) as [number, number];
}

/** Well formed, without a number that is none, on a page, inside its frame and not too large. */
export function expectFitsPage(id: string, svg: string, pageHeight: number): void {
  parseStrictly(svg);
  expect(svg, id).not.toMatch(/NaN|undefined|Infinity|null/);
  const [width, height] = sizeOf(svg);
  expect(height, id).toBeLessThan(pageHeight);
  for (const [, x, y] of svg.matchAll(/<(?:text|rect) x="([-\d.]+)" y="([-\d.]+)"/g)) {
    expect(Number(x), id).toBeGreaterThanOrEqual(-0.01);
    expect(Number(x), id).toBeLessThanOrEqual(width);
    expect(Number(y), id).toBeLessThanOrEqual(height);
  }
  expect(svg.length, id).toBeLessThan(600_000);
}
