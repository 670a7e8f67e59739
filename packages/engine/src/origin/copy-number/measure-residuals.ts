import { report, type RunContext, throwIfAborted } from '../../core/context.js';
import { selectRows } from '../../data/compact-counts.js';
import type { CellRows } from './cell-sums.js';
import type { GenomeLayout } from './genome-layout.js';
import { type GenomeRegion, regionsOfBins } from './genome-regions.js';
import type { ReferenceModel } from './reference-model.js';
import { type ResidualBins, type ResidualBinsPayload, residualBinsTaskName } from './residual-bins.js';

/** Cells per block. */
const blockCells = 500;
/** Blocks handed to the executor at once: their rows are copied, so not all of them. */
const batchBlocks = 16;

/** What residuals are measured with. */
export interface ResidualInput extends CellRows {
  readonly layout: GenomeLayout;
  readonly regions: readonly GenomeRegion[];
  readonly slots: Int32Array;
  readonly reference: ReferenceModel;
  readonly depth: number;
  readonly cap: number;
  /** Whether each row is a reference cell. */
  readonly isReference: Uint8Array;
  /** Whose cells these are, for progress. */
  readonly patient: string;
}

/**
 * Mean residuals of all rows in all bins, and the reference group each row is most like: `residualBinsTask` over blocks. Then the
 * mean over reference cells is taken away from every bin, separately for the cells nearest to each reference group: capping and
 * centring leave a small residual even in them. Groups with fewer than ten such cells, and profiles, are left as they are.
 */
export async function measureResiduals(input: ResidualInput, context: RunContext): Promise<ResidualBins> {
  const nBins = input.layout.bins.length;
  const nCells = input.rows.length;
  const bins = new Float32Array(nCells * nBins);
  const groupOf = new Uint8Array(nCells);
  const stage = `copy number of ${input.patient}`;
  for (let start = 0; start < nCells; start += blockCells * batchBlocks) {
    throwIfAborted(context);
    report(context, stage, start, nCells, 'cells');
    const payloads = blockPayloads(input, start, Math.min(nCells, start + blockCells * batchBlocks));
    const hooks = context.signal === undefined ? {} : { signal: context.signal };
    const blocks = await context.executor.map<ResidualBinsPayload, ResidualBins>(residualBinsTaskName, payloads, hooks);
    blocks.forEach((block, b) => {
      bins.set(block.bins, (start + b * blockCells) * nBins);
      groupOf.set(block.groupOf, start + b * blockCells);
    });
  }
  report(context, stage, nCells, nCells, 'cells');
  centreInPlace({ bins, groupOf }, input.isReference, input.reference.groups.length);
  return { bins, groupOf };
}

function blockPayloads(input: ResidualInput, start: number, end: number): readonly ResidualBinsPayload[] {
  const { layout, regions, slots, reference, depth, cap } = input;
  const shared = {
    slots,
    binOf: layout.binOf,
    binSizes: Float64Array.from(layout.bins, ({ firstGene, endGene }) => endGene - firstGene),
    regionOf: regionsOfBins(layout, regions),
    levels: reference.levels,
    nGroups: reference.groups.length,
    depth,
    cap,
  };
  return Array.from({ length: Math.ceil((end - start) / blockCells) }, (_, b) => {
    const from = start + b * blockCells;
    return { ...shared, counts: selectRows(input.counts, input.rows.subarray(from, Math.min(end, from + blockCells))) };
  });
}

/** Fewest cells whose mean is taken away. */
const leastCentring = 10;

function centreInPlace({ bins, groupOf }: ResidualBins, isReference: Uint8Array, nGroups: number): void {
  const nBins = bins.length / groupOf.length;
  const means = new Float64Array(nGroups * nBins);
  const sizes = new Uint32Array(nGroups);
  groupOf.forEach((group, cell) => {
    if (isReference[cell] !== 1) return;
    sizes[group] = (sizes[group] as number) + 1;
    for (let bin = 0; bin < nBins; bin++) {
      means[group * nBins + bin] = (means[group * nBins + bin] as number) + (bins[cell * nBins + bin] as number);
    }
  });
  groupOf.forEach((group, cell) => {
    const size = sizes[group] as number;
    if (size < leastCentring) return;
    for (let bin = 0; bin < nBins; bin++) {
      const at = cell * nBins + bin;
      bins[at] = (bins[at] as number) - (means[group * nBins + bin] as number) / size;
    }
  });
}
