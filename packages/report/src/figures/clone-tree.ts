/** A clone with the alterations called in it, signed and in genomic order: `+8q`, `−13q`. */
export interface AlteredClone {
  readonly name: string;
  readonly events: readonly string[];
}

/** A branch of the tree: the alterations on it, then a clone or the branches that share them. */
export interface CloneBranch {
  readonly events: readonly string[];
  /** The clone the branch ends in; null where it forks. */
  readonly clone: string | null;
  readonly branches: readonly CloneBranch[];
}

/**
 * Joins clones by the alterations they share, as nested sets from an unaltered root: of the alterations not yet on the
 * way, the one most clones carry makes a branch, with all else its carriers have in common; the clones left over go on in
 * the same way. Calls that do not nest end up on two branches.
 *
 * @returns the branches that leave the root
 */
export function cloneTree(clones: readonly AlteredClone[]): readonly CloneBranch[] {
  if (clones.length === 0) return [];
  const { event, carriers } = mostShared(clones);
  if (event === null) return clones.map(({ name, events }) => ({ events, clone: name, branches: [] }));
  const shared = (carriers[0]?.events ?? []).filter((one) => carriers.every(({ events }) => events.includes(one)));
  const left = carriers.map(({ name, events }) => ({ name, events: events.filter((one) => !shared.includes(one)) }));
  const branch = { events: shared, clone: null, branches: cloneTree(left) };
  return [branch, ...cloneTree(clones.filter((clone) => !carriers.includes(clone)))];
}

/** Clones from top to bottom. */
export function leavesOf(branches: readonly CloneBranch[]): readonly string[] {
  return branches.flatMap(({ clone, branches: inner }) => (clone === null ? leavesOf(inner) : [clone]));
}

/** The alteration carried by most clones, at least two; the first of equals. */
function mostShared(clones: readonly AlteredClone[]): {
  readonly event: string | null;
  readonly carriers: readonly AlteredClone[];
} {
  let best: { event: string | null; carriers: readonly AlteredClone[] } = { event: null, carriers: [] };
  for (const event of new Set(clones.flatMap(({ events }) => events))) {
    const carriers = clones.filter(({ events }) => events.includes(event));
    if (carriers.length > Math.max(1, best.carriers.length)) best = { event, carriers };
  }
  return best;
}
