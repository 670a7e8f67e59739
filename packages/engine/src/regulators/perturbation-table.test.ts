import { describe, expect, it } from 'vitest';
import { createTable, numberColumn, textColumn } from '../data/table.js';
import { perturbationTableFrom } from './perturbation-table.js';

const gene = textColumn('gene', '', ['A', 'B', null]);
const change = numberColumn('log2FoldChange', '', [1, NaN, 2]);
const defaults = { direction: 'gain', regulator: null } as const;

describe('perturbationTableFrom', () => {
  it('keeps rows with a gene and a number', () => {
    const found = perturbationTableFrom(createTable('gof', '', [gene, change]), defaults);
    expect(found).toEqual({ genes: ['A'], logFoldChange: Float64Array.of(1), direction: 'gain', regulator: null });
  });

  it('reads direction and regulator where the table has them', () => {
    const columns = [
      gene,
      change,
      textColumn('direction', '', ['loss', 'loss', 'loss']),
      textColumn('regulator', '', ['X', 'X', 'X']),
    ];
    expect(perturbationTableFrom(createTable('lof', '', columns), defaults)).toMatchObject({
      direction: 'loss',
      regulator: 'X',
    });
  });

  it('names what is missing or mixed', () => {
    expect(() => perturbationTableFrom(createTable('gof', '', [gene]), defaults)).toThrow(/column "log2FoldChange"/);
    const mixed = [gene, change, textColumn('direction', '', ['gain', 'loss', 'gain'])];
    expect(() => perturbationTableFrom(createTable('gof', '', mixed), defaults)).toThrow(
      /row 3, column "direction".*Expected gain.*Found loss/,
    );
    const odd = [gene, change, textColumn('direction', '', ['up', 'up', 'up'])];
    expect(() => perturbationTableFrom(createTable('gof', '', odd), defaults)).toThrow(/gain or loss.*Found up/);
  });
});
