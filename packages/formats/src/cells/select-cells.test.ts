import { isRemnantError, numberColumn, textColumn } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { cellTexts, requireDisjoint, selectCells } from './select-cells.js';

const cells = {
  obsNames: ['a', 'b', 'c', 'd'],
  obs: [
    textColumn('patient', '', ['P1', 'P1', 'P2', null]),
    textColumn('stage', '', ['pre', 'MRD', 'pre', 'pre']),
    numberColumn('day', '', [0, 21, 0, NaN]),
    textColumn('kept', '', ['True', 'False', 'True', 'True']),
  ],
};
const select = (...conditions: readonly (readonly [string, string])[]): number[] => [
  ...selectCells(
    cells,
    conditions.map(([column, value]) => ({ column, value })),
    'all.h5ad',
  ),
];
const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isRemnantError(error, 'format')) return error.message;
    throw error;
  }
  return 'no error';
};

describe('selectCells', () => {
  it('takes the cells for which all conditions hold', () => {
    expect(select(['patient', 'P1'])).toEqual([0, 1]);
    expect(select(['patient', 'P1'], ['stage', 'pre'])).toEqual([0]);
    expect([...selectCells(cells, null, 'x')]).toEqual([0, 1, 2, 3]);
  });

  it('compares numbers as numbers and truth values in any case', () => {
    expect(select(['day', '21.0'])).toEqual([1]);
    expect(select(['kept', 'TRUE'])).toEqual([0, 2, 3]);
  });

  it('names the nearest column and all there are', () => {
    expect(messageOf(() => select(['patients', 'P1']))).toBe(
      'all.h5ad, column "patients": The table of cells has no column "patients". Expected one of "patient", "stage", "day", "kept". Did you mean "patient"?',
    );
    expect(messageOf(() => selectCells({ ...cells, obs: [] }, [{ column: 'x', value: '1' }], 'm'))).toContain(
      'm, column "x": This file has no table of cells, so no column "x". Put the table beside a 10x matrix as obs.csv',
    );
  });

  it('names the values there are', () => {
    expect(messageOf(() => select(['patient', 'p1']))).toBe(
      'all.h5ad, column "patient": No cell has "p1" in the column "patient". Expected one of "P1", "P2". Did you mean "P1"?',
    );
    expect(messageOf(() => select(['patient', 'P2'], ['stage', 'MRD']))).toContain(
      'No cell has "MRD" in the column "stage" among the cells that the conditions before it leave. Expected one of "pre".',
    );
    expect(messageOf(() => select(['day', 'x']))).toContain('Expected one of "0", "21".');
  });
});

describe('requireDisjoint', () => {
  it('refuses samples that share cells', () => {
    const rows = (...values: number[]): Uint32Array => Uint32Array.from(values);
    const samples = [
      { sample: 'a', rows: rows(0, 1) },
      { sample: 'b', rows: rows(2) },
      { sample: 'c', rows: rows(1, 2, 3) },
    ];
    expect(() => {
      requireDisjoint(samples.slice(0, 2), 'f');
    }).not.toThrow();
    expect(
      messageOf(() => {
        requireDisjoint(samples, 'all.h5ad');
      }),
    ).toBe(
      'all.h5ad, column "subset": The samples "a" and "c" share cells. Found 2 cells in both. Add a condition that tells them apart, for instance "patient=P01;stage=residual".',
    );
  });
});

it('gives labels of a column as texts', () => {
  expect(cellTexts(cells.obs[0]!)).toEqual(['P1', 'P1', 'P2', null]);
  expect(cellTexts(cells.obs[2]!)).toEqual(['0', '21', '0', null]);
});
