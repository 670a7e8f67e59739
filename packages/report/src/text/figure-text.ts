import type { FigureId } from '@remnant/engine';
import type { CellFigureText } from './cell-figure-text.js';
import type { OriginFigureText } from './origin-figure-text.js';
import type { SwitchFigureText } from './switch-figure-text.js';
import type { TargetFigureText } from './target-figure-text.js';
import type { ContrastWords } from '../stage-contrast.js';

/** Counts of called genes. */
export interface CallCounts {
  readonly up: number;
  readonly down: number;
  readonly none: number;
}

/** The thresholds of a call; null when the run did not record them. */
export interface CallThresholds {
  readonly pAdjustedMax: number | null;
  readonly logFoldChangeMin: number | null;
}

/** Correlations of the pairs of one kind. */
export interface PairSummary {
  readonly pairs: number;
  readonly all: readonly [number, number];
  readonly signature: readonly [number, number];
}

/** Samples of one stage in one cluster. */
export interface ClusterStageCount {
  readonly cluster: string;
  readonly stage: string;
  readonly n: number;
}

/** The words of every figure. */
export interface FigureText {
  readonly volcano: {
    readonly description: (counts: CallCounts) => string;
    readonly x: (contrast: ContrastWords) => string;
    readonly y: string;
    readonly up: (n: number) => string;
    readonly down: (n: number) => string;
    readonly none: (n: number) => string;
    readonly caption: (values: CallCounts & CallThresholds & ContrastWords) => string;
  };
  readonly patientForest: {
    readonly description: (higher: number, patients: number) => string;
    readonly axis: (contrast: ContrastWords) => string;
    readonly samples: string;
    readonly agreement: string;
    readonly difference: string;
    readonly call: string;
    readonly notPresent: string;
    readonly absenceBound: string;
    readonly caption: (values: ContrastWords & { readonly signatureSize: number | null }) => string;
  };
  readonly leaveOneOut: {
    readonly description: string;
    readonly aucHeader: string;
    readonly nullHeader: string;
    readonly aucAxis: string;
    readonly overlapHeader: string;
    readonly overlapAxis: string;
    readonly higher: string;
    readonly lower: string;
    readonly caption: string;
  };
  readonly treatmentHeatmap: {
    readonly description: (arms: number) => string;
    readonly upper: string;
    readonly lower: string;
    readonly key: string;
    readonly frame: string;
    readonly caption: (within: PairSummary, between: PairSummary) => string;
  };
  readonly regulatorRanking: {
    readonly description: (n: number) => string;
    readonly rank: string;
    readonly regulator: string;
    readonly activity: string;
    readonly expression: string;
    readonly patients: string;
    readonly activityAxis: string;
    readonly expressionAxis: string;
    readonly hidden: (n: number) => string;
    readonly clear: string;
    readonly unclear: string;
    readonly named: string;
    readonly caption: (n: number, fdr: number | null) => string;
  };
  readonly namedRegulator: {
    readonly description: (names: readonly string[]) => string;
    readonly line: string;
    readonly verdict: string;
    readonly value: string;
    readonly p: string;
    readonly strip: string;
    readonly stripAxis: string;
    readonly caption: (hasPatients: boolean) => string;
  };
  readonly reversal: {
    readonly description: (tested: number, untested: number) => string;
    readonly axis: (contrast: ContrastWords) => string;
    readonly index: string;
    readonly corrected: string;
    readonly notBack: string;
    readonly provenBack: string;
    readonly verdict: string;
    readonly plain: string;
    readonly technical: string;
    readonly band: (margin: number) => string;
    readonly notTestable: (patients: readonly string[], reason: string) => string;
    readonly noneTestable: string;
    readonly caption: (values: ContrastWords & { readonly margin: number | null }) => string;
  };
  readonly sampleMap: {
    readonly description: (n: number) => string;
    readonly cluster: (name: string) => string;
    readonly agreement: string;
    readonly blind: (agreement: string) => string;
    readonly blindNote: string;
    readonly caption: Readonly<Record<'raw' | 'corrected', (counts: readonly ClusterStageCount[]) => string>>;
  };
  readonly geneSets: {
    readonly description: (n: number) => string;
    readonly set: string;
    readonly score: string;
    readonly p: string;
    readonly size: string;
    readonly axis: (contrast: ContrastWords) => string;
    readonly clear: (fdr: number) => string;
    readonly unclear: string;
    readonly caption: (n: number, fdr: number) => string;
  };
  readonly voteNull: {
    readonly description: (levels: number) => string;
    readonly x: string;
    readonly y: string;
    readonly fdr: string;
    readonly observed: string;
    readonly up: string;
    readonly down: string;
    readonly expected: string;
    readonly caption: string;
  };
  readonly namedMarker: {
    readonly description: (genes: readonly string[]) => string;
    readonly axis: (contrast: ContrastWords) => string;
    readonly effect: string;
    readonly up: string;
    readonly down: string;
    readonly spansZero: string;
    readonly heading: (gene: string, rank: number, pAdjusted: number) => string;
    readonly caption: (contrast: ContrastWords) => string;
  };
  readonly cells: CellFigureText;
  readonly origin: OriginFigureText;
  readonly switch: SwitchFigureText;
  readonly targets: TargetFigureText;
  readonly demoScore: {
    readonly description: (passed: number, total: number) => string;
    readonly question: string;
    readonly found: string;
    readonly target: string;
    readonly notSimulated: string;
    readonly caption: (passed: number, total: number) => string;
  };
}

/** The title of every figure. */
export type FigureTitles = Readonly<Record<FigureId, string>>;
