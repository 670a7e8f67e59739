import type { CuratedGene } from './curated-gene.js';

/** The response a stress gene belongs to. */
export type StressResponseKind = 'integrated-stress' | 'mitochondrial-chaperone';

/** Quirós et al. 2017, J Cell Biol 216:2027: four kinds of mitochondrial stress all act through ATF4. */
const quiros = '10.1083/jcb.201702058';

/** Han et al. 2013, Nat Cell Biol 15:481: genes bound and induced by ATF4 and CHOP. */
const han = '10.1038/ncb2738';

/** Fiorese et al. 2016, Curr Biol 26:2037: the mitochondrial unfolded-protein response in mammals. */
const fiorese = '10.1016/j.cub.2016.06.002';

/**
 * Genes of the integrated stress response and of mitochondrial protein stress. Damaged and starving cells raise them; so do
 * cells under several drugs, so that a programme made of them alone is a stress response before it is a persister state.
 * GDF15 and ATF3 are left out: the first is part of published persister programmes, the second is an immediate-early gene.
 */
export const stressResponseGenes: readonly CuratedGene<StressResponseKind>[] = [
  stress('ASNS', 'asparagine synthetase, target of ATF4', quiros, han),
  stress('PSAT1', 'serine synthesis, target of ATF4', quiros, han),
  stress('PHGDH', 'serine synthesis, target of ATF4', quiros),
  stress('SHMT2', 'mitochondrial one-carbon metabolism, target of ATF4', quiros, han),
  stress('MTHFD2', 'mitochondrial one-carbon metabolism, target of ATF4', quiros, han),
  stress('PCK2', 'mitochondrial phosphoenolpyruvate carboxykinase, target of ATF4', quiros),
  stress('PYCR1', 'proline synthesis, target of ATF4', quiros),
  stress('ALDH1L2', 'mitochondrial folate enzyme, target of ATF4', quiros),
  stress('CHAC1', 'glutathione degradation, target of ATF4 and CHOP', quiros, han),
  stress('TRIB3', 'pseudokinase, target of ATF4 and CHOP', quiros, han),
  stress('DDIT3', 'CHOP, the late factor of the response', quiros, han),
  stress('DDIT4', 'inhibitor of mTORC1 induced by ATF4', han),
  stress('SESN2', 'inhibitor of mTORC1 induced by ATF4', quiros),
  stress('ATF5', 'factor of the mitochondrial response, target of ATF4', quiros, fiorese),
  chaperone('HSPD1', 'HSP60 of the mitochondrial matrix'),
  chaperone('HSPE1', 'HSP10, the co-chaperone of HSP60'),
  chaperone('HSPA9', 'HSP70 of the mitochondrial matrix'),
  chaperone('LONP1', 'protease of the mitochondrial matrix'),
];

function stress(gene: string, reason: string, ...doi: readonly string[]): CuratedGene<StressResponseKind> {
  return { gene, kind: 'integrated-stress', reason, doi };
}

function chaperone(gene: string, reason: string): CuratedGene<StressResponseKind> {
  return { gene, kind: 'mitochondrial-chaperone', reason, doi: [fiorese] };
}
