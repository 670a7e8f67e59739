/** The cells of one sample, or of several tested within each. */
export interface CloneStates {
  /** Clone of each cell; null without one. */
  readonly clone: readonly (string | null)[];
  /** State of each cell; null without one. */
  readonly state: readonly (string | null)[];
  /** Sample or patient of each cell: states are only exchanged within it. Left out, all cells are one stratum. */
  readonly stratum?: readonly string[];
}

/** Cells that have both a clone and a state, coded as numbers; those of a stratum stand together. */
export interface SisterGroups {
  /** State of each cell. */
  readonly state: Int32Array;
  readonly nStates: number;
  /** Clone of each cell; the same name in two strata is two clones. */
  readonly clone: Int32Array;
  readonly cloneSize: Int32Array;
  readonly stratumOfClone: Int32Array;
  /** First cell of each stratum, and the number of cells at the end. */
  readonly stratumStarts: Int32Array;
}

/** Codes cells by stratum, clone and state; cells without clone or state are left out. */
export function groupSisters({ clone, state, stratum }: CloneStates): SisterGroups {
  const strata = new Map<string, number[]>();
  clone.forEach((name, i) => {
    if (name === null || state[i] == null) return;
    const own = strata.get(stratum?.[i] ?? '');
    if (own === undefined) strata.set(stratum?.[i] ?? '', [i]);
    else own.push(i);
  });
  const cells = [...strata.values()].flat();
  const states = new Map<string, number>();
  const cloneSize: number[] = [];
  const stratumOfClone: number[] = [];
  const stratumStarts = [0];
  const cloneCode = [...strata.values()].flatMap((members, s) => {
    stratumStarts.push((stratumStarts[s] as number) + members.length);
    const clones = new Map<string, number>();
    return members.map((i) => {
      const name = clone[i] as string;
      const c = clones.get(name) ?? cloneSize.push(0) - 1;
      clones.set(name, c);
      cloneSize[c] = (cloneSize[c] as number) + 1;
      stratumOfClone[c] = s;
      return c;
    });
  });
  const stateCode = Int32Array.from(cells, (i) => codeOf(state[i] as string, states));
  return {
    state: stateCode,
    nStates: states.size,
    clone: Int32Array.from(cloneCode),
    cloneSize: Int32Array.from(cloneSize),
    stratumOfClone: Int32Array.from(stratumOfClone),
    stratumStarts: Int32Array.from(stratumStarts),
  };
}

/**
 * Chance that a cell shares its state with a sister drawn at random, each cell with a sister counting once:
 *
 *   A = Σ_c Σ_s n_cs (n_cs − 1)/(n_c − 1) / Σ_c n_c   over clones of two or more cells.
 *
 * @returns NaN where no clone has two cells
 */
export function sisterAgreement(groups: SisterGroups, state: Int32Array = groups.state): number {
  const { same, all } = agreementByClone(groups, state);
  let agreeing = 0;
  let cells = 0;
  for (let c = 0; c < all.length; c++) {
    agreeing += same[c] as number;
    cells += all[c] as number;
  }
  return cells === 0 ? NaN : agreeing / cells;
}

/** Numerator and denominator of the agreement, clone by clone; zero for clones of one cell. */
export function agreementByClone(
  { clone, cloneSize, nStates }: SisterGroups,
  state: Int32Array,
): { readonly same: Float64Array; readonly all: Float64Array } {
  const counts = new Int32Array(cloneSize.length * nStates);
  for (let i = 0; i < clone.length; i++) {
    const at = (clone[i] as number) * nStates + (state[i] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  const same = new Float64Array(cloneSize.length);
  const all = new Float64Array(cloneSize.length);
  for (let c = 0; c < cloneSize.length; c++) {
    const size = cloneSize[c] as number;
    if (size < 2) continue;
    let pairs = 0;
    for (let s = c * nStates; s < (c + 1) * nStates; s++) {
      const n = counts[s] as number;
      pairs += n * (n - 1);
    }
    same[c] = pairs / (size - 1);
    all[c] = size;
  }
  return { same, all };
}

/** Agreement of two cells drawn from a stratum, averaged over strata by their cells with a sister: exact under permutation. */
export function expectedAgreement({ state, nStates, cloneSize, stratumOfClone, stratumStarts }: SisterGroups): number {
  const weight = new Float64Array(stratumStarts.length - 1);
  for (let c = 0; c < cloneSize.length; c++) {
    const s = stratumOfClone[c] as number;
    if ((cloneSize[c] as number) > 1) weight[s] = (weight[s] as number) + (cloneSize[c] as number);
  }
  let expected = 0;
  let total = 0;
  weight.forEach((cells, s) => {
    if (cells === 0) return;
    expected += cells * chanceAgreement(state.subarray(stratumStarts[s], stratumStarts[s + 1]), nStates);
    total += cells;
  });
  return expected / total;
}

/** Number of pairs of sister cells. */
export function sisterPairs({ cloneSize }: SisterGroups): number {
  return cloneSize.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

function chanceAgreement(state: Int32Array, nStates: number): number {
  const counts = new Float64Array(nStates);
  for (const s of state) counts[s] = (counts[s] as number) + 1;
  return counts.reduce((sum, n) => sum + n * (n - 1), 0) / (state.length * (state.length - 1));
}

/** Number of a name, in the order of first sight. */
function codeOf(name: string, codes: Map<string, number>): number {
  const code = codes.get(name) ?? codes.size;
  codes.set(name, code);
  return code;
}
