/** Whether an estimate can be used, and if not, why. */
export type EstimateStatus = 'ok' | 'censored-low' | 'censored-high' | 'not-identifiable' | 'failed';

/** A number with its interval and its status. `value` is null when it could not be computed. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Coverage of the interval, for instance 0.95. */
  readonly level: number;
  /** How the interval was made, in words a methods section can use. */
  readonly method: string;
  readonly status: EstimateStatus;
  readonly reasons: readonly string[];
}

/** What a method is, for help texts, method pages and reports. */
export interface MethodInfo {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly doi: readonly string[];
  /** What the input has to be, for instance "raw counts, genes × samples". */
  readonly input: string;
  readonly output: string;
  readonly random: boolean;
}

/** Something a reader of a result should know. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}
