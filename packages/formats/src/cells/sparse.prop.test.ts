import type { CsrMatrix } from '@remnant/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource, openFile } from '../source.js';
import { createIndices, createValues, putValues } from './compact-arrays.js';
import { type MajorAxis, readMatrixMarket } from './matrix-market.js';
import { type Compressed, toCsr, transpose } from './sparse.js';
import { createSparseBuilder } from './sparse-builder.js';

/** Values of every kind of array: one byte, two, float32, float64; explicit zeros too. */
const value = fc.oneof(
  fc.constantFrom(0, 1, 255),
  fc.constantFrom(256, 65_535),
  fc.constantFrom(0.5, -1, 65_536, 2 ** 24),
  fc.constantFrom(0.1, 2 ** 24 + 1),
);
const narrow = fc.constantFrom(0, 1, 2, 255);

interface Entry {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

const shape = [5, 7] as const;
const entries = (values: fc.Arbitrary<number>): fc.Arbitrary<Entry[]> =>
  fc.array(fc.record({ row: fc.nat(shape[0] - 1), column: fc.nat(shape[1] - 1), value: values }), { maxLength: 40 });

/** The slow, obvious way. */
function denseOf(list: readonly Entry[]): number[][] {
  const rows = Array.from({ length: shape[0] }, () => new Array<number>(shape[1]).fill(0));
  for (const { row, column, value: v } of list) rows[row]![column]! += v;
  return rows;
}

function denseRows({ shape: [nRows, nColumns], indptr, indices, data }: CsrMatrix): number[][] {
  return Array.from({ length: nRows }, (_, i) => {
    const row = new Array<number>(nColumns).fill(0);
    for (let k = indptr[i]!; k < indptr[i + 1]!; k++) row[indices[k]!] = data[k]!;
    return row;
  });
}

/** Rows in the order of the list: unsorted, with repeats and zeros. */
function compressedOf(list: readonly Entry[]): Compressed {
  const byRow = Array.from({ length: shape[0] }, (_, i) => list.filter((entry) => entry.row === i));
  const flat = byRow.flat();
  const indptr = Uint32Array.from([0, ...byRow.map((_, i) => byRow.slice(0, i + 1).flat().length)]);
  const indices = createIndices(flat.length, shape[1]);
  indices.set(flat.map((entry) => entry.column));
  const data = putValues(
    createValues(flat.length),
    0,
    flat.map((entry) => entry.value),
  );
  return { nMajor: shape[0], nMinor: shape[1], indptr, indices, data };
}

function expectCanonical(matrix: CsrMatrix): void {
  expect(matrix.data.includes(0)).toBe(false);
  for (let i = 0; i < matrix.shape[0]; i++) {
    const row = [...matrix.indices.subarray(matrix.indptr[i], matrix.indptr[i + 1])];
    expect(row).toEqual([...new Set(row)].sort((a, b) => a - b));
  }
}

const close = (rows: readonly (readonly number[])[]): number[][] => rows.map((row) => row.map((v) => Math.fround(v)));

describe('toCsr', () => {
  it('sorts, sums repeats and drops zeros, whatever the kind of values', () => {
    fc.assert(
      fc.property(entries(value), (list) => {
        const matrix = toCsr(compressedOf(list));
        expect(close(denseRows(matrix))).toEqual(close(denseOf(list)));
        expectCanonical(matrix);
      }),
    );
  });

  it('keeps sums exact where they outgrow one byte', () => {
    fc.assert(
      fc.property(entries(narrow), (list) => {
        expect(denseRows(toCsr(compressedOf(list)))).toEqual(denseOf(list));
      }),
    );
  });

  it('turns rows round that come in falling order', () => {
    const list = [6, 4, 1].map((column) => ({ row: 2, column, value: column }));
    expect([...toCsr(compressedOf(list)).indices]).toEqual([1, 4, 6]);
  });
});

describe('transpose', () => {
  it('taken twice gives the matrix back', () => {
    fc.assert(
      fc.property(entries(value), (list) => {
        const matrix = toCsr(compressedOf(list));
        const once = { ...matrix, nMajor: shape[0], nMinor: shape[1] };
        const twice = transpose(transpose(once));
        expect([...twice.indices]).toEqual([...matrix.indices]);
        expect([...twice.data]).toEqual([...matrix.data]);
        expect([...twice.indptr]).toEqual([...matrix.indptr]);
      }),
    );
  });
});

describe('the builder', () => {
  it('gives rows, or columns, of what was added', () => {
    fc.assert(
      fc.property(entries(value), (list) => {
        const dense = denseOf(list);
        const [rows, columns] = [createSparseBuilder(shape[1]), createSparseBuilder(shape[1])];
        for (const row of dense) {
          rows.addRow(row);
          columns.addRow(row);
        }
        expect(denseRows(toCsr(rows.finishRows()))).toEqual(dense);
        const turned = dense[0]!.map((_, j) => dense.map((row) => row[j]!));
        expect(denseRows(toCsr(columns.finishColumns()))).toEqual(turned);
      }),
    );
  });

  it('joins pieces', () => {
    const [nRows, width] = [3, 400_000];
    const builder = createSparseBuilder(width);
    const other = createSparseBuilder(width);
    for (let i = 0; i < nRows; i++) {
      const row = Float64Array.from({ length: width }, (_, j) => 1 + ((i * width + j) % 300));
      builder.addRow(row);
      other.addRow(row);
    }
    const [rows, columns] = [builder.finishRows(), other.finishColumns()];
    expect([rows.data.length, rows.data.constructor, rows.indices.constructor]).toEqual([
      nRows * width,
      Uint16Array,
      Uint32Array,
    ]);
    const places = [0, 2 ** 20 - 1, 2 ** 20, nRows * width - 1];
    expect(places.map((k) => rows.data[k])).toEqual(places.map((k) => 1 + (k % 300)));
    expect([...columns.data.subarray(3, 6)]).toEqual([0, 1, 2].map((i) => 1 + ((i * width + 1) % 300)));
    expect([...columns.indices.subarray(0, 6)]).toEqual([0, 1, 2, 0, 1, 2]);
  });
});

describe('kinds of arrays', () => {
  it.each([
    [[0, 255], Uint8Array],
    [[255, 256], Uint16Array],
    [[65_536, 1], Float32Array],
    [[NaN, 1], Float32Array],
    [[-1, 1], Float32Array],
    [[2 ** 24 + 1, 1], Float64Array],
    [[0.1], Float64Array],
  ])('%j', (values, kind) => {
    const put = putValues(createValues(values.length), 0, values);
    expect(put).toBeInstanceOf(kind);
    expect([...put]).toEqual(values);
  });

  it('indices take sixteen bits up to 65,536', () => {
    expect(createIndices(1, 65_536)).toBeInstanceOf(Uint16Array);
    expect(createIndices(1, 65_537)).toBeInstanceOf(Uint32Array);
  });
});

describe('a Matrix Market file', () => {
  it('is read alike in any order, by columns and by rows', async () => {
    const read = async (text: string, axis: MajorAxis): Promise<number[][]> => {
      const input = await openFile(memorySource({ m: new TextEncoder().encode(text) }), 'm');
      return denseRows(toCsr((await readMatrixMarket(input, 'm', () => axis)).stored));
    };
    await fc.assert(
      fc.asyncProperty(entries(narrow), async (list) => {
        const head = `%%MatrixMarket matrix coordinate integer general\n${shape.join(' ')} ${String(list.length)}\n`;
        const lines = list.map((e) => `${String(e.row + 1)} ${String(e.column + 1)} ${String(e.value)}\n`);
        const sorted = [...lines].sort();
        const dense = denseOf(list);
        const turned = dense[0]!.map((_, j) => dense.map((row) => row[j]!));
        expect(await read(head + lines.join(''), 'rows')).toEqual(dense);
        expect(await read(head + sorted.join(''), 'rows')).toEqual(dense);
        expect(await read(head + lines.join(''), 'columns')).toEqual(turned);
      }),
      { numRuns: 50 },
    );
  });
});
