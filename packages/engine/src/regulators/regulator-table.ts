import { type Column, createTable, numberColumn, type Table, textColumn } from '../data/table.js';
import type { NamedRegulator } from './named-regulator.js';
import type { RegulatorRanking, RegulatorRow } from './rank-regulators.js';

/** Sharers named in the table, per regulator. */
const namedOverlaps = 3;

/**
 * The ranking as a table, one row per regulator, highest consensus first.
 *
 * @param name - table name, for instance `regulators`
 */
export function regulatorTable(ranking: RegulatorRanking, name = 'regulators'): Table {
  const { rows } = ranking;
  const number = (column: string, description: string, pick: (row: RegulatorRow) => number): Column =>
    numberColumn(column, description, rows.map(pick));
  const text = (column: string, description: string, pick: (row: RegulatorRow) => string | null): Column =>
    textColumn(column, description, rows.map(pick));
  const consensusOf =
    ranking.consensusOf === 'published' ? 'ulm, mlm, wsum, norm_wsum and corr_wsum' : 'ulm, mlm and norm_wsum';
  return createTable(name, 'Regulators ranked by the activity of their targets in the shared effect', [
    text('regulator', 'Regulator', (row) => row.regulator),
    number('rank', 'Rank by consensus, 1 = most active', (row) => row.rank),
    number('n_targets', 'Measured targets', (row) => row.nTargets),
    number('consensus', `Consensus activity of ${consensusOf}`, (row) => row.consensus),
    number('consensus_p_value', 'Two-sided P of the consensus, standard normal', (row) => row.consensusPValue),
    number('ulm', 'Univariate linear model, t', (row) => row.ulm),
    number('ulm_p_value', 'Two-sided P of ulm', (row) => row.ulmPValue),
    number('mlm', 'Multivariate linear model, t; missing when collinear', (row) => row.mlm),
    number('mlm_p_value', 'Two-sided P of mlm', (row) => row.mlmPValue),
    number('norm_wsum', 'Weighted sum standardised by permutations, z', (row) => row.normWsum),
    number('wsum_p_value', 'Two-sided empirical P of the weighted sum', (row) => row.wsumPValue),
    number('null_z', 'Weighted sum standardised within expression bins, z', (row) => row.z),
    number('null_p_value', 'Two-sided permutation P', (row) => row.pValue),
    number('null_p_value_up', 'Permutation P of higher activity', (row) => row.pUpper),
    number('null_p_value_down', 'Permutation P of lower activity', (row) => row.pLower),
    number('null_p_value_family', 'Family-wise permutation P (max-T)', (row) => row.pFamilyWise),
    number('null_p_adjusted', 'Benjamini–Hochberg on P pooled over regulators', (row) => row.pAdjusted),
    number('expression_log2_fold_change', 'Change of the regulator’s own RNA, log2', (row) => row.logFoldChange),
    number('expression_p_adjusted', 'Adjusted P of its own RNA', (row) => row.expressionPAdjusted),
    number('patients_agree', 'Patients in whom it moves as over all patients', (row) =>
      row.agreement === null ? NaN : Math.max(row.agreement.positive, row.agreement.negative),
    ),
    number('patients_asked', 'Patients in whom the regulon could be read', (row) => row.agreement?.asked ?? NaN),
    number('patients_up', 'Patients in whom it is more active', (row) => row.agreement?.positive ?? NaN),
    number('patients_down', 'Patients in whom it is less active', (row) => row.agreement?.negative ?? NaN),
    number('sign_p_value', 'Exact two-sided P of the signs', (row) => row.agreement?.signPValue ?? NaN),
    number('patient_mean', 'Mean slope over patients, log2 per unit of weight', (row) => row.agreement?.mean ?? NaN),
    number('patient_low', 'Lower end of its 95 % interval', (row) => row.agreement?.low ?? NaN),
    number('patient_high', 'Upper end of its 95 % interval', (row) => row.agreement?.high ?? NaN),
    text('flags', 'What to know before reading the row', flagText),
  ]);
}

/** The lines of evidence of the named regulators as a table, one row per number. */
export function evidenceTable(named: readonly NamedRegulator[], name = 'regulator_evidence'): Table {
  const rows = named.flatMap((result) =>
    result.lines.flatMap((line) => {
      const numbers = line.numbers.length > 0 ? line.numbers : [null];
      return numbers.map((entry) => ({ result, line, entry }));
    }),
  );
  type Row = (typeof rows)[number];
  const text = (column: string, description: string, pick: (row: Row) => string | null): Column =>
    textColumn(column, description, rows.map(pick));
  const number = (column: string, description: string, pick: (row: Row) => number | null | undefined): Column =>
    numberColumn(
      column,
      description,
      rows.map((row) => pick(row) ?? NaN),
    );
  return createTable(name, 'Lines of evidence of the regulators tested by name', [
    text('regulator', 'Regulator', (row) => row.result.regulator),
    text('hypothesis', 'activated or inactivated', (row) => row.result.hypothesis),
    text('verdict', 'Verdict over all lines', (row) => row.result.verdict),
    text('line', 'Line of evidence', (row) => row.line.id),
    text('line_verdict', 'Verdict of the line', (row) => row.line.verdict),
    text('number', 'What the number is', (row) => row.entry?.label.en ?? null),
    number('value', 'The number', (row) => row.entry?.value),
    number('low', 'Lower end of its 95 % interval', (row) => row.entry?.low),
    number('high', 'Upper end of its 95 % interval', (row) => row.entry?.high),
    text('unit', 'Unit of the number', (row) => row.entry?.unit ?? null),
  ]);
}

/** The regulons of the named regulators patient by patient, one row each. */
export function regulonPatientsTable(named: readonly NamedRegulator[], name = 'regulator_patients'): Table {
  const rows = named.flatMap(({ regulator, row }) =>
    (row?.agreement?.patients ?? []).map((patient, p) => ({ regulator, patient, p, agreement: row?.agreement })),
  );
  type Row = (typeof rows)[number];
  const number = (column: string, description: string, pick: (row: Row) => number | undefined): Column =>
    numberColumn(
      column,
      description,
      rows.map((row) => pick(row) ?? NaN),
    );
  return createTable(name, 'Regulon activity of the named regulators patient by patient', [
    textColumn(
      'regulator',
      'Regulator',
      rows.map((row) => row.regulator),
    ),
    textColumn(
      'patient',
      'Patient',
      rows.map((row) => row.patient),
    ),
    number('slope', 'Slope on the signed weights, log2 per unit of weight', (row) => row.agreement?.slopes[row.p]),
    number('standard_error', 'Its standard error over genes', (row) => row.agreement?.standardErrors[row.p]),
    number('ulm', 'Univariate linear model, t', (row) => row.agreement?.activities[row.p]),
  ]);
}

function flagText(row: RegulatorRow): string | null {
  if (row.flags.length === 0) return null;
  return row.flags.map((flag) => flagWords(flag, row)).join('; ');
}

function flagWords(flag: RegulatorRow['flags'][number], row: RegulatorRow): string {
  if (flag === 'collinear') return 'MLM cannot tell it from other regulators';
  if (flag === 'no-rna') return 'its own RNA was not measured';
  const names = row.overlaps.slice(0, namedOverlaps).map((entry) => entry.regulator);
  const more = row.overlaps.length - names.length;
  return `regulon shares over 80 % of its targets with ${names.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}
