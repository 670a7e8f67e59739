import { towards, type WeaknessAxis } from './axis-gene.js';

/** Neefjes et al. 2011, Nat Rev Immunol 11:823: how class I molecules get their peptides. */
const neefjes = '10.1038/nri3084';

/** Antigen presentation by MHC class I. */
export const antigenPresentation: WeaknessAxis = {
  id: 'antigen-presentation',
  group: 'immune',
  title: { en: 'Antigen presentation (MHC class I)', fr: 'Présentation de l’antigène (CMH de classe I)' },
  hypothesis: {
    en: 'the cells show more antigen to CD8 T cells',
    fr: 'les cellules montrent davantage d’antigènes aux lymphocytes T CD8',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('HLA-A', 'presentation', 'Class I molecule.', neefjes, { mouse: 'H2-K1' }),
    towards('HLA-B', 'presentation', 'Class I molecule.', neefjes, { mouse: 'H2-D1' }),
    towards('HLA-C', 'presentation', 'Class I molecule.', neefjes, { mouse: null }),
    towards('B2M', 'presentation', 'Light chain of class I; its loss hides tumours from checkpoint therapy.', [
      '10.1038/s41467-017-01062-w',
      neefjes,
    ]),
    towards('TAP1', 'presentation', 'Carries peptides into the endoplasmic reticulum.', neefjes),
    towards('TAP2', 'presentation', 'Carries peptides into the endoplasmic reticulum.', neefjes),
    towards('TAPBP', 'presentation', 'Tapasin loads peptides.', neefjes),
    towards('PSMB8', 'presentation', 'Immunoproteasome, cuts peptides that fit class I.', neefjes),
    towards('PSMB9', 'presentation', 'Immunoproteasome, cuts peptides that fit class I.', neefjes),
    towards('NLRC5', 'regulator', 'Drives the genes of class I.', '10.1073/pnas.1008684107'),
  ],
  experiment: {
    en: 'HLA-A,B,C and β2-microglobulin at the surface by flow cytometry, with and without interferon γ; killing by antigen-specific CD8 T cells with a class I blocking antibody (W6/32) as control.',
    fr: 'HLA-A,B,C et β2-microglobuline de surface en cytométrie, avec et sans interféron γ ; lyse par des CD8 spécifiques, avec un anticorps bloquant la classe I (W6/32) en contrôle.',
  },
  escape: {
    en: 'Cells that lose class I or no longer answer interferon; they become targets of NK cells.',
    fr: 'Les cellules qui perdent la classe I ou ne répondent plus à l’interféron ; elles deviennent des cibles des NK.',
  },
};
