import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { larrue, manciasReceptor, manciasTurnover } from './citations.js';

const goodwin = '10.1016/j.celrep.2017.08.034';

/** Iron stored in ferritin, and its release by NCOA4 in lysosomes. */
export const ferritinophagy: WeaknessAxis = {
  id: 'ferritinophagy',
  group: 'iron',
  title: { en: 'Iron storage and ferritinophagy', fr: 'Stockage du fer et ferritinophagie' },
  hypothesis: {
    en: 'ferritin is taken to lysosomes and opened rather than kept full',
    fr: 'la ferritine est conduite au lysosome et ouverte plutôt que gardée pleine',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('NCOA4', 'release', 'Carries ferritin to lysosomes; quiescent leukaemic stem cells depend on it.', [
      manciasReceptor,
      larrue,
    ]),
    towards('TAX1BP1', 'release', 'Binds NCOA4 and is needed to bring ferritin to lysosomes.', goodwin),
    towards('RB1CC1', 'release', 'FIP200, needed for the turnover of ferritin.', goodwin),
    towards('ATG9A', 'release', 'Needed for the turnover of ferritin.', goodwin),
    towards('PIK3C3', 'release', 'VPS34; its inhibition stops the breakdown of ferritin.', [
      '10.1038/ncb3053',
      goodwin,
    ]),
    against('FTH1', 'storage', 'Heavy chain of ferritin, the store that NCOA4 empties.', manciasReceptor),
    against('FTL', 'storage', 'Light chain of ferritin, the store that NCOA4 empties.', manciasReceptor, {
      mouse: 'Ftl1',
    }),
    against('PCBP1', 'storage', 'Loads iron into ferritin.', '10.1126/science.1157643'),
    against('HERC2', 'brake', 'Degrades NCOA4 when iron is plentiful.', manciasTurnover),
  ],
  experiment: {
    en: 'Ferritin and NCOA4 protein with and without bafilomycin; NCOA4 knockdown with iron added back (ferric ammonium citrate) as rescue. Ferritin is regulated after transcription: its RNA does not give its amount.',
    fr: 'Protéines ferritine et NCOA4 avec et sans bafilomycine ; extinction de NCOA4 avec ajout de fer (citrate d’ammonium ferrique) en sauvetage. La ferritine est régulée après la transcription : son ARN ne donne pas sa quantité.',
  },
  escape: {
    en: 'Cells deprived of ferritin iron raise TFRC and take iron up from outside.',
    fr: 'Privées du fer de la ferritine, les cellules augmentent TFRC et puisent le fer au-dehors.',
  },
};
