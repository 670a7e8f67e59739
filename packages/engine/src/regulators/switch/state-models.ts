import { exp, log, pow } from '../../core/pinned-math.js';

/** The three ways the cells of one sample may lie along the programme. */
export type StateShape = 'two-state' | 'graded' | 'mixture';

/** One state: share of the cells, mean activity and spread between its cells beyond counting noise. */
export interface ProgrammeState {
  readonly share: number;
  readonly mean: number;
  readonly spread: number;
}

/** A family of distributions of the true activity. Parameters are free real numbers. */
export interface StateModel {
  readonly shape: StateShape;
  /** Where to start, from quantiles of the cells. */
  readonly starts: (at: CellSummary) => readonly (readonly number[])[];
  /** Masses on the grid, summing to one. */
  readonly masses: (parameters: Float64Array, grid: Float64Array) => Float64Array;
  /** The states in numbers a table can hold, lower mean first; one for a graded state. */
  readonly states: (parameters: Float64Array, grid: Float64Array) => readonly ProgrammeState[];
}

/** What starts are made from: the range of the cells, quantiles, and their standard deviation less counting noise. */
export interface CellSummary {
  readonly least: number;
  readonly low: number;
  readonly quarter: number;
  readonly middle: number;
  readonly threeQuarters: number;
  readonly high: number;
  readonly most: number;
  readonly spread: number;
}

/** Largest spread of a state of an on–off switch, as a share of the distance between the states: 2.5 spreads to the midpoint. */
export const narrowSpread: number = 0.2;
/** Least share of the cells that a state of two holds: rarer ones cannot be told from a tail. */
export const leastShare: number = 0.02;
/** Most cells of a sample that may be pairs of one cell of each state left over from doublet removal. */
const mostPairs = 0.1;

/**
 * (a) Two states, both narrow: spreads of at most a fifth of their distance, so that less than one cell in a hundred of either
 * is past the midpoint. Up to a tenth of the cells may be doublets; those of one cell of each state stand halfway.
 */
export const twoState: StateModel = {
  shape: 'two-state',
  starts: (at) =>
    [
      [at.low, at.high, 0],
      [at.quarter, at.threeQuarters, 0],
      [at.low, at.middle, 1.5],
      [at.middle, at.high, -1.5],
    ].map(([off = 0, on = 0, share = 0]) => [toFree(off, at), toFree(on, at), share, -1, -1, -4]),
  masses: (p, grid) => {
    const [off, on] = twoStates(p, grid);
    const masses = new Float64Array(grid.length);
    const pairs = 2 * off.share * on.share * mostPairs * logistic(p[5] as number);
    addNormal(masses, grid, { ...off, share: off.share * (1 - pairs) });
    addNormal(masses, grid, { ...on, share: on.share * (1 - pairs) });
    addNormal(masses, grid, { share: pairs, mean: (off.mean + on.mean) / 2, spread: (off.spread + on.spread) / 2 });
    return masses;
  },
  states: (p, grid) => inOrder(twoStates(p, grid)),
};

function twoStates(p: Float64Array, grid: Float64Array): readonly [ProgrammeState, ProgrammeState] {
  const [first, second] = [within(p[0] as number, grid), within(p[1] as number, grid)];
  const share = sharedOut(p[2] as number);
  const limit = narrowSpread * Math.abs(second - first);
  return [
    { share: 1 - share, mean: first, spread: limit * logistic(p[3] as number) },
    { share, mean: second, spread: limit * logistic(p[4] as number) },
  ];
}

/** (b) One state spread along the programme, normal. */
export const gradedNormal: StateModel = {
  shape: 'graded',
  starts: (at) => [1, 0.5].map((share) => [toFree(at.middle, at), log(Math.max(0.02, share * at.spread))]),
  masses: (p, grid) => {
    const masses = new Float64Array(grid.length);
    for (const state of oneState(p, grid)) addNormal(masses, grid, state);
    return masses;
  },
  states: oneState,
};

function oneState(p: Float64Array, grid: Float64Array): readonly ProgrammeState[] {
  return [{ share: 1, mean: within(p[0] as number, grid), spread: exp(Math.min(5, p[1] as number)) }];
}

/** (b) One state spread along the programme, beta on an interval with one mode: both shape parameters at least one. */
export const gradedBeta: StateModel = {
  shape: 'graded',
  starts: (at) =>
    [
      [-2, -2],
      [-2, 1],
      [1, -2],
    ].map(([a = 0, b = 0]) => [toFree(at.low, at), toFree(at.high, at), a, b]),
  masses: betaMasses,
  states: (p, grid) => {
    const { low, width, a, b } = betaOf(p, grid);
    const spread = width * Math.sqrt((a * b) / ((a + b) * (a + b) * (a + b + 1)));
    return [{ share: 1, mean: low + (width * a) / (a + b), spread }];
  },
};

interface BetaShape {
  readonly low: number;
  readonly width: number;
  readonly a: number;
  readonly b: number;
}

function betaOf(p: Float64Array, grid: Float64Array): BetaShape {
  const [one, other] = [within(p[0] as number, grid), within(p[1] as number, grid)];
  const step = (grid[1] as number) - (grid[0] as number);
  return {
    low: Math.min(one, other),
    width: Math.max(step, Math.abs(other - one)),
    a: 1 + exp(Math.min(5, p[2] as number)),
    b: 1 + exp(Math.min(5, p[3] as number)),
  };
}

function betaMasses(p: Float64Array, grid: Float64Array): Float64Array {
  const { low, width, a, b } = betaOf(p, grid);
  const step = (grid[1] as number) - (grid[0] as number);
  // A step of the grid that sticks out of the interval counts for the part inside, so that the ends can move smoothly.
  const masses = grid.map((t) => {
    const from = Math.max(low, t - step / 2);
    const to = Math.min(low + width, t + step / 2);
    if (!(to > from)) return 0;
    const u = ((from + to) / 2 - low) / width;
    return (to - from) * pow(u, a - 1) * pow(1 - u, b - 1);
  });
  return scaledTo(masses, 1);
}

/** (c) A narrow state beside a graded one, either way round. */
export const mixedStates: StateModel = {
  shape: 'mixture',
  starts: (at) =>
    [
      [at.low, at.middle, 0, 0],
      [at.high, at.middle, 0, 0],
      [at.low, at.threeQuarters, 1, -1],
    ].map(([narrow = 0, broad = 0, share = 0, spread = 0]) => [
      toFree(narrow, at),
      toFree(broad, at),
      share,
      -1,
      spread,
    ]),
  masses: (p, grid) => {
    const masses = new Float64Array(grid.length);
    for (const state of narrowAndBroad(p, grid)) addNormal(masses, grid, state);
    return masses;
  },
  states: (p, grid) => inOrder(narrowAndBroad(p, grid)),
};

function narrowAndBroad(p: Float64Array, grid: Float64Array): readonly [ProgrammeState, ProgrammeState] {
  const [narrow, broad] = [within(p[0] as number, grid), within(p[1] as number, grid)];
  const share = sharedOut(p[2] as number);
  const limit = narrowSpread * Math.abs(broad - narrow);
  return [
    { share: 1 - share, mean: narrow, spread: limit * logistic(p[3] as number) },
    { share, mean: broad, spread: limit * (1 + exp(Math.min(5, p[4] as number))) },
  ];
}

/** Adds a normal distribution to the masses, no narrower than the grid can hold. */
function addNormal(masses: Float64Array, grid: Float64Array, { share, mean, spread }: ProgrammeState): void {
  const step = (grid[1] as number) - (grid[0] as number);
  const sd = Math.max(spread, 0.6 * step);
  const own = grid.map((t) => exp(-0.5 * ((t - mean) / sd) * ((t - mean) / sd)));
  scaledTo(own, share).forEach((mass, j) => {
    masses[j] = (masses[j] as number) + mass;
  });
}

function scaledTo(masses: Float64Array, total: number): Float64Array {
  const sum = masses.reduce((a, b) => a + b, 0);
  return sum > 0 ? masses.map((mass) => (mass / sum) * total) : masses;
}

function inOrder(states: readonly ProgrammeState[]): readonly ProgrammeState[] {
  return [...states].sort((a, b) => a.mean - b.mean);
}

/** A free number as an activity within the range of the cells. */
function within(u: number, grid: Float64Array): number {
  const low = grid[0] as number;
  return low + ((grid[grid.length - 1] as number) - low) * logistic(u);
}

/** The free number of an activity. */
function toFree(activity: number, { least, most }: CellSummary): number {
  const share = Math.min(0.98, Math.max(0.02, (activity - least) / (most - least)));
  return log(share / (1 - share));
}

/** A share that leaves at least {@link leastShare} to either state. */
function sharedOut(u: number): number {
  return leastShare + (1 - 2 * leastShare) * logistic(u);
}

function logistic(u: number): number {
  return 1 / (1 + exp(-u));
}
