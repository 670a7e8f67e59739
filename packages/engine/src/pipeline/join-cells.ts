import type { Warning } from '../core/method.js';
import { concatRows } from '../data/concat-rows.js';
import type { GeneTable, Organism } from '../data/gene-table.js';
import { reconcileGenes, type ReconciledGenes } from '../data/reconcile-genes.js';
import { regroupColumns } from '../data/regroup-columns.js';
import { compactCounts, selectRows } from '../data/compact-counts.js';
import { type SampleCounts, sumCells } from '../data/pseudobulk.js';
import { rngFor, type RunContext } from '../core/context.js';
import { type CellCounts, createCellCounts, sampleRanges } from '../cells/cell-counts.js';
import type { CellColumns } from '../cells/study-cells.js';
import type { Sample } from '../study/types.js';
import type { PreparedSample } from './prepare-sample.js';

/** The good cells of all samples on one gene list. */
export interface JoinedCells {
  readonly cells: CellCounts;
  readonly columns: CellColumns;
  readonly ownLabels: readonly (string | null)[];
  readonly genes: ReconciledGenes;
}

/**
 * Puts the good cells of all samples under each other on the genes they share.
 *
 * @param prepared - samples with at least one good cell, in the order of the sample sheet
 */
export function joinCells(
  prepared: readonly PreparedSample[],
  sheet: ReadonlyMap<string, Sample>,
  names: { readonly geneTable: GeneTable; readonly organism: Organism },
): JoinedCells {
  const lists = geneLists(prepared);
  const genes = reconcileGenes(lists, names.geneTable, { organism: names.organism });
  const mappingOf = new Map(lists.map(({ genes: list }, i) => [list, genes.mappings[i] as Int32Array]));
  const listOf = (sample: PreparedSample): readonly string[] =>
    lists.find(({ genes: list }) => sameNames(list, sample.genes))?.genes ?? sample.genes;
  const parts = prepared.map((sample) =>
    compactCounts(regroupColumns(sample.counts, mappingOf.get(listOf(sample)) as Int32Array, genes.genes.length)),
  );
  const columnOf = (name: keyof CellColumns): Float64Array =>
    Float64Array.from(prepared.flatMap((sample) => Array.from(sample.columns[name])));
  return {
    cells: createCellCounts({
      counts: concatRows(parts),
      genes: genes.genes,
      barcodes: prepared.flatMap((sample) => sample.barcodes),
      sampleOf: Uint32Array.from(prepared.flatMap((sample, s) => sample.barcodes.map(() => s))),
      samples: prepared.map(({ sample }) => {
        const { patient, stage, treatment, technology } = sheet.get(sample) as Sample;
        return { sample, patient, stage, treatment, technology };
      }),
    }),
    columns: {
      totalCounts: columnOf('totalCounts'),
      detectedGenes: columnOf('detectedGenes'),
      mitochondrialFraction: columnOf('mitochondrialFraction'),
      ambientScore: columnOf('ambientScore'),
      doubletScore: columnOf('doubletScore'),
    },
    ownLabels: prepared.flatMap((sample) => sample.ownLabels),
    genes,
  };
}

/** Counts of every sample summed over its tumour cells, and over random blocks of them. A sample without one has no entry. */
export function sumTumourCells(
  { counts, samples, ...rest }: CellCounts,
  tumour: Uint8Array,
  { blocks }: { readonly blocks: number },
  context: RunContext,
): readonly { readonly sample: string; readonly counts: SampleCounts }[] {
  const ranges = sampleRanges({ counts, samples, ...rest });
  return samples.flatMap(({ sample }, s) => {
    const [start, end] = ranges[s] as readonly [number, number];
    const rows = Array.from({ length: end - start }, (_, i) => start + i).filter((cell) => tumour[cell] === 1);
    if (rows.length === 0) return [];
    const rng = rngFor(context, `cells/blocks/${sample}`);
    return [{ sample, counts: sumCells(selectRows(counts, rows), { blocks, rng }) }];
  });
}

/** One list per distinct set of names: samples of one file share theirs. */
function geneLists(
  prepared: readonly PreparedSample[],
): { readonly label: string; readonly genes: readonly string[] }[] {
  const lists: { label: string; genes: readonly string[] }[] = [];
  for (const { sample, genes } of prepared) {
    if (!lists.some((list) => sameNames(list.genes, genes))) lists.push({ label: sample, genes });
  }
  return lists;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, i) => name === b[i]));
}

/** Warnings about samples whose cells are all gone. */
export function emptySampleWarnings(prepared: readonly PreparedSample[]): readonly Warning[] {
  return prepared
    .filter(({ quality }) => quality.nKept === 0)
    .map(({ sample, quality }) => ({
      code: 'no-good-cells',
      message: `Left out ${sample}: ${quality.reasons.join('; ')}.`,
    }));
}
