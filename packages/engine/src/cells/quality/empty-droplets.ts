import { type RunContext, throwIfAborted } from '../../core/context.js';
import { FormatError, OptionError, ShapeError } from '../../core/errors.js';
import type { MethodInfo, Warning } from '../../core/method.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { benjaminiHochberg } from '../../stats/multiple-testing.js';
import { type BarcodeRanks, barcodeRanks } from './barcode-ranks.js';
import { estimateAlpha } from './dirichlet-multinomial.js';
import { type RawMatrixCheck, checkRawMatrix, type RawMatrixOptions } from './raw-matrix.js';
import { type AmbientModel, logProbabilities, simulateDroplets } from './simulate-droplets.js';
import { goodTuringProportions } from './good-turing.js';
import { rowTotals } from './sample-cell-counts.js';

/** What {@link emptyDroplets} is. */
export const emptyDropletsInfo: MethodInfo = {
  id: 'empty-droplets',
  title: 'Droplets that hold a cell, against the ambient profile',
  version: '1.0.0',
  doi: ['10.1186/s13059-019-1662-y', '10.1080/09296179508590051'],
  input: 'raw counts of one sample with its empty droplets, barcodes × genes',
  output: 'per barcode a P value, an adjusted P value and whether it holds a cell; the ambient profile',
  random: true,
};

/** Options of {@link emptyDroplets}. */
export interface EmptyDropletsOptions extends Partial<RawMatrixOptions> {
  /** Simulated droplets; the smallest P value is one over this plus one. */
  readonly iterations?: number;
  /** False-discovery rate at which a barcode is called a cell. */
  readonly fdr?: number;
  /** Barcodes with at least this many counts are cells whatever their profile; null takes the knee of the barcode-rank curve. */
  readonly retain?: number | null;
  /** Per barcode 1 when it takes part, in the ambient profile or as a candidate; null takes all. */
  readonly takesPart?: Uint8Array | null;
  /** Names the random stream, so that samples of a study do not share theirs. */
  readonly stream?: string;
}

/** Which barcodes hold cells. */
export interface EmptyDroplets {
  /** `already-filtered`: there are no empty droplets to learn from, and every barcode is taken for a cell. */
  readonly status: 'ok' | 'already-filtered';
  readonly reasons: readonly string[];
  readonly kind: RawMatrixCheck;
  readonly lower: number;
  readonly retain: number | null;
  readonly fdr: number;
  readonly iterations: number;
  /** Share of every gene in the empty droplets, sums to one; zero for genes no barcode has. Null when already filtered. */
  readonly ambientProfile: Float64Array | null;
  /** Scaling parameter of the Dirichlet-multinomial. */
  readonly alpha: number | null;
  readonly ranks: BarcodeRanks;
  /** Total counts per barcode; zero for those that take no part. */
  readonly totals: Float64Array;
  /** NaN for a barcode not tested: at or below `lower`, or at or above `retain`. */
  readonly pValue: Float64Array;
  /** Benjamini–Hochberg over the barcodes above `lower`, with 0 for those at or above `retain`; NaN for others. */
  readonly pAdjusted: Float64Array;
  readonly isCell: Uint8Array;
  readonly nTested: number;
  readonly nRetained: number;
  readonly nCells: number;
  /** Barcodes with the smallest possible P value that are not called: more iterations could change them. */
  readonly nLimited: number;
  readonly warnings: readonly Warning[];
}

/**
 * Calls the barcodes of a raw matrix that hold a cell. The ambient profile is that of the barcodes with at most `lower` counts,
 * Good–Turing smoothed; a barcode above is compared with it as a Dirichlet-multinomial draw whose scaling α is estimated from the same empty
 * droplets. The P value is the share of simulated droplets with the same total that are no more probable,
 * `(1 + exceedances) / (1 + iterations)`; barcodes from the knee of the barcode-rank curve on are kept whatever their profile. The false-discovery rate is
 * Benjamini–Hochberg over all barcodes above `lower`.
 *
 * A matrix with hardly any barcode at or below `lower` was filtered before: that is the answer then, and nothing is removed.
 *
 * Cost: `iterations × retain` simulated molecules, in blocks.
 *
 * @param counts - barcodes × genes, whole numbers
 * @param options - defaults: `lower` 100, `iterations` 10,000, `fdr` 0.001
 * @throws FormatError when counts are not whole; OptionError for an option out of range; ShapeError when `takesPart` does not fit
 * @see doi:10.1186/s13059-019-1662-y; `DropletUtils::emptyDrops` 1.18. Differences: the knee (see `barcodeRanks`); droplets are simulated by Pólya's
 * urn, the same distribution; a barcode kept by the knee has no P value.
 * @example
 * ```ts
 * const { isCell, ambientProfile } = await emptyDroplets(counts, { lower: 100 }, context);
 * ```
 */
export async function emptyDroplets(
  counts: CsrMatrix,
  options: EmptyDropletsOptions,
  context: RunContext,
): Promise<EmptyDroplets> {
  const resolved = resolve(counts, options);
  const totals = totalsOf(counts, resolved.takesPart);
  const observed = { totals, ranks: barcodeRanks(totals, resolved), kind: checkRawMatrix(totals, resolved) };
  if (observed.kind.kind === 'already-filtered') return alreadyFiltered(observed, resolved);
  requireWhole(counts);
  const ambient = ambientModel(counts, totals, resolved.lower);
  const retain = resolved.retain ?? observed.ranks.knee;
  const candidates = Uint32Array.from(totals.keys()).filter((cell) => (totals[cell] as number) > resolved.lower);
  const tested = candidates.filter((cell) => (totals[cell] as number) < (retain ?? Infinity));
  throwIfAborted(context);
  const exceedances = await simulateDroplets(
    { ambient, totals: pick(totals, tested), observed: logProbabilities(counts, tested, ambient) },
    resolved,
    context,
  );
  const pValue = new Float64Array(totals.length).fill(NaN);
  tested.forEach((cell, i) => {
    pValue[cell] = (1 + (exceedances[i] as number)) / (1 + resolved.iterations);
  });
  return {
    status: 'ok',
    reasons: [observed.kind.reason],
    ...observed,
    ...limitsOf(resolved),
    retain,
    ambientProfile: ambient.proportions,
    alpha: ambient.alpha,
    pValue,
    nTested: tested.length,
    nRetained: candidates.length - tested.length,
    ...callCells(pValue, candidates, resolved),
  };
}

type Resolved = Required<EmptyDropletsOptions>;

type Observed = Pick<EmptyDroplets, 'totals' | 'ranks' | 'kind'>;

function resolve(counts: CsrMatrix, options: EmptyDropletsOptions): Resolved {
  const resolved: Resolved = {
    lower: 100,
    minimumAmbientBarcodes: 500,
    minimumAmbientShare: 0.2,
    iterations: 10_000,
    fdr: 0.001,
    retain: null,
    takesPart: null,
    stream: '',
    ...options,
  };
  const { lower, iterations, fdr, takesPart } = resolved;
  if (!(lower > 0)) throw new OptionError('Option lower must be above zero.', { found: String(lower) });
  if (!(Number.isInteger(iterations) && iterations >= 1)) {
    throw new OptionError('Option iterations must be a whole number of at least 1.', { found: String(iterations) });
  }
  if (!(fdr > 0 && fdr < 1)) throw new OptionError('Option fdr must lie between 0 and 1.', { found: String(fdr) });
  if (takesPart !== null && takesPart.length !== counts.shape[0]) {
    throw new ShapeError('Option takesPart does not fit the barcodes.', {
      expected: String(counts.shape[0]),
      found: String(takesPart.length),
    });
  }
  return resolved;
}

function pick(values: Float64Array, at: Uint32Array): Float64Array {
  return Float64Array.from(at, (i) => values[i] as number);
}

/** Barcodes that take no part count as if they were not there. */
function totalsOf(counts: CsrMatrix, takesPart: Uint8Array | null): Float64Array {
  const totals = rowTotals(counts);
  return takesPart === null ? totals : totals.map((total, cell) => (takesPart[cell] === 1 ? total : 0));
}

function requireWhole({ data }: CsrMatrix): void {
  const at = data.findIndex((value) => !(value >= 0 && value === Math.floor(value)));
  if (at < 0) return;
  throw new FormatError('Empty droplets can only be told from raw counts.', {
    expected: 'whole numbers of at least 0',
    found: String(data[at]),
    hint: 'Give the counts before normalisation and ambient correction.',
  });
}

function limitsOf({ lower, fdr, iterations }: Resolved): Pick<EmptyDroplets, 'lower' | 'fdr' | 'iterations'> {
  return { lower, fdr, iterations };
}

function alreadyFiltered(observed: Observed, options: Resolved): EmptyDroplets {
  const n = observed.totals.length;
  return {
    status: 'already-filtered',
    reasons: [observed.kind.reason],
    ...observed,
    ...limitsOf(options),
    retain: null,
    ambientProfile: null,
    alpha: null,
    pValue: new Float64Array(n).fill(NaN),
    pAdjusted: new Float64Array(n).fill(NaN),
    isCell: new Uint8Array(n).fill(1),
    nTested: 0,
    nRetained: 0,
    nCells: n,
    nLimited: 0,
    warnings: [],
  };
}

function ambientModel(counts: CsrMatrix, totals: Float64Array, lower: number): AmbientModel {
  const barcodes = Uint32Array.from(totals.keys()).filter(
    (cell) => (totals[cell] as number) > 0 && (totals[cell] as number) <= lower,
  );
  const proportions = ambientProfile(counts, barcodes);
  return { proportions, alpha: estimateAlpha(counts, barcodes, proportions) };
}

/** Smoothed shares over the genes that any barcode has; zero for the others. */
function ambientProfile(counts: CsrMatrix, barcodes: Uint32Array): Float64Array {
  const sums = new Float64Array(counts.shape[1]);
  for (const barcode of barcodes) {
    const end = counts.indptr[barcode + 1] as number;
    for (let k = counts.indptr[barcode] as number; k < end; k++) {
      const gene = counts.indices[k] as number;
      sums[gene] = (sums[gene] as number) + (counts.data[k] as number);
    }
  }
  const isSeen = new Uint8Array(sums.length);
  for (let k = 0; k < counts.data.length; k++) if (counts.data[k] !== 0) isSeen[counts.indices[k] as number] = 1;
  const seen = Uint32Array.from(isSeen.keys()).filter((gene) => isSeen[gene] === 1);
  const shares = goodTuringProportions(Float64Array.from(seen, (gene) => sums[gene] as number));
  const profile = new Float64Array(sums.length);
  seen.forEach((gene, i) => {
    profile[gene] = shares[i] as number;
  });
  return profile;
}

function callCells(
  pValue: Float64Array,
  candidates: Uint32Array,
  { fdr, iterations }: Resolved,
): Pick<EmptyDroplets, 'pAdjusted' | 'isCell' | 'nCells' | 'nLimited' | 'warnings'> {
  const p = Float64Array.from(candidates, (cell) => {
    const value = pValue[cell] as number;
    return Number.isNaN(value) ? 0 : value;
  });
  const adjusted = benjaminiHochberg(p);
  const pAdjusted = new Float64Array(pValue.length).fill(NaN);
  const isCell = new Uint8Array(pValue.length);
  let [nCells, nLimited] = [0, 0];
  candidates.forEach((cell, i) => {
    const q = adjusted[i] as number;
    pAdjusted[cell] = q;
    isCell[cell] = q <= fdr ? 1 : 0;
    if (q <= fdr) nCells++;
    else if (p[i] === 1 / (1 + iterations)) nLimited++;
  });
  return { pAdjusted, isCell, nCells, nLimited, warnings: nLimited === 0 ? [] : [tooFewIterations(nLimited)] };
}

function tooFewIterations(nLimited: number): Warning {
  return {
    code: 'too-few-iterations',
    message: `${String(nLimited)} barcodes have the smallest P value the simulations can give and are not called: more iterations could call them.`,
  };
}
