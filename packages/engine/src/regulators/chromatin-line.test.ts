import { describe, expect, it } from 'vitest';
import { createTable, numberColumn, textColumn } from '../data/table.js';
import { chromatinLine, chromatinTableFrom } from './chromatin-line.js';

const table = (
  name: string,
  values: number[],
  pValues: number[],
  motifs = ['FOS::JUN', 'FOSL1', 'CTCF', 'SP1', 'KLF4'],
) =>
  createTable('motifs', '', [
    textColumn('regulator', '', motifs),
    numberColumn(name, '', values),
    numberColumn('p_value', '', pValues),
  ]);
const options = { hypothesis: 'activated', fdr: 0.05 } as const;
const enriched = chromatinTableFrom(table('log_odds', [2, 1.5, -1.8, 0.1, 0], [1e-9, 1e-6, 1e-7, 0.4, 0.9]));

describe('chromatinLine', () => {
  it('grades enrichment, depletion and neither', () => {
    expect(chromatinLine('FOSL1', enriched, options).verdict).toBe('supported');
    expect(chromatinLine('JUN', enriched, options).verdict).toBe('supported');
    expect(chromatinLine('CTCF', enriched, options).verdict).toBe('contradicted');
    expect(chromatinLine('CTCF', enriched, { ...options, hypothesis: 'inactivated' }).verdict).toBe('supported');
    expect(chromatinLine('SP1', enriched, options).verdict).toBe('not supported');
  });

  it('is not testable without a table or without the motif', () => {
    expect(chromatinLine('FOSL1', null, options).reasons[0]?.code).toBe('no-chromatin');
    expect(chromatinLine('MYC', enriched, options).reasons[0]?.code).toBe('no-motif');
  });

  it('pays for several motifs of one regulator', () => {
    const several = chromatinTableFrom(
      table('log_odds', [1, 0, 0, 0, 0], [0.04, 0.9, 0.9, 0.9, 0.9], ['X', 'X', 'X', 'X', 'Y']),
    );
    const line = chromatinLine('X', several, options);
    expect(line.verdict).toBe('not supported');
    expect(line.numbers.find((number) => number.id === 'p-adjusted')?.value).toBeCloseTo(0.32, 12);
  });
});

describe('chromatinTableFrom', () => {
  it('takes a ratio to log2', () => {
    expect([...chromatinTableFrom(table('enrichment', [4, 2, 1, 0.5, 1], [0, 0, 0, 0, 0])).logEnrichment]).toEqual([
      2, 1, 0, -1, 0,
    ]);
  });

  it('names what is missing or wrong', () => {
    expect(() => chromatinTableFrom(table('score', [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]))).toThrow(
      /column "log_odds".*Found regulator, score, p_value/,
    );
    expect(() => chromatinTableFrom(table('log_odds', [1, 1, 1, 1, 1], [0, 2, 0, 0, 0]))).toThrow(
      /row 3, column "p_value"/,
    );
    expect(() => chromatinTableFrom(table('log_odds', [1, NaN, 1, 1, 1], [0, 0, 0, 0, 0]))).toThrow(
      /row 3, column "enrichment"/,
    );
  });
});
