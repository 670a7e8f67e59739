import type { Progress, WireError } from '@remnant/engine';

/** A study's files as the page hands them over; nothing else leaves the page, and nothing leaves the browser. */
export interface StudyFiles {
  readonly files: readonly { readonly path: string; readonly file: Blob }[];
  /** Path of the study file or sample sheet among them. */
  readonly study: string;
}

/** Messages from the page to the analysis worker. */
export type Request =
  | { readonly kind: 'check'; readonly id: number; readonly study: StudyFiles }
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly study: StudyFiles;
      readonly options: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'demo'; readonly id: number; readonly options: Readonly<Record<string, unknown>> };

/** One table as the browser offers it: the same bytes the command line writes. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

/** Messages from the worker to the page. */
export type Response =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'checked'; readonly id: number; readonly check: CheckView }
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly reports: Readonly<Record<'en' | 'fr', string>>;
      readonly files: readonly OutputFile[];
    }
  | { readonly kind: 'failed'; readonly id: number; readonly error: WireError };

/** What the page shows of a check. */
export interface CheckView {
  readonly title: string;
  readonly samples: number;
  readonly patients: number;
  readonly readings: readonly string[];
  readonly findings: readonly { readonly level: string; readonly text: { readonly en: string; readonly fr: string } }[];
  readonly questions: readonly {
    readonly text: { readonly en: string; readonly fr: string };
    readonly testable: string;
    readonly why: { readonly en: string; readonly fr: string };
  }[];
}
