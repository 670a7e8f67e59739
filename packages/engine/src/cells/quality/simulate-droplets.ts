import { type RunContext, report } from '../../core/context.js';
import type { CsrMatrix } from '../../data/matrix.js';
import { logProbability } from './dirichlet-multinomial.js';
import type { DropletNullCounts, DropletNullPayload } from './droplet-null.js';

/** The distribution of a droplet without a cell. */
export interface AmbientModel {
  /** Ambient profile, one share per gene. */
  readonly proportions: Float64Array;
  /** Scaling parameter of the Dirichlet-multinomial. */
  readonly alpha: number;
}

/** Barcodes to be compared with simulated droplets. */
export interface ObservedDroplets {
  readonly ambient: AmbientModel;
  /** Total counts of each. */
  readonly totals: Float64Array;
  /** Log-probability of each, see `logProbability`. */
  readonly observed: Float64Array;
}

/** Name under which the block task is registered. */
export const dropletNullTask = 'cells/droplet-null';

/** Simulations per block of work: fixed, so that the answer does not depend on the number of workers. */
const iterationsPerBlock = 250;

/** Log-probabilities of barcodes under the ambient model. */
export function logProbabilities(counts: CsrMatrix, barcodes: Uint32Array, ambient: AmbientModel): Float64Array {
  return Float64Array.from(barcodes, (barcode) => logProbability(counts, barcode, ambient));
}

/** For every barcode, the simulated ambient droplets with its total that are no more probable than it. */
export async function simulateDroplets(
  droplets: ObservedDroplets,
  { iterations, stream }: { readonly iterations: number; readonly stream: string },
  context: RunContext,
): Promise<Float64Array> {
  if (droplets.totals.length === 0) return new Float64Array(0);
  const { order, ...shared } = layOut(droplets);
  const payloads: DropletNullPayload[] = [];
  for (let block = 0; block * iterationsPerBlock < iterations; block++) {
    payloads.push({
      ...shared,
      ...droplets.ambient,
      seed: context.seed,
      label: `cells/empty-droplets/${stream}`,
      block,
      iterations: Math.min(iterationsPerBlock, iterations - block * iterationsPerBlock),
    });
  }
  const blocks = await context.executor.map<DropletNullPayload, DropletNullCounts>(dropletNullTask, payloads, {
    ...(context.signal === undefined ? {} : { signal: context.signal }),
    onDone: (done, total) => {
      report(context, 'empty droplets', done, total, 'blocks');
    },
  });
  const exceedances = new Float64Array(order.length);
  order.forEach((barcode, position) => {
    for (const block of blocks) exceedances[barcode] = (exceedances[barcode] as number) + (block[position] as number);
  });
  return exceedances;
}

type Layout = Pick<DropletNullPayload, 'totals' | 'starts' | 'logProbabilities'> & { readonly order: Uint32Array };

/** Barcodes by total, then by log-probability. */
function layOut({ totals, observed }: ObservedDroplets): Layout {
  const order = Uint32Array.from(totals.keys()).sort(
    (a, b) =>
      (totals[a] as number) - (totals[b] as number) || (observed[a] as number) - (observed[b] as number) || a - b,
  );
  const distinct: number[] = [];
  const starts: number[] = [];
  order.forEach((barcode, position) => {
    const total = totals[barcode] as number;
    if (total === distinct[distinct.length - 1]) return;
    distinct.push(total);
    starts.push(position);
  });
  return {
    order,
    totals: Uint32Array.from(distinct),
    starts: Uint32Array.from([...starts, order.length]),
    logProbabilities: Float64Array.from(order, (barcode) => observed[barcode] as number),
  };
}
