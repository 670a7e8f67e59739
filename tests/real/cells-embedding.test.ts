import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  adjustedRandIndex,
  blockTasks,
  type CellCounts,
  createCellCounts,
  type CsrMatrix,
  embedCells,
  embedCellsDefaults,
  type Matrix,
  selectCells,
} from '@remnant/engine';
import { readCells } from '@remnant/formats';
import { nodeKernels, nodeSource } from '@remnant/host/node';
import { afterAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../support/inline-context.js';

const folder = fileURLToPath(new URL('../../../shared/data/singlecell/luad_celllines_tian/', import.meta.url));
const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('shared');
const present = required || existsSync(folder);
if (!present) console.log('skipped: tests/real/cells-embedding: the cell line mixtures are not in ../shared/data');

const kernels = nodeKernels(2);
const context = inlineContext(blockTasks);

/** Cells of one mixture with the line their genotype says, and whether demuxlet calls them single. */
interface Mixture {
  readonly cells: CellCounts;
  readonly lines: readonly string[];
  readonly singlet: readonly boolean[];
}

async function readMixture(name: string): Promise<Mixture> {
  const data = await readCells(nodeSource(folder), `sc_${name}.count.csv.gz`, { memoryGib: 2 });
  const [header = [], ...rows] = gunzipSync(readFileSync(`${folder}sc_${name}.metadata.csv.gz`))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  const row = new Map(rows.map(([cell = '', ...values]) => [cell, values]));
  const column = (wanted: string): string[] =>
    data.obsNames.map((cell) => row.get(cell)?.[header.indexOf(wanted)] ?? 'absent');
  const cells = createCellCounts({
    counts: requireRows(data.X),
    genes: data.varNames,
    barcodes: data.obsNames,
    sampleOf: new Uint32Array(data.obsNames.length),
    samples: [{ sample: name, patient: name, stage: 'untreated', treatment: 'none', technology: 'single-cell' }],
  });
  return { cells, lines: column('cell_line_demuxlet'), singlet: column('demuxlet_cls').map((call) => call === 'SNG') };
}

function requireRows(matrix: Matrix): CsrMatrix {
  if (matrix.kind !== 'csr') throw new Error('Counts are read as compressed rows.');
  return matrix;
}

/** Clusters of the single cells, found with or without the doublets among them. */
async function clustersOf(cells: CellCounts, kept: Uint32Array, resolution: number): Promise<number[]> {
  const found = await embedCells(cells, { resolution }, context, kernels);
  if (found.status !== 'ok') throw new Error(found.reasons.join(' '));
  return Array.from(kept, (cell) => found.clusters[cell] as number);
}

/** Share of the cells that are of the most frequent line of their cluster. */
function purity(clusters: readonly number[], lines: readonly string[]): number {
  const most = [...new Set(clusters)].map((cluster) => {
    const own = lines.filter((_, cell) => clusters[cell] === cluster);
    return Math.max(...[...new Set(own)].map((line) => own.filter((other) => other === line).length));
  });
  return most.reduce((sum, size) => sum + size, 0) / lines.length;
}

/** What is found at the default resolution, 1. The third line of the Drop-seq mixture falls into two clusters there. */
const expected = {
  celseq2_3cl: { clusters: 3, index: 0.95 },
  celseq2_5cl_p1: { clusters: 5, index: 0.95 },
  celseq2_5cl_p2: { clusters: 5, index: 0.95 },
  dropseq_3cl: { clusters: 4, index: 0.8 },
} as const;

describe.skipIf(!present)('mixtures of lung cancer cell lines', () => {
  afterAll(() => {
    kernels.close();
  });

  for (const [name, { clusters: nClusters, index }] of Object.entries(expected)) {
    it(`${name}: every cluster is of one line`, async () => {
      const { cells, lines, singlet } = await readMixture(name);
      const kept = Uint32Array.from(singlet.keys()).filter((cell) => singlet[cell] === true);
      const truth = Array.from(kept, (cell) => lines[cell] as string);
      const alone = selectCells(cells, kept);
      const all = Uint32Array.from(kept.keys());
      const found = await clustersOf(alone, all, embedCellsDefaults.resolution);
      const coarse = await clustersOf(alone, all, 0.5);
      const amongDoublets = await clustersOf(cells, kept, embedCellsDefaults.resolution);
      const indices = [found, coarse, amongDoublets].map((clusters) => adjustedRandIndex(clusters, truth));
      console.log(
        `${name}: ${String(kept.length)} single cells, ${String(new Set(found).size)} clusters, ARI ${indices.map((value) => value.toFixed(3)).join(', ')} ` +
          `(default, resolution 0.5, embedded with ${String(singlet.length - kept.length)} doublets)`,
      );
      expect(new Set(found).size).toBe(nClusters);
      expect(purity(found, truth)).toBe(1);
      expect(indices[0]).toBeGreaterThanOrEqual(index);
      expect(indices[1]).toBeGreaterThanOrEqual(0.95);
    });
  }
});
