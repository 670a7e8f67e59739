import { FormatError, OptionError, ShapeError } from '../core/errors.js';
import type { Warning } from '../core/method.js';
import type { RegulonEdge } from '../data/resources.js';

/**
 * Signed regulons over the measured genes, in compressed rows: regulator `r` has targets
 * `indices[indptr[r] … indptr[r + 1])` (positions in `genes`) with `weights` beside them.
 * Regulators are sorted by name and targets by symbol, so the order of the edges leaves no trace.
 */
export interface RegulonNetwork {
  readonly genes: readonly string[];
  readonly regulators: readonly string[];
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  readonly weights: Float64Array;
  readonly minimumSize: number;
  readonly dropped: DroppedEdges;
  readonly warnings: readonly Warning[];
}

/** What of the edge list was not used, and why. */
export interface DroppedEdges {
  /** Repetitions of a regulator–target pair; the first is kept. */
  readonly duplicates: number;
  /** Edges to genes without a measurement. */
  readonly unmeasured: number;
  /** Edges of weight zero. */
  readonly zeroWeight: number;
  /** Regulators left with fewer measured targets than the minimum, with how many they had. */
  readonly small: readonly { readonly regulator: string; readonly nTargets: number }[];
}

/** Options of `prepareNetwork`. */
export interface NetworkOptions {
  /** Measured targets a regulon needs; default 5, as in decoupleR. */
  readonly minimumSize?: number;
}

interface Target {
  readonly gene: number;
  readonly weight: number;
}

/**
 * Restricts signed edges to the measured genes.
 *
 * @param edges - regulator → target edges; a repeated pair keeps its first weight
 * @param genes - measured genes, unique, in the order of the statistics
 * @param options - `minimumSize`: measured targets a regulon needs (default 5)
 * @returns the network and what was dropped from it; a network without regulators carries a warning
 * @throws FormatError for a weight that is not a finite number; ShapeError for repeated genes; OptionError for a bad minimum
 * @see decoupleR 2.4 `intersect_regulons`. Differences: decoupleR refuses repeated edges, here the first is kept and the
 *   rest counted; edges of weight zero are dropped, there they count towards the minimum.
 */
export function prepareNetwork(
  edges: readonly RegulonEdge[],
  genes: readonly string[],
  options: NetworkOptions = {},
): RegulonNetwork {
  const minimumSize = options.minimumSize ?? 5;
  if (!Number.isInteger(minimumSize) || minimumSize < 1) {
    throw new OptionError('minimumSize has to be a whole number of at least 1.', { found: String(minimumSize) });
  }
  const { regulons, duplicates, unmeasured, zeroWeight } = collect(edges, indexOf(genes));
  const names = [...regulons.keys()].sort();
  const sizeOf = (name: string): number => regulons.get(name)?.size ?? 0;
  const regulators = names.filter((name) => sizeOf(name) >= minimumSize);
  const small = names
    .filter((name) => sizeOf(name) < minimumSize)
    .map((regulator) => ({ regulator, nTargets: sizeOf(regulator) }));
  const rows = regulators.map((name) => sortedTargets(regulons.get(name), genes));
  return {
    genes,
    regulators,
    ...compress(rows),
    minimumSize,
    dropped: { duplicates, unmeasured, zeroWeight, small },
    warnings: regulators.length > 0 ? [] : [noRegulators(edges.length, unmeasured, minimumSize)],
  };
}

/** How many measured targets a regulator has. */
export function regulonSize(network: RegulonNetwork, regulator: number): number {
  return (network.indptr[regulator + 1] as number) - (network.indptr[regulator] as number);
}

/** The network with only the given regulators (positions, kept in the given order) and only targets that pass. */
export function selectRegulons(
  network: RegulonNetwork,
  regulators: readonly number[],
  keepTarget: (gene: number) => boolean = () => true,
): RegulonNetwork {
  const rows = regulators.map((r) => {
    const targets: Target[] = [];
    for (let k = network.indptr[r] as number; k < (network.indptr[r + 1] as number); k++) {
      const gene = network.indices[k] as number;
      if (keepTarget(gene)) targets.push({ gene, weight: network.weights[k] as number });
    }
    return targets;
  });
  return { ...network, regulators: regulators.map((r) => network.regulators[r] as string), ...compress(rows) };
}

/** The regulators of each gene: gene `g` is a target of `indices[indptr[g] … indptr[g + 1])`. */
export function transposeNetwork(network: RegulonNetwork): Pick<RegulonNetwork, 'indptr' | 'indices' | 'weights'> {
  const rows: Target[][] = network.genes.map(() => []);
  network.regulators.forEach((_, r) => {
    for (let k = network.indptr[r] as number; k < (network.indptr[r + 1] as number); k++) {
      rows[network.indices[k] as number]?.push({ gene: r, weight: network.weights[k] as number });
    }
  });
  return compress(rows);
}

function indexOf(genes: readonly string[]): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  genes.forEach((gene, g) => {
    if (index.has(gene)) {
      throw new ShapeError('A gene occurs twice among the measured genes.', { row: g + 1, found: gene });
    }
    index.set(gene, g);
  });
  return index;
}

function collect(
  edges: readonly RegulonEdge[],
  index: ReadonlyMap<string, number>,
): { regulons: Map<string, Map<number, number>>; duplicates: number; unmeasured: number; zeroWeight: number } {
  const regulons = new Map<string, Map<number, number>>();
  let duplicates = 0;
  let unmeasured = 0;
  let zeroWeight = 0;
  edges.forEach((edge, position) => {
    requireWeight(edge, position);
    const gene = index.get(edge.target);
    const targets = regulons.get(edge.source) ?? new Map<number, number>();
    regulons.set(edge.source, targets);
    if (gene === undefined) unmeasured++;
    else if (targets.has(gene)) duplicates++;
    else if (edge.weight === 0) zeroWeight++;
    else targets.set(gene, edge.weight);
  });
  return { regulons, duplicates, unmeasured, zeroWeight };
}

function requireWeight(edge: RegulonEdge, position: number): void {
  if (Number.isFinite(edge.weight)) return;
  throw new FormatError('A regulon edge has no usable weight.', {
    row: position + 2,
    column: 'weight',
    expected: 'a finite number, +1 for activation and −1 for repression',
    found: `${String(edge.weight)} for ${edge.source} → ${edge.target}`,
  });
}

function sortedTargets(targets: ReadonlyMap<number, number> | undefined, genes: readonly string[]): Target[] {
  const rows = [...(targets ?? [])].map(([gene, weight]) => ({ gene, weight }));
  return rows.sort((a, b) => ((genes[a.gene] as string) < (genes[b.gene] as string) ? -1 : 1));
}

function compress(rows: readonly (readonly Target[])[]): Pick<RegulonNetwork, 'indptr' | 'indices' | 'weights'> {
  const indptr = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    indptr[i + 1] = (indptr[i] as number) + row.length;
  });
  const indices = new Uint32Array(indptr[rows.length] as number);
  const weights = new Float64Array(indices.length);
  rows.forEach((row, i) => {
    row.forEach((target, k) => {
      indices[(indptr[i] as number) + k] = target.gene;
      weights[(indptr[i] as number) + k] = target.weight;
    });
  });
  return { indptr, indices, weights };
}

function noRegulators(nEdges: number, unmeasured: number, minimumSize: number): Warning {
  return {
    code: 'regulators.none-measured',
    message:
      `No regulator has ${String(minimumSize)} measured targets: ${String(unmeasured)} of ${String(nEdges)} edges lead to ` +
      'genes that were not measured. Check that the regulons and the data use the same gene symbols.',
  };
}
