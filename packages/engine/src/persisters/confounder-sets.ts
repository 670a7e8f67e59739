import { cellCycleGenes } from '../cells/sets/cell-cycle.js';
import { symbolsOf } from '../cells/sets/curated-gene.js';
import { immediateEarlyGenes } from '../cells/sets/immediate-early.js';
import { stressResponseGenes } from '../cells/sets/stress-response.js';

/** What a set of confounder genes stands for. Cells are scored for all kinds but the last two, which are only kept out. */
export type ConfounderKind =
  | 's-phase'
  | 'g2m-phase'
  | 'dissociation'
  | 'stress'
  | 'mitochondrial'
  | 'ribosomal'
  | 'haemoglobin';

/** Genes that imitate a persister state: they do not enter a caller. */
export interface ConfounderSet {
  readonly kind: ConfounderKind;
  readonly genes: readonly string[];
}

const mitochondrial = /^MT-/;
const ribosomal = /^(RPL|RPS)\d+[AXYL]?\d*$|^RPLP[0-2]$|^RPSA$/;
const haemoglobin = /^HB[ABDEGMQZ]\d?$|^HB[AB]-[A-Z0-9]+$/;

/**
 * The confounder genes among the genes of a study: S and G2/M phase (Tirosh 2016), immediate-early and heat-shock genes of
 * dissociation, integrated and mitochondrial stress, mitochondrial genome, ribosomal proteins, haemoglobins. Symbols are compared without
 * regard to case, so that mouse symbols are found too. A gene of two sets stays in the first.
 */
export function confounderSets(genes: readonly string[]): readonly ConfounderSet[] {
  const curated: readonly (readonly [ConfounderKind, ReadonlySet<string>])[] = [
    ['s-phase', new Set(symbolsOf(cellCycleGenes, 'S'))],
    ['g2m-phase', new Set(symbolsOf(cellCycleGenes, 'G2M'))],
    ['dissociation', new Set(symbolsOf(immediateEarlyGenes))],
    ['stress', new Set(symbolsOf(stressResponseGenes))],
  ];
  const patterns: readonly (readonly [ConfounderKind, RegExp])[] = [
    ['mitochondrial', mitochondrial],
    ['ribosomal', ribosomal],
    ['haemoglobin', haemoglobin],
  ];
  const kindOf = (gene: string): ConfounderKind | undefined => {
    const symbol = gene.toUpperCase();
    const listed = curated.find(([, symbols]) => symbols.has(symbol));
    return listed?.[0] ?? patterns.find(([, pattern]) => pattern.test(symbol))?.[0];
  };
  const kinds = genes.map(kindOf);
  return [...curated, ...patterns].map(([kind]) => ({ kind, genes: genes.filter((_, g) => kinds[g] === kind) }));
}
