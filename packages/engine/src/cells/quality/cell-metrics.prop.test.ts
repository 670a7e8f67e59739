import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactCounts, selectRows } from '../../data/compact-counts.js';
import { cellMetrics, selectMetrics } from './cell-metrics.js';
import { csrFromRows } from './planted-cells.test-helper.js';

const genes = ['MT-ND1', 'MT-CO1', 'RPL3', 'HBB', 'A', 'B', 'C', 'D'];
const rows = fc.array(fc.tuple(...genes.map(() => fc.nat(300))), { minLength: 1, maxLength: 25 });
const options = { geneTable: null, topGenes: 3 };

describe('cellMetrics', () => {
  it('does not depend on the order of the cells', () => {
    fc.assert(
      fc.property(rows, (values) => {
        const counts = csrFromRows(values);
        const order = Uint32Array.from(values.keys()).reverse();
        const { warnings, qualityGenes, ...expected } = selectMetrics(cellMetrics({ counts, genes }, options), order);
        expect(cellMetrics({ counts: selectRows(counts, order), genes }, options)).toMatchObject(expected);
        expect(warnings).toEqual([]);
        expect(qualityGenes.mitochondrial.genes).toHaveLength(2);
      }),
    );
  });

  it('does not depend on the kind of the arrays', () => {
    fc.assert(
      fc.property(rows, (values) => {
        const counts = csrFromRows(values);
        const expected = cellMetrics({ counts, genes }, options);
        expect(cellMetrics({ counts: compactCounts(counts), genes }, options)).toEqual(expected);
        const wide = { ...counts, data: Float64Array.from(counts.data), indptr: Float64Array.from(counts.indptr) };
        expect(cellMetrics({ counts: wide, genes }, options)).toEqual(expected);
      }),
    );
  });
});
