import { against, towards, type WeaknessAxis } from './axis-gene.js';

/** Whitfield et al. 2002, Mol Biol Cell 13:1977: genes that rise with the cell cycle. */
const whitfield = '10.1091/mbc.02-02-0030';

/** Cells that rest. */
export const quiescence: WeaknessAxis = {
  id: 'quiescence',
  group: 'state',
  title: { en: 'Quiescence', fr: 'Quiescence' },
  hypothesis: {
    en: 'more of the cells rest outside the cell cycle',
    fr: 'davantage de cellules sont au repos, hors du cycle',
  },
  vulnerableWhen: null,
  readIn: 'tumour',
  genes: [
    towards('CDKN1A', 'brake', 'p21 decides between division and rest after mitosis.', '10.1016/j.cell.2013.08.062'),
    towards('CDKN1B', 'brake', 'p27 is needed to leave the cycle.', '10.1126/science.272.5263.877'),
    towards('CDKN1C', 'brake', 'p57 keeps blood stem cells at rest.', '10.1016/j.stem.2011.06.014'),
    towards('DYRK1A', 'regulator', 'Assembles the DREAM complex that keeps cells at rest.', '10.1101/gad.2034211'),
    towards('FOXO3', 'regulator', 'Keeps blood stem cells at rest.', '10.1016/j.stem.2007.02.001'),
    towards('HES1', 'regulator', 'Keeps rest reversible.', '10.1126/science.1155998'),
    against('E2F1', 'regulator', 'Brings resting cells into S phase.', '10.1038/365349a0'),
    against('SKP2', 'regulator', 'Has p27 degraded.', '10.1038/12013'),
    against('MKI67', 'marker', 'Absent from resting cells.', '10.1002/ijc.2910310104'),
    against('MCM2', 'marker', 'Rises before S phase.', whitfield),
    against('TOP2A', 'marker', 'Rises in G2.', whitfield),
    against('CCNA2', 'marker', 'Rises from S phase on.', whitfield),
    against('CDK1', 'marker', 'Rises in G2.', whitfield),
    against('CCNB1', 'marker', 'Rises in G2 and M.', whitfield),
  ],
  experiment: {
    en: 'EdU over several days or dilution of a division reporter under the drug, with p27 and Ki-67 staining.',
    fr: 'EdU sur plusieurs jours ou dilution d’un rapporteur de division sous traitement, avec marquage p27 et Ki-67.',
  },
  escape: {
    en: 'Persisters that cycle are missed by a drug against resting cells, and the other way round.',
    fr: 'Les persistantes en cycle échappent à un traitement des cellules au repos, et inversement.',
  },
};
