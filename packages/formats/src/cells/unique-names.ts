/** Names without repeats, and what to tell the user about it. */
export interface UniqueNames {
  readonly names: readonly string[];
  readonly readings: readonly string[];
}

/**
 * Makes repeated names unique by appending `-1`, `-2`, … to the later ones, as AnnData does.
 *
 * @param what - what the names are, for the message
 */
export function uniqueNames(names: readonly string[], what: string): UniqueNames {
  const taken = new Set(names);
  if (taken.size === names.length) return { names, readings: [] };
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  const repeated: string[] = [];
  const unique = names.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let count = counts.get(name) ?? 0;
    let candidate: string;
    do candidate = `${name}-${String(++count)}`;
    while (taken.has(candidate));
    counts.set(name, count);
    taken.add(candidate);
    repeated.push(name);
    return candidate;
  });
  const first = repeated.slice(0, 3).join(', ');
  const n = String(repeated.length);
  const reading =
    repeated.length === 1
      ? `1 of the ${what} is a repeat (${first}) and was made unique.`
      : `${n} of the ${what} are repeats (${first}${repeated.length > 3 ? ', …' : ''}) and were made unique.`;
  return { names: unique, readings: [reading] };
}
