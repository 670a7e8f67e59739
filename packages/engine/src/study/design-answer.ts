import type { DesignQuestion } from './design-question.js';
import type { StudyDesign } from './study-design.js';
import { both, samplesOf, type Wording } from './wording.js';

/** What the design says to one question. */
export type Answer = Pick<DesignQuestion, 'testable' | 'why'>;

/** An answer with its reason in both languages. */
export function answer(testable: Answer['testable'], build: (w: Wording) => string): Answer {
  return { testable, why: both(build) };
}

/** No patient at all to compare: the answer every question about the programme gives. */
export function nothingToCompare({ study, paired }: StudyDesign): Answer {
  const { from, to } = study.contrast;
  return answer('no', (w) =>
    paired.length === 0
      ? w.pick(
          `No patient has both ${samplesOf(from, w)} and ${samplesOf(to, w)}.`,
          `Aucun patient n’a à la fois des ${samplesOf(from, w)} et des ${samplesOf(to, w)}.`,
        )
      : w.pick(
          'Stage is confounded with technology or batch in every patient.',
          'Le stade est confondu avec la technologie ou le lot chez tous les patients.',
        ),
  );
}
