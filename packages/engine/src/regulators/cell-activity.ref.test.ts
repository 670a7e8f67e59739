import { expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import { readReferenceJson, worstDifference } from '../../../../tests/support/reference.js';
import { cellScoreTasks } from '../cells/scores/score-tasks.js';
import type { CsrMatrix } from '../data/matrix.js';
import type { RegulonEdge } from '../data/resources.js';
import { cellActivity } from './cell-activity.js';
import { prepareNetwork } from './regulon-network.js';
import { ulm } from './ulm.js';

/** decoupler 2.2 on our own simulated cells (reference/cell-scores/cell-scores.py). */
const reference = readReferenceJson<{
  readonly genes: readonly string[];
  readonly counts: readonly (readonly (readonly [number, number])[])[];
  readonly edges: readonly RegulonEdge[];
  readonly ulm: Readonly<Record<string, readonly number[]>>;
}>('cell-scores/expected.json');

const entries = reference.counts.flat();
const indptr = new Uint32Array(reference.counts.length + 1);
reference.counts.forEach((row, i) => (indptr[i + 1] = indptr[i]! + row.length));
const counts: CsrMatrix = {
  kind: 'csr',
  shape: [reference.counts.length, reference.genes.length],
  indptr,
  indices: Uint16Array.from(entries, ([gene]) => gene),
  data: Uint16Array.from(entries, ([, value]) => value),
};
const network = prepareNetwork(reference.edges, reference.genes);
const nRegulators = network.regulators.length;

it('equals decoupler’s ULM of log-normalised counts: sums of 422 doubles in another order, a variance by two formulas', async () => {
  const found = await cellActivity({ counts, genes: reference.genes }, network, {}, inlineContext(cellScoreTasks));
  expect(network.regulators).toEqual(Object.keys(reference.ulm).sort());
  network.regulators.forEach((name, r) => {
    const column = reference.counts.map((_, cell) => found.scores[cell * nRegulators + r]!);
    expect(worstDifference(column, reference.ulm[name]!, { floor: 1 })).toBeLessThan(1e-10);
  });
});

it('equals the ULM of the dense table', async () => {
  const sizeFactors = reference.counts.map((_, cell) => 0.5 + cell / 10);
  const found = await cellActivity(
    { counts, genes: reference.genes },
    network,
    { sizeFactors },
    inlineContext(cellScoreTasks),
  );
  const names = reference.counts.map((_, cell) => `cell ${String(cell)}`);
  const values = new Float64Array(reference.genes.length * names.length);
  reference.counts.forEach((row, cell) => {
    for (const [gene, value] of row) values[gene * names.length + cell] = Math.log1p(value / sizeFactors[cell]!);
  });
  const dense = ulm({ genes: reference.genes, names, values }, network);
  for (let r = 0; r < nRegulators; r++) {
    for (let cell = 0; cell < names.length; cell++) {
      expect(found.scores[cell * nRegulators + r]).toBeCloseTo(dense.scores[r * names.length + cell]!, 10);
    }
  }
  expect(found.df).toBe(reference.genes.length - 2);
});
