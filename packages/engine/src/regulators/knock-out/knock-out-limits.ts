import type { Bilingual } from '../../core/text.js';

const always: readonly Bilingual[] = [
  {
    en: 'no feedback: other regulators stay as they are',
    fr: 'pas de rétroaction : les autres régulateurs restent tels quels',
  },
  {
    en: 'no chromatin: a closed target is treated like an open one',
    fr: 'pas de chromatine : une cible fermée est traitée comme une cible ouverte',
  },
  {
    en: 'RNA only: protein, phosphorylation and survival are not in it',
    fr: 'ARN seulement : ni protéine, ni phosphorylation, ni survie',
  },
  {
    en: 'a curated network: edges may be missing, of another tissue, or shared with relatives of the regulator',
    fr: 'un réseau établi : des liens peuvent manquer, venir d’un autre tissu ou être partagés avec des régulateurs apparentés',
  },
];

/** What the linear model leaves out, in the words every claim prints. */
export function knockOutLimits(steps: 1 | 2): readonly Bilingual[] {
  const reach: Bilingual =
    steps === 1
      ? { en: 'direct targets only', fr: 'cibles directes seulement' }
      : {
          en: 'two steps: regulators among the targets follow their RNA in proportion',
          fr: 'deux étapes : les régulateurs parmi les cibles suivent leur ARN en proportion',
        };
  return [...always, reach];
}
