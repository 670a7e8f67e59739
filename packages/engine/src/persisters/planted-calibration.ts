import { areaUnderCurve } from '../stats/auc.js';
import type { PlantedRecovery } from './planted-recovery.js';
import type { PlantedCalibration } from './types.js';

const nBins = 10;

/** Sums the planted cells of all patients up into one calibration. */
export function plantedCalibration(recoveries: readonly PlantedRecovery[]): PlantedCalibration {
  const cells = recoveries.flatMap(({ probability, planted }) =>
    Array.from(probability, (p, i) => ({ p, planted: planted[i] === 1 })).filter(({ p }) => !Number.isNaN(p)),
  );
  const positives = cells.filter((cell) => cell.planted);
  const negatives = cells.filter((cell) => !cell.planted);
  const bins = calibrationBins(
    cells.map(({ p }) => p),
    cells.map(({ planted }) => planted),
  );
  const shareAbove = (group: typeof cells): number | null =>
    group.length === 0 ? null : group.filter(({ p }) => p > 0.5).length / group.length;
  const area = areaUnderCurve(
    positives.map(({ p }) => p),
    negatives.map(({ p }) => p),
  );
  return {
    patients: recoveries.length,
    nCells: cells.length,
    nPlanted: positives.length,
    bins,
    calibrationError: cells.length === 0 ? null : calibrationError(bins),
    areaUnderCurve: Number.isNaN(area) ? null : area,
    sensitivity: shareAbove(positives),
    falsePositives: shareAbove(negatives),
  };
}

/** Cells in ten equal bins of probability: how many, their mean probability, and the share that is positive; NaN in empty bins. */
export function calibrationBins(
  probability: readonly number[],
  positive: readonly boolean[],
): PlantedCalibration['bins'] {
  const sums = Array.from({ length: nBins }, () => ({ nCells: 0, sum: 0, positives: 0 }));
  probability.forEach((p, i) => {
    const bin = sums[Math.min(nBins - 1, Math.floor(p * nBins))] as (typeof sums)[number];
    bin.nCells += 1;
    bin.sum += p;
    bin.positives += positive[i] === true ? 1 : 0;
  });
  return sums.map(({ nCells, sum, positives }) => ({
    nCells,
    meanProbability: sum / nCells,
    planted: positives / nCells,
  }));
}

/**
 * Expected calibration error: Σ over bins of (cells in bin / all cells) · |mean probability − share positive|.
 *
 * @see Naeini et al. 2015, doi:10.1609/aaai.v29i1.9602
 */
export function calibrationError(bins: PlantedCalibration['bins']): number {
  const nCells = bins.reduce((sum, bin) => sum + bin.nCells, 0);
  return bins.reduce(
    (sum, bin) => (bin.nCells === 0 ? sum : sum + (bin.nCells / nCells) * Math.abs(bin.meanProbability - bin.planted)),
    0,
  );
}
