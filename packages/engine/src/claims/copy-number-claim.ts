import type { CopyNumberReason, PatientCopyNumber } from '../origin/copy-number/types.js';
import type { Claim } from './claim.js';
import { estimatedNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

const reasonWords: Readonly<Record<CopyNumberReason, readonly [string, string]>> = {
  'no-reference': ['no reference cells', 'aucune cellule de référence'],
  'few-reference-cells': ['too few reference cells', 'trop peu de cellules de référence'],
  'few-genes': ['too few genes with a position', 'trop peu de gènes localisés'],
  'few-arms': ['too few arms with enough genes', 'trop peu de bras avec assez de gènes'],
  'few-cells': ['too few cells', 'trop peu de cellules'],
  'low-depth': ['too few counts per cell', 'trop peu de lectures par cellule'],
  'quiet-genome': ['no alteration to see: a quiet genome', 'aucune altération visible : un génome calme'],
  uncertain: ['no arm is certain', 'aucun bras n’est certain'],
  narrow: ['alterations too narrow', 'altérations trop étroites'],
};

/** Which cells carry chromosome alterations? */
export function copyNumberClaim(patients: readonly PatientCopyNumber[]): Claim {
  const called = patients.filter(({ status }) => status === 'called');
  return {
    id: 'origin.copy-number',
    step: 'origin',
    question: both((w) =>
      w.pick(
        'Which cells carry chromosome alterations that expression can show?',
        'Quelles cellules portent des altérations chromosomiques visibles dans l’expression ?',
      ),
    ),
    sentence: both((w) => {
      const unknown = patients.filter(({ status }) => status !== 'called').map(({ patient }) => patient);
      if (called.length === 0) {
        return w.pick(
          'No alteration can be told in any patient; that is not the same as none.',
          'Aucune altération ne peut être établie chez aucun patient ; ce n’est pas la preuve qu’il n’y en a pas.',
        );
      }
      const each = called.map((patient) => `${patient.patient} (${altered(patient)})`);
      return `${w.pick(`Alterations are called in ${w.list(each)}.`, `Des altérations sont retenues chez ${w.list(each)}.`)}${unknown.length === 0 ? '' : ` ${w.pick(`Cannot be told in ${w.list(unknown)}.`, `Indéterminé chez ${w.list(unknown)}.`)}`}`;
    }),
    verdict: called.length === 0 ? 'not testable' : 'supported',
    numbers: called.flatMap(({ patient, samples }) =>
      samples.map(({ sample, alteredFraction }) =>
        estimatedNumber(
          `Altered cells, ${sample.startsWith(patient) ? '' : `${patient} `}${sample} (95 %)`,
          `Cellules altérées, ${sample.startsWith(patient) ? '' : `${patient} `}${sample} (95 %)`,
          alteredFraction,
        ),
      ),
    ),
    patients: called.length === 0 ? null : { agree: called.length, asked: patients.length },
    control: both((w) =>
      w.pick(
        'Calls need a posterior probability of 0.95 and genes that had no part in finding the clone; genes of the persister programme are left out, so the state cannot imitate an arm. A quiet genome, few cells or no reference give no call.',
        'Une altération retenue exige une probabilité a posteriori de 0,95 et des gènes qui n’ont pas servi à trouver le clone ; les gènes du programme persistant sont écartés, l’état ne peut donc imiter un bras. Génome calme, peu de cellules ou aucune référence : pas d’appel.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'Low-coverage DNA sequencing of the same samples settles every arm called here.',
        'Un séquençage d’ADN à faible couverture des mêmes échantillons tranche pour chaque bras retenu ici.',
      ),
    ),
    lines: patients.map((patient) => ({
      id: patient.patient,
      label: { en: patient.patient, fr: patient.patient },
      verdict: patient.status === 'called' ? 'supported' : 'not testable',
      sentence: both((w) => copyNumberSentence(w, patient)),
    })),
    tables: [
      ...['copy_number_patients', 'copy_number_samples', 'copy_number_arms', 'copy_number_segments'],
      ...['copy_number_alleles', 'copy_number_profiles', 'copy_number_heatmap'],
    ],
    figures: ['copy-number-clones', 'copy-number-cells'],
  };
}

function copyNumberSentence(w: Words, patient: PatientCopyNumber): string {
  const against = {
    normal: w.pick('against normal cells', 'par rapport aux cellules normales'),
    untreated: w.pick(
      'against its own untreated cells: changes since then only',
      'par rapport à ses cellules non traitées : seuls les changements survenus depuis',
    ),
  };
  const { comparedWith } = patient.reference;
  const basis = comparedWith === null ? '' : ` (${against[comparedWith]})`;
  if (patient.status !== 'called') {
    const reasons = patient.reasons.map((reason) => w.pick(...reasonWords[reason]));
    return `${w.pick('Cannot be told', 'Indéterminé')}${basis}${w.pick(':', ' :')} ${w.list(reasons)}.`;
  }
  const clones = w.count(patient.clones.length, ['clone', 'clones'], ['clone', 'clones']);
  return `${altered(patient)}, ${clones}${basis}.`;
}

function altered({ clones, samples }: PatientCopyNumber): string {
  const arms = clones.length > 0 ? clones.flatMap((clone) => clone.arms) : samples.flatMap((sample) => sample.arms);
  const signs = { gain: '+', loss: '−' };
  const calls = arms.flatMap(({ arm, call }) => (call === 'gain' || call === 'loss' ? [`${signs[call]}${arm}`] : []));
  const segments = clones.flatMap((clone) =>
    clone.segments.flatMap(({ arm, call }) => (call === 'gain' || call === 'loss' ? [`${signs[call]}${arm}`] : [])),
  );
  return [...new Set(calls.length > 0 ? calls : segments.map((name) => `${name} seg.`))].join(' ');
}
