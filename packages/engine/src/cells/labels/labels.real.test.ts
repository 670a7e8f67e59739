import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { readCells, readRows, sharedMissing } from '../doublets/shared-counts.test-helper.js';
import { cellScoreTasks } from '../scores/score-tasks.js';
import { labelTumourCells } from './label-tumour-cells.js';

const folder = 'oligodendroglioma_infercnv';
const missing = sharedMissing(`${folder}/counts.matrix.gz`);
if (missing !== null) console.warn(`Skipped: ${missing}.`);

describe.skipIf(missing !== null)('labels of oligodendroglioma cells, against those of the authors', () => {
  it('finds the microglia and macrophages and takes no malignant cell for normal', async () => {
    const cells = readCells(`${folder}/counts.matrix.gz`, 'oligodendroglioma');
    const truth = new Map(readRows(`${folder}/annotations.txt`).map(([cell = '', kind = '']) => [cell, kind]));
    const { labels } = await labelTumourCells(cells, { tumourLineage: 'neural' }, inlineContext(cellScoreTasks));
    const found = (is: (kind: string) => boolean): Record<string, number> => {
      const counts: Record<string, number> = {};
      cells.barcodes.forEach((barcode, i) => {
        if (is(truth.get(barcode) ?? '')) counts[labels[i]!] = (counts[labels[i]!] ?? 0) + 1;
      });
      return counts;
    };
    const malignant = found((kind) => kind.startsWith('malignant'));
    const microglia = found((kind) => kind.startsWith('Microglia'));
    console.log(JSON.stringify({ malignant, microglia, other: found((kind) => kind.startsWith('Oligo')) }));
    expect(malignant).toEqual({ 'tumour or unresolved': 142 });
    expect(microglia).toEqual({ 'normal: myeloid cell': 19 });
  });
});
