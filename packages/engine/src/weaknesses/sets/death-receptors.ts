import { against, towards, type WeaknessAxis } from './axis-gene.js';

const leblanc = '10.1038/sj.cdd.4401187';

/** Death receptors that killer lymphocytes trigger. */
export const deathReceptors: WeaknessAxis = {
  id: 'death-receptors',
  group: 'immune',
  title: { en: 'Death receptors', fr: 'Récepteurs de mort' },
  hypothesis: {
    en: 'the cells are more open to death ligands of lymphocytes',
    fr: 'les cellules sont plus ouvertes aux ligands de mort des lymphocytes',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('FAS', 'receptor', 'Receptor of FAS ligand.', '10.1016/0092-8674(91)90614-5'),
    towards('TNFRSF10A', 'receptor', 'Receptor of TRAIL.', '10.1126/science.276.5309.111', { mouse: null }),
    towards('TNFRSF10B', 'receptor', 'Receptor of TRAIL.', '10.1093/emboj/16.17.5386'),
    towards(
      'TNFRSF1A',
      'receptor',
      'Receptor of TNF; kills when survival signals fail.',
      '10.1016/S0092-8674(03)00521-X',
    ),
    towards('FADD', 'signal', 'Adaptor between receptor and caspase 8.', '10.1016/0092-8674(95)90071-3'),
    towards('CASP8', 'initiator', 'First caspase of death receptors.', '10.1016/S0092-8674(00)81266-0'),
    against('CFLAR', 'brake', 'FLIP keeps caspase 8 from starting.', '10.1038/40657'),
    against('TNFRSF10C', 'brake', 'Decoy receptor of TRAIL.', leblanc, { mouse: null }),
    against('TNFRSF10D', 'brake', 'Decoy receptor of TRAIL.', leblanc, { mouse: null }),
    against('TNFRSF6B', 'brake', 'Decoy receptor of FAS ligand.', '10.1038/25387', { mouse: null }),
  ],
  experiment: {
    en: 'Dose–response of TRAIL and of an agonist against FAS, with a caspase 8 inhibitor as rescue; receptors at the surface by flow cytometry.',
    fr: 'Dose-réponse de TRAIL et d’un agoniste de FAS, avec un inhibiteur de la caspase 8 en sauvetage ; récepteurs de surface en cytométrie.',
  },
  escape: {
    en: 'Cells that lose caspase 8; they may then be open to necroptosis if RIPK3 and MLKL are there.',
    fr: 'Les cellules qui perdent la caspase 8 ; elles peuvent alors s’ouvrir à la nécroptose si RIPK3 et MLKL sont présents.',
  },
};
