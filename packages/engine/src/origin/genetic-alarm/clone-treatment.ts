import type { Estimate } from '../../core/method.js';
import { studentQuantile, studentTwoSided } from '../../stats/distributions.js';
import { benjaminiHochberg } from '../../stats/multiple-testing.js';
import { shareDifference, shareEstimate } from './share-difference.js';

/** What the animal of a library last got: drug, nothing after drug, or never any. */
export type TreatmentArm = 'treated' | 'withdrawn' | 'untreated';

/** One library: the cells of one animal. */
export interface TreatmentLibrary {
  readonly library: string;
  readonly patient: string;
  /** Passage (or time) at which arms are compared. */
  readonly passage: string;
  readonly arm: TreatmentArm;
  /** Cells by clone; cells without one are left out. */
  readonly cells: ReadonlyMap<string, number>;
}

/** Share of one clone in one library. */
export interface CloneShare {
  readonly patient: string;
  readonly passage: string;
  readonly library: string;
  readonly arm: TreatmentArm;
  readonly clone: string;
  readonly nCells: number;
  readonly nLibraryCells: number;
  readonly share: Estimate;
}

/** One clone at one passage, treated against control. */
export interface ClonePassage {
  readonly patient: string;
  readonly passage: string;
  readonly clone: string;
  readonly nTreatedLibraries: number;
  readonly nControlLibraries: number;
  /** Share in treated minus share in control libraries, cells of an arm added up: technical interval. */
  readonly difference: Estimate;
}

/** One clone of one patient over its passages. */
export interface CloneTreatmentTest {
  readonly patient: string;
  readonly clone: string;
  readonly nPassages: number;
  /** Passages in which the clone is more common under treatment. */
  readonly nHigher: number;
  /** Mean over passages of the difference of shares, each passage a pair. */
  readonly meanDifference: Estimate;
  /** Paired t test over passages; NaN with fewer than three. */
  readonly pValue: number;
  /** Benjamini–Hochberg over the clones of the patient. */
  readonly pAdjusted: number;
}

/** Clones under treatment. */
export interface CloneTreatment {
  readonly shares: readonly CloneShare[];
  readonly passages: readonly ClonePassage[];
  readonly tests: readonly CloneTreatmentTest[];
  /** What the tests cannot know; holds for all of them. */
  readonly limits: readonly string[];
}

/** Options of `cloneTreatment`. */
export interface CloneTreatmentOptions {
  /** Arm that treated libraries are compared with; `untreated` by default. */
  readonly control?: Exclude<TreatmentArm, 'treated'>;
  /** Cells a clone needs in the compared libraries of a patient; 20 by default. Rarer clones are not tested. */
  readonly minimumCells?: number;
  readonly level?: number;
}

/**
 * Clone by treatment within a patient whose tumour is passaged with and without drug: share of every clone in every library,
 * difference of treated and control at each passage that has both, and a paired t test with the passage as pair.
 *
 * Libraries of one arm and passage are added up. A passage is one pair whatever its number of cells. The t test takes
 * passages for independent; they descend from one another, so that its P value is a description, not proof.
 *
 * @returns tests with status `not-identifiable` below three passages
 */
export function cloneTreatment(
  libraries: readonly TreatmentLibrary[],
  options: CloneTreatmentOptions = {},
): CloneTreatment {
  const { control = 'untreated', minimumCells = 20, level = 0.95 } = options;
  const patients = [...new Set(libraries.map(({ patient }) => patient))];
  const found = patients.map((patient) => {
    const own = libraries.filter((library) => library.patient === patient);
    const pairs = pairPassages(own, control);
    const clones = commonClones(pairs, minimumCells);
    const passages = clones.flatMap((clone) => pairs.map((pair) => atPassage(pair, { patient, clone, level })));
    const tests = clones.map((clone) =>
      overPassages(
        passages.filter((row) => row.clone === clone),
        { patient, clone, level },
      ),
    );
    const adjusted = benjaminiHochberg(tests.map(({ pValue }) => pValue));
    return { passages, tests: tests.map((test, i) => ({ ...test, pAdjusted: adjusted[i] as number })), pairs };
  });
  return {
    shares: libraries.flatMap((library) => sharesOf(library, level)),
    passages: found.flatMap(({ passages }) => passages),
    tests: found.flatMap(({ tests }) => tests),
    limits: limitsOf(found.flatMap(({ pairs }) => pairs)),
  };
}

/**
 * Arm of a treatment history with one letter per passage, T treated and U untreated: `UTTT` treated, `UTTU` withdrawn,
 * `UUUU` untreated. Null for anything else.
 */
export function treatmentArm(history: string): TreatmentArm | null {
  if (!/^[UT]+$/.test(history)) return null;
  if (history.endsWith('T')) return 'treated';
  return history.includes('T') ? 'withdrawn' : 'untreated';
}

interface PassagePair {
  readonly passage: string;
  readonly treated: readonly TreatmentLibrary[];
  readonly control: readonly TreatmentLibrary[];
}

function pairPassages(libraries: readonly TreatmentLibrary[], control: TreatmentArm): readonly PassagePair[] {
  const passages = [...new Set(libraries.map(({ passage }) => passage))].sort((a, b) =>
    a.length === b.length ? (a < b ? -1 : 1) : a.length - b.length,
  );
  return passages
    .map((passage) => {
      const at = (arm: TreatmentArm): TreatmentLibrary[] =>
        libraries.filter((library) => library.passage === passage && library.arm === arm);
      return { passage, treated: at('treated'), control: at(control) };
    })
    .filter((pair) => nCells(pair.treated) > 0 && nCells(pair.control) > 0);
}

function commonClones(pairs: readonly PassagePair[], minimumCells: number): readonly string[] {
  const compared = pairs.flatMap(({ treated, control }) => [...treated, ...control]);
  const clones = [...new Set(compared.flatMap(({ cells }) => [...cells.keys()]))].sort();
  return clones.filter((clone) => nCells(compared, clone) >= minimumCells);
}

function nCells(libraries: readonly TreatmentLibrary[], clone?: string): number {
  let sum = 0;
  for (const { cells } of libraries) for (const [name, n] of cells) if (clone === undefined || name === clone) sum += n;
  return sum;
}

function atPassage(
  { passage, treated, control }: PassagePair,
  { patient, clone, level }: { readonly patient: string; readonly clone: string; readonly level: number },
): ClonePassage {
  const share = (arm: readonly TreatmentLibrary[]): { n: number; of: number } => ({
    n: nCells(arm, clone),
    of: nCells(arm),
  });
  return {
    patient,
    passage,
    clone,
    nTreatedLibraries: treated.length,
    nControlLibraries: control.length,
    difference: shareDifference([share(control), share(treated)], level),
  };
}

function overPassages(
  rows: readonly ClonePassage[],
  { patient, clone, level }: { readonly patient: string; readonly clone: string; readonly level: number },
): Omit<CloneTreatmentTest, 'pAdjusted'> {
  const differences = rows.map(({ difference }) => difference.value as number);
  const n = differences.length;
  const mean = differences.reduce((sum, one) => sum + one, 0) / n;
  const error = Math.sqrt(differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n * (n - 1)));
  const counts = { patient, clone, nPassages: n, nHigher: differences.filter((one) => one > 0).length };
  const method = 'mean difference of shares, passages as pairs, Student’s interval';
  if (n < 3 || !(error > 0)) {
    const reason = n < 3 ? 'fewer than three passages with both arms' : 'all passages differ by the same amount';
    const meanDifference = { value: mean, low: null, high: null, level, method } as const;
    return {
      ...counts,
      meanDifference: { ...meanDifference, status: 'not-identifiable', reasons: [reason] },
      pValue: NaN,
    };
  }
  const reach = studentQuantile((1 + level) / 2, n - 1) * error;
  const reasons = ['passages descend from one another: no independent replicates'];
  return {
    ...counts,
    meanDifference: { value: mean, low: mean - reach, high: mean + reach, level, method, status: 'ok', reasons },
    pValue: studentTwoSided(mean / error, n - 1),
  };
}

function sharesOf({ patient, passage, library, arm, cells }: TreatmentLibrary, level: number): readonly CloneShare[] {
  const nLibraryCells = [...cells.values()].reduce((sum, n) => sum + n, 0);
  return [...cells].sort().map(([clone, n]) => ({
    patient,
    passage,
    library,
    arm,
    clone,
    nCells: n,
    nLibraryCells,
    share: shareEstimate({ n, of: nLibraryCells }, level),
  }));
}

function limitsOf(pairs: readonly PassagePair[]): readonly string[] {
  const single = pairs.filter(({ treated, control }) => treated.length === 1 || control.length === 1).length;
  return [
    ...(single > 0
      ? [
          `${String(single)} of ${String(pairs.length)} passages have one library in an arm: the difference of two animals is not a replicate, and the interval within a passage is technical only.`,
        ]
      : []),
    'Passages of one patient descend from one another: a clone that drifted up in one stays up in the next, and the P value over passages takes them for independent.',
    'Shares add up to one: a clone that grows pushes all others down.',
  ];
}
