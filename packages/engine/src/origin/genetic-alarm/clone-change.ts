import type { Estimate } from '../../core/method.js';
import { type CloneOverlap, cloneOverlap } from '../lineages/clone-overlap.js';
import { cloneSizes } from '../lineages/clone-sizes.js';
import { type LineageShift, lineageShift } from '../lineages/lineage-verdict.js';
import { type CloneCounts, type CompositionChange, compositionChange } from './composition-change.js';
import { clonesAt } from './clones-at.js';
import type { ResolvedAlarmOptions } from './options.js';
import { variantFate, variantShifts } from './variant-shift.js';
import type { CloneChange, CloneFate, GeneticEvidence } from './types.js';

/** Fewest cells with a clone at each stage: as for lineages. */
const minimumCells = 50;
/** Limits of the verdict of lineages: interval above 1 − margin is kept, below `lost` is lost. */
const limits = { margin: 0.25, lost: 0.5 };

/**
 * What became of the clones between two stages of one patient. Barcodes name hundreds of clones: **rarefied richness** after
 * against before (`lineageShift`). Copy number and mutations name a few large ones: **Morisita's index** of the two
 * compositions (`cloneOverlap`). Both are read with the same limits on their 95 % interval. Where a stage has replicates
 * that differ as much as the stages do (`compositionChange`), a loss is not believed. Mutations without clones are read
 * variant by variant (`variantFate`).
 */
export function cloneChange(evidence: GeneticEvidence, { contrast, alpha, level }: ResolvedAlarmOptions): CloneChange {
  const label = evidence.labels.find(({ kind }) => kind === 'clone');
  const unknown = { fate: 'cannot tell', shift: null, overlap: null, composition: null, variants: [] } as const;
  if (label === undefined) {
    const variants = variantShifts(evidence, { contrast, level });
    return { ...unknown, variants, ...variantFate(variants, alpha) };
  }
  const samples = [contrast.from, contrast.to].map((stage) => clonesAt(evidence, label, stage));
  const [before, after] = samples as [readonly CloneCounts[], readonly CloneCounts[]];
  const [from, to] = [sizesOf(before), sizesOf(after)];
  if (from.total === 0 || to.total === 0) {
    return { ...unknown, reasons: [`no cells with a clone at both stages, ${contrast.from} and ${contrast.to}`] };
  }
  const shift =
    evidence.source === 'barcode'
      ? lineageShift(
          [
            { clones: from, states: null },
            { clones: to, states: null },
          ],
          { minimumCells, level, ...limits },
        )
      : null;
  const overlap = cloneOverlap([from, to], { level });
  const composition = compositionChange([before, after], { level });
  const fewest = Math.min(from.total, to.total);
  const found =
    fewest < minimumCells
      ? ({
          fate: 'cannot tell',
          reasons: [`${String(fewest)} cells with a clone, ${String(minimumCells)} needed`],
        } as const)
      : fateOf({ shift, overlap, composition }, alpha);
  return { ...found, shift, overlap, composition, variants: [] };
}

function sizesOf(samples: readonly CloneCounts[]): ReturnType<typeof cloneSizes> {
  const entries = samples.flatMap((sample) => [...sample]);
  return cloneSizes(
    entries.map(([clone]) => clone),
    entries.map(([, n]) => n),
  );
}

function fateOf(
  {
    shift,
    overlap,
    composition,
  }: { shift: LineageShift | null; overlap: CloneOverlap; composition: CompositionChange },
  alpha: number,
): { readonly fate: CloneFate; readonly reasons: readonly string[] } {
  const measure = shift === null ? overlap.morisita : shift.diversityKept;
  const fate = fateFrom(measure);
  const what = shift === null ? 'overlap of the clones' : 'clones kept';
  const reasons = [`${what} ${interval(measure)}`];
  if (composition.basis === 'technical only') reasons.push('one sample per stage: sampling of cells only');
  else if ((fate === 'lost' || fate === 'partly kept') && !(composition.pValue <= alpha)) {
    return { fate: 'cannot tell', reasons: [...reasons, 'samples of one stage differ as much as the stages do'] };
  }
  return { fate, reasons };
}

function fateFrom({ low, high }: Estimate): CloneFate {
  if (low === null || high === null) return 'cannot tell';
  if (high < limits.lost) return 'lost';
  if (high < 1 - limits.margin) return 'partly kept';
  return low < 1 - limits.margin ? 'cannot tell' : 'kept';
}

function interval({ value, low, high }: Estimate): string {
  const text = (number: number | null): string => (number === null ? 'unknown' : number.toFixed(2));
  return `${text(value)} (${text(low)} to ${text(high)})`;
}
