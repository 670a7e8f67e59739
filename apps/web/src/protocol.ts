import type {
  Bilingual,
  CostEstimate,
  DesignFinding,
  DesignQuestion,
  Language,
  Progress,
  WireError,
} from '@remnant/engine';

/** One file with its path inside what the user dropped or chose. */
export interface PathFile {
  readonly path: string;
  readonly file: Blob;
}

/** What the user gave. It is handed to the worker; nothing leaves the browser. */
export interface Given {
  readonly files: readonly PathFile[];
  /** Path of the study file or sample sheet among them; null while there is none. */
  readonly study: string | null;
  /** Files dropped as resource packs. */
  readonly packFiles: readonly PathFile[];
  /** Checksums of pack files the user accepts although Remnant does not know them. */
  readonly acceptedChecksums: readonly string[];
}

/** What is analysed: the user's files, or the simulated study of a seed. */
export type Subject =
  | { readonly kind: 'given'; readonly given: Given }
  | { readonly kind: 'demo'; readonly seed: number };

/** Messages from the page to its workers. Each request is answered by one response of the same id. */
export type Request =
  /** Be a helper: run block tasks that come through the port. */
  | { readonly kind: 'help'; readonly port: MessagePort }
  /** Use these helpers; none means doing all work alone. */
  | { readonly kind: 'helpers'; readonly ports: readonly MessagePort[] }
  | { readonly kind: 'check'; readonly id: number; readonly subject: Subject }
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly subject: Subject;
      readonly options: Readonly<Record<string, unknown>>;
      readonly language: Language;
    }
  /** Write the files of the last run again, in another language. */
  | { readonly kind: 'write'; readonly id: number; readonly language: Language };

/** Messages from the analysis worker to the page. */
export type Response =
  | { readonly kind: 'ready'; readonly options: readonly OptionField[] }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly kind: 'checked'; readonly id: number; readonly packs: PackView; readonly check: CheckView | null }
  | {
      readonly kind: 'written';
      readonly id: number;
      readonly language: Language;
      readonly files: readonly WrittenFile[];
    }
  | { readonly kind: 'failed'; readonly id: number; readonly error: WireError };

/** One file of the results folder: the same path and bytes as from the command line. */
export interface WrittenFile {
  readonly path: string;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/** One option of a run, as engine's schema describes it. */
export interface OptionField {
  readonly key: string;
  /** `names`: a list of gene or regulator names; `choice`: one of `choices`. A number may be left open. */
  readonly kind: 'names' | 'integer' | 'number' | 'switch' | 'choice';
  /** Empty for a number that is left open. */
  readonly default: string | boolean;
  readonly choices: readonly string[];
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** What the page shows of a study before it runs. */
export interface CheckView {
  readonly title: string;
  readonly nSamples: number;
  readonly nPatients: number;
  /** Samples per stage, in the order of the stages. */
  readonly stages: readonly (readonly [stage: string, samples: number])[];
  readonly technologies: readonly string[];
  readonly packs: readonly string[];
  readonly readings: readonly string[];
  readonly findings: readonly DesignFinding[];
  readonly questions: readonly DesignQuestion[];
  readonly cost: CostEstimate;
  /** False when a resource the study names is missing or cannot be read: a run would stop at once. */
  readonly canRun: boolean;
}

/** The resource packs found among the files. */
export interface PackView {
  readonly packs: readonly FoundPack[];
  /** Files dropped as packs that belong to none. */
  readonly strangers: readonly string[];
}

/** One pack with the files found of it. */
export interface FoundPack {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly files: readonly FoundPackFile[];
  /** Required files that were not found. */
  readonly missing: readonly string[];
}

/** One file of a pack. `unknown`: its content is not the one Remnant knows, and the user has not accepted it. */
export interface FoundPackFile {
  readonly path: string;
  readonly sha256: string;
  readonly version: string;
  readonly check: 'known' | 'accepted' | 'recorded' | 'unknown';
}

/** A sentence in both languages. */
export type { Bilingual };
