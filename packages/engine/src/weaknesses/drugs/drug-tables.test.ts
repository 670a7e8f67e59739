import { describe, expect, it } from 'vitest';
import { createTable, numberColumn, textColumn } from '../../data/table.js';
import { drugGenesFrom, drugSignaturesFrom } from './drug-tables.js';

const text = (name: string, values: readonly (string | null)[]): ReturnType<typeof textColumn> =>
  textColumn(name, '', values);

describe('drugGenesFrom', () => {
  it('reads pairs, with the words databases use', () => {
    const table = createTable('pairs.csv', '', [
      text('drug_name', ['B', 'A', 'A', null]),
      text('gene_name', ['MET', 'EGFR', 'ERBB2', 'X']),
      text('interaction_type', ['antagonist,inhibitor', 'agonist', null, 'inhibitor']),
      text('approved', ['TRUE', 'FALSE', 'TRUE', 'TRUE']),
    ]);
    expect(drugGenesFrom(table)).toEqual([
      { drug: 'A', gene: 'EGFR', action: 'activates', status: '', source: 'pairs.csv' },
      { drug: 'A', gene: 'ERBB2', action: 'not stated', status: 'approved', source: 'pairs.csv' },
      { drug: 'B', gene: 'MET', action: 'inhibits', status: 'approved', source: 'pairs.csv' },
    ]);
  });

  it('does not choose between two directions of one pair', () => {
    const pair = (...directions: string[]): string | undefined =>
      drugGenesFrom(
        createTable('t', '', [
          text(
            'drug',
            directions.map(() => 'A'),
          ),
          text(
            'gene',
            directions.map(() => 'X'),
          ),
          text('direction', directions),
        ]),
      )[0]?.action;
    expect(pair('inhibits', 'activates')).toBe('not stated');
    expect(pair('', 'activates')).toBe('activates');
    expect(pair('inhibitor;agonist')).toBe('not stated');
  });

  it('names the column or the row that cannot be read', () => {
    expect(() => drugGenesFrom(createTable('t.csv', '', [text('drug', ['A'])]))).toThrow(
      /t\.csv, row 1, column "gene"/,
    );
    const odd = [text('drug', ['A', 'A']), text('gene', ['X', 'Y']), text('direction', ['inhibits', 'tickles'])];
    expect(() => drugGenesFrom(createTable('t.csv', '', odd))).toThrow(/row 3, column "direction".*Found tickles/);
    expect(() => drugGenesFrom(createTable('t.csv', '', [text('drug', [null]), text('gene', ['X'])]))).toThrow(
      /no usable row/,
    );
  });
});

describe('drugSignaturesFrom', () => {
  it('reads one signature per drug', () => {
    const table = createTable('signatures.csv', '', [
      text('perturbation', ['B', 'A', 'A']),
      text('gene', ['X', 'X', 'Y']),
      numberColumn('logFC', '', [1, -2, NaN]),
    ]);
    const found = drugSignaturesFrom(table);
    expect(found.map(({ drug, genes }) => [drug, genes])).toEqual([
      ['A', ['X']],
      ['B', ['X']],
    ]);
    expect(found[0]?.effect).toEqual(Float64Array.of(-2));
  });

  it('names the row that is no number or comes twice', () => {
    const twice = [text('drug', ['A', 'A']), text('gene', ['X', 'X']), numberColumn('effect', '', [1, 2])];
    expect(() => drugSignaturesFrom(createTable('s.csv', '', twice))).toThrow(/s\.csv, row 3.*A and X again/);
    const words = [text('drug', ['A', 'A']), text('gene', ['X', 'Y']), text('effect', ['1', 'high'])];
    expect(() => drugSignaturesFrom(createTable('s.csv', '', words))).toThrow(/row 3, column "effect".*Found high/);
  });
});
