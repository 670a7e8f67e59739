import type { Sample } from '../../study/types.js';

/** One sample of a series in which the dose goes up and comes down again. */
export interface SeriesPoint {
  readonly patient: string;
  readonly sample: string;
  readonly branch: 'up' | 'down';
  /** Dose, or regulator level, at which the programme is compared. */
  readonly level: number;
  /** Programme activity. */
  readonly programme: number;
}

/** Programme activity of one sample. */
export interface SampleProgramme {
  readonly sample: string;
  readonly programme: number;
}

/**
 * Reads on- and off-treatment series out of the sample sheet: the samples of a patient with a dose and a day, in the order of
 * days. Up to the day of the highest dose they are the way up, after it the way down. A dose is the number at the start of
 * its text; untreated samples without a dose count as dose zero. A patient whose dose never falls has no way down.
 *
 * @param programme - activity of every sample that has one
 */
export function doseSeries(
  samples: readonly Pick<Sample, 'sample' | 'patient' | 'stage' | 'dose' | 'day'>[],
  programme: readonly SampleProgramme[],
): readonly SeriesPoint[] {
  const activity = new Map(programme.map((entry) => [entry.sample, entry]));
  const patients = [...new Set(samples.map(({ patient }) => patient))];
  return patients.flatMap((patient) => {
    const own = samples
      .filter((sample) => sample.patient === patient && sample.day !== null && activity.has(sample.sample))
      .map((sample) => ({ ...sample, level: doseOf(sample) }))
      .filter(({ level }) => Number.isFinite(level))
      .sort((a, b) => (a.day as number) - (b.day as number));
    const highest = Math.max(...own.map(({ level }) => level));
    const peak = Math.max(-Infinity, ...own.filter(({ level }) => level === highest).map(({ day }) => day as number));
    return own.map(({ sample, level, day }): SeriesPoint => {
      const found = activity.get(sample) as SampleProgramme;
      return {
        patient,
        sample,
        branch: (day as number) <= peak ? 'up' : 'down',
        level,
        programme: found.programme,
      };
    });
  });
}

function doseOf({ dose, stage }: Pick<Sample, 'dose' | 'stage'>): number {
  if (dose === null) return stage === 'untreated' ? 0 : NaN;
  const found = /^\s*(\d+(?:[.,]\d+)?(?:e[+-]?\d+)?)/i.exec(dose);
  return found === null ? NaN : Number((found[1] as string).replace(',', '.'));
}
