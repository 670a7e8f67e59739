import { log2 } from '../../core/pinned-math.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { quantileInPlace } from '../../stats/quantile.js';

/** Name of the block task. */
export const residualBinsTaskName = 'origin/copy-number-bins';

/** One block of cells with what their residuals are taken against. */
export interface ResidualBinsPayload {
  /** Cells × columns. */
  readonly counts: CsrMatrix;
  /** Place of each column among the genes in use; −1 for others. */
  readonly slots: Int32Array;
  /** Bin of each gene in use. */
  readonly binOf: Uint16Array;
  /** Genes per bin. */
  readonly binSizes: Float64Array;
  /** Region of each bin, −1 for bins of arms too small to be one; regions are what cells are centred on. */
  readonly regionOf: Int32Array;
  /** Log expression of each reference group, groups × genes. */
  readonly levels: Float64Array;
  readonly nGroups: number;
  /** Total that cells are scaled to. */
  readonly depth: number;
  /** Largest residual, log2. */
  readonly cap: number;
}

/** Residuals of one block. */
export interface ResidualBins {
  /** Cells × bins. */
  readonly bins: Float32Array;
  /** The reference group each cell is most like. */
  readonly groupOf: Uint8Array;
}

/**
 * Mean residual of each cell in each bin: y = log2(1 + x · depth / total) over the genes in use, r = y − reference, held
 * within ± cap, averaged over the genes of the bin, minus the cell's median region. The reference is the group whose
 * profile correlates best with the cell.
 *
 * A gene not stored contributes −reference (held within the cap), which is the same for all cells of a group: each cell starts
 * from those sums and is corrected at its stored genes, so that the cost is that of the stored values.
 */
export function residualBinsTask(payload: ResidualBinsPayload): ResidualBins {
  const { counts, binOf, binSizes, levels, nGroups, cap } = payload;
  const nCells = counts.shape[0];
  const nBins = binSizes.length;
  const nGenes = binOf.length;
  const profiles = Array.from({ length: nGroups }, (_, t) =>
    groupProfile(payload, levels.subarray(t * nGenes, (t + 1) * nGenes)),
  );
  const row = { genes: new Int32Array(nGenes), values: new Float64Array(nGenes), length: 0 };
  const sums = new Float64Array(nBins);
  const regions = regionScratch(payload);
  const bins = new Float32Array(nCells * nBins);
  const groupOf = new Uint8Array(nCells);
  for (let cell = 0; cell < nCells; cell++) {
    logRow(payload, cell, row);
    const group = nGroups === 1 ? 0 : nearestGroup(profiles, row);
    const { level, start } = profiles[group] as GroupProfile;
    groupOf[cell] = group;
    sums.set(start);
    for (let k = 0; k < row.length; k++) {
      const gene = row.genes[k] as number;
      const reference = level[gene] as number;
      const bin = binOf[gene] as number;
      const residual = Math.max(-cap, Math.min(cap, (row.values[k] as number) - reference));
      sums[bin] = (sums[bin] as number) + residual + Math.min(cap, reference);
    }
    const centre = medianRegion(sums, payload, regions);
    const at = cell * nBins;
    for (let bin = 0; bin < nBins; bin++) bins[at + bin] = (sums[bin] as number) / (binSizes[bin] as number) - centre;
  }
  return { bins, groupOf };
}

interface GroupProfile {
  readonly level: Float64Array;
  readonly mean: number;
  readonly deviation: number;
  /** Sum of −min(cap, level) in each bin: what a cell without counts would have. */
  readonly start: Float64Array;
}

interface LogRow {
  readonly genes: Int32Array;
  readonly values: Float64Array;
  length: number;
}

function groupProfile({ binOf, binSizes, cap }: ResidualBinsPayload, level: Float64Array): GroupProfile {
  const start = new Float64Array(binSizes.length);
  let sum = 0;
  let squares = 0;
  level.forEach((value, gene) => {
    const bin = binOf[gene] as number;
    start[bin] = (start[bin] as number) - Math.min(cap, value);
    sum += value;
    squares += value * value;
  });
  const mean = sum / level.length;
  return { level, mean, deviation: Math.sqrt(Math.max(1e-12, squares / level.length - mean * mean)), start };
}

/** Small whole counts share their logarithm within a cell. */
const tableSize = 64;
const table = new Float64Array(tableSize);

function logRow({ counts, slots, depth }: ResidualBinsPayload, cell: number, row: LogRow): void {
  const { indptr, indices, data } = counts;
  const [first, end] = [indptr[cell] as number, indptr[cell + 1] as number];
  let total = 0;
  let length = 0;
  for (let k = first; k < end; k++) {
    const gene = slots[indices[k] as number] as number;
    if (gene < 0) continue;
    const value = data[k] as number;
    row.genes[length] = gene;
    row.values[length] = value;
    total += value;
    length++;
  }
  row.length = length;
  const scale = total > 0 ? depth / total : 0;
  table.fill(NaN);
  for (let k = 0; k < length; k++) {
    const value = row.values[k] as number;
    if (value < tableSize && Number.isInteger(value)) {
      let known = table[value] as number;
      if (Number.isNaN(known)) {
        known = log2(1 + value * scale);
        table[value] = known;
      }
      row.values[k] = known;
    } else row.values[k] = log2(1 + value * scale);
  }
}

/** The group of highest Pearson correlation with the cell over the genes in use. */
function nearestGroup(profiles: readonly GroupProfile[], row: LogRow): number {
  let total = 0;
  for (let k = 0; k < row.length; k++) total += row.values[k] as number;
  let best = 0;
  let highest = -Infinity;
  profiles.forEach(({ level, mean, deviation }, t) => {
    let product = 0;
    for (let k = 0; k < row.length; k++)
      product += (row.values[k] as number) * (level[row.genes[k] as number] as number);
    const agreement = (product - total * mean) / deviation;
    if (agreement > highest) [highest, best] = [agreement, t];
  });
  return best;
}

interface RegionScratch {
  readonly sums: Float64Array;
  readonly sizes: Float64Array;
}

function regionScratch({ regionOf, binSizes }: ResidualBinsPayload): RegionScratch {
  const nRegions = regionOf.reduce((most, region) => Math.max(most, region + 1), 0);
  const sizes = new Float64Array(nRegions);
  regionOf.forEach((region, bin) => {
    if (region >= 0) sizes[region] = (sizes[region] as number) + (binSizes[bin] as number);
  });
  return { sums: new Float64Array(nRegions), sizes };
}

function medianRegion(sums: Float64Array, { regionOf }: ResidualBinsPayload, regions: RegionScratch): number {
  if (regions.sums.length === 0) return 0;
  regions.sums.fill(0);
  for (let bin = 0; bin < sums.length; bin++) {
    const region = regionOf[bin] as number;
    if (region >= 0) regions.sums[region] = (regions.sums[region] as number) + (sums[bin] as number);
  }
  for (let r = 0; r < regions.sums.length; r++) {
    regions.sums[r] = (regions.sums[r] as number) / (regions.sizes[r] as number);
  }
  return quantileInPlace(regions.sums, 0.5, regions.sums.length);
}
