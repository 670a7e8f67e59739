import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../tests/support/inline-context.js';
import type { CsrMatrix } from '../data/matrix.js';
import { adjustedRandIndex } from '../stats/adjusted-rand-index.js';
import { consensusNmf } from './consensus-nmf.js';
import { metaProgrammeTasks } from './nmf-tasks.js';
import { csrOf } from './planted-programmes.test-helper.js';

const folder = new URL('../../../../../shared/data/singlecell/luad_celllines_tian/', import.meta.url);
const present = existsSync(folder);
if (!present) console.log('Skipped: the cell lines of Tian et al. are not in ../shared beside this checkout.');

function rowsOf(name: string): string[][] {
  const text = gunzipSync(readFileSync(new URL(name, folder))).toString('utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
}

/** Cells × genes, and the line of every cell by its genotype; null for doublets. */
function readLines(): { readonly counts: CsrMatrix; readonly lines: readonly (string | null)[] } {
  const [header = [], ...genes] = rowsOf('sc_celseq2_5cl_p1.count.csv.gz');
  const counts = csrOf(
    header.map((_, cell) => Float64Array.from(genes, (gene) => Number(gene[cell + 1]))),
    genes.length,
  );
  const [columns = [], ...cells] = rowsOf('sc_celseq2_5cl_p1.metadata.csv.gz');
  const lineOf = new Map(
    cells.map((cell) => [
      cell[0],
      cell[1 + columns.indexOf('demuxlet_cls')] === 'SNG'
        ? (cell[1 + columns.indexOf('cell_line_demuxlet')] ?? null)
        : null,
    ]),
  );
  return { counts, lines: header.map((cell) => lineOf.get(cell) ?? null) };
}

describe.skipIf(!present)('consensusNmf on five lung-cancer lines (Tian et al. 2019)', () => {
  it('finds one programme per line: the most used programme tells the line', async () => {
    const { counts, lines } = readLines();
    const { ranks } = await consensusNmf(counts, { ranks: [5], replicates: 10 }, inlineContext(metaProgrammeTasks));
    const { usage, stability, nOutliers } = ranks[0]!;
    expect(stability).toBeGreaterThan(0.95);
    expect(nOutliers).toBe(0);
    const mostUsed = lines.map((_, cell) => {
      const own = [...usage.subarray(5 * cell, 5 * cell + 5)];
      return own.indexOf(Math.max(...own));
    });
    const single = [...lines.keys()].filter((cell) => lines[cell] !== null);
    const names = [...new Set(lines)];
    const agreement = adjustedRandIndex(
      single.map((cell) => names.indexOf(lines[cell] as string)),
      single.map((cell) => mostUsed[cell] as number),
    );
    console.log(
      `ARI of the most used programme with the line: ${agreement.toFixed(4)} (${String(single.length)} cells)`,
    );
    expect(agreement).toBeGreaterThanOrEqual(0.95);
  });
});
