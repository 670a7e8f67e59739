import { type RunContext, report, rngFor, throwIfAborted } from '../../core/context.js';
import type { EstimateStatus, MethodInfo } from '../../core/method.js';
import type { Rng } from '../../core/rng.js';
import { quantile } from '../../stats/quantile.js';
import { fUpper } from '../../stats/distributions.js';
import { flatResidual, type HillFit, hillFit, largestHill, lineFit, type ResponsePoints } from './hill-fit.js';
import type { SwitchCells } from './switch-shape.js';
import type { TargetLevels } from './target-levels.js';

/** Options of {@link switchResponse}. */
export interface SwitchResponseOptions {
  /** Fewest cells of a patient; default 200. */
  readonly minimumCells?: number;
  /** Bootstrap samples of cells; default 200. */
  readonly bootstraps?: number;
}

/** Cells of similar regulator level. */
export interface ResponseBin {
  readonly nCells: number;
  /** Mean regulator level, from the half of the counts that did not choose the bin; 1 in untreated cells. */
  readonly level: number;
  readonly programme: number;
  /** Standard error of the mean programme activity. */
  readonly standardError: number;
}

/** How steeply the programme follows one regulator in one patient. */
export interface PatientResponse {
  readonly regulator: string;
  readonly patient: string;
  readonly status: EstimateStatus;
  readonly reasons: readonly string[];
  readonly nTargets: number;
  readonly bins: readonly ResponseBin[];
  /** Effective Hill coefficient with its 95 % bootstrap interval; NaN where it cannot be read. */
  readonly hill: number;
  readonly hillLow: number;
  readonly hillHigh: number;
  readonly halfLevel: number;
  /** Weighted residual of the Hill curve over that of the straight line; under 1 the curve fits better. */
  readonly residualRatio: number;
  /** `ultrasensitive`: the interval is above 1 · `not steeper`: it holds 1 and ends below 2 · `cannot tell`: neither. */
  readonly verdict: 'ultrasensitive' | 'not steeper' | 'cannot tell';
}

/** What {@link switchResponse} is. */
export const switchResponseInfo: MethodInfo = {
  id: 'switch-response',
  title: 'Programme against regulator level in single cells',
  version: '1.0.0',
  doi: ['10.1073/pnas.78.11.6840'],
  input: 'programme activity of every cell, and regulator levels from targets outside the programme',
  output: 'binned response, effective Hill coefficient with interval, straight line beside it',
  random: true,
};

/** Bins of equal cell number, and least spread of the level over them from which a slope is read. */
const nBins = 15;
const leastRange = 1.3;
/** A coefficient that an interval has to exclude before a response counts as not steep. */
const steep = 2;

/**
 * How the programme follows a regulator over single cells of one patient. Cells are binned by the level of one half of the
 * counts and stand at the mean level of the other half: the noise that chose the bin is not in it, so the curve is not
 * flattened by it. The effective Hill coefficient comes from least squares of the Hill curve on the bins, its interval from
 * bootstrapping cells. A coefficient above 1 means steeper than saturable binding; the straight line stands beside it.
 *
 * A curve that falls, does not beat a constant, or has its middle at the edge of the levels decides nothing.
 *
 * A low Hill coefficient is not proof of a graded switch: cells differ in more than this regulator, which flattens the curve.
 */
export function switchResponse(
  cells: SwitchCells,
  levels: readonly TargetLevels[],
  options: SwitchResponseOptions,
  context: RunContext,
): readonly PatientResponse[] {
  const { minimumCells = 200, bootstraps = 200 } = options;
  const pairs = levels.flatMap((level) =>
    cells.patients.filter(({ notTestable }) => notTestable === null).map(({ patient }) => ({ level, patient })),
  );
  return pairs.map(({ level, patient }, i) => {
    throwIfAborted(context);
    report(context, 'switch: response', i, pairs.length, 'regulators and patients');
    const rng = rngFor(context, `switch/response/${level.regulator}/${patient}`);
    return respond(cells, level, patient, { minimumCells, bootstraps, rng });
  });
}

interface Settings {
  readonly minimumCells: number;
  readonly bootstraps: number;
  readonly rng: Rng;
}

function respond(cells: SwitchCells, level: TargetLevels, patient: string, settings: Settings): PatientResponse {
  const rows = usableRows(cells, level, patient);
  const unread = (reason: string, bins: readonly ResponseBin[] = []): PatientResponse => ({
    regulator: level.regulator,
    patient,
    status: 'not-identifiable',
    reasons: [reason],
    nTargets: level.nTargets,
    bins,
    hill: NaN,
    hillLow: NaN,
    hillHigh: NaN,
    halfLevel: NaN,
    residualRatio: NaN,
    verdict: 'cannot tell',
  });
  if (level.nTargets < 5) return unread('fewer than five activated targets outside the programme');
  if (rows.length < settings.minimumCells) return unread('too few cells');
  const data = dataOf(cells, level, rows);
  const bins = binsOf(data, null);
  const points = pointsOf(bins);
  const range = Math.max(...points.level) / Math.min(...points.level);
  if (!(range >= leastRange)) return unread('the regulator level hardly differs between cells', bins);
  const fit = hillFit(points);
  const draws = Float64Array.from({ length: settings.bootstraps }, () => {
    return hillFit(pointsOf(binsOf(data, resampled(rows.length, settings.rng)))).hill;
  }).sort();
  const [low, high] = [quantile(draws, 0.025), quantile(draws, 0.975)];
  const isStep = fit.hill >= largestHill * 0.99;
  const doubt = doubtOf(points, fit);
  return {
    ...unread(''),
    status: isStep ? 'censored-high' : 'ok',
    reasons: [
      ...(doubt === null ? [] : [doubt]),
      ...(isStep ? ['the response is a step; the coefficient is at least the lower end of its interval'] : []),
    ],
    bins,
    hill: fit.hill,
    hillLow: low,
    hillHigh: high,
    halfLevel: fit.halfLevel,
    residualRatio: fit.residual / lineFit(points).residual,
    verdict: doubt !== null ? 'cannot tell' : low > 1 ? 'ultrasensitive' : high < steep ? 'not steeper' : 'cannot tell',
  };
}

/** Bins at either end that alone may not carry the middle of a response. */
const edgeBins = 2;
/** Level at which the Hill curve has to beat no response at all. */
const responseAlpha = 0.01;

/**
 * Why a curve is no response to speak of: it falls, it does not beat a constant (F test of the three parameters more), or its
 * middle lies at the edge of the levels seen, so that one or two bins carry it. Null where none of these holds.
 */
function doubtOf(points: ResponsePoints, { low, high, halfLevel, residual }: HillFit): string | null {
  if (!(high > low)) return 'the programme falls as the regulator level rises';
  const df = points.level.length - 4;
  const f = (flatResidual(points) - residual) / 3 / (residual / df);
  if (!(df > 0) || fUpper(f, 3, df) > responseAlpha) return 'the programme does not follow the regulator level';
  const sorted = Float64Array.from(points.level).sort();
  const [least, most] = [sorted[edgeBins] as number, sorted[sorted.length - 1 - edgeBins] as number];
  return halfLevel < least || halfLevel > most ? 'the response lies at the edge of the levels seen' : null;
}

interface ResponseData {
  readonly choosing: Float64Array;
  readonly level: Float64Array;
  readonly programme: Float64Array;
  /** Bin of every cell by the choosing half. */
  readonly bin: Uint8Array;
}

function usableRows({ activity, sampleOf, samples }: SwitchCells, level: TargetLevels, patient: string): number[] {
  const rows: number[] = [];
  sampleOf.forEach((s, c) => {
    const usable = Number.isFinite(activity[c]) && Number.isFinite(level.first[c]) && Number.isFinite(level.second[c]);
    if (samples[s]?.patient === patient && usable) rows.push(c);
  });
  return rows;
}

function dataOf({ activity }: SwitchCells, level: TargetLevels, rows: readonly number[]): ResponseData {
  const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (c) => values[c] as number);
  const choosing = pick(level.first);
  const order = Uint32Array.from(choosing, (_, i) => i).sort(
    (a, b) => (choosing[a] as number) - (choosing[b] as number) || a - b,
  );
  const bin = new Uint8Array(rows.length);
  order.forEach((i, place) => {
    bin[i] = Math.floor((place * nBins) / rows.length);
  });
  return { choosing, level: pick(level.second), programme: pick(activity), bin };
}

/** How often each cell is drawn when as many are drawn with replacement. */
function resampled(n: number, rng: Rng): Uint8Array {
  const times = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const drawn = rng.integer(n);
    times[drawn] = (times[drawn] as number) + 1;
  }
  return times;
}

function binsOf({ level, programme, bin }: ResponseData, times: Uint8Array | null): readonly ResponseBin[] {
  const sums = Array.from({ length: nBins }, () => ({ n: 0, level: 0, programme: 0, squares: 0 }));
  bin.forEach((b, i) => {
    const own = sums[b] as (typeof sums)[number];
    const n = times === null ? 1 : (times[i] as number);
    const y = programme[i] as number;
    own.n += n;
    own.level += n * (level[i] as number);
    own.programme += n * y;
    own.squares += n * y * y;
  });
  return sums
    .filter(({ n }) => n > 1)
    .map((sum) => {
      const centre = sum.programme / sum.n;
      const variance = Math.max(0, sum.squares / sum.n - centre * centre) * (sum.n / (sum.n - 1));
      return {
        nCells: sum.n,
        level: sum.level / sum.n,
        programme: centre,
        standardError: Math.sqrt(variance / sum.n),
      };
    });
}

/** Bins as points; a level of zero has no logarithm and is moved just above it. */
function pointsOf(bins: readonly ResponseBin[]): ResponsePoints {
  return {
    level: Float64Array.from(bins, (bin) => Math.max(0.01, bin.level)),
    response: Float64Array.from(bins, (bin) => bin.programme),
    weight: Float64Array.from(bins, (bin) => bin.nCells),
  };
}
