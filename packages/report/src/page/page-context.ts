import { type Claim, type ClaimStep, claimSteps } from '@remnant/engine';
import type { ReportContext } from '../report-context.js';
import { type PlacedFigure, placeFigures } from './numbered-figures.js';

/** A claim with its place in the report. */
export interface PlacedClaim {
  readonly claim: Claim;
  /** Counted from 1 in report order. */
  readonly number: number;
  readonly anchor: string;
}

/** Claims of one step of the analysis. */
export interface ClaimGroup {
  readonly step: ClaimStep;
  readonly claims: readonly PlacedClaim[];
}

/** A report context with everything numbered. */
export interface PageContext extends ReportContext {
  readonly groups: readonly ClaimGroup[];
  readonly figures: readonly PlacedFigure[];
  /** For each table, the number of the claim whose section shows its first rows. */
  readonly tableOwner: ReadonlyMap<string, number>;
}

/** Groups claims by step, numbers them, and places each figure and table under the first claim that uses it. */
export function pageContext(context: ReportContext): PageContext {
  const { claims } = context.result;
  const order = claimSteps.flatMap((step) => [...claims.keys()].filter((i) => claims[i]?.step === step));
  const placed = order.map((index, at) => ({
    claim: claims[index] as Claim,
    number: at + 1,
    anchor: `claim-${String(at + 1)}`,
  }));
  const tableOwner = new Map<string, number>();
  for (const { claim, number } of placed) {
    for (const table of claim.tables) if (!tableOwner.has(table)) tableOwner.set(table, number);
  }
  const groups = claimSteps.map((step) => ({ step, claims: placed.filter(({ claim }) => claim.step === step) }));
  const figures = placeFigures(context, order).map((figure) => ({
    ...figure,
    claim: figure.claim === null ? null : order.indexOf(figure.claim) + 1,
  }));
  return { ...context, groups: groups.filter((group) => group.claims.length > 0), figures, tableOwner };
}
