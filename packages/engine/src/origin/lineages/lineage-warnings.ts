import type { Warning } from '../../core/method.js';
import type { ClonedSample } from './cloned-sample.js';
import type { LineageStudy } from './lineage-study.js';

/** What a reader of the lineages should know. */
export function lineageWarnings(
  { samples, bulk }: Pick<LineageStudy, 'samples' | 'bulk'>,
  found: { readonly nMerged: number; readonly samples: readonly ClonedSample[]; readonly unmatched: boolean },
): readonly Warning[] {
  return [
    ...named(
      'lineages-insufficient',
      samples.filter(({ diversity }) => !diversity.sufficient).map(({ sample }) => sample),
      'too few barcoded cells to measure diversity',
    ),
    ...named(
      'lineages-ambiguous',
      samples
        .filter(({ nAmbiguous }) => nAmbiguous > 0)
        .map(({ sample, nAmbiguous }) => `${sample} (${String(nAmbiguous)})`),
      'cells with several barcodes, none with most of the counts, were left out',
    ),
    ...named(
      'lineages-without-state',
      found.unmatched
        ? found.samples.filter(({ state }) => state.every((one) => one === null)).map(({ info }) => info.sample)
        : [],
      'no barcoded cell has a state: are the cells named alike in both tables?',
    ),
    ...(found.nMerged > 0
      ? [
          {
            code: 'lineages-merged',
            message: `${String(found.nMerged)} barcodes were read as errors of commoner ones.`,
          },
        ]
      : []),
    ...(bulk.libraries.length > 0
      ? [
          {
            code: 'lineages-bulk',
            message:
              'Bulk libraries have no sampling interval: reads are not cells. Intervals come from replicates only, and no verdict is given.',
          },
        ]
      : []),
  ];
}

function named(code: string, which: readonly string[], what: string): Warning[] {
  return which.length === 0 ? [] : [{ code, message: `${which.join(', ')}: ${what}.` }];
}
