import type { Language } from '@remnant/engine';
import type { Step } from './progress-steps.js';
import type { CheckView, OptionField, PackView, PathFile, Subject, WrittenFile } from './protocol.js';

/** What the workers are doing. */
export interface Activity {
  readonly kind: 'check' | 'run' | 'write';
  readonly startedMs: number;
  readonly steps: readonly Step[];
}

/** What went wrong, and while doing what. */
export interface Failure {
  readonly kind: 'check' | 'run';
  readonly message: string;
}

/** The results folder, in one language. */
export interface Written {
  readonly language: Language;
  readonly files: readonly WrittenFile[];
}

/** All the page knows. Its parts are drawn from it and from nothing else. */
export interface State {
  language: Language;
  files: readonly PathFile[];
  /** Path of the study file among them. */
  study: string | null;
  /** Whether the study is the simulated one. */
  demo: boolean;
  packFiles: readonly PathFile[];
  acceptedChecksums: readonly string[];
  packs: PackView;
  check: CheckView | null;
  optionFields: readonly OptionField[];
  /** What is written in the form, by option. Changed in place while the form is filled in; another object redraws it. */
  options: Record<string, string | boolean>;
  threads: number;
  activity: Activity | null;
  failure: Failure | null;
  written: Written | null;
}

const noPacks: PackView = { packs: [], strangers: [] };

/** The page as it opens. */
export function firstState(): State {
  return {
    language: navigator.language.startsWith('fr') ? 'fr' : 'en',
    files: [],
    study: null,
    demo: false,
    packFiles: [],
    acceptedChecksums: [],
    packs: noPacks,
    check: null,
    optionFields: [],
    options: {},
    threads: Math.min(4, navigator.hardwareConcurrency),
    activity: null,
    failure: null,
    written: null,
  };
}

/** What is to be checked or run. */
export function subjectOf({ demo, files, study, packFiles, acceptedChecksums, options }: State): Subject {
  if (demo) return { kind: 'demo', seed: Number(options['seed']) };
  return { kind: 'given', given: { files, study, packFiles, acceptedChecksums } };
}

/** What is written in the form, as the options of a run. A field left empty takes its default. */
export function runOptionsOf({ optionFields, options }: State): Record<string, unknown> {
  const given = optionFields.map((field) => [field.key, optionValue(field, options[field.key])] as const);
  return Object.fromEntries<unknown>(given.filter(([, value]) => value !== undefined));
}

function optionValue({ kind }: OptionField, written: string | boolean | undefined): unknown {
  if (typeof written !== 'string') return written;
  if (kind === 'names') return written.split(/[\s,;]+/).filter((name) => name !== '');
  if (kind === 'choice') return written;
  return written.trim() === '' ? undefined : Number(written);
}

/** The form with every option at its default. */
export function defaultOptions(fields: readonly OptionField[]): Record<string, string | boolean> {
  return Object.fromEntries(fields.map((field) => [field.key, field.default]));
}
