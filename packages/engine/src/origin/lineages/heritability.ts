import type { Estimate } from '../../core/method.js';
import { normalQuantile, studentQuantile } from '../../stats/distributions.js';
import { agreementByClone, expectedAgreement, type SisterGroups } from './sister-agreement.js';

/** From this many clones of two or more cells on, clones are the units of the interval. */
const manyClones = 10;

/**
 * Heritability of the state, (A − E A)/(1 − E A) with the sister agreement A. Its interval is a jackknife over clones from ten
 * clones of two or more cells on, with Student's t. With fewer, clones are taken as given and the jackknife is over cells:
 * the interval then holds for these clones and says nothing of others.
 */
export function heritability(groups: SisterGroups, { level }: { readonly level: number }): Estimate {
  const expected = expectedAgreement(groups);
  const { same, all } = agreementByClone(groups, groups.state);
  const value = (sum(same) / sum(all) - expected) / (1 - expected);
  const nClones = all.filter((size) => size > 0).length;
  const overClones = nClones >= manyClones;
  const method = `sister-cell agreement above chance, jackknife over ${overClones ? 'clones' : 'cells'}`;
  const variance = overClones ? clonesVariance({ same, all, expected }) : cellsVariance(groups);
  if (!(variance > 0)) {
    const reasons = ['all sister cells agree alike: no interval'];
    return { value, low: null, high: null, level, method, status: 'ok', reasons };
  }
  const tail = (1 + level) / 2;
  const reach = (overClones ? studentQuantile(tail, nClones - 1) : normalQuantile(tail)) * Math.sqrt(variance);
  return { value, low: value - reach, high: Math.min(1, value + reach), level, method, status: 'ok', reasons: [] };
}

function clonesVariance(parts: {
  readonly same: Float64Array;
  readonly all: Float64Array;
  readonly expected: number;
}): number {
  const [same, all] = [sum(parts.same), sum(parts.all)];
  const left: number[] = [];
  parts.all.forEach((size, c) => {
    if (size === 0) return;
    const agreement = (same - (parts.same[c] as number)) / (all - size);
    left.push((agreement - parts.expected) / (1 - parts.expected));
  });
  return jackknifeVariance(
    left,
    left.map(() => 1),
  );
}

/** Cells of one clone in one state are alike, so leaving out any of them gives the same value. */
function cellsVariance(groups: SisterGroups): number {
  const tables = countTables(groups);
  const whole = sumsOf(groups, tables);
  const [values, weights]: [number[], number[]] = [[], []];
  const { nStates } = groups;
  tables.byClone.forEach((n, at) => {
    if (n === 0) return;
    const [c, state] = [Math.floor(at / nStates), at % nStates];
    values.push(valueOf(without(groups, { tables, whole, c, state })));
    weights.push(n);
  });
  return jackknifeVariance(values, weights);
}

interface CountTables {
  /** Clones × states and strata × states. */
  readonly byClone: Float64Array;
  readonly byStratum: Float64Array;
}

/** What the heritability is made of. */
interface Sums {
  readonly same: number;
  readonly all: number;
  /** Per stratum: cells with a sister, and the chance agreement of its cells. */
  readonly weight: Float64Array;
  readonly chance: Float64Array;
}

function countTables({ state, clone, cloneSize, nStates, stratumOfClone, stratumStarts }: SisterGroups): CountTables {
  const byClone = new Float64Array(cloneSize.length * nStates);
  const byStratum = new Float64Array((stratumStarts.length - 1) * nStates);
  state.forEach((s, i) => {
    const c = clone[i] as number;
    const [inClone, inStratum] = [c * nStates + s, (stratumOfClone[c] as number) * nStates + s];
    byClone[inClone] = (byClone[inClone] as number) + 1;
    byStratum[inStratum] = (byStratum[inStratum] as number) + 1;
  });
  return { byClone, byStratum };
}

function sumsOf(groups: SisterGroups, { byStratum }: CountTables): Sums {
  const { cloneSize, nStates, stratumOfClone, stratumStarts } = groups;
  const { same, all } = agreementByClone(groups, groups.state);
  const weight = new Float64Array(stratumStarts.length - 1);
  cloneSize.forEach((size, c) => {
    const t = stratumOfClone[c] as number;
    if (size > 1) weight[t] = (weight[t] as number) + size;
  });
  const chance = weight.map((_, t) => agreeingPairs(byStratum.subarray(t * nStates, (t + 1) * nStates)));
  return { same: sum(same), all: sum(all), weight, chance };
}

/** The sums after leaving out one cell of clone c in a state. */
function without(
  { cloneSize, nStates, stratumOfClone }: SisterGroups,
  {
    tables,
    whole,
    c,
    state,
  }: { readonly tables: CountTables; readonly whole: Sums; readonly c: number; readonly state: number },
): Sums {
  const t = stratumOfClone[c] as number;
  const size = cloneSize[c] as number;
  const own = tables.byClone.slice(c * nStates, (c + 1) * nStates);
  const stratum = tables.byStratum.slice(t * nStates, (t + 1) * nStates);
  const before = size > 1 ? agreeingPairs(own) * size : 0;
  own[state] = (own[state] as number) - 1;
  stratum[state] = (stratum[state] as number) - 1;
  const after = size > 2 ? agreeingPairs(own) * (size - 1) : 0;
  const fewer = size > 2 ? 1 : size === 2 ? 2 : 0;
  const [weight, chance] = [whole.weight.slice(), whole.chance.slice()];
  weight[t] = (weight[t] as number) - fewer;
  chance[t] = agreeingPairs(stratum);
  return { same: whole.same - before + after, all: whole.all - fewer, weight, chance };
}

function valueOf({ same, all, weight, chance }: Sums): number {
  const expected = weight.reduce((mean, cells, t) => mean + (cells === 0 ? 0 : cells * (chance[t] as number)), 0) / all;
  return (same / all - expected) / (1 - expected);
}

/** Chance that two cells drawn from counts by state agree. */
function agreeingPairs(counts: Float64Array): number {
  const n = sum(counts);
  return counts.reduce((pairs, one) => pairs + one * (one - 1), 0) / (n * (n - 1));
}

function jackknifeVariance(values: readonly number[], weights: readonly number[]): number {
  const n = weights.reduce((total, one) => total + one, 0);
  const mean = values.reduce((total, value, i) => total + value * (weights[i] as number), 0) / n;
  const squares = values.reduce((total, value, i) => total + (weights[i] as number) * (value - mean) ** 2, 0);
  return ((n - 1) / n) * squares;
}

function sum(values: Float64Array): number {
  return values.reduce((total, one) => total + one, 0);
}
