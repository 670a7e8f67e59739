/**
 * A word reduced to what people mean by it: lower case, no accents, letters and digits only.
 * `Drug-tolerant persister` and `drug tolerant persister` become the same key.
 */
export function wordKey(word: string): string {
  return word
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]/gu, '');
}

/**
 * The candidate most like `word`, by edit distance between word keys; null when none is near enough to suggest.
 * Near means at most one edit for words of up to four characters, two up to nine, three beyond.
 */
export function nearestWord(word: string, candidates: Iterable<string>): string | null {
  const key = wordKey(word);
  let best: string | null = null;
  let bestDistance = (key.length <= 4 ? 1 : key.length <= 9 ? 2 : 3) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(key, wordKey(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Edits between two words: insertion, deletion, replacement and swap of neighbours each cost one (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (beforePrevious[j - 2] as number) + 1 : Infinity;
      current.push(Math.min(replace, swap, (previous[j] as number) + 1, (current[j - 1] as number) + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] as number;
}
