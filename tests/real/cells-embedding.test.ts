import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import {
  adjustedRandIndex,
  blockTasks,
  type CellCounts,
  type ComputedEmbedding,
  createCellCounts,
  type CsrMatrix,
  embedCells,
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

async function embedded(cells: CellCounts): Promise<ComputedEmbedding> {
  const found = await embedCells(cells, {}, context, kernels);
  if (found.status !== 'ok') throw new Error(found.reasons.join(' '));
  return found;
}

describe.skipIf(!present)('mixtures of lung cancer cell lines', () => {
  afterAll(() => {
    kernels.close();
  });

  for (const [name, nLines] of [
    ['celseq2_3cl', 3],
    ['dropseq_3cl', 3],
    ['celseq2_5cl_p1', 5],
    ['celseq2_5cl_p2', 5],
  ] as const) {
    it(`${name}: clusters of the default line are the lines`, async () => {
      const { cells, lines, singlet } = await readMixture(name);
      const kept = Uint32Array.from(singlet.keys()).filter((cell) => singlet[cell] === true);
      const truth = Array.from(kept, (cell) => lines[cell] as string);
      const alone = await embedded(selectCells(cells, kept));
      const withDoublets = await embedded(cells);
      const index = adjustedRandIndex(alone.clusters, truth);
      const indexWithDoublets = adjustedRandIndex(
        Array.from(kept, (cell) => withDoublets.clusters[cell] as number),
        truth,
      );
      console.log(
        `${name}: ${String(kept.length)} singlets, ${String(alone.nClusters)} clusters, ARI ${index.toFixed(3)}; ` +
          `embedded with ${String(singlet.length - kept.length)} doublets: ${String(withDoublets.nClusters)} clusters, ARI ${indexWithDoublets.toFixed(3)}`,
      );
      expect(alone.nClusters).toBe(nLines);
      expect(index).toBeGreaterThanOrEqual(0.95);
    });
  }
});
