import { areaUnderCurve } from '../stats/auc.js';
import type { TruthScoreLine } from './truth-score.js';
import type { CellsTruth, SimulationTruth } from './truth.js';

/** What an analysis said of one cell. */
export interface FoundCell {
  readonly sample: string;
  readonly barcode: string;
  /** Probability to be in the persister state; NaN where not testable. */
  readonly probability: number;
  readonly called: boolean;
}

/** What an analysis said of the persister cells of one sample. Fractions run from 0 to 1; null without an estimate. */
export interface FoundFraction {
  readonly sample: string;
  readonly low: number | null;
  readonly high: number | null;
}

/** Answers about cells, in the form the score compares. */
export interface FoundInCells {
  readonly cells: readonly FoundCell[];
  readonly fractions: readonly FoundFraction[];
}

const aurocTarget = 0.95;
const nullTarget = 0.01;
const coverageTarget = 0.9;

/** A cell whose truth is known: a single tumour cell of good quality. */
interface KnownCell extends FoundCell {
  readonly inState: boolean;
}

/**
 * Scores persister calls against the truth, on good single tumour cells; resistant cells carry the same programme and count
 * as in the state.
 *
 * - Area under the ROC curve of the probability within untreated samples, where about one cell in a hundred is in the state.
 * - Called share of the cells under treatment in the patient without persisters.
 * - Samples whose interval covers the fraction among the cells it was estimated from.
 */
export function scoreCells(truth: SimulationTruth, found: FoundInCells): readonly TruthScoreLine[] {
  const known = knownCells(truth, found.cells);
  const untreated = new Set(truth.samples.filter(({ stage }) => stage === 'untreated').map(({ sample }) => sample));
  return [
    aurocLine(known.filter((cell) => untreated.has(cell.sample) && !Number.isNaN(cell.probability))),
    nullLine(truth, known),
    coverageLine(known, found.fractions),
  ];
}

function knownCells({ cells }: SimulationTruth, found: readonly FoundCell[]): readonly KnownCell[] {
  const places = new Map(
    Object.entries(cells).map(([sample, { barcodes }]) => [
      sample,
      new Map(barcodes.map((barcode, i) => [barcode, i])),
    ]),
  );
  return found.flatMap((cell) => {
    const place = places.get(cell.sample)?.get(cell.barcode);
    const sample = cells[cell.sample];
    if (place === undefined || sample === undefined || !isGoodTumourCell(sample, place)) return [];
    const state = sample.state[place];
    return [{ ...cell, inState: state === 'persister' || state === 'resistant' }];
  });
}

function isGoodTumourCell({ kind, state }: CellsTruth, place: number): boolean {
  return kind[place] === 'good' && state[place] !== 'normal';
}

function aurocLine(cells: readonly KnownCell[]): TruthScoreLine {
  const of = (inState: boolean): number[] => cells.filter((c) => c.inState === inState).map((c) => c.probability);
  const auroc = areaUnderCurve(of(true), of(false));
  return {
    id: 'cells-auroc',
    label: {
      en: 'Persister cells among untreated cells, AUROC',
      fr: 'Cellules persistantes parmi les cellules non traitées, AUROC',
    },
    value: Number.isNaN(auroc) ? null : auroc,
    shown: Number.isNaN(auroc) ? '–' : auroc.toFixed(3),
    target: `≥ ${aurocTarget.toFixed(2)}`,
    passed: auroc >= aurocTarget,
  };
}

function nullLine(truth: SimulationTruth, known: readonly KnownCell[]): TruthScoreLine {
  const patients = new Set(truth.patients.filter(({ role }) => role === 'null').map(({ patient }) => patient));
  const samples = new Set(
    truth.samples.filter((s) => patients.has(s.patient) && s.stage === 'residual').map(({ sample }) => sample),
  );
  const cells = known.filter((cell) => samples.has(cell.sample));
  const share = cells.length === 0 ? NaN : cells.filter((cell) => cell.called).length / cells.length;
  return {
    id: 'cells-null',
    label: {
      en: 'Cells called in the patient without persisters',
      fr: 'Cellules retenues chez le patient sans persistantes',
    },
    value: Number.isNaN(share) ? null : share,
    shown: Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`,
    target: `≤ ${(100 * nullTarget).toFixed(0)} %`,
    passed: share <= nullTarget,
  };
}

function coverageLine(known: readonly KnownCell[], fractions: readonly FoundFraction[]): TruthScoreLine {
  const asked = fractions.flatMap(({ sample, low, high }) => {
    const cells = known.filter((cell) => cell.sample === sample);
    if (low === null || high === null || cells.length === 0) return [];
    const fraction = cells.filter((cell) => cell.inState).length / cells.length;
    return [fraction >= low && fraction <= high];
  });
  const covered = asked.filter((holds) => holds).length;
  return {
    id: 'cells-fractions',
    label: {
      en: 'Samples whose interval covers the planted fraction',
      fr: 'Échantillons dont l’intervalle couvre la fraction simulée',
    },
    value: covered,
    shown: `${String(covered)}/${String(asked.length)}`,
    target: `≥ ${(100 * coverageTarget).toFixed(0)} %`,
    passed: asked.length > 0 && covered >= coverageTarget * asked.length,
  };
}
