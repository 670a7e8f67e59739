import type { StageContrast } from '@remnant/engine';
import type { ReportContext } from './report-context.js';

/** The names of the compared stages in the language of the report; generic words when the result does not name them. */
export interface ContrastWords {
  readonly from: string;
  readonly to: string;
  readonly back: string;
}

/** Words for the compared stages. */
export function contrastWords(context: ReportContext): ContrastWords {
  const contrast: StageContrast | undefined = context.result.summary.contrast;
  const { stage, genericContrast } = context.text;
  if (contrast === undefined) return genericContrast;
  return { from: stage(contrast.from), to: stage(contrast.to), back: stage(contrast.back) };
}
