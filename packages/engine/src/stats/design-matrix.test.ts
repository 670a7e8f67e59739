import { describe, expect, it } from 'vitest';
import { aliasedColumns, contrastVector, designFromColumns, groupDesign, requireFullRank } from './design-matrix.js';

const stage = ['u', 'r', 'u', 'r', 'l'];
const patient = ['p1', 'p1', 'p2', 'p2', 'p2'];

describe('groupDesign', () => {
  it('gives the first factor every level and later ones all but their first', () => {
    const design = groupDesign([
      { name: 'stage', levels: stage },
      { name: 'patient', levels: patient },
    ]);
    expect(design.columns).toEqual(['stagel', 'stager', 'stageu', 'patientp2']);
    expect(Array.from(design.values.subarray(0, 4))).toEqual([0, 0, 1, 0]);
    expect(Array.from(design.values.subarray(16))).toEqual([1, 0, 0, 1]);
  });

  it('takes an order and a reference', () => {
    const columns = (reference: string): readonly string[] =>
      groupDesign([
        { name: 'stage', levels: stage, order: ['u', 'r', 'l', 'never seen'] },
        { name: 'patient', levels: patient, reference },
      ]).columns;
    expect(columns('p1')).toEqual(['stageu', 'stager', 'stagel', 'patientp2']);
    expect(columns('p2')).toEqual(['stageu', 'stager', 'stagel', 'patientp1']);
  });

  it('adds no column for a later factor with one level', () => {
    const levels = stage.map(() => 'only');
    expect(
      groupDesign([
        { name: 's', levels: stage },
        { name: 'p', levels },
      ]).columns,
    ).toHaveLength(3);
  });

  it('names the column that the others determine', () => {
    const factors = [
      { name: 'stage', levels: ['u', 'u', 'r', 'r'] },
      { name: 'batch', levels: ['a', 'a', 'b', 'b'] },
    ];
    expect(() => groupDesign(factors)).toThrow(/column "batchb".*cannot separate/);
  });

  it('refuses levels and references that do not fit', () => {
    expect(() => groupDesign([])).toThrow(/at least one factor/);
    expect(() =>
      groupDesign([
        { name: 'a', levels: stage },
        { name: 'b', levels: ['x'] },
      ]),
    ).toThrow(/"b".*Expected 5/);
    expect(() => groupDesign([{ name: 'a', levels: stage, reference: 'z' }])).toThrow(/reference level "z"/);
    expect(() => groupDesign([{ name: 'a', levels: stage, order: ['u', 'r'] }])).toThrow(/leaves out l/);
  });
});

describe('rank', () => {
  it('is judged relative to the size of a column', () => {
    const one = [1, 1, 1, 1];
    const tiny = [1e-9, 2e-9, 3e-9, 5e-9];
    expect(aliasedColumns(designFromColumns(['one', 'tiny'], [one, tiny]))).toEqual([]);
    const nearly = [1, 1, 1, 1 + 1e-9];
    expect(aliasedColumns(designFromColumns(['one', 'nearly', 'zero'], [one, nearly, [0, 0, 0, 0]]))).toEqual([
      'nearly',
      'zero',
    ]);
  });

  it('finds the extra columns of a wide design', () => {
    const design = designFromColumns(
      ['a', 'b', 'c'],
      [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    );
    expect(() => requireFullRank(design)).toThrow(/"c" determined/);
  });
});

describe('contrastVector', () => {
  it('places weights by name', () => {
    expect(Array.from(contrastVector({ columns: ['a', 'b', 'c'] }, { c: 1, a: -1 }))).toEqual([-1, 0, 1]);
  });

  it('names an unknown column and the known ones', () => {
    expect(() => contrastVector({ columns: ['a', 'b'] }, { d: 1 })).toThrow(/"d".*one of a, b/);
  });
});
