import type { RunContext } from '../core/context.js';
import { mean } from '../core/sum.js';
import { ap1Family, immediateEarlyGenes, lateAp1Members } from './curated-immediate-early.js';
import { type DissociationControl, dissociationControl } from './dissociation-control.js';
import {
  type EvidenceLine,
  type EvidenceNumber,
  intervalOf,
  notTestable,
  numberOf,
  reasonOf,
  type RegulatorHypothesis,
} from './evidence.js';
import type { RegulatorRanking } from './rank-regulators.js';
import type { RegulatorStudy } from './regulator-study.js';
import { selectRegulons } from './regulon-network.js';

/** Options of `dissociationLine`. */
export interface DissociationOptions {
  readonly hypothesis: RegulatorHypothesis;
  readonly permutations: number;
  /** Largest one-sided P at which a signal counts as still there. */
  readonly alpha: number;
  /** Whether the regulon line is supported; without a signal there is nothing to explain away. */
  readonly hasSignal: boolean;
}

/** Immediate-early genes that have to be measured for the control to be possible. */
const minimumImmediateEarly = 5;

/**
 * Dissociation control. Warm enzymatic dissociation switches on immediate-early and heat-shock genes, many of them AP-1
 * members and targets, so an AP-1 signal may be made on the bench. Three questions: is the regulon still active when
 * immediate-early genes are taken out of targets and background; is it active beside them in one model (MLM of the regulon
 * and the immediate-early set); and, patient by patient, does it move where the immediate-early genes do not (intercept of
 * the regulon's slopes on the mean immediate-early effects)?
 *
 * Supported when the first two hold at `alpha`, one-sided; contradicted ("only immediate-early") when they do not and the
 * immediate-early genes themselves move that way; not supported when the signal is lost without that. The patient regression has
 * too few degrees of freedom to decide and is reported beside it. Needed for the AP-1 family, run for every regulator.
 */
export async function dissociationLine(
  regulator: string,
  ranking: RegulatorRanking,
  options: DissociationOptions,
  context: RunContext,
): Promise<EvidenceLine> {
  const { study, network } = ranking;
  const position = network.regulators.indexOf(regulator);
  const early = new Set(immediateEarlyGenes.map((entry) => entry.gene));
  const earlyRows = study.genes.map((_, g) => g).filter((g) => early.has(study.genes[g] as string));
  if (position < 0) {
    return notTestable(
      'dissociation',
      reasonOf('no-regulon', 'it has no measured regulon', 'il n’a pas de régulon mesuré'),
    );
  }
  if (earlyRows.length < minimumImmediateEarly) return tooFewEarlyGenes(earlyRows.length);
  const { hypothesis, permutations } = options;
  const own = selectRegulons(network, [position]);
  const control = await dissociationControl(study, own, { hypothesis, permutations, earlyRows }, context);
  return {
    id: 'dissociation',
    ...verdictOf(control, options),
    numbers: numbersFor(regulator, study, control),
    patients: null,
  };
}

function verdictOf(
  control: DissociationControl,
  options: DissociationOptions,
): Pick<EvidenceLine, 'verdict' | 'reasons'> {
  if (!options.hasSignal) {
    return {
      verdict: 'not testable',
      reasons: [
        reasonOf(
          'no-signal',
          'its regulon shows no signal that dissociation could explain',
          'son régulon ne montre aucun signal que la dissociation pourrait expliquer',
        ),
      ],
    };
  }
  if (control.restP <= options.alpha && control.besideP <= options.alpha) {
    return {
      verdict: 'supported',
      reasons: [
        reasonOf(
          'beyond-immediate-early',
          'the signal stays without, and beside, the immediate-early genes',
          'le signal demeure sans les gènes précoces, et à côté d’eux',
        ),
      ],
    };
  }
  return control.earlyP <= options.alpha
    ? {
        verdict: 'contradicted',
        reasons: [
          reasonOf(
            'only-immediate-early',
            'the signal is only in immediate-early genes, which dissociation switches on',
            'le signal n’est que dans les gènes précoces, que la dissociation active',
          ),
        ],
      }
    : {
        verdict: 'not supported',
        reasons: [
          reasonOf(
            'signal-lost',
            'the signal is lost without the immediate-early genes',
            'le signal disparaît sans les gènes précoces',
          ),
        ],
      };
}

function numbersFor(regulator: string, study: RegulatorStudy, control: DissociationControl): EvidenceNumber[] {
  const numbers = [
    numberOf(
      'early-targets',
      'immediate-early genes among its targets',
      'gènes précoces parmi ses cibles',
      control.nEarlyTargets,
    ),
    numberOf('other-targets', 'other targets', 'autres cibles', control.nOtherTargets),
    numberOf(
      'rest-z',
      'activity without immediate-early genes',
      'activité sans les gènes précoces',
      control.restZ,
      'z',
    ),
    numberOf('rest-p', 'its one-sided P', 'son P unilatéral', control.restP),
    numberOf(
      'beside-t',
      'activity beside the immediate-early genes',
      'activité à côté des gènes précoces',
      control.besideT,
      't',
    ),
    numberOf('beside-p', 'its one-sided P', 'son P unilatéral', control.besideP),
    numberOf('early-z', 'immediate-early genes themselves', 'gènes précoces eux-mêmes', control.earlyZ, 'z'),
    numberOf('early-p', 'their one-sided P', 'leur P unilatéral', control.earlyP),
  ];
  if (control.patients !== null) {
    const label = {
      en: 'regulon effect in a patient whose immediate-early genes do not move',
      fr: 'effet du régulon chez un patient dont les gènes précoces ne bougent pas',
    };
    numbers.push(intervalOf('patient-intercept', label, control.patients, 'log2 per unit of weight'));
  }
  if (ap1Family.has(regulator)) numbers.push(lateMembers(study));
  return numbers;
}

/** Mean statistic of FOSL1, FOSL2 and JUND, to read beside the immediate-early genes. */
function lateMembers(study: RegulatorStudy): EvidenceNumber {
  const rows = lateAp1Members.map((gene) => study.genes.indexOf(gene)).filter((row) => row >= 0);
  const value = mean(rows.map((row) => study.statistic[row] as number));
  return numberOf(
    'late-ap1',
    'mean statistic of FOSL1, FOSL2 and JUND',
    'statistique moyenne de FOSL1, FOSL2 et JUND',
    value,
    't',
  );
}

function tooFewEarlyGenes(nEarly: number): EvidenceLine {
  return notTestable(
    'dissociation',
    reasonOf(
      'few-immediate-early',
      `only ${String(nEarly)} immediate-early ${nEarly === 1 ? 'gene was' : 'genes were'} measured; at least ${String(minimumImmediateEarly)} are needed`,
      `${nEarly < 2 ? `seul ${String(nEarly)} gène précoce a été mesuré` : `seuls ${String(nEarly)} gènes précoces ont été mesurés`} ; il en faut au moins ${String(minimumImmediateEarly)}`,
    ),
  );
}
