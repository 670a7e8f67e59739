import type { FigureId } from '@remnant/engine';
import type { FigureOutcome } from '../figures/figure.js';
import { figureIds, figureRenderers } from '../figures/registry.js';
import type { ReportContext } from '../report-context.js';

/** A figure in the report: what became of it, its number, and the claim it stands under. */
export interface PlacedFigure {
  readonly id: FigureId;
  readonly title: string;
  readonly outcome: FigureOutcome;
  /** Counted over the drawn figures in the order they appear; null for one left out. */
  readonly number: number | null;
  /** The first claim that names it; null when none does. */
  readonly claim: number | null;
}

/** Every figure, drawn once, numbered in the order it appears: under the first claim that names it, the rest at the end. */
export function placeFigures(context: ReportContext, claimOrder: readonly number[]): readonly PlacedFigure[] {
  const { claims } = context.result;
  const owner = new Map<FigureId, number>();
  for (const index of claimOrder) {
    for (const id of claims[index]?.figures ?? []) {
      if (!owner.has(id)) owner.set(id, index);
    }
  }
  const order = [...owner.keys(), ...figureIds.filter((id) => !owner.has(id))].filter((id) => id in figureRenderers);
  let drawn = 0;
  return order.map((id) => {
    const outcome = figureRenderers[id](context);
    if (outcome.kind === 'drawn') drawn += 1;
    return {
      id,
      title: context.text.figureTitles[id],
      outcome,
      number: outcome.kind === 'drawn' ? drawn : null,
      claim: owner.get(id) ?? null,
    };
  });
}
