import type { ContrastWords } from '../stage-contrast.js';

/** Words of the figures on the switch: regulators, knock-out, on–off or graded, steepness. */
export interface SwitchFigureText {
  readonly moreActive: string;
  readonly lessActive: string;
  /** A reason that a method writes in English. */
  readonly reason: (phrase: string) => string;
  readonly regulators: {
    readonly description: (shown: number, all: number, lines: number) => string;
    readonly caption: (first: number, all: number) => string;
    readonly rank: string;
    readonly regulator: string;
    /** Lines of evidence, by the name of their column, with what stands under the rank. */
    readonly lines: Readonly<Record<'activity' | 'patients' | 'expression' | 'position' | 'motif', string>>;
    readonly perturbation: string;
    readonly units: Readonly<Record<'activity' | 'patients' | 'expression' | 'position' | 'motif', string>>;
    readonly perturbationUnit: string;
    readonly stability: string;
    readonly axis: string;
    readonly hidden: (n: number) => string;
    readonly noData: (lines: readonly string[]) => string;
    readonly asked: string;
    readonly run: string;
    readonly colour: string;
  };
  readonly knockOut: {
    readonly description: (regulators: number, untested: number) => string;
    readonly caption: (contrast: ContrastWords) => string;
    readonly axis: (contrast: ContrastWords) => string;
    readonly regulator: string;
    readonly targets: (n: number) => string;
    readonly share: string;
    readonly patients: string;
    readonly random: string;
    readonly beyond: string;
    readonly notBeyond: string;
    readonly point: string;
    readonly activation: string;
    readonly band: string;
    readonly notTestable: (regulators: readonly string[], reason: string) => string;
    readonly more: (n: number) => string;
  };
  readonly shape: {
    readonly description: (patients: number, untested: number) => string;
    readonly caption: (contrast: ContrastWords, hasCells: boolean) => string;
    readonly axis: (contrast: ContrastWords) => string;
    readonly verdict: (name: string) => string;
    readonly cells: (n: number) => string;
    readonly advantage: (value: string, standardError: string) => string;
    readonly dip: (p: string) => string;
    readonly controls: (alike: number, all: number) => string;
    readonly fits: Readonly<Record<'two-state' | 'graded' | 'mixture', string>>;
    readonly notTestable: (patients: readonly string[], reason: string) => string;
  };
  readonly response: {
    readonly description: (panels: number, pairs: number) => string;
    readonly caption: (bounds: readonly [string, string]) => string;
    readonly x: string;
    readonly y: string;
    readonly verdict: (name: string) => string;
    readonly hill: (value: string, interval: string) => string;
    readonly atLeast: (value: string) => string;
    readonly bin: string;
    readonly curve: string;
    readonly notRead: (pairs: readonly string[], reason: string) => string;
    readonly more: (n: number) => string;
  };
}
