import { createTable, type Table } from '../../data/table.js';
import type { DrugMatches } from '../../weaknesses/drugs/match-drugs.js';
import { columnsOf } from './column.js';

/** Tables of the drug matching; empty where nothing was matched. */
export function drugTables(matches: DrugMatches): readonly Table[] {
  return [drugMatchesTable(matches), drugTargetsTable(matches)];
}

/** One row per drug, best first. */
function drugMatchesTable({ drugs }: DrugMatches): Table {
  const { text, number } = columnsOf(drugs);
  const targets = (standing: string) => (drug: (typeof drugs)[number]) =>
    (drug.targets?.targets ?? []).flatMap((target) => (target.standing === standing ? [target.gene] : [])).join(' ');
  return createTable('drug_matches', 'Drugs held against the programme, by target and by signature', [
    number('rank', 'Order by verdict, lines for, lines against, reversal, targets', (d) => d.rank),
    text('drug', 'Drug or perturbation', (d) => d.drug),
    text('verdict', 'supported, not supported or contradicted: a hypothesis in any case', (d) => d.verdict),
    text('status', 'Approval or trial status as the tables write it', (d) => d.status),
    text('targets_for', 'Shared genes it would push back', targets('for')),
    text('targets_against', 'Shared genes it would push further', targets('against')),
    number('n_targets', 'Measured targets with a stated direction', (d) => d.targets?.nAsked),
    number('targets_p', 'P of as many targets for among all pairs of the table', (d) => d.targets?.pValue),
    number('targets_p_adjusted', 'The same, adjusted over drugs', (d) => d.targets?.pAdjusted),
    text('core_fitness_targets', 'Targets that dividing normal cells need too', (d) => d.essentialTargets.join(' ')),
    text('signature', 'reverses, mimics, neither or too few genes', (d) => d.reversal?.standing ?? null),
    number('reversal', '1 undoes the programme gene by gene, −1 repeats it', (d) => d.reversal?.reversal),
    number('reversal_low', 'Lower end of its 95 % interval over patients', (d) => d.reversal?.overPatients.low),
    number('reversal_high', 'Upper end of its 95 % interval over patients', (d) => d.reversal?.overPatients.high),
    number('reversal_z', 'Standardised by permuted gene labels', (d) => d.reversal?.z),
    number('reversal_p', 'P against permuted gene labels', (d) => d.reversal?.pValue),
    number('reversal_p_adjusted', 'The same, adjusted over signatures', (d) => d.reversal?.pAdjusted),
    number('patients_agree', 'Patients whose own effects give the same sign', (d) => d.reversal?.agree),
    number('patients', 'Patients asked', (d) => d.reversal?.patients.length),
    number('signature_genes', 'Genes the signature shares with the study', (d) => d.reversal?.nGenes),
    text('sources', 'Where this comes from', (d) => d.sources.join('; ')),
  ]);
}

/** One row per drug and target that the patients share, or that a core fitness gene speaks against. */
function drugTargetsTable({ drugs }: DrugMatches): Table {
  const rows = drugs.flatMap(({ drug, status, targets }) =>
    (targets?.targets ?? [])
      .filter(({ standing }) => standing !== 'not measured' && standing !== 'not shared')
      .map((target) => ({ drug, status, ...target })),
  );
  const { text, number } = columnsOf(rows);
  return createTable('drug_targets', 'Targets the patients share, drug by drug', [
    text('drug', 'Drug', (r) => r.drug),
    text('gene', 'Target', (r) => r.gene),
    text('action', 'What the drug does: inhibits, activates or not stated', (r) => r.action),
    text('standing', 'for: pushes the gene back. against: pushes it further', (r) => r.standing),
    number('log2_fold_change', 'Mean change over patients, log2', (r) => r.shared?.effect),
    number('patients_agree', 'Patients with that sign', (r) => r.shared?.agree),
    number('patients', 'Patients asked', (r) => r.shared?.asked),
    text('core_fitness', 'yes where dividing normal cells need it too; empty without the pack', (r) =>
      r.essential === null ? null : r.essential ? 'yes' : 'no',
    ),
    text('status', 'Approval or trial status of the drug as the tables write it', (r) => r.status),
  ]);
}
