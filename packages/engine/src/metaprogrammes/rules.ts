import { OptionError } from '../core/errors.js';

/** The rules by which programmes of samples become meta-programmes. Overlaps count genes of the programmes' gene lists. */
export interface MetaProgrammeRules {
  /** A programme is robust when another rank of its sample has one with at least this overlap. */
  readonly withinSampleMin: number;
  /** Of two programmes of a sample with more overlap than this, one is redundant. */
  readonly redundancyMax: number;
  /** A programme is recurrent when another patient has one with at least this overlap. */
  readonly betweenMin: number;
  /** A programme joins a meta-programme with at least this overlap. */
  readonly mergeMin: number;
  /** Other patients a founder needs partners in; `scaled` with the number of patients, see {@link founderRule}. */
  readonly founderPartners: number | 'scaled';
}

/** The rules of Gavish et al. 2023, the founder's scaled to the size of the study. */
export const metaProgrammeRules: MetaProgrammeRules = {
  withinSampleMin: 35,
  redundancyMax: 10,
  betweenMin: 10,
  mergeMin: 10,
  founderPartners: 'scaled',
};

/** Partners the founder of a meta-programme needs in the published analysis: more than five. */
export const publishedPartners = 6;

/** The rule for founders as used. */
export interface FounderRule {
  /** What is counted: patients, or the samples of the one patient there is. */
  readonly unit: 'patients' | 'samples';
  readonly nUnits: number;
  /** Other units the founder needs an overlapping programme in. */
  readonly partners: number;
  readonly sentence: string;
}

/**
 * How many partners a founder needs. The published rule, more than five, was made for a thousand tumours; `scaled` asks for
 * partners in half as many other patients as the study has, at least one and at most six, so that a programme has to be
 * found in more than half of few patients and the published number is reached with eleven.
 */
export function founderRule(rules: MetaProgrammeRules, nPatients: number, nSamples: number): FounderRule {
  const unit = nPatients > 1 ? 'patients' : 'samples';
  const nUnits = nPatients > 1 ? nPatients : nSamples;
  const scaled = Math.max(1, Math.min(publishedPartners, Math.ceil(nUnits / 2)));
  const partners = rules.founderPartners === 'scaled' ? scaled : rules.founderPartners;
  const why =
    rules.founderPartners !== 'scaled'
      ? 'as set'
      : scaled === publishedPartners
        ? 'as published'
        : `the published six scaled to ${String(nUnits)} ${unit}`;
  const sentence = `A meta-programme starts from a programme that shares at least ${String(rules.mergeMin)} genes with a programme of ${String(partners)} or more other ${unit} (${why}).`;
  return { unit, nUnits, partners, sentence };
}

/** @throws OptionError when a rule is not a whole number of at least one */
export function checkRules(rules: MetaProgrammeRules): void {
  for (const [name, value] of Object.entries(rules) as [string, number | string][]) {
    if (value === 'scaled' || (Number.isInteger(value) && (value as number) >= (name === 'redundancyMax' ? 0 : 1))) {
      continue;
    }
    throw new OptionError(`Rule ${name} must be a whole number of at least one.`, { found: String(value) });
  }
}
