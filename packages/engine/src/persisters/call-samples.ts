import { callCells, type SampleCall } from './call-cells.js';
import type { PatientFit } from './fit-patient.js';
import { type FractionInformation, noneLevel } from './mixture-information.js';
import type { SampleRole } from './options.js';

/** What is known about one sample, and what was called in it. */
export interface CalledSample extends FractionInformation, SampleCall {
  /** Share of the calls that the patient's untreated-like cells lead to expect; null in untreated samples and without calls. */
  readonly fdrAgainstUntreated: number | null;
}

/** How the samples of one patient are called. */
export interface CallSamplesOptions {
  readonly roles: readonly SampleRole[];
  readonly fdr: number;
  /** Set to 1 for the called cells. */
  readonly called: Uint8Array;
}

/**
 * Calls every sample that shows any persister at all (likelihood ratio test at 5 %). Calls outside untreated samples are also held
 * against untreated cells: those as far on the persister side by their likelihood ratio, per untreated-like cell, times
 * the untreated-like cells of the sample.
 */
export function callSamples(
  fit: PatientFit,
  information: readonly FractionInformation[],
  { roles, fdr, called }: CallSamplesOptions,
): readonly CalledSample[] {
  const members = roles.map((): number[] => []);
  fit.input.sampleOf.forEach((j, c) => {
    if (!Number.isNaN(fit.probability[c])) members[j]?.push(c);
  });
  const tail = untreatedTail(fit);
  return information.map((known, j) => {
    const cells = known.pNone <= noneLevel ? (members[j] as number[]) : [];
    const expectedNulls = (p: number): number =>
      tail(priorFree(p, known.fraction)) * (1 - known.fraction) * known.nCells;
    const compared = roles[j] !== 'from';
    const call = callCells(fit.probability, cells, { fdr, called, expectedNulls: compared ? expectedNulls : null });
    const { threshold, nCalled } = call;
    const fdrAgainstUntreated = compared && threshold !== null ? expectedNulls(threshold) / nCalled : null;
    return { ...known, ...call, fdrAgainstUntreated };
  });
}

/** Likelihood ratio behind a probability, from the fraction it was computed with. */
function priorFree(probability: number, fraction: number): number {
  if (fraction === 0) return 0;
  return probability === 1 ? Infinity : (probability / (1 - probability)) * ((1 - fraction) / fraction);
}

/** The share of untreated-like cells of the untreated samples whose likelihood ratio is at least a value. */
function untreatedTail({ input, probability, mixture }: PatientFit): (ratio: number) => number {
  const nulls: { readonly ratio: number; readonly weight: number }[] = [];
  input.sampleOf.forEach((j, c) => {
    const p = probability[c] as number;
    if (input.untreated[j] !== true || Number.isNaN(p)) return;
    nulls.push({ ratio: priorFree(p, mixture.fraction[j] as number), weight: 1 - p });
  });
  nulls.sort((a, b) => b.ratio - a.ratio);
  const total = nulls.reduce((sum, { weight }) => sum + weight, 0);
  return (ratio) => {
    let exceeding = 0;
    for (const cell of nulls) {
      if (cell.ratio < ratio) break;
      exceeding += cell.weight;
    }
    return exceeding / total;
  };
}
