import { createTable, type Table } from '../../data/table.js';
import type { EvidenceLine } from '../../regulators/evidence.js';
import { evidenceTable, regulatorTable, regulonPatientsTable } from '../../regulators/regulator-table.js';
import type { Analysis } from '../../claims/analysis.js';
import { columnsOf } from './column.js';

/** All tables about regulators; none without a regulon pack. */
export function regulatorTables(analysis: Analysis): readonly Table[] {
  const { regulators, namedRegulators } = analysis;
  if (regulators === null) return [];
  return [
    regulatorTable(regulators),
    regulonPatientsTable(namedRegulators),
    namedRegulatorsTable(analysis),
    evidenceTable(namedRegulators),
  ];
}

/** One row per line of evidence of a regulator tested by name, with its leading number. */
function namedRegulatorsTable({ namedRegulators }: Analysis): Table {
  const rows = namedRegulators.flatMap((named) => named.lines.map((line) => ({ named, line, lead: leadOf(line) })));
  const { text, number } = columnsOf(rows);
  return createTable('named_regulators', 'Regulators tested by name, each line of evidence graded apart', [
    text('regulator', 'Regulator', (r) => r.named.regulator),
    text('line', 'Line of evidence', (r) => r.line.id),
    text('verdict', 'supported, not supported, contradicted or not testable', (r) => r.line.verdict),
    text('quantity', 'What the number is', (r) => r.lead?.label.en ?? null),
    number('value', 'Its leading number', (r) => r.lead?.value),
    number('low', 'Lower end of its interval', (r) => r.lead?.low),
    number('high', 'Upper end of its interval', (r) => r.lead?.high),
    number('p_value', 'P value of the line, when it has one', (r) => pValueOf(r.line)),
    text('note', 'Why', (r) => r.line.reasons.map((reason) => reason.text.en).join(' ')),
  ]);
}

/** The number each line is read by, and the P value its verdict uses. */
const leading: Readonly<Record<EvidenceLine['id'], { readonly value: string; readonly p: string }>> = {
  expression: { value: 'log-fold-change', p: 'p-adjusted' },
  regulon: { value: 'z', p: 'p-family-wise' },
  patients: { value: 'regulon-effect', p: 'sign-p' },
  chromatin: { value: 'log-enrichment', p: 'p-adjusted' },
  perturbation: { value: 'correlation', p: 'p-for' },
  dissociation: { value: 'rest-z', p: 'rest-p' },
};

function leadOf(line: EvidenceLine): EvidenceLine['numbers'][number] | null {
  return line.numbers.find((entry) => entry.id === leading[line.id].value) ?? null;
}

function pValueOf(line: EvidenceLine): number | null {
  return line.numbers.find((entry) => entry.id === leading[line.id].p)?.value ?? null;
}
