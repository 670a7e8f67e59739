import { closeSync, openSync, writeSync } from 'node:fs';

/** What a simulated matrix is like. */
export interface SimulatedMatrix {
  readonly nCells: number;
  readonly nGenes: number;
  /** Mean counts of a cell. 2,150 leave 8 % of 20,000 genes non-zero. */
  readonly meanCounts: number;
}

const nTypes = 12;
const nSamples = 4;

/** Xoroshiro64*: fast, small, the same everywhere. */
function xoroshiro(seed: number): () => number {
  let [a, b] = [seed | 1, 0x243f6a88];
  return () => {
    const result = Math.imul(a, 0x9e3779bb);
    const mixed = b ^ a;
    a = ((a << 26) | (a >>> 6)) ^ mixed ^ (mixed << 9);
    b = (mixed << 13) | (mixed >>> 19);
    return result >>> 0;
  };
}

/** Walker's alias table: one draw from a distribution in constant time. */
interface Alias {
  readonly probability: Float32Array;
  readonly other: Uint16Array;
}

function aliasOf(weights: Float64Array): Alias {
  const n = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = weights.map((weight) => (weight / total) * n);
  const other = new Uint16Array(n);
  const small = [...share.keys()].filter((i) => (share[i] as number) < 1);
  const large = [...share.keys()].filter((i) => (share[i] as number) >= 1);
  while (small.length > 0 && large.length > 0) {
    const from = small.pop() as number;
    const to = large.at(-1) as number;
    other[from] = to;
    share[to] = (share[to] as number) - (1 - (share[from] as number));
    if (share[to] < 1) small.push(large.pop() as number);
  }
  for (const i of [...small, ...large]) share[i] = 1;
  return { probability: Float32Array.from(share), other };
}

/**
 * Writes cells of twelve types in four samples, raw: log-normal genes, 3 % of them changed in each type, a smaller change in each
 * sample, log-normal depths. Four files: `indptr` (uint32), `indices` (uint16), `data` (uint8), and `cells` (uint8 pairs of sample and
 * type). The seed is fixed.
 */
export function writeSimulatedMatrix(path: string, { nCells, nGenes, meanCounts }: SimulatedMatrix): void {
  const random = xoroshiro(0x9e3779b9);
  const uniform = (): number => random() / 2 ** 32;
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
  const genes = (draw: () => number): Float64Array => Float64Array.from({ length: nGenes }, draw);
  const base = genes(() => 1.6 * normal());
  const types = Array.from({ length: nTypes }, () => genes(() => (uniform() < 0.03 ? 1.2 * normal() : 0)));
  const samples = Array.from({ length: nSamples }, () => genes(() => 0.25 * normal()));
  const tables = samples.map((sample) =>
    types.map((type) => aliasOf(base.map((value, g) => Math.exp(value + (type[g] as number) + (sample[g] as number))))),
  );
  const indptr = new Uint32Array(nCells + 1);
  const cells = new Uint8Array(2 * nCells);
  const counts = new Uint8Array(nGenes);
  const files = { indices: openSync(`${path}.indices`, 'w'), data: openSync(`${path}.data`, 'w') };
  const row = { indices: new Uint16Array(nGenes), data: new Uint8Array(nGenes) };
  for (let cell = 0; cell < nCells; cell++) {
    const sample = Math.floor((cell / nCells) * nSamples);
    const type = random() % nTypes;
    const { probability, other } = tables[sample]?.[type] as Alias;
    const depth = Math.round(meanCounts * Math.exp(0.3 * normal()));
    for (let i = 0; i < depth; i++) {
      const drawn = random() % nGenes;
      const gene = uniform() < (probability[drawn] as number) ? drawn : (other[drawn] as number);
      if ((counts[gene] as number) < 255) counts[gene] = (counts[gene] as number) + 1;
    }
    let stored = 0;
    for (let gene = 0; gene < nGenes; gene++) {
      if (counts[gene] === 0) continue;
      row.indices[stored] = gene;
      row.data[stored++] = counts[gene] as number;
    }
    counts.fill(0);
    indptr[cell + 1] = (indptr[cell] as number) + stored;
    cells.set([sample, type], 2 * cell);
    writeSync(files.indices, row.indices.subarray(0, stored));
    writeSync(files.data, row.data.subarray(0, stored));
  }
  closeSync(files.indices);
  closeSync(files.data);
  for (const [name, values] of Object.entries({ indptr, cells })) {
    const file = openSync(`${path}.${name}`, 'w');
    writeSync(file, values);
    closeSync(file);
  }
}
