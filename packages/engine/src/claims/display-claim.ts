import { viewOf } from '../programme/sample-view.js';
import type { Analysis } from './analysis.js';
import type { Claim } from './claim.js';
import { plainNumber } from './claim-parts.js';
import { both } from './words.js';

/** Do the samples under treatment stand apart from the others once differences between patients are taken out? */
export function displayClaim({ display, input, study }: Analysis): Claim {
  const raw = viewOf(display.views, 'none');
  const corrected = viewOf(display.views, 'patient-keeping-stage');
  const rand = (view: typeof raw, annotation: 'stage' | 'patient' | 'technology'): number | null =>
    view?.agreement.find((agreement) => agreement.annotation === annotation)?.adjustedRandIndex ?? null;
  const control = display.stageShuffle;
  const stageAfter = rand(corrected, 'stage');
  const split = splitOf(corrected?.cluster ?? new Int32Array(0), input.stage, study.contrast.to);
  const testable = control !== null && stageAfter !== null && split !== null;
  const stands = testable && control.pValue <= 0.05 && stageAfter >= (rand(raw, 'stage') ?? 0);
  const nuisance = (['technology', 'patient'] as const).filter(
    (kind) => (rand(raw, kind) ?? 0) > Math.max(0, rand(raw, 'stage') ?? 0),
  );
  const nuisanceFr = { technology: 'la technologie', patient: 'le patient' };
  const followsEn =
    nuisance.length === 0
      ? 'Without any correction the samples already follow the stage.'
      : `Without any correction the samples follow ${nuisance.join(' and ')} more than stage.`;
  const followsFr =
    nuisance.length === 0
      ? 'Sans aucune correction, les échantillons suivent déjà le stade.'
      : `Sans aucune correction, les échantillons suivent ${nuisance.map((kind) => nuisanceFr[kind]).join(' et ')} plus que le stade.`;
  return {
    id: 'design.samples',
    step: 'design',
    question: both((w) =>
      w.pick(
        'Do the samples under treatment stand apart from the others?',
        'Les échantillons sous traitement se séparent-ils des autres ?',
      ),
    ),
    sentence: both((w) =>
      !testable
        ? w.pick('There are too few samples to cluster.', 'Il y a trop peu d’échantillons pour les regrouper.')
        : w.pick(
            `After differences between patients are taken out, ${String(split.inside)} of ${String(split.treated)} samples under treatment fall into one cluster and ${String(split.outside)} of ${String(split.others)} others into the second.`,
            `Une fois ôtées les différences entre patients, ${String(split.inside)} des ${String(split.treated)} échantillons sous traitement forment un groupe et ${String(split.outside)} des ${String(split.others)} autres forment le second.`,
          ),
    ),
    verdict: !testable ? 'not testable' : stands ? 'supported' : 'not supported',
    numbers: [
      plainNumber(
        'Agreement with stage, patient taken out (adjusted Rand)',
        'Accord avec le stade, patient ôté (Rand ajusté)',
        stageAfter,
      ),
      plainNumber('Agreement with stage, uncorrected', 'Accord avec le stade, sans correction', rand(raw, 'stage')),
      plainNumber(
        'Agreement with technology, uncorrected',
        'Accord avec la technologie, sans correction',
        rand(raw, 'technology'),
      ),
      plainNumber(
        'Agreement with patient, uncorrected',
        'Accord avec le patient, sans correction',
        rand(raw, 'patient'),
      ),
      plainNumber(
        'Agreement with stage, patient taken out without knowing the stage',
        'Accord avec le stade, patient ôté sans connaître le stade',
        rand(viewOf(display.views, 'patient-alone'), 'stage'),
      ),
    ],
    patients: null,
    control: both((w) =>
      control === null
        ? w.pick('None could be run.', 'Aucun n’a pu être fait.')
        : w.pick(
            `Stages shuffled within each patient before the same correction: agreement ${w.number(control.shuffledMean)} on average, ${w.number(control.shuffledLargest)} at most in ${String(control.nShuffles)} shuffles (P = ${w.pValue(control.pValue)}). ${followsEn}`,
            `Stades permutés au sein de chaque patient avant la même correction : accord de ${w.number(control.shuffledMean)} en moyenne et de ${w.number(control.shuffledLargest)} au plus sur ${String(control.nShuffles)} permutations (P = ${w.pValue(control.pValue)}). ${followsFr}`,
          ),
    ),
    needed: both((w) =>
      w.pick(
        'The corrected display shows, it does not test: the tests below work patient by patient.',
        'L’affichage corrigé montre, il ne teste pas : les tests qui suivent se font patient par patient.',
      ),
    ),
    lines: [],
    tables: ['samples', 'sample_clusters', 'sample_cluster_agreement'],
    figures: ['pca-raw', 'pca-corrected'],
  };
}

/** How the two clusters divide treated from other samples, read the way round that fits best. */
function splitOf(
  cluster: Int32Array,
  stage: readonly string[],
  treatedStage: string,
): { readonly treated: number; readonly inside: number; readonly others: number; readonly outside: number } | null {
  const treated = stage.flatMap((name, s) => (name === treatedStage ? [cluster[s] ?? 0] : []));
  const others = stage.flatMap((name, s) => (name === treatedStage ? [] : [cluster[s] ?? 0]));
  if (treated.length === 0 || others.length === 0 || treated.includes(0)) return null;
  const inside = (home: number): number => treated.filter((c) => c === home).length;
  const outside = (home: number): number => others.filter((c) => c !== home && c !== 0).length;
  const home = inside(1) + outside(1) >= inside(2) + outside(2) ? 1 : 2;
  return {
    treated: treated.length,
    inside: inside(home),
    others: others.length,
    outside: outside(home),
  };
}
