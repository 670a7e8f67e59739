/** A grouping of cells whose numbers have no gap. */
export interface CellGroups {
  /** Group of each cell, numbered from 0. */
  readonly of: Uint32Array;
  /** Number of groups. */
  readonly n: number;
}

/** Numbers the groups that have cells, in the order of their first cell. */
export function groupsInUse<T>(keys: ArrayLike<T>): CellGroups {
  const numbers = new Map<T, number>();
  const of = Uint32Array.from(keys, (key) => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
  return { of, n: numbers.size };
}

/** Numbers groups from the largest to the smallest; of two as large the one with the earlier first cell goes first. */
export function groupsBySize(keys: Uint32Array): CellGroups {
  const { of, n } = groupsInUse(keys);
  const sizes = new Uint32Array(n);
  for (const group of of) sizes[group] = (sizes[group] as number) + 1;
  const rank = new Uint32Array(n);
  [...sizes.keys()]
    .sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b)
    .forEach((group, i) => {
      rank[group] = i;
    });
  return { of: of.map((group) => rank[group] as number), n };
}
