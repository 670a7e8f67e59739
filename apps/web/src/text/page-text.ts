import type { DesignFinding, DesignQuestion, RunOptions } from '@remnant/engine';
import type { FoundPackFile } from '../protocol.js';

/** Every word the page itself says. A text missing in one language does not compile. */
export interface PageText {
  readonly tagline: string;
  readonly privacy: string;
  readonly researchOnly: string;
  /** Written in the other language. */
  readonly otherLanguage: string;
  readonly choose: { readonly folder: string; readonly files: string };
  readonly study: {
    readonly title: string;
    readonly drop: string;
    readonly dropHint: string;
    readonly or: string;
    readonly demo: string;
    readonly demoNote: string;
    readonly given: (files: number, size: string, study: string) => string;
    readonly noStudy: string;
    readonly unreadableDrop: string;
  };
  readonly packs: {
    readonly title: string;
    readonly lead: string;
    readonly drop: string;
    readonly check: Readonly<Record<FoundPackFile['check'], string>>;
    readonly incomplete: (missing: string) => string;
    readonly accept: string;
    readonly strangers: (names: string) => string;
    readonly clear: string;
  };
  readonly check: {
    readonly found: (samples: number, patients: number) => string;
    readonly stage: (stage: string, samples: number) => string;
    readonly packs: (names: string) => string;
    readonly noPacks: string;
    readonly questions: string;
    readonly testable: Readonly<Record<DesignQuestion['testable'], string>>;
    readonly findings: string;
    readonly level: Readonly<Record<DesignFinding['level'], string>>;
    readonly readings: string;
    readonly cost: (memory: string, time: string) => string;
    readonly seconds: (value: number) => string;
    readonly minutes: (value: number) => string;
    readonly cannotRun: string;
  };
  readonly options: {
    readonly title: string;
    readonly more: string;
    readonly names: Readonly<Record<keyof RunOptions, string>>;
    readonly threads: string;
    readonly run: string;
    readonly restore: string;
  };
  readonly progress: {
    readonly reading: string;
    readonly running: string;
    readonly writing: string;
    readonly stop: string;
    /** A stage of the analysis as the engine names it, in words of this language. */
    readonly stage: (name: string) => string;
    readonly of: (done: number, total: number) => string;
  };
  readonly results: {
    readonly title: string;
    readonly saveReport: string;
    readonly saveAll: string;
    readonly fullScreen: string;
    readonly files: (count: number) => string;
    readonly filesLead: string;
    readonly file: string;
    readonly size: string;
    readonly save: string;
    readonly frame: string;
  };
  readonly announce: {
    readonly checked: (samples: number, patients: number, answerable: number, questions: number) => string;
    readonly finished: string;
    readonly stopped: string;
  };
  readonly failed: { readonly check: string; readonly run: string };
  readonly workerLost: string;
}
