import type { CsrMatrix, DenseMatrix, LabelOptions, ReferenceLabels } from '@remnant/engine';
import { loadCounts } from './load-cells.js';
import type { Session } from './session.js';

/** A reference in the files scran.js reads it from. */
export interface ReferenceFiles {
  readonly ranks: Uint8Array;
  readonly markers: Uint8Array;
  readonly labels: Uint8Array;
  readonly nLabels: number;
  /** Most markers of one pair of labels. */
  readonly top: number;
}

/** Writes a reference as scran.js wants it: ranks as CSV, markers as GMT, one label a line, each compressed by gzip. */
export async function referenceFiles({ profiles, labelOf, markers }: LabelOptions): Promise<ReferenceFiles> {
  const nLabels = Math.round(Math.sqrt(markers.length));
  const [ranks, lists, labels] = await Promise.all([
    gzip(ranksText(profiles)),
    gzip(markersText(markers, nLabels)),
    gzip(`${labelOf.join('\n')}\n`),
  ]);
  return { ranks, markers: lists, labels, nLabels, top: Math.max(1, ...markers.map((list) => list.length)) };
}

/** Labels cells by scran.js (SingleR's method with fine tuning). */
export function labelCells(
  counts: CsrMatrix,
  { files, quantile }: { readonly files: ReferenceFiles; readonly quantile: number },
  session: Session,
): ReferenceLabels {
  const { scran, numberOfThreads, keep } = session;
  const genes = Array.from({ length: counts.shape[1] }, (_, g) => String(g));
  const loaded = keep(scran.loadLabelCellsReferenceFromBuffers(files.ranks, files.markers, files.labels));
  const trained = keep(scran.trainLabelCellsReference(genes, loaded, genes, { top: files.top, numberOfThreads }));
  const found = keep(scran.labelCells(loadCounts(counts, session), trained, { quantile, numberOfThreads }));
  const scores = new Float64Array(counts.shape[0] * files.nLabels);
  for (let label = 0; label < files.nLabels; label++) {
    const column = found.scoreForLabel(label);
    for (let cell = 0; cell < column.length; cell++) scores[cell * files.nLabels + label] = column[cell] as number;
  }
  return { nLabels: files.nLabels, best: Uint32Array.from(found.predicted()), delta: found.delta(), scores };
}

/** One line a profile; equal values share the lowest of their ranks. */
function ranksText({ shape, data }: DenseMatrix): string {
  const [nProfiles, nGenes] = shape;
  return Array.from({ length: nProfiles }, (_, profile) => {
    const values = data.subarray(profile * nGenes, (profile + 1) * nGenes);
    const order = Uint32Array.from(values.keys()).sort(
      (a, b) => (values[a] as number) - (values[b] as number) || a - b,
    );
    const ranks = new Uint32Array(nGenes);
    order.forEach((gene, i) => {
      const before = order[i - 1];
      const isTie = before !== undefined && values[before] === values[gene];
      ranks[gene] = isTie ? (ranks[before] as number) : i + 1;
    });
    return `${ranks.join(',')}\n`;
  }).join('');
}

function markersText(markers: readonly Uint32Array[], nLabels: number): string {
  return markers
    .map((list, pair) => [Math.floor(pair / nLabels), pair % nLabels, ...list])
    .filter(([a, b]) => a !== b)
    .map((fields) => `${fields.join('\t')}\n`)
    .join('');
}

async function gzip(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
