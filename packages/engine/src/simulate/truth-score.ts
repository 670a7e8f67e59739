import type { Bilingual } from '../core/text.js';

/** A simulated study's answers against its truth. */
export interface TruthScore {
  readonly lines: readonly TruthScoreLine[];
  /** Whether every line passed. */
  readonly passed: boolean;
}

/** One planted fact and whether the analysis found it. */
export interface TruthScoreLine {
  readonly id: string;
  readonly label: Bilingual;
  /** The number compared with the target; null when the analysis did not give one. */
  readonly value: number | null;
  /** The value as printed, without words, so that it reads the same in both languages. */
  readonly shown: string;
  readonly target: string;
  readonly passed: boolean;
}
