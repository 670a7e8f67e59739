import type { ContrastWords } from '../stage-contrast.js';

/** Words of the figures on single cells. */
export interface CellFigureText {
  readonly noMap: string;
  readonly mapDescription: (cells: number) => string;
  readonly mapCaption: Readonly<
    Record<'stages' | 'patients' | 'calls' | 'labels', (shown: number, all: number) => string>
  >;
  readonly calls: Readonly<Record<string, string>>;
  readonly label: (name: string) => string;
  readonly filters: Readonly<Record<string, string>>;
  readonly filtersDescription: (samples: number) => string;
  readonly filtersCaption: string;
  readonly barcodes: string;
  readonly fractionsDescription: (patients: number) => string;
  readonly fractionsCaption: string;
  readonly fractionAxis: string;
  readonly cells: string;
  readonly patients: (n: number) => string;
  readonly fraction: string;
  readonly basisHeader: string;
  readonly basis: Readonly<Record<string, string>>;
  readonly noneShown: string;
  readonly atMost: (fraction: string) => string;
  readonly cyclingDescription: (samples: number) => string;
  readonly cyclingCaption: string;
  readonly cyclingAxis: string;
  readonly cyclingHeader: string;
  readonly sample: string;
  readonly others: string;
  readonly scoresDescription: (cells: number, patients: number) => string;
  readonly scoresCaption: string;
  readonly activityAxis: string;
  readonly abundanceDescription: (gained: number, lost: number, all: number) => string;
  readonly abundanceCaption: string;
  readonly gained: (n: number) => string;
  readonly lost: (n: number) => string;
  readonly unchanged: (n: number) => string;
  readonly clustersDescription: (n: number) => string;
  readonly clustersCaption: string;
  readonly clustersAxis: (contrast: ContrastWords) => string;
  readonly heatmapDescription: (programmes: number) => string;
  readonly heatmapCaption: (programmes: number) => string;
  readonly metaProgrammesDescription: (n: number) => string;
  readonly metaProgrammesCaption: string;
  readonly metaProgrammesAxis: (contrast: ContrastWords) => string;
  readonly metaProgramme: string;
  readonly foundIn: string;
  readonly raisedLowered: string;
  readonly cluster: string;
  readonly clusterName: (name: string) => string;
  readonly shares: string;
  readonly adjustedP: string;
}
