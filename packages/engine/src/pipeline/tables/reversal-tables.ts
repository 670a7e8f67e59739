import { createTable, type Table } from '../../data/table.js';
import type { Analysis } from '../../claims/analysis.js';
import { columnsOf } from './column.js';

/** One row per patient: does relapse return to untreated? */
export function reversalTable({ reversal }: Analysis): Table {
  const { text, number } = columnsOf(reversal.patients);
  return createTable('reversal', 'Return of relapse samples to the untreated state, patient by patient', [
    text('patient', 'Patient', (p) => p.patient),
    text('status', 'ok, or why there is no estimate', (p) => p.index?.corrected.status ?? 'not-identifiable'),
    text('verdict', 'returned, partial, not returned, inconclusive or not testable', (p) => p.verdict),
    number(
      'index',
      '1 − ⟨R − U, P − U⟩ / |P − U|²: 1 back to untreated, 0 as under treatment',
      (p) => p.index?.plain.value,
    ),
    number('low', 'Lower end of its 90 % interval', (p) => p.index?.plain.low),
    number('high', 'Upper end of its 90 % interval', (p) => p.index?.plain.high),
    number(
      'index_corrected',
      'The same with replicate noise taken out: the verdict is read from it',
      (p) => p.index?.corrected.value,
    ),
    number('corrected_low', 'Lower end of its 90 % interval', (p) => p.index?.corrected.low),
    number('corrected_high', 'Upper end of its 90 % interval', (p) => p.index?.corrected.high),
    number(
      'programme_index',
      'The corrected index over programme genes alone',
      (p) => p.programmeIndex?.corrected.value,
    ),
    text('interval_basis', 'replicates, cell-blocks (technical only) or none', (p) => p.index?.basis ?? null),
    number('n_from', 'Samples before treatment', (p) => p.nFrom),
    number('n_to', 'Samples under treatment', (p) => p.nTo),
    number('n_back', 'Samples at relapse', (p) => p.nBack),
    number('genes_changed', 'Genes changed under treatment', (p) => p.genes?.nChanged),
    number('genes_not_returned', 'Of these, still changed the same way at relapse', (p) => p.genes?.notReturned.length),
    number('genes_different', 'Genes that differ between relapse and untreated', (p) => p.genes?.nDifferent),
    number('genes_equivalent', 'Programme genes proven back within the margin', (p) => p.genes?.programme.nEquivalent),
    number('genes_tested', 'Programme genes tested', (p) => p.genes?.programme.nGenes),
    text('reason', 'Why', (p) => p.reasons.join('; ')),
  ]);
}

/** Genes changed under treatment that do not come back, one row per patient and gene. */
export function notReturnedGenesTable({ reversal }: Analysis): Table {
  const rows = reversal.patients.flatMap(({ patient, genes }) => {
    const place = new Map((genes?.genes ?? []).map((gene, i) => [gene, i]));
    return (genes?.notReturned ?? []).map((gene) => ({ patient, gene, genes, i: place.get(gene) ?? -1 }));
  });
  const { text, number } = columnsOf(rows);
  return createTable('genes_not_returned', 'Genes changed under treatment that are still changed at relapse', [
    text('patient', 'Patient', (r) => r.patient),
    text('gene', 'Gene', (r) => r.gene),
    number(
      'change_under_treatment',
      'log2, under treatment against untreated',
      (r) => r.genes?.changeUnderTreatment[r.i],
    ),
    number('change_at_relapse', 'log2, relapse against untreated', (r) => r.genes?.changeAtRelapse[r.i]),
    number('p_adjusted_at_relapse', 'Adjusted P at relapse', (r) => r.genes?.pAtRelapse[r.i]),
  ]);
}
