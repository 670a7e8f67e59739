import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { compactCounts, selectRows } from '../../data/compact-counts.js';
import { cellMetrics, selectMetrics } from './cell-metrics.js';
import { csrFromRows } from './planted-cells.test-helper.js';
import { qualityTasks } from './quality-tasks.js';

const genes = ['MT-ND1', 'MT-CO1', 'RPL3', 'HBB', 'A', 'B', 'C', 'D'];
const rows = fc.array(fc.tuple(...genes.map(() => fc.nat(300))), { minLength: 1, maxLength: 25 });
const context = inlineContext(qualityTasks);
const options = { geneTable: null, topGenes: 3 };

describe('cellMetrics', () => {
  it('does not depend on the order of the cells', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const counts = csrFromRows(values);
        const order = Uint32Array.from(values.keys()).reverse();
        const { warnings, qualityGenes, ...expected } = selectMetrics(
          await cellMetrics({ counts, genes }, options, context),
          order,
        );
        expect(await cellMetrics({ counts: selectRows(counts, order), genes }, options, context)).toMatchObject(
          expected,
        );
        expect(warnings).toEqual([]);
        expect(qualityGenes.mitochondrial.genes).toHaveLength(2);
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on the kind of the arrays', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        const counts = csrFromRows(values);
        const expected = await cellMetrics({ counts, genes }, options, context);
        expect(await cellMetrics({ counts: compactCounts(counts), genes }, options, context)).toEqual(expected);
        const wide = { ...counts, data: Float64Array.from(counts.data), indptr: Float64Array.from(counts.indptr) };
        expect(await cellMetrics({ counts: wide, genes }, options, context)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
