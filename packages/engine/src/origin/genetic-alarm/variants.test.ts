import { describe, expect, it } from 'vitest';
import { fisherExact, variantEvidence, variantFractions } from './variant-fractions.js';
import { variantsFromTable } from './variants-from-table.js';

const read = (
  columns: readonly string[],
  ...rows: readonly (readonly string[])[]
): ReturnType<typeof variantsFromTable> => variantsFromTable({ columns, rows }, { file: 'variants.csv' });
const header = ['timepoint', 'cell', 'V1', 'V2'];

describe('reading variants', () => {
  it('reads mutated, wild type and not covered', () => {
    const found = read(header, ['T1', 'c1', '1', ''], ['T1', 'c2', '0', 'NA']);
    expect(found.variants).toEqual(['V1', 'V2']);
    expect([...found.calls]).toEqual([1, -1, 0, -1]);
    expect(found.sample).toEqual(['T1', 'T1']);
  });

  it('names file, row and column of what it cannot read', () => {
    expect(() => read(header, ['T1', 'c1', '2', '0'])).toThrow(
      'variants.csv, row 2, column "V1": A variant call cannot be read. Expected 1 (mutated), 0 (wild type) or nothing ' +
        '(not covered). Found "2".',
    );
    expect(() => read(['cell', 'V1'], ['c1', '1'])).toThrow('variants.csv, column "sample": A column is missing.');
    expect(() => read(['sample', 'cell'], ['T1', 'c1'])).toThrow('variants.csv: The table has no variants.');
    expect(() => read(['sample', 'cell', 'V1', 'V1'], ['T1', 'c1', '1', '1'])).toThrow('A variant has two columns.');
    expect(() => read(header, ['T1', '', '1', '1'])).toThrow('variants.csv, row 2, column "cell": A value is missing.');
    expect(() => read(header, ['T1', 'c', '1', '1'], ['T1', 'c', '1', '1'])).toThrow(
      'variants.csv, row 3, column "cell": Cell "c" is given twice.',
    );
  });
});

describe('mutated fractions', () => {
  const rows = (sample: string, calls: string): string[][] =>
    calls.split('').map((call, i) => [sample, `${sample}${String(i)}`, call === '-' ? '' : call, '1']);
  const variants = read(header, ...rows('T1', '1110-'), ...rows('T2', '0001-'), ...rows('T3', '00000'));
  const cells = {
    patient: 'P',
    stageOf: new Map([
      ['T1', 'untreated'],
      ['T2', 'residual'],
      ['T3', 'residual'],
    ] as const),
  };

  it('counts covered cells only, by sample and stage', () => {
    const { fractions, changes } = variantFractions(variants, cells);
    const v1 = fractions.filter(({ variant }) => variant === 'V1');
    expect(
      v1.map(({ sample, stage, nMutated, nCovered, nCells }) => [sample, stage, nMutated, nCovered, nCells]),
    ).toEqual([
      ['T1', 'untreated', 3, 4, 5],
      ['T2', 'residual', 1, 4, 5],
      ['T3', 'residual', 0, 5, 5],
      [null, 'untreated', 3, 4, 5],
      [null, 'residual', 1, 9, 10],
    ]);
    expect(v1[0]?.fraction.value).toBe(0.75);
    expect(changes.map(({ variant, fromStage, toStage }) => [variant, fromStage, toStage])).toEqual([
      ['V1', 'untreated', 'residual'],
      ['V2', 'untreated', 'residual'],
    ]);
    // R: fisher.test(matrix(c(3, 1, 1, 8), 2))$p.value
    expect(changes[0]?.pValue).toBeCloseTo(0.05174825, 7);
    expect(changes[0]?.pAdjusted).toBeCloseTo(0.1034965, 6);
    expect(changes[0]?.difference.value).toBeCloseTo(1 / 9 - 3 / 4, 12);
    expect(changes[0]?.coverageDifference.value).toBeCloseTo(0.1, 12);
  });

  it('becomes evidence, one label per variant', () => {
    const evidence = variantEvidence(
      variants,
      cells,
      variants.cells.map(() => true),
    );
    expect(evidence.labels.map(({ name }) => name)).toEqual(['V1', 'V2']);
    expect(evidence.labels[0]?.values.slice(0, 5)).toEqual(['mutated', 'mutated', 'mutated', 'wild type', null]);
  });

  it('has the P values of R’s fisher.test', () => {
    expect(
      fisherExact([
        { n: 72, of: 131 },
        { n: 30, of: 77 },
      ]),
    ).toBeCloseTo(0.03129241, 8);
    expect(
      fisherExact([
        { n: 0, of: 0 },
        { n: 3, of: 7 },
      ]),
    ).toBeNaN();
    expect(
      fisherExact([
        { n: 5, of: 10 },
        { n: 5, of: 10 },
      ]),
    ).toBe(1);
  });
});
