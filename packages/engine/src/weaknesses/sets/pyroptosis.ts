import { against, towards, type WeaknessAxis } from './axis-gene.js';

const wang = '10.1038/nature22393';
const shiCaspases = '10.1038/nature13683';

/** Competence for pyroptosis. */
export const pyroptosis: WeaknessAxis = {
  id: 'pyroptosis',
  group: 'death',
  title: { en: 'Pyroptosis', fr: 'Pyroptose' },
  hypothesis: { en: 'the cells are closer to pyroptosis', fr: 'les cellules sont plus près de la pyroptose' },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards(
      'GSDMD',
      'executor',
      'Forms pores once cut by inflammatory caspases.',
      ['10.1038/nature15514', '10.1038/nature15541'],
      {
        executor: 'gasdermin pore',
      },
    ),
    towards(
      'GSDME',
      'executor',
      'Forms pores once cut by caspase 3, so that chemotherapy ends in pyroptosis.',
      [wang, '10.1038/ncomms14128'],
      {
        executor: 'gasdermin pore',
        formerly: ['DFNA5'],
      },
    ),
    towards(
      'GSDMB',
      'executor',
      'Forms pores once cut by granzyme A of killer lymphocytes.',
      '10.1126/science.aaz7548',
      {
        executor: 'gasdermin pore',
        mouse: null,
      },
    ),
    towards('CASP1', 'executor', 'Cuts gasdermin D in inflammasomes.', '10.1038/nature15514', {
      executor: 'activating caspase',
    }),
    towards('CASP4', 'executor', 'Senses lipopolysaccharide and cuts gasdermin D.', shiCaspases, {
      executor: 'activating caspase',
    }),
    towards('CASP3', 'executor', 'Cuts gasdermin E.', wang, { executor: 'activating caspase' }),
    towards('PYCARD', 'signal', 'ASC, the adaptor of inflammasomes.', '10.1038/nature02664'),
    towards('NINJ1', 'signal', 'Breaks the membrane at the end of lytic death.', '10.1038/s41586-021-03218-7'),
    against('CHMP4B', 'repair', 'ESCRT-III removes gasdermin pores.', '10.1126/science.aar7607'),
  ],
  experiment: {
    en: 'Cut gasdermin D and E by western blot, release of lactate dehydrogenase and of interleukin 1β; disulfiram or a caspase inhibitor as rescue.',
    fr: 'Gasdermines D et E clivées en western blot, libération de lactate déshydrogénase et d’interleukine 1β ; disulfirame ou inhibiteur de caspases en sauvetage.',
  },
  escape: {
    en: 'Cells that methylate GSDME die by apoptosis instead, or not at all.',
    fr: 'Les cellules qui méthylent GSDME meurent par apoptose, ou ne meurent pas.',
  },
};
