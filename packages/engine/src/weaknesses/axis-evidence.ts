import type { EvidenceVerdict } from '../regulators/evidence.js';
import { curatedAxes, type WeaknessAxis } from './sets/index.js';
import type { AxisScore, WeaknessAxes } from './types.js';

/** What a score says of a weakness: supported where the axis moved the way that would be one. Of a state: whether it is raised. */
export function axisEvidence({ vulnerableWhen }: WeaknessAxis, { verdict }: AxisScore): EvidenceVerdict {
  if (verdict === 'not testable') return 'not testable';
  if (verdict === 'not shared') return 'not supported';
  return verdict === (vulnerableWhen ?? 'raised') ? 'supported' : 'contradicted';
}

/** One axis a gene was scored on. */
export interface AxisOfGene {
  readonly axis: string;
  readonly verdict: EvidenceVerdict;
}

/**
 * The axes of every gene that was scored, with what they say of a weakness, by name in the data. Genes of the programme are not in
 * it: they took no part. States are not in it either: they are no weakness by themselves.
 */
export function axesByGene({ axes }: Pick<WeaknessAxes, 'axes'>): ReadonlyMap<string, readonly AxisOfGene[]> {
  const found = new Map<string, AxisOfGene[]>();
  for (const score of axes) {
    const axis = curatedAxes.find(({ id }) => id === score.axis);
    if (axis === undefined || axis.vulnerableWhen === null) continue;
    const verdict = axisEvidence(axis, score);
    for (const gene of score.used) found.set(gene, [...(found.get(gene) ?? []), { axis: axis.id, verdict }]);
  }
  return found;
}
