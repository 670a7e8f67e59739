import { towards, type WeaknessAxis } from './axis-gene.js';

const nebert = '10.1074/jbc.R400004200';

/** Targets of the aryl hydrocarbon receptor: a property of the host, read in CD8 T cells. */
export const ahrTargets: WeaknessAxis = {
  id: 'ahr-targets',
  group: 'host',
  title: { en: 'AhR activity in CD8 T cells', fr: 'Activité AhR des lymphocytes T CD8' },
  hypothesis: {
    en: 'the aryl hydrocarbon receptor is active in CD8 T cells, which checkpoint therapy needs in mice',
    fr: 'le récepteur AhR est actif dans les lymphocytes T CD8, ce dont l’anti-PD-1 a besoin chez la souris',
  },
  vulnerableWhen: 'raised',
  readIn: 'CD8 T cells',
  genes: [
    towards('CYP1A1', 'target', 'Target of AhR.', nebert),
    towards('CYP1B1', 'target', 'Target of AhR.', nebert),
    towards('AHRR', 'target', 'Target and repressor of AhR.', '10.1101/gad.13.1.20'),
    towards('TIPARP', 'target', 'Target and repressor of AhR.', '10.1093/nar/gks1337'),
    towards('NQO1', 'target', 'Target of AhR, and of NRF2.', '10.1016/S0006-2952(99)00310-X'),
  ],
  experiment: {
    en: 'CYP1A1 and CYP1B1 in sorted CD8 T cells with and without indole-3-carbinol in the diet, and with an AhR antagonist; growth under anti-PD-1 in mice without AhR in CD8 T cells.',
    fr: 'CYP1A1 et CYP1B1 dans des CD8 triés avec et sans indole-3-carbinol dans l’alimentation, et avec un antagoniste d’AhR ; croissance sous anti-PD-1 chez des souris sans AhR dans les CD8.',
  },
  escape: {
    en: 'AhR in tumour, NK or myeloid cells can act the other way; it is shown beside and never counted.',
    fr: 'AhR dans les cellules tumorales, NK ou myéloïdes peut agir en sens inverse ; il est montré à côté et jamais compté.',
  },
};
