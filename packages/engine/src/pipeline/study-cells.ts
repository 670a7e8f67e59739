import { labelTumourCells } from '../cells/labels/label-tumour-cells.js';
import type { SampleQuality, StudyCells } from '../cells/study-cells.js';
import { hashParts } from '../core/hash.js';
import type { JoinedCells } from './join-cells.js';
import type { RunOptions } from './options.js';
import { runStep, type StepEnvironment } from './step.js';

/** What cells are labelled by besides their counts. */
export interface StudyCellsOptions {
  readonly quality: readonly SampleQuality[];
  readonly tumourLineage: RunOptions['tumourLineage'];
}

/** Labels the joined cells: tumour or not. The user's own labels go before those of markers. */
export async function studyCells(
  { cells, columns, ownLabels }: JoinedCells,
  { quality, tumourLineage }: StudyCellsOptions,
  environment: StepEnvironment,
): Promise<StudyCells> {
  const hasOwn = ownLabels.some((label) => label !== null);
  const { counts, genes, sampleOf, samples } = cells;
  const key = [
    hashParts([counts.indptr, counts.indices, counts.data, sampleOf]),
    JSON.stringify([genes, samples, tumourLineage, hasOwn ? ownLabels : null]),
  ];
  const found = await runStep('tumour cells', key, environment, async (context) => {
    const { labels, tumour, status, reasons, warnings } = await labelTumourCells(
      cells,
      { tumourLineage, ownLabels: hasOwn ? ownLabels : null },
      context,
    );
    return { labels, tumour, status, reasons, warnings };
  });
  const untested =
    found.status === 'ok'
      ? []
      : [{ code: 'cell-labels', message: `Normal cells could not be told: ${found.reasons.join('; ')}.` }];
  return {
    cells,
    columns,
    label: found.labels,
    tumour: found.tumour,
    quality,
    warnings: [...quality.flatMap((sample) => sample.warnings), ...found.warnings, ...untested],
  };
}
