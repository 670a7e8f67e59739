import type { Rng } from '../../core/rng.js';
import { quantile } from '../../stats/quantile.js';
import type { AlleleCounts, AlleleSite } from './allele-counts.js';

/** Allelic imbalance of one arm in one group of cells. */
export interface AlleleEvidence {
  /** Clone number, or 0 for all cells of the patient that are not reference. */
  readonly clone: number;
  readonly arm: string;
  /** How haplotypes were told apart: by given phase, or not at all (spread about one half against normal cells). */
  readonly basis: 'phased' | 'unphased';
  readonly call: 'imbalance' | 'no-evidence' | 'cannot-tell';
  readonly reason: 'few-sites' | 'no-normal-cells' | null;
  /** Share of the major haplotype, 0.5 to 1; NaN when it cannot be told. 0.67 is three copies, 1 one copy, in pure cells. */
  readonly majorShare: number;
  readonly pValue: number;
  /** Genes (or places) with reads, and reads. */
  readonly nBlocks: number;
  readonly nReads: number;
}

/** A group of cells for allele evidence. */
export interface AlleleGroup {
  readonly clone: number;
  /** Rows of the counts. */
  readonly rows: ReadonlySet<number>;
}

/** Fewer blocks with reads than this tell nothing. */
const leastBlocks = 15;
/** Sites within this many bases are one block too: they may be read from one transcript, whatever gene they are listed under. */
const blockBases = 25_000;
/** How many following blocks each is compared with: beyond, the phase given by a population panel may have switched. */
const reach = 5;
const draws = 2000;
/** A call of imbalance needs this. */
const level = 0.01;

/**
 * Allelic imbalance per arm. Sites of a gene are one block, because they are read from the same transcripts and share
 * allele-specific expression.
 *
 * Phased: with h the reads of haplotype 1 less those of haplotype 2 and n the reads of a block, imbalance makes neighbouring h
 * agree in sign: T = Σ_b Σ_{l ≤ 5} h_b h_{b+l} / √(n_b n_{b+l}). Without imbalance the sign of each block is a coin toss,
 * whatever its allele-specific expression, so P comes from random signs; |2p − 1| is estimated by
 * √(Σ h h' / Σ n n'). Only neighbours are compared, so a switch of phase costs one pair of blocks.
 *
 * Not phased: Σ ((2a − n)² − n) / Σ n (n − 1) over sites estimates (2p − 1)² without the upward bias of folded fractions; it
 * is compared with normal cells by a bootstrap of blocks, because allele-specific expression raises it too.
 *
 * @param normal - cells without alterations, for sites that are not phased; null when there are none
 */
export function alleleEvidence(
  counts: AlleleCounts,
  { groups, normal }: { readonly groups: readonly AlleleGroup[]; readonly normal: ReadonlySet<number> | null },
  rng: Rng,
): readonly AlleleEvidence[] {
  const arms = [...new Set(counts.sites.map(armOf))];
  const normalReads = normal === null ? null : readsOf(counts, normal);
  return groups.flatMap(({ clone, rows }) => {
    const reads = readsOf(counts, rows);
    return arms.map((arm) => {
      const sites = counts.sites.flatMap((site, s) => (armOf(site) === arm ? [s] : []));
      const own = rng.split(`${String(clone)}/${arm}`);
      const phased = phasedEvidence(counts.sites, sites, reads, own);
      const found = phased ?? unphasedEvidence(counts.sites, sites, { reads, normal: normalReads }, own);
      return { clone, arm, ...found };
    });
  });
}

type Found = Omit<AlleleEvidence, 'clone' | 'arm'>;

interface Reads {
  readonly alternative: Float64Array;
  readonly total: Float64Array;
}

function armOf({ chromosome, arm }: AlleleSite): string {
  return chromosome + arm;
}

function readsOf(counts: AlleleCounts, rows: ReadonlySet<number>): Reads {
  const alternative = new Float64Array(counts.sites.length);
  const total = new Float64Array(counts.sites.length);
  counts.cell.forEach((cell, i) => {
    if (!rows.has(cell)) return;
    const site = counts.site[i] as number;
    alternative[site] = (alternative[site] as number) + (counts.alternative[i] as number);
    total[site] = (total[site] as number) + (counts.total[i] as number);
  });
  return { alternative, total };
}

/** Sites in order of position, cut into blocks: one gene, or places close to each other. */
function blocksOf(sites: readonly AlleleSite[], chosen: readonly number[]): readonly (readonly number[])[] {
  const position = (s: number): number => (sites[s] as AlleleSite).position;
  const blocks: number[][] = [];
  for (const s of [...chosen].sort((a, b) => position(a) - position(b) || a - b)) {
    const last = blocks.at(-1)?.at(-1);
    const gene = sites[s]?.gene ?? null;
    const joins =
      last !== undefined &&
      (position(s) - position(last) <= blockBases || (gene !== null && gene === (sites[last] as AlleleSite).gene));
    if (joins) blocks.at(-1)?.push(s);
    else blocks.push([s]);
  }
  return blocks;
}

/** Null when too few sites are phased. */
function phasedEvidence(sites: readonly AlleleSite[], chosen: readonly number[], reads: Reads, rng: Rng): Found | null {
  const phased = chosen.filter(
    (s) => (sites[s]?.genotype === '1|0' || sites[s]?.genotype === '0|1') && (reads.total[s] as number) > 0,
  );
  const blocks = blocksOf(sites, phased);
  if (blocks.length < leastBlocks) return null;
  const bias = alternativeShare(phased, reads);
  const difference = Float64Array.from(blocks, (block) =>
    block.reduce((sum, s) => {
      const excess = 2 * ((reads.alternative[s] as number) - bias * (reads.total[s] as number));
      return sum + (sites[s]?.genotype === '1|0' ? excess : -excess);
    }, 0),
  );
  const total = Float64Array.from(blocks, (block) => block.reduce((sum, s) => sum + (reads.total[s] as number), 0));
  const share = neighbourProducts(difference) / neighbourProducts(total);
  const scaled = difference.map((h, b) => h / Math.sqrt(total[b] as number));
  const pValue = randomSigns(scaled, rng);
  return {
    basis: 'phased',
    call: pValue <= level ? 'imbalance' : 'no-evidence',
    reason: null,
    majorShare: (1 + Math.sqrt(Math.max(0, share))) / 2,
    pValue,
    nBlocks: blocks.length,
    nReads: total.reduce((sum, n) => sum + n, 0),
  };
}

/** Share of reads with the alternative allele: below one half, because reads like the reference genome are mapped more easily. */
function alternativeShare(sites: readonly number[], { alternative, total }: Reads): number {
  const sum = (values: Float64Array): number => sites.reduce((all, s) => all + (values[s] as number), 0);
  return sum(alternative) / sum(total);
}

function neighbourProducts(values: Float64Array): number {
  let sum = 0;
  for (let lag = 1; lag <= reach; lag++) {
    for (let b = 0; b + lag < values.length; b++) sum += (values[b] as number) * (values[b + lag] as number);
  }
  return sum;
}

/** One-sided P value of the sum of neighbouring products under random signs. */
function randomSigns(values: Float64Array, rng: Rng): number {
  const observed = neighbourProducts(values);
  let reached = 0;
  for (let draw = 0; draw < draws; draw++) {
    const flipped = values.map((value) => (rng.uniform() < 0.5 ? -value : value));
    if (neighbourProducts(flipped) >= observed) reached++;
  }
  return (1 + reached) / (1 + draws);
}

function unphasedEvidence(
  sites: readonly AlleleSite[],
  chosen: readonly number[],
  { reads, normal }: { readonly reads: Reads; readonly normal: Reads | null },
  rng: Rng,
): Found {
  const known = chosen.filter((s) => sites[s]?.genotype !== null && (reads.total[s] as number) > 1);
  const blocks = blocksOf(sites, known);
  const nReads = known.reduce((sum, s) => sum + (reads.total[s] as number), 0);
  const nothing = { basis: 'unphased', majorShare: NaN, pValue: NaN, nBlocks: blocks.length, nReads } as const;
  if (blocks.length < leastBlocks) return { ...nothing, call: 'cannot-tell', reason: 'few-sites' };
  if (normal === null) return { ...nothing, call: 'cannot-tell', reason: 'no-normal-cells' };
  const own = blocks.map((block) => spreadOf(block, reads));
  const other = blocks.map((block) => spreadOf(block, normal));
  const all = blocks.map((_, b) => b);
  if (other.reduce((sum, { weight }) => sum + weight, 0) === 0) {
    return { ...nothing, call: 'cannot-tell', reason: 'no-normal-cells' };
  }
  const differences = Float64Array.from({ length: draws }, () => {
    const drawn = all.map(() => rng.integer(blocks.length));
    return ratioOf(own, drawn) - ratioOf(other, drawn);
  });
  const share = Math.sqrt(Math.max(0, ratioOf(own, all)));
  const below = differences.reduce((count, value) => count + (value > 0 ? 0 : 1), 0);
  const imbalance = quantile(differences, level) > 0;
  return {
    ...nothing,
    call: imbalance ? 'imbalance' : 'no-evidence',
    reason: null,
    majorShare: (1 + share) / 2,
    pValue: (1 + below) / (1 + draws),
  };
}

interface Spread {
  readonly excess: number;
  readonly weight: number;
}

function spreadOf(block: readonly number[], reads: Reads): Spread {
  let [excess, weight] = [0, 0];
  for (const s of block) {
    const [a, n] = [reads.alternative[s] as number, reads.total[s] as number];
    excess += (2 * a - n) ** 2 - n;
    weight += n * (n - 1);
  }
  return { excess, weight };
}

function ratioOf(spreads: readonly Spread[], chosen: readonly number[]): number {
  let [excess, weight] = [0, 0];
  for (const b of chosen) {
    excess += (spreads[b] as Spread).excess;
    weight += (spreads[b] as Spread).weight;
  }
  return weight > 0 ? excess / weight : NaN;
}
