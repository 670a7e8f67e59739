import type { ClaimStep, DesignFinding, Verdict } from '@remnant/engine';
import type { ContrastWords } from '../stage-contrast.js';
import type { FigureText, FigureTitles } from './figure-text.js';

/** A sentence about something that is missing from a table. */
export type MissingSentence = (table: string, columns: readonly string[]) => string;

/** Every word of the report outside the claims, methods and design findings, which the engine writes. */
export interface ReportText {
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly verdictMeaning: Readonly<Record<Verdict, string>>;
  readonly step: Readonly<Record<ClaimStep, string>>;
  readonly stage: (name: string) => string;
  readonly genericContrast: ContrastWords;
  readonly pooled: string;
  readonly words: {
    readonly patient: string;
    readonly stage: string;
    readonly technology: string;
    readonly treatment: string;
    readonly cells: string;
    readonly total: string;
    readonly outlier: string;
    readonly yes: string;
    readonly no: string;
  };
  readonly calls: Readonly<Record<string, string>>;
  readonly reversalVerdicts: Readonly<Record<string, string>>;
  readonly evidenceLines: Readonly<Record<string, string>>;
  /** What a number of an evidence line is, by its English phrase; one that is not listed is printed as it is. */
  readonly quantities: Readonly<Record<string, string>>;
  /** A reason that a method writes as a fixed English phrase, in the language of the report. */
  readonly reason: (phrase: string) => string;
  /** Units of claim numbers; one that is not listed is printed as it is. */
  readonly units: Readonly<Record<string, string>>;
  readonly tableTitles: Readonly<Record<string, string>>;
  readonly missing: Readonly<Record<'no-table' | 'no-rows' | 'no-columns' | 'no-values', MissingSentence>>;
  readonly figureTitles: FigureTitles;
  readonly figures: FigureText;
  readonly page: PageText;
}

/** The words of the page around the figures. */
export interface PageText {
  readonly overline: string;
  readonly researchOnly: string;
  readonly contents: string;
  readonly documentTitle: (title: string) => string;
  readonly patients: (n: number) => string;
  readonly samples: (n: number) => string;
  readonly cells: (n: number) => string;
  readonly genes: (n: number) => string;
  readonly stageCount: (stage: string, n: number) => string;
  readonly technologies: (names: readonly string[]) => string;
  readonly treatments: (names: readonly string[]) => string;
  readonly organism: (name: string) => string;
  readonly verdictCount: (verdict: Verdict, n: number) => string;
  readonly answerStrip: string;
  readonly summary: string;
  readonly summaryLead: string;
  readonly patientsAgree: (agree: number, asked: number) => string;
  readonly notAsked: (n: number) => string;
  readonly evidence: string;
  readonly noClaims: string;
  readonly claim: {
    readonly numbers: string;
    readonly value: string;
    readonly interval: string;
    readonly control: string;
    readonly needed: string;
    readonly lines: string;
    readonly tables: string;
    readonly seeFigure: (n: number, title: string) => string;
    readonly noFigure: (title: string, reason: string) => string;
    readonly backToSummary: string;
  };
  readonly figureLabel: (n: number) => string;
  readonly figureFile: string;
  readonly otherFigures: string;
  readonly otherFiguresLead: string;
  readonly rows: (shown: number, total: number) => string;
  readonly openTable: string;
  readonly columnsAsInFile: string;
  readonly design: string;
  readonly designLead: string;
  readonly designLevel: Readonly<Record<DesignFinding['level'], string>>;
  readonly samplesTitle: string;
  readonly samplesLead: string;
  readonly methods: string;
  readonly methodsLead: string;
  readonly untestable: string;
  readonly untestableLead: string;
  readonly untestableClaims: string;
  readonly untestableLines: string;
  readonly missingFigures: string;
  readonly nothingUntestable: string;
  readonly warnings: string;
  readonly noWarnings: string;
  readonly provenance: string;
  readonly provenanceLead: string;
  readonly version: string;
  readonly seed: string;
  readonly schema: string;
  readonly options: string;
  readonly inputs: string;
  readonly bytes: string;
  readonly packs: string;
  readonly noPacks: string;
  readonly licence: string;
  readonly source: string;
  readonly allTables: string;
  readonly truth: string;
  readonly truthLead: (passed: number, total: number) => string;
  readonly truthUndefined: string;
}
