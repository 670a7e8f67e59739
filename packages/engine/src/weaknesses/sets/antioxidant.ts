import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { oren } from './citations.js';

/** Malhotra et al. 2010, Nucleic Acids Res 38:5718, and Chorley et al. 2012, 40:7416: genes that NRF2 binds and drives. */
const nrf2 = ['10.1093/nar/gkq212', '10.1093/nar/gks409'];
const mitsuishi = '10.1016/j.ccr.2012.05.016';

/** The antioxidant answer of NRF2. */
export const antioxidant: WeaknessAxis = {
  id: 'antioxidant',
  group: 'metabolism',
  title: { en: 'Antioxidant response (NRF2)', fr: 'Réponse antioxydante (NRF2)' },
  hypothesis: { en: 'the antioxidant programme of NRF2 is on', fr: 'le programme antioxydant de NRF2 est actif' },
  vulnerableWhen: 'lowered',
  readIn: 'tumour',
  genes: [
    towards('NQO1', 'target', 'Reduces quinones, target of NRF2.', nrf2),
    towards('GCLC', 'target', 'Makes glutathione, target of NRF2.', nrf2),
    towards('GCLM', 'target', 'Makes glutathione, target of NRF2.', nrf2),
    towards('TXNRD1', 'target', 'Reduces thioredoxin, target of NRF2.', nrf2),
    towards('SRXN1', 'target', 'Repairs peroxiredoxins, target of NRF2.', nrf2),
    towards('HMOX1', 'target', 'Breaks haem down, target of NRF2.', nrf2),
    towards('SLC7A11', 'target', 'Takes up cystine, target of NRF2.', nrf2),
    towards('G6PD', 'target', 'Makes NADPH, target of NRF2.', mitsuishi, { mouse: 'G6pdx' }),
    towards('PGD', 'target', 'Makes NADPH, target of NRF2.', mitsuishi),
    towards('ME1', 'target', 'Makes NADPH, target of NRF2; cycling persisters rely on antioxidants.', [
      mitsuishi,
      oren,
    ]),
    against('KEAP1', 'brake', 'Has NRF2 degraded.', '10.1101/gad.13.1.76'),
    against('BACH1', 'brake', 'Represses targets of NRF2.', '10.1093/emboj/cdf516'),
  ],
  experiment: {
    en: 'Glutathione, NADPH and CellROX in sorted persisters; RSL3 or buthionine sulfoximine with N-acetylcysteine and with liproxstatin-1 as rescue.',
    fr: 'Glutathion, NADPH et CellROX dans des persistantes triées ; RSL3 ou buthionine sulfoximine avec N-acétylcystéine et liproxstatine-1 en sauvetage.',
  },
  escape: {
    en: 'Persisters with a disabled antioxidant programme depend on GPX4; those that turn NRF2 on do not, and may cycle.',
    fr: 'Les persistantes au programme antioxydant affaibli dépendent de GPX4 ; celles qui activent NRF2 n’en dépendent pas et peuvent se diviser.',
  },
};
