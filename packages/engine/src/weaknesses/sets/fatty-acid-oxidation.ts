import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { oren } from './citations.js';

/** Houten et al. 2016, Annu Rev Physiol 78:23: mitochondrial oxidation of fatty acids. */
const houten = '10.1146/annurev-physiol-021115-105045';

/** Burning of fatty acids in mitochondria. */
export const fattyAcidOxidation: WeaknessAxis = {
  id: 'fatty-acid-oxidation',
  group: 'metabolism',
  title: { en: 'Fatty-acid oxidation', fr: 'Oxydation des acides gras' },
  hypothesis: { en: 'the cells burn more fatty acids', fr: 'les cellules brûlent davantage d’acides gras' },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('CPT1A', 'enzyme', 'Lets fatty acids into mitochondria; cycling persisters burn fatty acids.', [
      houten,
      oren,
    ]),
    towards('SLC25A20', 'enzyme', 'Carries acylcarnitines into mitochondria.', houten),
    towards('CPT2', 'enzyme', 'Frees fatty acids from carnitine inside mitochondria.', houten),
    towards('ACADVL', 'enzyme', 'First step of the oxidation of long chains.', houten),
    towards('ACADM', 'enzyme', 'First step of the oxidation of medium chains.', houten),
    towards('HADHA', 'enzyme', 'Later steps of the oxidation of long chains.', houten),
    towards('HADHB', 'enzyme', 'Later steps of the oxidation of long chains.', houten),
    towards('ETFDH', 'enzyme', 'Passes the electrons on to the respiratory chain.', houten),
    towards('PPARGC1A', 'regulator', 'Drives the genes of fatty-acid oxidation.', '10.1128/MCB.20.5.1868-1876.2000'),
    against(
      'ACACB',
      'brake',
      'Makes the malonyl-CoA that keeps fatty acids out of mitochondria.',
      '10.1126/science.1056843',
    ),
  ],
  experiment: {
    en: 'Oxygen consumption on palmitate with and without etomoxir at a dose checked on cells without CPT1A; survival of persisters under etomoxir with octanoate as rescue.',
    fr: 'Consommation d’oxygène sur palmitate avec et sans étomoxir, à une dose vérifiée sur des cellules sans CPT1A ; survie des persistantes sous étomoxir avec octanoate en sauvetage.',
  },
  escape: {
    en: 'Cells that go back to glucose or take up glutamine.',
    fr: 'Les cellules qui reviennent au glucose ou captent la glutamine.',
  },
};
