import {
  agreementNeeded,
  type EvidenceLine,
  notTestable,
  numberOf,
  reasonOf,
  type RegulatorHypothesis,
  signOf,
} from './evidence.js';
import type { RegulatorStudy } from './regulator-study.js';

/** Options of `expressionLine`. */
export interface ExpressionOptions {
  readonly hypothesis: RegulatorHypothesis;
  /** Largest adjusted P of the shared change. */
  readonly fdr: number;
}

/**
 * Expression line: does the regulator's own RNA change as the hypothesis says? Supported when the fixed-effect adjusted P is
 * at most `fdr`, the fold change has the hypothesised sign and three quarters of the patients share that sign;
 * contradicted when the same holds for the other sign. Flat RNA is "not supported" and says nothing about activity.
 */
export function expressionLine(regulator: string, study: RegulatorStudy, options: ExpressionOptions): EvidenceLine {
  const gene = study.genes.indexOf(regulator);
  const change = study.logFoldChange[gene] ?? NaN;
  const pAdjusted = study.pAdjusted[gene] ?? NaN;
  if (gene < 0 || Number.isNaN(change) || Number.isNaN(pAdjusted)) {
    return notTestable(
      'expression',
      reasonOf(
        'rna-not-measured',
        'its RNA was not measured in all samples compared',
        'son ARN n’a pas été mesuré dans tous les échantillons comparés',
      ),
    );
  }
  const effects = patientEffectsOf(study, regulator);
  const agreeing = (sign: number): number => effects.filter((effect) => effect * sign > 0).length;
  const sign = signOf(options.hypothesis);
  const shared = (direction: number): boolean =>
    pAdjusted <= options.fdr && change * direction > 0 && agreeing(direction) >= agreementNeeded(effects.length);
  return {
    id: 'expression',
    verdict: shared(sign) ? 'supported' : shared(-sign) ? 'contradicted' : 'not supported',
    numbers: [
      numberOf('log-fold-change', 'shared change of its RNA', 'changement partagé de son ARN', change, 'log2'),
      numberOf('p-adjusted', 'adjusted P', 'P ajusté', pAdjusted),
      numberOf('patients-up', 'patients with more RNA', 'patients avec plus d’ARN', agreeing(1)),
      numberOf('patients-down', 'patients with less RNA', 'patients avec moins d’ARN', agreeing(-1)),
    ],
    reasons: [expressionReason(shared(1), shared(-1), pAdjusted <= options.fdr)],
    patients: effects.length === 0 ? null : { agree: agreeing(sign), asked: effects.length },
  };
}

/** The effect of one gene in every patient it was measured in. */
export function patientEffectsOf(study: RegulatorStudy, gene: string): readonly number[] {
  const { patients } = study;
  const row = patients?.genes.indexOf(gene) ?? -1;
  if (patients === null || row < 0) return [];
  const width = patients.patients.length;
  return [...patients.effects.subarray(row * width, (row + 1) * width)].filter((effect) => !Number.isNaN(effect));
}

function expressionReason(up: boolean, down: boolean, significant: boolean): ReturnType<typeof reasonOf> {
  if (up) return reasonOf('rna-up', 'its RNA rises across patients', 'son ARN augmente d’un patient à l’autre');
  if (down) return reasonOf('rna-down', 'its RNA falls across patients', 'son ARN diminue d’un patient à l’autre');
  return significant
    ? reasonOf(
        'rna-not-shared',
        'its RNA changes, but not in the same way across patients',
        'son ARN change, mais pas de la même façon d’un patient à l’autre',
      )
    : reasonOf('rna-flat', 'its RNA does not change', 'son ARN ne change pas');
}
