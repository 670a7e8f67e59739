import type { AxisGroup } from '@remnant/engine';
import type { ContrastWords } from '../stage-contrast.js';

/** The standings of a line of evidence, with those that are no verdict. */
export type LineStanding = 'supported' | 'not supported' | 'contradicted' | 'not testable' | 'does not apply';

/** Words of the figures on markers, weaknesses and targets. */
export interface TargetFigureText {
  readonly gene: string;
  readonly rank: string;
  readonly patients: string;
  /** `6 of 8`, short enough for a column. */
  readonly ofPatients: (agree: number, asked: number) => string;
  readonly surfaceMarkers: {
    readonly description: (genes: number, patients: number) => string;
    readonly caption: (values: ContrastWords & { readonly genes: number; readonly hasCells: boolean }) => string;
    readonly mean: string;
    readonly worst: string;
    /** Rank without the patient that costs it most, and that patient. */
    readonly worstRank: (rank: string, without: string) => string;
    readonly hidden: (n: number) => string;
    readonly colour: string;
    readonly size: string;
    readonly noCells: string;
    readonly shared: string;
    readonly lowered: string;
    readonly notShared: string;
    readonly named: string;
  };
  readonly markerGates: {
    readonly description: (sizes: number, patients: number) => string;
    readonly caption: (values: { readonly named: number | null }) => string;
    readonly panel: (size: number) => string;
    readonly x: string;
    readonly y: string;
    readonly patient: string;
    readonly nested: string;
    readonly apparent: string;
    readonly chance: string;
    readonly youden: (apparent: string, nested: string) => string;
    readonly keeps: (sensitivity: string) => string;
    readonly excludes: (untreated: string, normal: string | null) => string;
    readonly chosen: (same: number, asked: number) => string;
    readonly p: (value: string) => string;
  };
  readonly antigens: {
    readonly description: (measured: number, all: number) => string;
    readonly caption: (values: ContrastWords & { readonly hasCells: boolean }) => string;
    readonly gene: string;
    readonly level: string;
    readonly levelAxis: string;
    readonly positive: string;
    readonly positiveAxis: string;
    readonly change: string;
    readonly drugs: string;
    readonly up: (up: number, asked: number) => string;
    readonly range: string;
    readonly persister: string;
    readonly untreated: string;
    readonly normal: string;
    readonly named: string;
    readonly noDrug: string;
    readonly drugStatus: (name: string) => string;
    readonly more: (n: number) => string;
    readonly notMeasured: (genes: readonly string[]) => string;
  };
  readonly weaknessAxes: {
    readonly description: (tested: number, untested: number) => string;
    readonly caption: (contrast: ContrastWords) => string;
    readonly axis: (contrast: ContrastWords) => string;
    readonly header: string;
    readonly effect: string;
    readonly verdictHeader: string;
    readonly group: Readonly<Record<Exclude<AxisGroup, 'host'>, string>>;
    /** AhR targets in one kind of immune cells. */
    readonly ahr: (compartment: string) => string;
    readonly verdict: Readonly<Record<'raised' | 'lowered' | 'not shared' | 'not testable', string>>;
    readonly patientRaised: string;
    readonly patientLowered: string;
    readonly patientUnclear: string;
    readonly pooled: string;
    /** A reason that the method writes in English. */
    readonly reason: (phrase: string) => string;
  };
  readonly ironPattern: {
    readonly description: (patients: number, inPattern: number) => string;
    readonly caption: (contrast: ContrastWords) => string;
    readonly axis: (gene: string) => string;
    readonly quadrant: string;
    readonly heading: string;
    readonly up: string;
    readonly down: string;
    readonly unclear: string;
    readonly unknown: string;
    readonly signs: string;
    readonly counts: Readonly<Record<'pattern' | 'inverted' | 'mixed', (n: number) => string>>;
    readonly notDrawn: (patients: readonly string[]) => string;
  };
  readonly deathModes: {
    readonly description: (rows: number, patients: number) => string;
    readonly caption: (values: { readonly limit: string | null; readonly isShort: boolean }) => string;
    readonly state: (name: string) => string;
    readonly cells: (n: string) => string;
    readonly open: string;
    readonly blocked: string;
    readonly cannotTell: string;
    readonly missing: (genes: string) => string;
    readonly untold: (genes: string) => string;
    readonly unmeasured: (genes: string) => string;
    readonly more: (n: number) => string;
  };
  readonly targetMatrix: {
    readonly description: (shown: number, all: number) => string;
    readonly caption: (values: ContrastWords & { readonly shown: number; readonly all: number }) => string;
    readonly line: Readonly<Record<'shared' | 'surface' | 'regulator' | 'weakness' | 'drug', string>>;
    readonly standing: Readonly<Record<LineStanding, string>>;
    readonly effect: string;
    readonly patients: string;
    readonly against: string;
    readonly drugs: string;
  };
}
