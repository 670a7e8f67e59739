import type { Stage } from '../../study/types.js';
import { cloneOverlap } from './clone-overlap.js';
import { cloneSizes } from './clone-sizes.js';
import { type ClonedSample, patientsOf } from './cloned-sample.js';
import type { LineageStudyOptions, StageLineages } from './lineage-study.js';
import { type LineageSample, lineageShift } from './lineage-verdict.js';

const pairs: readonly (readonly [Stage, Stage])[] = [
  ['untreated', 'residual'],
  ['untreated', 'relapse'],
  ['residual', 'relapse'],
];

/**
 * Every later stage of a patient against every earlier one: all samples of the later stage together and, where there are
 * several, each by itself. Samples of the earlier stage are put together.
 */
export function stageLineages(
  samples: readonly ClonedSample[],
  options: LineageStudyOptions,
): readonly StageLineages[] {
  return patientsOf(samples).flatMap((patient) =>
    pairs.flatMap(([fromStage, toStage]) => {
      const at = (stage: Stage): ClonedSample[] =>
        samples.filter(({ info }) => info.patient === patient && info.stage === stage);
      const [earlier, later] = [at(fromStage), at(toStage)];
      if (earlier.length === 0 || later.length === 0) return [];
      const singles = later.length > 1 ? later.map((sample) => [sample]) : [];
      return [later, ...singles].map((members, i): StageLineages => {
        const pair = [pooled(earlier), pooled(members)] as const;
        return {
          patient,
          fromStage,
          toStage,
          sample: i === 0 ? null : (members[0] as ClonedSample).info.sample,
          shift: lineageShift(pair, options),
          overlap: cloneOverlap([pair[0].clones, pair[1].clones], options),
        };
      });
    }),
  );
}

function pooled(samples: readonly ClonedSample[]): LineageSample {
  const known = samples.every(({ stateCounts }) => stateCounts !== null);
  const states = new Map<string, number>();
  for (const { stateCounts } of samples) {
    for (const [state, n] of stateCounts ?? []) states.set(state, (states.get(state) ?? 0) + n);
  }
  return { clones: cloneSizes(samples.flatMap(({ clones }) => clones.clone)), states: known ? states : null };
}
