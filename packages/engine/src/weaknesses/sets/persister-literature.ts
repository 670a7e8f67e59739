import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { marsolier, sharma } from './citations.js';

/** Genes that other works found to make drug-tolerant persisters; apart from stemness. */
export const persisterLiterature: WeaknessAxis = {
  id: 'persister-literature',
  group: 'state',
  title: { en: 'Persister genes of other works', fr: 'Gènes de persistance d’autres travaux' },
  hypothesis: {
    en: 'the cells raise what made drug-tolerant persisters in other works',
    fr: 'les cellules augmentent ce qui faisait des persistantes dans d’autres travaux',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('KDM5A', 'regulator', 'Histone demethylase that drug-tolerant persisters need.', sharma),
    towards('IGF1R', 'receptor', 'Its signal is needed by drug-tolerant persisters.', sharma),
    towards('KDM5B', 'regulator', 'Marks slow-cycling melanoma cells that outlive drugs.', [
      '10.1016/j.cell.2010.04.020',
      '10.1016/j.ccr.2013.05.003',
    ]),
    towards('KDM6B', 'regulator', 'Removes H3K27me3, which holds persister genes closed.', marsolier),
    towards('AXL', 'receptor', 'Kinase raised in cells that outlive EGFR inhibitors.', '10.1038/ng.2330'),
    towards(
      'NGFR',
      'marker',
      'Marks the neural-crest-like state of minimal residual melanoma.',
      '10.1016/j.cell.2018.06.025',
    ),
    towards('YAP1', 'regulator', 'Lets dormant cells outlive EGFR and MEK inhibitors.', '10.1016/j.ccell.2019.12.006'),
    towards('AURKA', 'regulator', 'Lets cells outlive EGFR inhibitors.', '10.1038/s41591-018-0264-7'),
    towards('MEX3A', 'marker', 'Marks the colorectal cells that outlive chemotherapy.', '10.1038/s43018-022-00402-0'),
    against('EZH2', 'regulator', 'Sets H3K27me3, which holds persister genes closed.', marsolier),
  ],
  experiment: {
    en: 'Inhibitors of the regulators that are up (KDM5, KDM6, IGF1R, AXL, YAP–TEAD) at entry into persistence and during it, counting survivors.',
    fr: 'Inhibiteurs des régulateurs augmentés (KDM5, KDM6, IGF1R, AXL, YAP–TEAD) à l’entrée en persistance et pendant celle-ci, en comptant les survivantes.',
  },
  escape: {
    en: 'Persisters of one tumour may use another route than those of the next.',
    fr: 'Les persistantes d’une tumeur peuvent emprunter une autre voie que celles de la suivante.',
  },
};
