import type { CellCounts } from '../cells/cell-counts.js';
import type { JudgedOutcome } from './assemble-calls.js';
import type { PersisterCells } from './types.js';
import { leastSeparation } from './verdict.js';

/** Columns of the confounders that are listed per cell, by the name of the covariate. */
const confounderColumns = [
  ['sPhase', 's-phase'],
  ['g2mPhase', 'g2m-phase'],
  ['dissociation', 'dissociation'],
  ['stress', 'stress'],
  ['mitochondrialFraction', 'mitochondrial'],
] as const;

/** A cell counts as cycling above this probability. */
export const cyclingThreshold: number = 0.5;

/** Writes the values of every patient's cells to their places. Cells are called in patients with the verdict `present` only. */
export function cellColumns(cells: CellCounts, outcomes: readonly JudgedOutcome[]): PersisterCells {
  const n = cells.sampleOf.length;
  const column = (): Float64Array => new Float64Array(n).fill(NaN);
  const columns = {
    activity: column(),
    standardError: column(),
    probability: column(),
    called: new Uint8Array(n),
    cyclingProbability: column(),
    cycling: new Int8Array(n).fill(-1),
    sPhase: column(),
    g2mPhase: column(),
    dissociation: column(),
    stress: column(),
    mitochondrialFraction: column(),
  };
  for (const { plan, states, verdict } of outcomes) {
    if (states === null) continue;
    const place = (values: Float64Array | Uint8Array, into: Float64Array | Uint8Array): void => {
      let at = 0;
      for (const [start, end] of plan.ranges) {
        into.set(values.subarray(at, at + end - start), start);
        at += end - start;
      }
    };
    place(states.activity, columns.activity);
    place(states.standardError, columns.standardError);
    // Where the two states are too close, a probability would say no more than the prior.
    if (states.separation >= leastSeparation) place(states.probability, columns.probability);
    if (verdict.verdict === 'present') place(states.called, columns.called);
    place(states.cycling.probability, columns.cyclingProbability);
    for (const [name, covariate] of confounderColumns) {
      const found = states.confounders.find((c) => c.name === covariate);
      if (found !== undefined) place(found.values, columns[name]);
    }
  }
  columns.cyclingProbability.forEach((p, c) => {
    if (!Number.isNaN(p)) columns.cycling[c] = p > cyclingThreshold ? 1 : 0;
  });
  return columns;
}
