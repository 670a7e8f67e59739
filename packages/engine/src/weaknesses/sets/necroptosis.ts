import { against, towards, type WeaknessAxis } from './axis-gene.js';

const oberst = ['10.1038/nature09857', '10.1038/nature09852'];

/** Competence for necroptosis. */
export const necroptosis: WeaknessAxis = {
  id: 'necroptosis',
  group: 'death',
  title: { en: 'Necroptosis', fr: 'Nécroptose' },
  hypothesis: { en: 'the cells are closer to necroptosis', fr: 'les cellules sont plus près de la nécroptose' },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards(
      'RIPK1',
      'executor',
      'Activates RIPK3 downstream of death receptors; ZBP1 can replace it.',
      '10.1038/nchembio.83',
      {
        executor: 'RIPK3 activator',
      },
    ),
    towards(
      'ZBP1',
      'executor',
      'Activates RIPK3 upon Z-form nucleic acids; RIPK1 can replace it.',
      '10.1016/j.chom.2012.01.016',
      {
        executor: 'RIPK3 activator',
      },
    ),
    towards(
      'RIPK3',
      'executor',
      'The kinase of necroptosis.',
      ['10.1016/j.cell.2009.05.021', '10.1016/j.cell.2009.05.037'],
      {
        executor: 'kinase',
      },
    ),
    towards(
      'MLKL',
      'executor',
      'Breaks the membrane; necroptosis does not happen without it.',
      '10.1016/j.cell.2011.11.031',
      {
        executor: 'membrane executor',
      },
    ),
    towards('TICAM1', 'initiator', 'TRIF activates RIPK3 downstream of TLR3 and TLR4.', '10.1073/pnas.1116302108'),
    against('CASP8', 'brake', 'Cuts RIPK1 and RIPK3; necroptosis starts when it is inhibited.', oberst),
    against('CFLAR', 'brake', 'With caspase 8 it prevents necroptosis.', oberst[1] as string),
  ],
  experiment: {
    en: 'MLKL and phospho-MLKL protein; TNF with a SMAC mimetic and a caspase inhibitor, necrostatin-1s or GSK′872 as rescue; MLKL brought back where it is missing.',
    fr: 'Protéines MLKL et phospho-MLKL ; TNF avec mimétique de SMAC et inhibiteur de caspases, nécrostatine-1s ou GSK′872 en sauvetage ; MLKL rétabli s’il manque.',
  },
  escape: {
    en: 'Cells that silence RIPK3 or MLKL, which is common in tumours.',
    fr: 'Les cellules qui éteignent RIPK3 ou MLKL, fréquent dans les tumeurs.',
  },
};
