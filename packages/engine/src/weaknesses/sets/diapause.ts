import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { dhimolea, rehman } from './citations.js';

const scognamiglio = '10.1016/j.cell.2015.12.033';
const bulut = '10.1038/nature20578';
/** van Riggelen et al. 2010, Nat Rev Cancer 10:301: MYC drives the making of ribosomes. */
const vanRiggelen = '10.1038/nrc2819';

/** The diapause-like state: MYC, ribosomes and translation down. */
export const diapause: WeaknessAxis = {
  id: 'diapause',
  group: 'state',
  title: { en: 'Diapause-like state', fr: 'État de type diapause' },
  hypothesis: {
    en: 'MYC, the making of ribosomes and translation are turned down, as in embryonic diapause',
    fr: 'MYC, la fabrication des ribosomes et la traduction sont abaissés, comme dans la diapause embryonnaire',
  },
  vulnerableWhen: null,
  readIn: 'tumour',
  genes: [
    against('MYC', 'regulator', 'Its loss puts embryos and tumour cells into a diapause-like state.', [
      scognamiglio,
      dhimolea,
    ]),
    against('MTOR', 'regulator', 'Its inhibition pauses embryos.', [bulut, rehman]),
    against('NCL', 'target', 'Makes ribosomes, target of MYC.', vanRiggelen),
    against('NPM1', 'target', 'Makes ribosomes, target of MYC.', vanRiggelen),
    against('FBL', 'target', 'Makes ribosomes, target of MYC.', vanRiggelen),
    against('NOP56', 'target', 'Makes ribosomes, target of MYC.', vanRiggelen),
    against('ODC1', 'target', 'Makes polyamines, target of MYC.', '10.1007/978-3-642-79275-5_33'),
    against('EIF4E', 'target', 'Starts translation, target of MYC.', '10.1073/pnas.90.13.6175'),
    against('LDHA', 'target', 'Glycolysis, target of MYC.', '10.1073/pnas.94.13.6658'),
    towards('EIF4EBP1', 'brake', 'Holds translation back while mTOR is off.', '10.1101/gad.13.11.1422'),
    towards('DDIT4', 'brake', 'Inhibits mTORC1.', '10.1101/gad.1256804'),
    towards('SESN2', 'brake', 'Inhibits mTORC1.', '10.1016/j.cell.2008.06.028'),
  ],
  experiment: {
    en: 'Puromycin or OPP incorporation and MYC protein under the drug; CDK9 or mTOR inhibition, which should bring untreated cells into the state, and its withdrawal, which should let them out.',
    fr: 'Incorporation de puromycine ou d’OPP et protéine MYC sous traitement ; inhibition de CDK9 ou de mTOR, qui doit induire l’état, et son arrêt, qui doit le lever.',
  },
  escape: {
    en: 'Cells that turn MYC on again regrow; a diapause-like cell is spared by drugs against MYC and translation.',
    fr: 'Les cellules qui rallument MYC repoussent ; une cellule en diapause est épargnée par ce qui vise MYC et la traduction.',
  },
};
