import type { AntibodyDrug, RegulonEdge } from '../../data/resources.js';
import type { MarkerCells } from '../../markers/marker-cells.js';
import type { MarkerStudy } from '../../markers/marker-study.js';
import type { SurfaceList } from '../../markers/surface-ranking.js';
import type { DrugMatches } from '../drugs/match-drugs.js';

/** One regulator as ranked elsewhere: as much of it as targets need. */
export interface TargetRegulator {
  readonly regulator: string;
  /** 1 = most active. */
  readonly rank: number;
  /** Activity against permuted labels, positive = more active in the state. */
  readonly z: number;
  readonly pAdjusted: number;
  /** Patients with the sign of the activity, of those asked; null where that was not asked. */
  readonly agreement: { readonly agree: number; readonly asked: number } | null;
}

/** One weakness axis a gene belongs to, with the axis's own verdict. */
export interface TargetAxis {
  readonly axis: string;
  readonly verdict: 'supported' | 'not supported' | 'contradicted' | 'not testable';
}

/** Everything targets are joined from. Null: that line of evidence is not at hand. */
export interface TargetEvidence {
  readonly study: MarkerStudy;
  readonly surface: SurfaceList | null;
  /** Positive fractions, for genes read on cells. */
  readonly cells: MarkerCells | null;
  readonly regulators: readonly TargetRegulator[] | null;
  readonly regulons: readonly RegulonEdge[] | null;
  readonly axes: ReadonlyMap<string, readonly TargetAxis[]> | null;
  readonly drugs: DrugMatches | null;
  readonly antibodyDrugs: readonly AntibodyDrug[];
  readonly essential: ReadonlySet<string> | null;
}

/** The lines of evidence, in the order of the table. */
export const targetLines = ['shared', 'surface', 'regulator', 'weakness', 'drug'] as const;

/** One of {@link targetLines}. */
export type TargetLine = (typeof targetLines)[number];

/** `does not apply`: the gene is not on that list, which speaks neither for nor against it. */
export type TargetStandingOfLine = 'supported' | 'not supported' | 'contradicted' | 'not testable' | 'does not apply';
