/** The kinds of cell a simulated tumour is made of. */
export type CellState = 'sensitive' | 'persister' | 'resistant';

/** Every cell state, in the order fractions are given. */
export const cellStates: readonly CellState[] = ['sensitive', 'persister', 'resistant'];

/** Where in the cell cycle a simulated cell stands. */
export type CyclePhase = 'G1' | 'S' | 'G2M';

/** The normal cells of a simulated tumour sample; `mouse` is the host of a xenograft. */
export type NormalLineage = 'T cell' | 'macrophage' | 'fibroblast' | 'endothelial cell' | 'mouse';

/** What one cell is. */
export interface CellIdentity {
  readonly state: CellState | 'normal';
  /** Of a normal cell; null in a tumour cell. */
  readonly lineage: NormalLineage | null;
  readonly phase: CyclePhase;
}

/** A kind of cell with its expected share of the cells of a sample. */
export interface Population {
  readonly identity: CellIdentity;
  readonly weight: number;
}

/** What `samplePopulations` needs. */
export interface PopulationOptions {
  /** Of each state among tumour cells, in the order of `cellStates`. */
  readonly fractions: readonly number[];
  /** Of each normal lineage among all cells. */
  readonly normal: Readonly<Partial<Record<NormalLineage, number>>>;
  /** Fraction of cycling cells by state. */
  readonly cycling: Readonly<Record<CellState | 'normal', number>>;
  readonly sPhaseShare: number;
}

/** The expected composition of a sample: state or lineage, and phase. Weights sum to one; empty populations are left out. */
export function samplePopulations(options: PopulationOptions): readonly Population[] {
  const lineages = Object.entries(options.normal) as [NormalLineage, number][];
  const tumour = 1 - lineages.reduce((sum, [, fraction]) => sum + fraction, 0);
  return [
    ...cellStates.flatMap((state, i) =>
      inPhases({ state, lineage: null }, tumour * (options.fractions[i] as number), options),
    ),
    ...lineages.flatMap(([lineage, fraction]) => inPhases({ state: 'normal', lineage }, fraction, options)),
  ].filter(({ weight }) => weight > 0);
}

function inPhases(
  cell: Omit<CellIdentity, 'phase'>,
  weight: number,
  { cycling, sPhaseShare }: PopulationOptions,
): readonly Population[] {
  const inCycle = weight * cycling[cell.state];
  const inS = inCycle * sPhaseShare;
  return [
    { identity: { ...cell, phase: 'G1' }, weight: weight - inCycle },
    { identity: { ...cell, phase: 'S' }, weight: inS },
    { identity: { ...cell, phase: 'G2M' }, weight: inCycle - inS },
  ];
}
