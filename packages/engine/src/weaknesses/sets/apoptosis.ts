import { against, towards, type WeaknessAxis } from './axis-gene.js';

const wei = '10.1126/science.1059108';
const lakhani = '10.1126/science.1115035';

/** Competence for apoptosis through mitochondria. */
export const apoptosis: WeaknessAxis = {
  id: 'apoptosis',
  group: 'death',
  title: { en: 'Apoptosis', fr: 'Apoptose' },
  hypothesis: { en: 'the cells are closer to apoptosis', fr: 'les cellules sont plus près de l’apoptose' },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('BAX', 'executor', 'Opens the outer membrane of mitochondria; BAK1 can replace it.', wei, {
      executor: 'mitochondrial pore',
    }),
    towards('BAK1', 'executor', 'Opens the outer membrane of mitochondria; BAX can replace it.', wei, {
      executor: 'mitochondrial pore',
    }),
    towards('APAF1', 'executor', 'Scaffold on which caspase 9 is activated.', '10.1016/S0092-8674(00)80501-2', {
      executor: 'apoptosome scaffold',
    }),
    towards('CASP9', 'executor', 'Starts the caspases downstream of mitochondria.', '10.1016/S0092-8674(00)80434-1', {
      executor: 'initiator caspase',
    }),
    towards('CASP3', 'executor', 'Executioner caspase; CASP7 can replace it in part.', lakhani, {
      executor: 'executioner caspase',
    }),
    towards('CASP7', 'executor', 'Executioner caspase; CASP3 can replace it in part.', lakhani, {
      executor: 'executioner caspase',
    }),
    towards('DIABLO', 'signal', 'Takes the brake off caspases.', '10.1016/S0092-8674(00)00008-8'),
    towards('BCL2L11', 'initiator', 'BIM, starts apoptosis upon stress.', '10.1126/science.286.5445.1735'),
    towards('BBC3', 'initiator', 'PUMA, starts apoptosis upon p53.', '10.1126/science.1090072'),
    towards('PMAIP1', 'initiator', 'NOXA, starts apoptosis upon p53.', '10.1126/science.288.5468.1053'),
    against('BCL2', 'brake', 'Holds the mitochondrial pore closed.', '10.1038/348334a0'),
    against('BCL2L1', 'brake', 'BCL-XL, holds the mitochondrial pore closed.', '10.1016/0092-8674(93)90508-N'),
    against('MCL1', 'brake', 'Holds the mitochondrial pore closed.', '10.1038/nature02067'),
    against('XIAP', 'brake', 'Inhibits caspases directly.', '10.1038/40901'),
  ],
  experiment: {
    en: 'BH3 profiling of sorted persisters; venetoclax or an MCL1 inhibitor with a pan-caspase inhibitor (Q-VD-OPh) as rescue.',
    fr: 'Profilage BH3 de persistantes triées ; vénétoclax ou inhibiteur de MCL1 avec un inhibiteur de caspases (Q-VD-OPh) en sauvetage.',
  },
  escape: {
    en: 'Cells that switch to another BCL2 protein, MCL1 most often.',
    fr: 'Les cellules qui passent à une autre protéine de la famille BCL2, MCL1 le plus souvent.',
  },
};
