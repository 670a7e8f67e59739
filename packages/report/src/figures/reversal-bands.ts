import type { ReportContext } from '../report-context.js';
import { readColumns } from '../tables/read-columns.js';

/** Quantiles of the positions of cells. */
export interface CellSpread {
  readonly q05: number;
  readonly q25: number;
  readonly q75: number;
  readonly q95: number;
}

/** How far apart two halves of one stage lie, in units of the distance between the stages; NaN where not known. */
export interface HomeBands {
  readonly from: number;
  readonly to: number;
}

/** An arm of a patient. */
export interface ArmName {
  readonly patient: string;
  readonly arm: string;
}

/** The axis positions are given on. */
const ownAxis = 'transcriptome axis';

/** The stages of the contrast, as the tables of reversal name them. */
function stageOf({ result }: ReportContext, part: 'from' | 'to' | 'back'): string {
  const fallback = { from: 'untreated', to: 'residual', back: 'relapse' } as const;
  const contrast: ReportContext['result']['summary']['contrast'] | undefined = result.summary.contrast;
  return (contrast ?? fallback)[part];
}

/** Where the cells of one stage lie on the axis of the patient; null where not measured. */
export function axisPositions(
  context: ReportContext,
  { patient, arm, part }: ArmName & { readonly part: 'from' | 'to' | 'back' },
): CellSpread | null {
  const read = readColumns(context.result, 'cell_reversal_positions', {
    numbers: ['q05', 'q25', 'q75', 'q95'],
    texts: ['patient', 'arm', 'axis', 'stage'],
  });
  if (!read.found) return null;
  const { texts, numbers } = read;
  const row = texts.patient.findIndex(
    (name, i) =>
      name === patient &&
      (texts.arm[i] ?? '') === arm &&
      texts.axis[i] === ownAxis &&
      texts.stage[i] === stageOf(context, part),
  );
  if (row === -1) return null;
  const at = (name: keyof typeof numbers): number => numbers[name][row] as number;
  return { q05: at('q05'), q25: at('q25'), q75: at('q75'), q95: at('q95') };
}

/** The within-stage null of both ends: what halves of one stage reach, over the distance between the two stages. */
export function homeBands(context: ReportContext, patient: string, arm: string): HomeBands {
  const read = readColumns(context.result, 'cell_reversal_null', {
    numbers: ['distance', 'high'],
    texts: ['patient', 'arm', 'space', 'first', 'second'],
  });
  if (!read.found) return { from: NaN, to: NaN };
  const { texts, numbers } = read;
  const [from, to] = [stageOf(context, 'from'), stageOf(context, 'to')];
  const rowOf = (first: string, second: string): number =>
    texts.patient.findIndex(
      (name, i) =>
        name === patient &&
        (texts.arm[i] ?? '') === arm &&
        texts.space[i] === ownAxis &&
        texts.first[i] === first &&
        texts.second[i] === second,
    );
  const whole = numbers.distance[rowOf(to, from)] ?? NaN;
  const share = (stage: string): number => (numbers.high[rowOf(stage, stage)] ?? NaN) / whole;
  return { from: share(from), to: share(to) };
}
