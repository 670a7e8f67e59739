import { countBoth, type Literal, type LiteralSet } from './gate-bits.js';

/** One marker of a gate: a literal, kept (`true`) or excluded. */
export interface GateTerm {
  readonly literal: number;
  readonly kept: boolean;
}

/** A gate with its score. */
export interface ScoredGate {
  readonly terms: readonly GateTerm[];
  /** Mean over the training patients of sensitivity minus the largest share of other cells it keeps. */
  readonly score: number;
}

/** Best gates of each size, best first: learned on all patients, and without each patient in turn. */
export interface GateSearch {
  readonly all: readonly (readonly ScoredGate[])[];
  /** Per left-out patient. */
  readonly without: readonly (readonly (readonly ScoredGate[])[])[];
}

/** Best gates kept per size, and pairs that three-marker gates grow from. */
const beam = 20;

/**
 * Finds the best AND and AND-NOT gates of one, two and three markers, on all patients and without each patient. Gates of one
 * and two markers are searched in full over all thresholds; gates of three grow from the 20 best pairs (each pair of genes and
 * signs counted once) by every marker, kept or excluded. A gate keeps at least one marker.
 *
 * The score of a patient is sensitivity − max(share of untreated tumour cells kept, share of normal cells kept): Youden's index
 * against whichever contaminates more. It is zero or less for a gate that knows nothing.
 *
 * Cost: literals² / 2 × cells / 32 word operations.
 */
export function searchGates(set: LiteralSet, sizes: readonly number[]): GateSearch {
  const n = set.nPatients;
  const empty = (): TopGates[] => Array.from({ length: n + 1 }, () => topGates(beam));
  const [singles, pairs, triples] = [empty(), empty(), empty()];
  scoreSingles(set, singles);
  if (sizes.some((size) => size >= 2)) scorePairs(set, pairs);
  if (sizes.includes(3)) {
    pairs.forEach((top, fold) => {
      growTriples(set, top.list, triples[fold] as TopGates, fold);
    });
  }
  const bySize = [singles, pairs, triples];
  const of = (fold: number): (readonly ScoredGate[])[] => bySize.map((top) => (top[fold] as TopGates).list);
  return { all: of(n), without: Array.from({ length: n }, (_, fold) => of(fold)) };
}

/** Youden's index of every patient from the cells kept per block. */
export function patientScores(counts: Float64Array, sizes: Float64Array, out: Float64Array): void {
  for (let p = 0; p < out.length; p++) {
    const share = (block: number): number => {
      const size = sizes[3 * p + block] as number;
      return size === 0 ? 0 : (counts[3 * p + block] as number) / size;
    };
    out[p] = share(0) - Math.max(share(1), share(2));
  }
}

/** The best gates seen, each set of genes and signs once. */
interface TopGates {
  readonly list: ScoredGate[];
  offer(score: number, terms: () => readonly GateTerm[], key: (terms: readonly GateTerm[]) => string): void;
}

function topGates(size: number): TopGates {
  const list: ScoredGate[] = [];
  const keys: string[] = [];
  return {
    list,
    offer: (score, termsOf, keyOf) => {
      const last = list.length < size ? -Infinity : (list[list.length - 1] as ScoredGate).score;
      if (!(score > last)) return;
      const terms = termsOf();
      const key = keyOf(terms);
      const known = keys.indexOf(key);
      if (known >= 0) {
        if (!(score > (list[known] as ScoredGate).score)) return;
        list.splice(known, 1);
        keys.splice(known, 1);
      }
      let place = list.length;
      while (place > 0 && (list[place - 1] as ScoredGate).score < score) place--;
      list.splice(place, 0, { terms, score });
      keys.splice(place, 0, key);
      if (list.length > size) {
        list.pop();
        keys.pop();
      }
    },
  };
}

function keyIn(literals: readonly Literal[]): (terms: readonly GateTerm[]) => string {
  return (terms) =>
    terms
      .map(({ literal, kept }) => `${kept ? '' : '!'}${String((literals[literal] as Literal).gene)}`)
      .sort()
      .join(' ');
}

/** Offers one gate to the search over all patients and to every search without one. */
function offerer(
  set: LiteralSet,
  tops: readonly TopGates[],
): (counts: Float64Array, terms: () => readonly GateTerm[]) => void {
  const n = set.nPatients;
  const scores = new Float64Array(n);
  const key = keyIn(set.literals);
  return (counts, terms) => {
    patientScores(counts, set.sizes, scores);
    let sum = 0;
    for (const score of scores) sum += score;
    (tops[n] as TopGates).offer(sum / n, terms, key);
    for (let fold = 0; fold < n; fold++) {
      (tops[fold] as TopGates).offer((sum - (scores[fold] as number)) / (n - 1), terms, key);
    }
  };
}

function scoreSingles(set: LiteralSet, tops: readonly TopGates[]): void {
  const offer = offerer(set, tops);
  set.literals.forEach(({ counts }, literal) => {
    offer(counts, () => [{ literal, kept: true }]);
  });
}

function scorePairs(set: LiteralSet, tops: readonly TopGates[]): void {
  const { literals, starts } = set;
  const offer = offerer(set, tops);
  const both = new Float64Array(starts.length - 1);
  const rest = new Float64Array(starts.length - 1);
  for (let i = 0; i < literals.length; i++) {
    const a = literals[i] as Literal;
    for (let j = i + 1; j < literals.length; j++) {
      const b = literals[j] as Literal;
      if (a.gene === b.gene) continue;
      countBoth(a.bits, b.bits, starts, both);
      offer(both, () => [
        { literal: i, kept: true },
        { literal: j, kept: true },
      ]);
      subtract(a.counts, both, rest);
      offer(rest, () => [
        { literal: i, kept: true },
        { literal: j, kept: false },
      ]);
      subtract(b.counts, both, rest);
      offer(rest, () => [
        { literal: j, kept: true },
        { literal: i, kept: false },
      ]);
    }
  }
}

/** Three-marker gates from the best pairs of one fold; only that fold's score counts. */
function growTriples(set: LiteralSet, pairs: readonly ScoredGate[], top: TopGates, fold: number): void {
  const { literals, starts, sizes, nPatients } = set;
  const scores = new Float64Array(nPatients);
  const key = keyIn(literals);
  const [of, both, rest] = [0, 1, 2].map(() => new Float64Array(starts.length - 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const offer = (counts: Float64Array, terms: () => readonly GateTerm[]): void => {
    patientScores(counts, sizes, scores);
    let sum = 0;
    scores.forEach((score, p) => {
      if (p !== fold) sum += score;
    });
    top.offer(sum / (fold < nPatients ? nPatients - 1 : nPatients), terms, key);
  };
  for (const { terms } of pairs) {
    const bits = gateBits(set, terms);
    countBoth(bits, bits, starts, of);
    const used = terms.map(({ literal }) => (literals[literal] as Literal).gene);
    literals.forEach((c, literal) => {
      if (used.includes(c.gene)) return;
      countBoth(bits, c.bits, starts, both);
      offer(both, () => [...terms, { literal, kept: true }]);
      subtract(of, both, rest);
      offer(rest, () => [...terms, { literal, kept: false }]);
    });
  }
}

/** One bit per cell a gate keeps. The spare bits at the end of a block are never set, since a gate keeps a marker. */
export function gateBits({ literals, starts }: LiteralSet, terms: readonly GateTerm[]): Uint32Array {
  const bits = new Uint32Array(starts[starts.length - 1] as number).fill(0xffffffff);
  for (const { literal, kept } of terms) {
    const own = (literals[literal] as Literal).bits;
    for (let word = 0; word < bits.length; word++) {
      const value = own[word] as number;
      bits[word] = (bits[word] as number) & (kept ? value : ~value);
    }
  }
  return bits;
}

function subtract(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = (a[i] as number) - (b[i] as number);
}
