import type { Bilingual } from '../core/text.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { agreementNeeded } from '../regulators/evidence.js';
import { normalQuantile, studentUpper } from '../stats/distributions.js';
import { type RandomEffects, randomEffects } from '../stats/meta-analysis.js';
import { geneFinder } from './find-genes.js';
import { matchedLevel, minimumPatients } from './score-axes.js';
import { ironUptakeCd44 } from './sets/iron-uptake-cd44.js';
import { ironUptakeTfrc } from './sets/iron-uptake-tfrc.js';
import type { AxisGene, WeaknessAxis } from './sets/axis-gene.js';
import type { AxisScore, IronPattern, PatternPart } from './types.js';

/**
 * The feedback of iron, three parts at once: CD44 up, TFRC down, mesenchymal genes up. Excess iron induces CD44 and represses
 * TFRC, and iron-dependent demethylases open mesenchymal genes, so a single part shows nothing.
 *
 * Over patients the pattern holds when all three do (intersection–union test: the largest of the three one-sided
 * Hartung–Knapp P values is at most 0.05) and three quarters of the patients show all three signs; the opposite pattern is
 * tested alike. CD44 and TFRC are named beforehand and tested between stages, so they are not taken out where they belong to
 * the programme, but named; the mesenchymal score is without its genes.
 *
 * @see doi:10.1038/s41557-020-0513-5 for the feedback, doi:10.1214/ss/1032280304 for intersection–union tests
 */
export function ironPattern(
  effects: PatientEffects,
  mesenchymal: AxisScore,
  programme: ReadonlySet<string>,
): IronPattern {
  const cd44 = geneParts(effects, geneNamed(ironUptakeCd44, 'CD44'));
  const tfrc = geneParts(effects, geneNamed(ironUptakeTfrc, 'TFRC'));
  const state = mesenchymal.patients.map(({ effect, low, high }): PatternPart => ({ effect, low, high }));
  const reasons = whyNot(cd44, tfrc, mesenchymal, effects.patients.length);
  const parts = [
    { part: 'CD44', sign: 1, rows: cd44 },
    { part: 'TFRC', sign: -1, rows: tfrc },
    { part: 'mesenchymal', sign: 1, rows: state },
  ] as const;
  const pooled = parts.map(({ rows }) => pool(rows));
  const joint = (sign: number): number | null => {
    const p = parts.map((part, i) => oneSided(pooled[i] as RandomEffects, sign * part.sign));
    return p.some((value) => !Number.isFinite(value)) ? null : Math.max(...p);
  };
  const patients = effects.patients.map((patient, p) => {
    const own = { cd44: partAt(cd44, p), tfrc: partAt(tfrc, p), mesenchymal: partAt(state, p) };
    return { patient, ...own, signs: signsOf(own) };
  });
  const asked = effects.patients.length;
  const found = {
    patients,
    parts: parts.map(({ part, rows }, i) => ({
      part,
      pooled: { effect: pooled[i]?.estimate ?? null, low: pooled[i]?.low ?? null, high: pooled[i]?.high ?? null },
      up: rows.filter(({ effect }) => (effect ?? 0) > 0).length,
      down: rows.filter(({ effect }) => (effect ?? 0) < 0).length,
    })),
    pJoint: joint(1),
    pInverted: joint(-1),
    agree: patients.filter(({ signs }) => signs === 'pattern').length,
    asked,
    needed: agreementNeeded(asked),
    programmeGenes: ['CD44', 'TFRC'].filter((gene) => programme.has(gene)),
  };
  return { ...found, reasons, verdict: reasons.length > 0 ? 'not testable' : verdictOf(found) };
}

function verdictOf(found: Omit<IronPattern, 'verdict' | 'reasons'>): IronPattern['verdict'] {
  const inverted = found.patients.filter(({ signs }) => signs === 'inverted').length;
  if ((found.pJoint ?? 1) <= matchedLevel && found.agree >= found.needed) return 'shared';
  if ((found.pInverted ?? 1) <= matchedLevel && inverted >= found.needed) return 'inverted';
  return 'not shared';
}

function geneNamed(axis: WeaknessAxis, symbol: string): AxisGene {
  return axis.genes.find(({ gene }) => gene === symbol) as AxisGene;
}

const missing: PatternPart = { effect: null, low: null, high: null };

function partAt(rows: readonly PatternPart[], patient: number): PatternPart {
  return rows[patient] ?? missing;
}

function geneParts(effects: PatientEffects, gene: AxisGene): readonly PatternPart[] {
  const position = geneFinder(effects.genes)(gene);
  if (position === null) return [];
  const k = effects.patients.length;
  const z = normalQuantile(0.975);
  return effects.patients.map((_, p) => {
    const effect = effects.effects[position * k + p] as number;
    const half = z * (effects.standardErrors[position * k + p] as number);
    const known = Number.isFinite(half);
    return { effect, low: known ? effect - half : null, high: known ? effect + half : null };
  });
}

function pool(rows: readonly PatternPart[]): RandomEffects {
  const effects = rows.map(({ effect }) => effect ?? NaN);
  return randomEffects(
    effects,
    effects.map(() => NaN),
  );
}

/** P value of a mean on the side of the sign. */
function oneSided({ estimate, standardError, df }: RandomEffects, sign: number): number {
  if (estimate === null || standardError === null || !(standardError > 0)) return NaN;
  return studentUpper((sign * estimate) / standardError, df);
}

function signsOf(own: {
  readonly cd44: PatternPart;
  readonly tfrc: PatternPart;
  readonly mesenchymal: PatternPart;
}): IronPattern['patients'][number]['signs'] {
  const signs = [own.cd44.effect ?? 0, -(own.tfrc.effect ?? 0), own.mesenchymal.effect ?? 0];
  if (signs.every((sign) => sign > 0)) return 'pattern';
  return signs.every((sign) => sign < 0) ? 'inverted' : 'mixed';
}

function whyNot(
  cd44: readonly PatternPart[],
  tfrc: readonly PatternPart[],
  mesenchymal: AxisScore,
  nPatients: number,
): readonly Bilingual[] {
  const reasons: Bilingual[] = [];
  if (nPatients < minimumPatients) {
    reasons.push({
      en: `patients with both stages: ${String(nPatients)}, and three are needed`,
      fr: `patients avec les deux stades : ${String(nPatients)}, et il en faut trois`,
    });
    return reasons;
  }
  if (cd44.length === 0) reasons.push({ en: 'CD44 was not measured', fr: 'CD44 n’a pas été mesuré' });
  if (tfrc.length === 0) reasons.push({ en: 'TFRC was not measured', fr: 'TFRC n’a pas été mesuré' });
  if (mesenchymal.verdict === 'not testable') {
    reasons.push({
      en: 'the mesenchymal genes cannot be scored',
      fr: 'les gènes mésenchymateux ne peuvent être évalués',
    });
  }
  return reasons;
}
