import { z } from 'zod';
import { FormatError } from '../core/errors.js';
import { sha256Hex } from '../core/hash.js';
import type { Column, Table } from '../data/table.js';
import { claimSteps } from './claim.js';
import type { StudyResult } from './results.js';

/** How one table appears in `results.json`: its columns and the hash of its CSV file, not its values. */
export interface TableEntry {
  readonly name: string;
  readonly description: string;
  readonly path: string;
  readonly sha256: string;
  readonly nRows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: 'text' | 'number';
    readonly description: string;
  }[];
}

/** The content of `results.json`. */
export type ResultsDocument = Omit<StudyResult, 'tables' | 'cells'> & { readonly tables: readonly TableEntry[] };

const bilingual = z.strictObject({ en: z.string(), fr: z.string() });
const nullableNumber = z.number().nullable();
const stage = z.enum(['untreated', 'residual', 'relapse']);
const verdict = z.enum(['supported', 'not supported', 'contradicted', 'not testable']);

const claim = z.strictObject({
  id: z.string(),
  step: z.enum(claimSteps),
  question: bilingual,
  sentence: bilingual,
  verdict,
  numbers: z.array(
    z.strictObject({
      label: bilingual,
      value: nullableNumber,
      low: nullableNumber,
      high: nullableNumber,
      unit: z.string(),
    }),
  ),
  patients: z.strictObject({ agree: z.int(), asked: z.int() }).nullable(),
  control: bilingual,
  needed: bilingual,
  lines: z.array(z.strictObject({ id: z.string(), label: bilingual, verdict, sentence: bilingual })),
  tables: z.array(z.string()),
  figures: z.array(z.string()),
});

const table = z.strictObject({
  name: z.string(),
  description: z.string(),
  path: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  nRows: z.int(),
  columns: z.array(z.strictObject({ name: z.string(), kind: z.enum(['text', 'number']), description: z.string() })),
});

const pack = z.strictObject({
  name: z.string(),
  version: z.string(),
  sha256: z.string(),
  licence: z.string(),
  source: z.string(),
});

/** The schema of `results.json`, version 1. Published with every results folder as `results.schema.json`. */
export const resultsDocumentSchema: z.ZodType = z
  .strictObject({
    schemaVersion: z.literal(1),
    title: z.string(),
    organism: z.string(),
    summary: z.strictObject({
      nPatients: z.int(),
      nSamples: z.int(),
      nCells: z.int(),
      nGenes: z.int(),
      samplesPerStage: z.record(z.string(), z.int()),
      technologies: z.array(z.string()),
      treatments: z.array(z.string()),
      contrast: z.strictObject({ from: stage, to: stage, back: stage }).optional(),
    }),
    claims: z.array(claim),
    design: z.array(
      z.strictObject({ id: z.string(), level: z.enum(['ok', 'note', 'warning', 'blocking']), text: bilingual }),
    ),
    methods: z.array(z.strictObject({ id: z.string(), title: bilingual, text: bilingual, doi: z.array(z.string()) })),
    warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
    tables: z.array(table),
    provenance: z.strictObject({
      remnantVersion: z.string(),
      seed: z.int(),
      options: z.record(z.string(), z.unknown()),
      inputs: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() })),
      packs: z.array(pack),
    }),
    truth: z
      .strictObject({
        lines: z.array(
          z.strictObject({
            id: z.string(),
            label: bilingual,
            value: nullableNumber,
            shown: z.string(),
            target: z.string(),
            passed: z.boolean(),
          }),
        ),
        passed: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'remnant-results', title: 'Results of one Remnant run' });

/** The JSON Schema of `results.json`. */
export function resultsJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(resultsDocumentSchema, { target: 'draft-2020-12' });
}

/**
 * What `results.json` holds for a result.
 *
 * @param csv - writes one table as it goes to disk; its hash stands in the document
 */
export function toResultsDocument(result: StudyResult, csv: (table: Table) => Uint8Array): ResultsDocument {
  const tables = result.tables.map((t) => ({
    name: t.name,
    description: t.description,
    path: `tables/${t.name}.csv`,
    sha256: sha256Hex(csv(t)),
    nRows: t.nRows,
    columns: t.columns.map(({ name, kind, description }) => ({ name, kind, description })),
  }));
  const published = Object.entries(result).filter(([key]) => key !== 'cells');
  return { ...(Object.fromEntries(published) as Omit<StudyResult, 'cells'>), tables };
}

/**
 * Puts a results document and its tables together again.
 *
 * @param document - parsed `results.json`
 * @param readColumns - reads the columns of one table from its CSV file
 * @throws FormatError when the document does not follow its schema
 */
export function fromResultsDocument(
  document: unknown,
  readColumns: (entry: TableEntry) => readonly Column[],
): StudyResult {
  const parsed = resultsDocumentSchema.safeParse(document);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new FormatError('This is not a results file of this version of Remnant.', {
      file: 'results.json',
      ...(issue === undefined ? {} : { found: `${issue.path.join('.')}: ${issue.message}` }),
      hint: 'Run the study again with this version.',
    });
  }
  const checked = parsed.data as ResultsDocument;
  const tables = checked.tables.map((entry) => ({
    name: entry.name,
    description: entry.description,
    columns: readColumns(entry),
    nRows: entry.nRows,
  }));
  return { ...checked, tables, cells: null };
}
