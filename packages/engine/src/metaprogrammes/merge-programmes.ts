import { type CellProgramme, overlapMatrix, sharedGenes } from './cell-programme.js';
import { unitOf } from './robust-programmes.js';
import type { FounderRule, MetaProgrammeRules } from './rules.js';

/** Programmes merged into one. */
export interface MergedProgramme {
  /** Indices of its members in the order they joined; the founder first. */
  readonly members: readonly number[];
  /** As many genes as a programme has, by the number of members that list them. */
  readonly genes: readonly string[];
  /** Members that list each gene. */
  readonly frequency: Int32Array;
}

/**
 * Merges programmes greedily: the one with partners in most other patients founds a meta-programme; the programme sharing most genes
 * with it joins, its genes become the most frequent genes of its members, and so on while a programme shares at least `mergeMin`
 * genes; then the next founder among those left. Genes of the same frequency go by their largest weight in a member, relative to
 * that member's largest.
 *
 * @param programmes - programmes that passed {@link robustProgrammes}
 * @see doi:10.1038/s41586-023-06130-4; `Generating_MPs` of the authors' repository. Differences: partners are counted as patients,
 * ties between founders go to the one with more partners, and weights are made comparable between samples
 */
export function mergeProgrammes(
  programmes: readonly CellProgramme[],
  rules: MetaProgrammeRules,
  founder: FounderRule,
): readonly MergedProgramme[] {
  const overlaps = overlapMatrix(programmes);
  const left = new Set(programmes.keys());
  const merged: MergedProgramme[] = [];
  for (;;) {
    const first = nextFounder(programmes, overlaps, left, { rules, founder });
    if (first === null) return merged;
    merged.push(growFrom(first, programmes, left, rules));
  }
}

function nextFounder(
  programmes: readonly CellProgramme[],
  overlaps: Int32Array,
  left: ReadonlySet<number>,
  { rules, founder }: { readonly rules: MetaProgrammeRules; readonly founder: FounderRule },
): number | null {
  let best: { readonly index: number; readonly units: number; readonly partners: number } | null = null;
  for (const i of left) {
    const own = unitOf(programmes[i] as CellProgramme, founder.unit);
    const partners = [...left].filter(
      (j) => j !== i && (overlaps[i * programmes.length + j] as number) >= rules.mergeMin,
    );
    const others = new Set(partners.map((j) => unitOf(programmes[j] as CellProgramme, founder.unit)));
    others.delete(own);
    if (others.size < founder.partners) continue;
    const better =
      best === null || others.size > best.units || (others.size === best.units && partners.length > best.partners);
    if (better) best = { index: i, units: others.size, partners: partners.length };
  }
  return best?.index ?? null;
}

function growFrom(
  first: number,
  programmes: readonly CellProgramme[],
  left: Set<number>,
  { mergeMin }: MetaProgrammeRules,
): MergedProgramme {
  const members = [first];
  left.delete(first);
  let genes = commonGenes(members, programmes);
  for (;;) {
    const set = new Set(genes.map(([gene]) => gene));
    let next: { readonly index: number; readonly shared: number } | null = null;
    for (const i of left) {
      const shared = sharedGenes(set, (programmes[i] as CellProgramme).genes);
      if (shared >= mergeMin && (next === null || shared > next.shared)) next = { index: i, shared };
    }
    if (next === null) break;
    members.push(next.index);
    left.delete(next.index);
    genes = commonGenes(members, programmes);
  }
  return { members, genes: genes.map(([gene]) => gene), frequency: Int32Array.from(genes, ([, { count }]) => count) };
}

interface GeneRecord {
  readonly count: number;
  /** Largest relative weight in a member. */
  readonly weight: number;
}

/** The most frequent genes of the members, as many as the longest of them lists. */
function commonGenes(
  members: readonly number[],
  programmes: readonly CellProgramme[],
): readonly (readonly [string, GeneRecord])[] {
  const records = new Map<string, GeneRecord>();
  let length = 0;
  for (const member of members) {
    const { genes, weights } = programmes[member] as CellProgramme;
    length = Math.max(length, genes.length);
    genes.forEach((gene, g) => {
      const before = records.get(gene) ?? { count: 0, weight: 0 };
      const weight = (weights[g] as number) / (weights[0] as number);
      records.set(gene, { count: before.count + 1, weight: Math.max(before.weight, weight) });
    });
  }
  const ordered = [...records].sort(
    ([geneA, a], [geneB, b]) => b.count - a.count || b.weight - a.weight || (geneA < geneB ? -1 : 1),
  );
  return ordered.slice(0, length);
}
