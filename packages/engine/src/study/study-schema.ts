import { z } from 'zod';
import { nearestWord } from './nearest.js';
import { type Problem, problemsError } from './problems.js';

/** One row of an inline sample list: column name to value, as written. */
export type InlineSample = Readonly<Record<string, string | number | null>>;

/** `study.yaml` as written, before stages, samples and defaults are read. */
export interface StudyDocument {
  /** Version of this layout. */
  readonly remnant: 1;
  readonly title?: string | undefined;
  readonly organism?: 'human' | 'mouse' | undefined;
  /** Xenograft host. */
  readonly host?: 'human' | 'mouse' | null | undefined;
  /** Path of the sample sheet, or the samples themselves. */
  readonly samples: string | readonly InlineSample[];
  readonly resources?: readonly string[] | undefined;
  readonly assays?: Readonly<Record<string, string | undefined>> | undefined;
  readonly contrast?:
    | { readonly from?: string | undefined; readonly to?: string | undefined; readonly back?: string | undefined }
    | undefined;
  /** Peak or motif table of the named regulator's evidence. */
  readonly chromatin?: string | undefined;
  /** Gain- or loss-of-function table. */
  readonly perturbation?: string | undefined;
  /** The user's own cell labels: a column of each file's cell table, or the path of a table. */
  readonly cellLabels?: string | { readonly obs: string } | undefined;
  /** The lab's own words for stages, for instance `{day33: residual}`; they go before the built-in words. */
  readonly stages?: Readonly<Record<string, string>> | undefined;
}

const text = z.string().trim().min(1);
const species = z.enum(['human', 'mouse']);

const keysOf = {
  '': [
    ...['remnant', 'title', 'organism', 'host', 'samples', 'resources', 'assays', 'contrast', 'chromatin'],
    ...['perturbation', 'cellLabels', 'stages'],
  ],
  assays: [
    ...[
      'lineages',
      'mutations',
      'alleles',
      'doseResponse',
      'combinations',
      'timeKill',
      'tumourVolume',
      'clinicalResponse',
    ],
    'followUp',
  ],
  contrast: ['from', 'to', 'back'],
  cellLabels: ['obs'],
} as const satisfies Record<string, readonly string[]>;

/** The schema of `study.yaml`: unknown keys are errors at every level. */
export const studySchema: z.ZodType<StudyDocument> = z.strictObject({
  remnant: z.literal(1).describe('Version of the study file'),
  title: text.optional().describe('Title of the study, printed on the report'),
  organism: species.optional().describe('Species of the tumour cells: human (default) or mouse'),
  host: species.nullable().optional().describe('Species of the xenograft host'),
  samples: z
    .union([text, z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))).min(1)])
    .describe('Path of the sample sheet, or the list of samples itself'),
  resources: z.array(text).optional().describe('Installed resource packs, by name or path'),
  assays: z
    .strictObject(Object.fromEntries(keysOf.assays.map((key) => [key, text.optional()])))
    .optional()
    .describe('Tables of other measurements, by name'),
  contrast: z
    .strictObject(Object.fromEntries(keysOf.contrast.map((key) => [key, text.optional()])))
    .optional()
    .describe('The stages compared, and the one that may show the way back'),
  chromatin: text.optional().describe('Peak or motif table'),
  perturbation: text.optional().describe('Gain- or loss-of-function table'),
  cellLabels: z
    .union([text, z.strictObject({ obs: text })])
    .optional()
    .describe(
      "The user's own cell labels: {obs: column of the cell table}, or the path of a table (sample, cell, label)",
    ),
  stages: z.record(text, text).optional().describe("The lab's own stage words"),
});

/** Where the schema's messages find the line of a key; null where the document was never text. */
export type LineOf = (path: readonly PropertyKey[]) => number | null;

/**
 * Checks the shape of a study file.
 *
 * @param document - parsed YAML or JSON
 * @param options - the file's name for messages, and the line of each key when known
 * @throws FormatError naming the file, the line, the key, what was expected and what was found; an unknown key names its nearest known key
 */
export function readStudyDocument(
  document: unknown,
  options: { readonly file: string; readonly lineOf?: LineOf },
): StudyDocument {
  const parsed = studySchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, document, options));
  throw problemsError(problems, options.file);
}

function problemsOf(
  issue: z.core.$ZodIssue,
  document: unknown,
  options: { readonly file: string; readonly lineOf?: LineOf },
): Problem[] {
  const at = (path: readonly PropertyKey[]): Problem['details'] => {
    const row = options.lineOf?.(path) ?? null;
    return { file: options.file, ...(row === null ? {} : { row }) };
  };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(issue.path, key, at([...issue.path, key])));
  }
  const name = issue.path.map(String).join('.');
  const value = valueAt(document, issue.path);
  if (name === '') {
    return [
      {
        message: 'This is not a study file.',
        details: { ...at([]), expected: 'keys and values', found: shown(value) },
      },
    ];
  }
  const hint = hints[name];
  const details = { ...at(issue.path), expected: expected(issue, name), found: shown(value) };
  const message = value === undefined ? `The key "${name}" is missing.` : `The value of "${name}" cannot be used.`;
  return [{ message, details: hint === undefined ? details : { ...details, hint } }];
}

function unknownKey(path: readonly PropertyKey[], key: string, place: Problem['details']): Problem {
  const parent = path.map(String).join('.');
  const known = (keysOf as Readonly<Record<string, readonly string[]>>)[parent] ?? [];
  const near = nearestWord(key, known);
  const hint = near === null ? `Known keys: ${known.join(', ')}.` : `Did you mean "${near}"?`;
  const where = parent === '' ? '' : ` under "${parent}"`;
  return { message: `The key "${key}"${where} is not known.`, details: { ...place, hint } };
}

const hints: Readonly<Record<string, string>> = {
  remnant: 'Put "remnant: 1" on the first line: it is the version of the study file.',
};

function expected(issue: z.core.$ZodIssue, name: string): string {
  if (name === 'samples') return 'the path of a sample sheet, or a list of samples with one value per column';
  if (name === 'cellLabels') return '{obs: a column of the cell table}, or the path of a table (sample, cell, label)';
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'too_small') return 'a value';
  if (issue.code === 'invalid_type') return nouns[issue.expected] ?? issue.expected;
  return 'a value of another kind';
}

const nouns: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
