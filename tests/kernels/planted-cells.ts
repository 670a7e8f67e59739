import { createRng, type CsrMatrix, librarySizeFactors, type NormalizedCells, randomPoisson } from '@remnant/engine';

/** Cells of known groups, in two blocks that differ. */
export interface PlantedCells extends NormalizedCells {
  readonly group: Uint32Array;
  readonly block: Uint32Array;
  readonly nGroups: number;
}

/** Draws cells of a few groups with own genes; the cells of block 1 have another set of genes raised. */
export function plantedCells(nCells = 400, nGenes = 200, seed = 1): PlantedCells {
  const nGroups = 4;
  const rng = createRng(seed, 'planted cells');
  const base = Float64Array.from({ length: nGenes }, () => 0.2 + 2 * rng.uniform() ** 3);
  const group = Uint32Array.from({ length: nCells }, () => rng.integer(nGroups));
  const block = Uint32Array.from({ length: nCells }, (_, cell) => (cell < nCells / 3 ? 0 : 1));
  const indptr = new Uint32Array(nCells + 1);
  const indices: number[] = [];
  const data: number[] = [];
  for (let cell = 0; cell < nCells; cell++) {
    const depth = 0.5 + rng.uniform();
    for (let gene = 0; gene < nGenes; gene++) {
      const own = gene % 10 === group[cell] ? 6 : 1;
      const shift = gene % 10 === 9 && block[cell] === 1 ? 4 : 1;
      const count = randomPoisson(rng, depth * own * shift * (base[gene] as number));
      if (count === 0) continue;
      indices.push(gene);
      data.push(count);
    }
    indptr[cell + 1] = indices.length;
  }
  const counts: CsrMatrix = {
    kind: 'csr',
    shape: [nCells, nGenes],
    indptr,
    indices: Uint16Array.from(indices),
    data: Uint8Array.from(data),
  };
  return { counts, sizeFactors: librarySizeFactors(counts), group, block, nGroups };
}

/** log2(count / size factor + 1), cells × genes, the slow way. */
export function logExpression({ counts, sizeFactors }: NormalizedCells): Float64Array[] {
  const [nCells, nGenes] = counts.shape;
  return Array.from({ length: nCells }, (_, cell) => {
    const row = new Float64Array(nGenes);
    const end = counts.indptr[cell + 1] as number;
    for (let k = counts.indptr[cell] as number; k < end; k++) {
      row[counts.indices[k] as number] = Math.log2((counts.data[k] as number) / (sizeFactors[cell] as number) + 1);
    }
    return row;
  });
}
