import { readFileSync } from 'node:fs';

/** Reads a file of `reference/`, where the R and Python scripts write their expected values. */
export function readReference(path: string): string {
  return readFileSync(new URL(`../../reference/${path}`, import.meta.url), 'utf8');
}

/** `readReference` of a JSON file. The caller knows its shape. */
export function readReferenceJson<T>(path: string): T {
  return JSON.parse(readReference(path)) as T;
}

/**
 * Largest |found − expected| / max(|expected|, floor); missing on both sides agrees. `floor` turns the comparison of values
 * that may be zero into an absolute one.
 */
export function worstDifference(
  found: ArrayLike<number>,
  expected: ArrayLike<number | null>,
  { floor = 0 }: { readonly floor?: number } = {},
): number {
  let worst = found.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < found.length; i++) {
    const f = found[i] as number;
    const e = expected[i] ?? NaN;
    if (f === e || (Number.isNaN(f) && Number.isNaN(e))) continue;
    const difference = Math.abs(f - e) / Math.max(Math.abs(e), floor);
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
  }
  return worst;
}
