import { report, rngFor, type RunContext, throwIfAborted } from '../core/context.js';
import { mean } from '../core/sum.js';
import { shuffleInPlace } from '../core/rng.js';
import type { CellProgramme } from './cell-programme.js';
import { mergeProgrammes } from './merge-programmes.js';
import { ownProgrammes, robustProgrammes } from './robust-programmes.js';
import type { FounderRule, MetaProgrammeRules } from './rules.js';

/** Options of {@link programmeNumber}. */
export interface ProgrammeNumberOptions {
  readonly rules: MetaProgrammeRules;
  /** The founder's rule with all patients. */
  readonly founder: FounderRule;
  /** Shuffles of gene labels per left-out patient. */
  readonly shuffles: number;
  /** Highest P value at which any meta-programme is taken to recur. */
  readonly pValueMax: number;
}

/** How well the first `number` meta-programmes of the other patients describe a left-out one. */
export interface NumberLevel {
  readonly number: number;
  /** Share of its genes a left-out programme has in its best meta-programme; mean over programmes, then over patients. */
  readonly overlap: number;
  /** The same with gene labels shuffled. */
  readonly nullOverlap: number;
  readonly null95: number;
  /** `overlap − nullOverlap`. */
  readonly gap: number;
  /** Standard error over patients of the gap lost against the best number; zero at the best. */
  readonly standardError: number;
  /** `(1 + shuffles with at least this overlap) / (1 + shuffles)`. */
  readonly pValue: number;
}

/** The number of meta-programmes that held-out patients support. */
export interface ProgrammeNumber {
  readonly status: 'ok' | 'not-testable';
  /** null when not testable. */
  readonly chosen: number | null;
  readonly reason: string;
  readonly curve: readonly NumberLevel[];
  /** Patients left out in turn that have programmes of their own. */
  readonly patients: readonly string[];
}

/** What one left-out patient shows, by number of meta-programmes. */
interface Fold {
  readonly patient: string;
  readonly overlap: Float64Array;
  /** Shuffles × numbers. */
  readonly shuffled: readonly Float64Array[];
}

/**
 * How many meta-programmes there are. Each patient in turn is left out, meta-programmes are made from the others (the founder
 * needs one partner fewer, since the patient left out may have been one), and each of the patient's own programmes is compared with
 * the first n of them: the share of its genes in the best one. More meta-programmes can only raise that overlap, by chance too; what chance gives is measured by shuffling the genes among all that occur in any programme.
 * The number is the smallest whose gap (overlap less chance) falls short of the best gap by no more than one standard error, taken over
 * patients on paired differences; none when even the best number does not beat the shuffles.
 *
 * @param programmes - programmes of every rank of every sample
 * @param most - longest curve
 * @see doi:10.1111/1467-9868.00293 (gap statistic and its one-standard-error rule), here on held-out patients
 */
export function programmeNumber(
  programmes: readonly CellProgramme[],
  most: number,
  options: ProgrammeNumberOptions,
  context: RunContext,
): ProgrammeNumber {
  const patients = [...new Set(programmes.map((programme) => programme.patient))];
  if (patients.length < 3) {
    return notTestable('leaving a patient out needs at least three patients with programmes', patients);
  }
  const folds = patients.flatMap((patient, k) => {
    throwIfAborted(context);
    report(context, 'number of meta-programmes', k, patients.length, 'patients');
    return leaveOut(programmes, patient, { ...options, most, block: k }, context) ?? [];
  });
  if (folds.length < 3) {
    return notTestable('fewer than three patients have programmes that are found at more than one rank', patients);
  }
  const curve = curveOf(folds, Math.max(1, most));
  return { status: 'ok', ...choose(curve, options.pValueMax), curve, patients: folds.map((fold) => fold.patient) };
}

function notTestable(reason: string, patients: readonly string[]): ProgrammeNumber {
  return { status: 'not-testable', chosen: null, reason, curve: [], patients };
}

interface FoldOptions extends ProgrammeNumberOptions {
  readonly most: number;
  readonly block: number;
}

function leaveOut(
  programmes: readonly CellProgramme[],
  patient: string,
  { rules, founder, shuffles, most, block }: FoldOptions,
  context: RunContext,
): Fold | null {
  const others = programmes.filter((programme) => programme.patient !== patient);
  const fewer: FounderRule = { ...founder, nUnits: founder.nUnits - 1, partners: Math.max(1, founder.partners - 1) };
  const { kept } = robustProgrammes(others, rules, fewer.unit);
  const merged = mergeProgrammes(
    kept.map((i) => others[i] as CellProgramme),
    rules,
    fewer,
  );
  const own = ownProgrammes(
    programmes.filter((programme) => programme.patient === patient),
    rules,
  );
  if (own.length === 0) return null;
  const pool = [...new Set(programmes.flatMap((programme) => programme.genes))].sort();
  const idOf = new Map(pool.map((gene, id) => [gene, id]));
  const identify = (genes: readonly string[]): Int32Array => Int32Array.from(genes, (gene) => idOf.get(gene) as number);
  const found = merged.slice(0, Math.max(1, most)).map((m) => membership(identify(m.genes), pool.length));
  const left = own.map((programme) => identify(programme.genes));
  const labels = Int32Array.from(pool, (_, id) => id);
  const rng = rngFor(context, 'metaprogrammes/number', block);
  const observed = bestOverlaps(left, found, { labels, most });
  const shuffled = Array.from({ length: shuffles }, () => {
    shuffleInPlace(labels, rng);
    return bestOverlaps(left, found, { labels, most });
  });
  return { patient, overlap: observed, shuffled };
}

function membership(genes: Int32Array, size: number): Uint8Array {
  const member = new Uint8Array(size);
  for (const gene of genes) member[gene] = 1;
  return member;
}

/** Mean over the programmes of their best share of genes among the first 1, 2, … meta-programmes. */
function bestOverlaps(
  programmes: readonly Int32Array[],
  found: readonly Uint8Array[],
  { labels, most }: { readonly labels: Int32Array; readonly most: number },
): Float64Array {
  const means = new Float64Array(Math.max(1, most));
  for (const programme of programmes) {
    let best = 0;
    for (let n = 0; n < means.length; n++) {
      const member = found[n];
      if (member !== undefined) {
        let shared = 0;
        for (const gene of programme) shared += member[labels[gene] as number] as number;
        best = Math.max(best, shared / programme.length);
      }
      means[n] = (means[n] as number) + best / programmes.length;
    }
  }
  return means;
}

function curveOf(folds: readonly Fold[], most: number): readonly NumberLevel[] {
  const at = (values: Float64Array, n: number): number => values[n] as number;
  const nulls = Array.from({ length: most }, (_, n) =>
    folds.map((fold) => mean(fold.shuffled.map((values) => at(values, n)))),
  );
  const gaps = nulls.map((ofPatients, n) => ofPatients.map((value, k) => at((folds[k] as Fold).overlap, n) - value));
  const best = gaps.reduce((top, gap, n) => (mean(gap) > mean(gaps[top] as number[]) + 1e-12 ? n : top), 0);
  return gaps.map((gap, n) => {
    const overlap = mean(folds.map((fold) => at(fold.overlap, n)));
    const shuffled = (folds[0] as Fold).shuffled.map((_, s) =>
      mean(folds.map((fold) => at(fold.shuffled[s] as Float64Array, n))),
    );
    const sorted = [...shuffled].sort((a, b) => a - b);
    const reached = shuffled.filter((value) => value >= overlap - 1e-12).length;
    return {
      number: n + 1,
      overlap,
      nullOverlap: mean(nulls[n] as number[]),
      null95: sorted[Math.ceil(0.95 * sorted.length) - 1] ?? NaN,
      gap: mean(gap),
      standardError: standardErrorOf(gap.map((value, k) => (gaps[best]?.[k] as number) - value)),
      pValue: (1 + reached) / (1 + shuffled.length),
    };
  });
}

function standardErrorOf(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

function choose(curve: readonly NumberLevel[], pValueMax: number): Pick<ProgrammeNumber, 'chosen' | 'reason'> {
  const best = curve.reduce((top, level) => (level.gap > top.gap + 1e-12 ? level : top), curve[0] as NumberLevel);
  if (best.pValue > pValueMax) {
    const found = `at best ${percent(best.overlap)} of a left-out programme's genes, ${percent(best.nullOverlap)} by chance`;
    return { chosen: 0, reason: `left-out patients share no more than shuffled genes do (${found})` };
  }
  const chosen = curve.find((level) => best.gap - level.gap <= level.standardError + 1e-12) as NumberLevel;
  const gained = `${percent(chosen.overlap)} of a left-out patient's programme genes against ${percent(chosen.nullOverlap)} by chance`;
  const why =
    chosen.number === best.number
      ? 'the number with the largest gap to chance'
      : `the smallest number within one standard error of the largest gap to chance, at ${String(best.number)}`;
  return { chosen: chosen.number, reason: `${why}: ${gained}` };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
