import type { MetaProgramme, MetaProgrammes } from '../metaprogrammes/meta-programmes.js';
import type { Claim, ClaimLine, Verdict } from './claim.js';
import { estimatedNumber, minimumPatients, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

/** Which programmes come out without any label, and do they change under treatment? Nothing where they were not looked for. */
export function metaProgrammeClaims(found: MetaProgrammes | null, fdr: number): readonly Claim[] {
  return found === null ? [] : [metaProgrammeClaim(found, fdr)];
}

function metaProgrammeClaim(found: MetaProgrammes, fdr: number): Claim {
  const { metaProgrammes, number } = found;
  const tested = metaProgrammes.filter(({ test }) => test.patients.length >= minimumPatients);
  const changed = tested.filter(({ test }) => test.pAdjusted <= fdr);
  const verdict = ((): Verdict => {
    if (found.status === 'not-testable' || tested.length === 0) return 'not testable';
    return changed.length > 0 ? 'supported' : 'not supported';
  })();
  return {
    id: 'programme.unlabelled',
    step: 'programme',
    question: both((w) =>
      w.pick(
        'Which programmes come out of the cells without any label, and do they change under treatment?',
        'Quels programmes ressortent des cellules sans aucune étiquette, et changent-ils sous traitement ?',
      ),
    ),
    sentence: both((w) => sentenceOf(w, found, changed)),
    verdict,
    numbers: [
      plainNumber('Meta-programmes', 'Méta-programmes', metaProgrammes.length),
      plainNumber('… that left-out patients support', '… que soutiennent des patients mis de côté', number.chosen),
      ...changed.map(({ name, test }) =>
        estimatedNumber(
          `${name}, under treatment against untreated (ln)`,
          `${name}, sous traitement contre non traité (ln)`,
          {
            value: test.pooled.estimate,
            low: test.pooled.low,
            high: test.pooled.high,
          },
        ),
      ),
    ],
    patients: null,
    control: both((w) =>
      w.pick(
        `Programmes are found sample by sample without stages or patients, kept when they return at another rank and in another patient, and their number is judged on patients left out, against shuffled gene labels. ${number.reason === '' ? '' : sentence(number.reason)}`,
        'Les programmes sont trouvés échantillon par échantillon sans stades ni patients, gardés s’ils reviennent à un autre rang et chez un autre patient, et leur nombre est jugé sur des patients mis de côté, contre des étiquettes de gènes permutées.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'More patients with cells at both stages: a programme is tested with one difference per patient.',
        'Plus de patients avec des cellules aux deux stades : un programme est testé avec une différence par patient.',
      ),
    ),
    lines: metaProgrammes.map((programme) => lineOf(programme, fdr)),
    tables: [
      'meta_programmes',
      'meta_programme_genes',
      'meta_programme_patients',
      'programme_number',
      'sample_programmes',
      'factorisations',
    ],
    figures: ['meta-programme-heatmap', 'meta-programme-effects'],
  };
}

function sentenceOf(
  w: Words,
  { metaProgrammes, number, reasons }: MetaProgrammes,
  changed: readonly MetaProgramme[],
): string {
  if (metaProgrammes.length === 0) {
    return w.pick(
      `No programme recurs across patients${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}.`,
      'Aucun programme ne revient d’un patient à l’autre.',
    );
  }
  const held =
    number.chosen === null
      ? ''
      : w.pick(
          `; left-out patients support ${String(number.chosen)}`,
          ` ; des patients mis de côté en soutiennent ${String(number.chosen)}`,
        );
  const change =
    changed.length === 0
      ? w.pick(
          'none changes under treatment over patients',
          'aucun ne change sous traitement sur l’ensemble des patients',
        )
      : w.pick(
          `${w.list(changed.map((m) => named(m)))} ${changed.length === 1 ? 'changes' : 'change'} under treatment`,
          `${w.list(changed.map((m) => named(m)))} ${changed.length === 1 ? 'change' : 'changent'} sous traitement`,
        );
  return w.pick(
    `${w.count(metaProgrammes.length, ['programme recurs', 'programmes recur'], ['', ''])} across patients${held}; ${change}.`,
    `${w.count(metaProgrammes.length, ['', ''], ['programme revient', 'programmes reviennent'])} d’un patient à l’autre${held} ; ${change}.`,
  );
}

function named({ name, annotations }: MetaProgramme): string {
  const best = annotations?.find(({ pAdjusted }) => pAdjusted <= 0.05);
  return best === undefined ? name : `${name} (${best.set})`;
}

function lineOf(programme: MetaProgramme, fdr: number): ClaimLine {
  const { name, test, genes, patients, confounders } = programme;
  const flags = (confounders ?? []).filter(({ flagged }) => flagged).map(({ set }) => set);
  const isTested = test.patients.length >= minimumPatients;
  return {
    id: name,
    label: { en: named(programme), fr: named(programme) },
    verdict: !isTested ? 'not testable' : test.pAdjusted <= fdr ? 'supported' : 'not supported',
    sentence: both((w) => {
      const shown = genes.slice(0, 8).join(', ');
      const flagged =
        flags.length === 0 ? '' : w.pick(` It overlaps with ${w.list(flags)}.`, ` Il recouvre ${w.list(flags)}.`);
      const change = isTested
        ? w.pick(
            ` Under treatment ${w.signed(test.pooled.estimate ?? NaN)} (ln), higher in ${String(test.nRaised)} of ${String(test.patients.length)} patients, adjusted P ${w.pValue(test.pAdjusted)}.`,
            ` Sous traitement ${w.signed(test.pooled.estimate ?? NaN)} (ln), plus haut chez ${String(test.nRaised)} patients sur ${String(test.patients.length)}, P ajusté ${w.pValue(test.pAdjusted)}.`,
          )
        : w.pick(' Too few patients have both stages.', ' Trop peu de patients ont les deux stades.');
      return w.pick(
        `Found in ${w.count(patients.length, ['patient', 'patients'], ['', ''])}; led by ${shown}.${change}${flagged}`,
        `Trouvé chez ${w.count(patients.length, ['', ''], ['patient', 'patients'])} ; mené par ${shown}.${change}${flagged}`,
      );
    }),
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
