import { nearestWord, wordKey } from './nearest.js';
import type { Problem } from './problems.js';
import type { SampleSheet } from './sample-sheet.js';

/** The columns of a sample sheet that Remnant reads. */
export type SampleField =
  | 'sample'
  | 'patient'
  | 'stage'
  | 'treatment'
  | 'dose'
  | 'day'
  | 'replicate'
  | 'technology'
  | 'batch'
  | 'counts'
  | 'expression'
  | 'column'
  | 'subset';

/** Where each field stands in the sheet; a field without a column is absent. */
export type SampleColumns = ReadonlyMap<SampleField, number>;

/** What was made of a header: columns found, readings to show, problems to correct. */
export interface ColumnReading {
  readonly columns: SampleColumns;
  readonly readings: readonly string[];
  readonly problems: readonly Problem[];
}

/** Every field, with the other headers read as it. A header equal to the field but for case and punctuation needs no alias. */
export const columnAliases: Readonly<Record<SampleField, readonly string[]>> = {
  sample: ['sample_id', 'sample_name', 'library', 'library_id', 'échantillon'],
  patient: ['patient_id', 'donor', 'donor_id', 'subject', 'subject_id', 'individual', 'model', 'model_id', 'cell_line'],
  stage: ['state', 'timepoint', 'time_point', 'phase', 'condition', 'stade', 'étape'],
  treatment: ['drug', 'regimen', 'therapy', 'compound', 'traitement', 'médicament'],
  dose: ['concentration'],
  day: ['days', 'time_days', 'jour', 'jours'],
  replicate: ['rep', 'biological_replicate', 'animal', 'mouse', 'réplicat', 'souris'],
  technology: ['tech', 'techno', 'platform', 'assay', 'modality', 'technologie', 'plateforme'],
  batch: ['lot', 'run', 'sequencing_run', 'chip', 'plate'],
  counts: ['count', 'counts_path', 'cells', 'comptages'],
  expression: ['expression_path', 'expression_table', 'table'],
  column: ['col', 'column_name', 'colonne'],
  subset: ['cell_subset', 'obs_subset', 'obs_filter', 'cell_filter', 'filter', 'where', 'sous_ensemble', 'filtre'],
};

const fields = Object.keys(columnAliases) as SampleField[];
const required: readonly SampleField[] = ['sample', 'patient', 'stage'];

/** Finds the columns of a sample sheet by name, by alias, or says what is missing. */
export function findSampleColumns(sheet: SampleSheet): ColumnReading {
  const columns = new Map<SampleField, number>();
  const readings: string[] = [];
  const problems: Problem[] = [];
  const headers = sheet.columns.map((name) => ({ name, key: wordKey(name) }));
  for (const field of fields) {
    const exact = indicesOf(headers, [field]);
    const found = exact.length > 0 ? exact : indicesOf(headers, columnAliases[field]);
    if (found.length > 1) problems.push(twoColumns(sheet, field, found));
    if (found[0] === undefined) continue;
    columns.set(field, found[0]);
    if (exact.length === 0) readings.push(`column: "${sheet.columns[found[0]] ?? ''}" → ${field}`);
  }
  const missing = missingColumns(sheet, columns);
  const used = new Set(columns.values());
  const others = sheet.columns.filter((name, i) => !used.has(i) && wordKey(name) !== '');
  const misspelt = others.map((name) => misspeltColumn(sheet, name, columns)).filter((p) => p !== null);
  for (const name of others) readings.push(`column: "${name}" → not used`);
  return { columns, readings, problems: [...problems, ...missing, ...misspelt] };
}

function indicesOf(headers: readonly { readonly key: string }[], names: readonly string[]): number[] {
  const keys = new Set(names.map(wordKey));
  return headers.flatMap(({ key }, i) => (keys.has(key) ? [i] : []));
}

function twoColumns(sheet: SampleSheet, field: SampleField, found: readonly number[]): Problem {
  const names = found.map((i) => `"${sheet.columns[i] ?? ''}"`).join(' and ');
  return {
    message: `The columns ${names} would both be read as "${field}".`,
    details: { file: sheet.file, hint: `Name one of them "${field}" and rename or remove the other.` },
  };
}

function missingColumns(sheet: SampleSheet, columns: SampleColumns): Problem[] {
  const found = sheet.columns.map((name) => `"${name}"`).join(', ');
  const missing = required
    .filter((field) => !columns.has(field))
    .map((field): Problem => {
      const near = nearestWord(field, sheet.columns);
      const aliases = `Also read as ${field}: ${columnAliases[field].join(', ')}.`;
      const hint = near === null ? aliases : `Is it the column "${near}"? Rename it "${field}".`;
      return {
        message: `The sample sheet has no column "${field}".`,
        details: { file: sheet.file, column: field, found: `the columns ${found}`, hint },
      };
    });
  if (columns.has('counts') || columns.has('expression')) return missing;
  const data: Problem = {
    message: 'The sample sheet has no column that points at data.',
    details: {
      file: sheet.file,
      expected: 'a column "counts" (single-cell data) or "expression" with "column" (genes × samples table)',
      found: `the columns ${found}`,
    },
  };
  return [...missing, data];
}

/** A word that is known as something else is not a slip: `subject` beside `patient` is not `subset`. */
function isAlias(name: string): boolean {
  return fields.some((field) => columnAliases[field].some((alias) => wordKey(alias) === wordKey(name)));
}

/** A column that is almost an optional one was meant to be it: reading the sheet without it would lose data in silence. */
function misspeltColumn(sheet: SampleSheet, name: string, columns: SampleColumns): Problem | null {
  const near = nearestWord(
    name,
    fields.filter((field) => !columns.has(field) && !required.includes(field)),
  );
  if (near === null || wordKey(name).length < 4 || isAlias(name)) return null;
  return {
    message: `The column "${name}" is not known.`,
    details: { file: sheet.file, column: name, hint: `Did you mean "${near}"? Otherwise give it a name less like it.` },
  };
}
