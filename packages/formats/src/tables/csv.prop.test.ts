import { createTable, type Table } from '@remnant/engine';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatCsv, parseCsv } from './csv.js';

const text = fc.option(
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'a,b', 'say "x"', 'two\nlines', '\r', ' ')),
);
const number = fc.double().map((value) => (Object.is(value, -0) ? 0 : value));

const table = fc.integer({ min: 0, max: 8 }).chain((nRows) =>
  fc
    .array(
      fc.oneof(
        fc.array(text, { minLength: nRows, maxLength: nRows }).map((values) => ({ kind: 'text' as const, values })),
        fc
          .array(number, { minLength: nRows, maxLength: nRows })
          .map((values) => ({ kind: 'number' as const, values: Float64Array.from(values) })),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map(
      (columns): Table =>
        createTable(
          't',
          'd',
          columns.map((column, i) => ({ name: `column "${String(i)}", x`, description: '', ...column })),
        ),
    ),
);

it('reads every table back as it was written', () => {
  fc.assert(
    fc.property(table, (original) => {
      expect(parseCsv(formatCsv(original), original)).toEqual(original);
    }),
  );
});
