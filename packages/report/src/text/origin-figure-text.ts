import type { ContrastWords } from '../stage-contrast.js';

/** Words of the figures on origin: clones, copy number, the genetic alarm, reversal of cells. */
export interface OriginFigureText {
  /** adaptation, selection, mixed, cannot tell. */
  readonly verdict: (name: string) => string;
  /** barcode, copy-number, mutation. */
  readonly source: (name: string) => string;
  readonly cells: (n: number) => string;
  readonly lineageClones: {
    readonly description: (patients: number, stages: number) => string;
    readonly caption: (named: number) => string;
    readonly verdict: (name: string) => string;
    readonly others: (n: number) => string;
  };
  readonly lineageDiversity: {
    readonly description: (samples: number, insufficient: number) => string;
    readonly caption: (depth: number) => string;
    readonly axis: (depth: number) => string;
    readonly sample: string;
    readonly barcoded: string;
    readonly clones: string;
    readonly topClone: string;
    readonly verdict: string;
    readonly insufficient: string;
    readonly notReached: string;
    readonly hollow: string;
  };
  readonly geneticStates: {
    readonly description: (blocks: number) => string;
    readonly caption: (fewest: number) => string;
    /** A row: the clone, or an arm with its call, or a variant with its state. */
    readonly value: (label: string, value: string) => string;
    readonly tie: (name: string) => string;
    readonly tieLine: (tie: string, p: string | null) => string;
    readonly all: string;
    readonly more: (n: number) => string;
    readonly key: string;
    readonly few: (fewest: number) => string;
    readonly tied: string;
    readonly mostTied: string;
  };
  readonly copyNumberClones: {
    readonly description: (patients: number, clones: number) => string;
    readonly caption: (hasTree: boolean) => string;
    readonly clone: (n: string) => string;
    readonly against: (compared: string) => string;
    readonly cannotTell: (reasons: readonly string[]) => string;
    readonly gain: string;
    readonly loss: string;
    readonly uncalled: string;
    readonly arm: string;
    readonly untold: string;
    readonly scale: (limit: string) => string;
    readonly tree: string;
    readonly more: (n: number) => string;
    readonly notDrawn: (patients: readonly string[]) => string;
    readonly chromosome: string;
  };
  readonly copyNumberCells: {
    readonly description: (cells: number, patients: number) => string;
    readonly caption: (shown: number, all: number) => string;
    readonly noArms: string;
    readonly clone: string;
    readonly state: string;
    readonly reference: string;
    readonly untold: string;
    readonly persister: string;
    readonly other: string;
    readonly notTestable: string;
    readonly key: string;
  };
  readonly cellReversal: {
    readonly description: (tested: number, untested: number) => string;
    readonly caption: (contrast: ContrastWords) => string;
    readonly axis: (contrast: ContrastWords) => string;
    readonly arm: string;
    readonly position: string;
    readonly fraction: string;
    readonly verdictHeader: string;
    readonly verdict: (name: string) => string;
    readonly technical: string;
    readonly sampleLevel: string;
    readonly band: (stage: string) => string;
    readonly quartiles: string;
    readonly spread: string;
    readonly noneTestable: string;
    readonly notTestable: (arms: readonly string[], reason: string) => string;
    /** A reason that the method writes in English; stages by their names. */
    readonly reason: (phrase: string, stage: (name: string) => string) => string;
  };
}
