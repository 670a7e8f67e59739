import type { Signature } from '../programme/signature.js';
import type { Words } from './words.js';

/** The leading genes of a signature in words. */
export function signatureSummary({ up, down }: Signature, w: Words, count = 5): string {
  const head = (genes: readonly string[]): string => genes.slice(0, count).join(', ');
  return w.pick(`up ${head(up)}; down ${head(down)}`, `augmentés ${head(up)} ; diminués ${head(down)}`);
}
