import type { Droplet } from './draw-droplets.js';
import type { CellsTruth, SampleTruth, StateCounts } from './truth.js';

/** What each barcode holds, as parallel lists; of a doublet, the first cell and its partner. */
export function cellsTruth(barcodes: readonly string[], droplets: readonly Droplet[]): CellsTruth {
  const first = droplets.map(({ cells }) => cells[0].identity);
  return {
    barcodes,
    kind: droplets.map(({ kind }) => kind),
    state: first.map(({ state }) => state),
    lineage: first.map(({ lineage }) => lineage),
    phase: first.map(({ phase }) => phase),
    cycling: first.map(({ phase }) => phase !== 'G1'),
    partner: droplets.map(({ cells }) => cells[1]?.identity ?? null),
  };
}

/** Barcodes by the state of their first cell, in all and among good tumour cells. */
export function countStates(droplets: readonly Droplet[]): NonNullable<SampleTruth['cells']> {
  return { ...count(droplets), good: count(droplets.filter(({ kind }) => kind === 'good')) };
}

function count(droplets: readonly Droplet[]): StateCounts {
  const of = (state: string): number => droplets.filter(({ cells }) => cells[0].identity.state === state).length;
  return { total: droplets.length, persister: of('persister'), resistant: of('resistant') };
}
