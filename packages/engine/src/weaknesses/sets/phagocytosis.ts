import { against, towards, type WeaknessAxis } from './axis-gene.js';

const chao = '10.1126/scitranslmed.3001375';

/** Signals that make macrophages and dendritic cells eat a cell, or leave it. */
export const phagocytosis: WeaknessAxis = {
  id: 'phagocytosis',
  group: 'immune',
  title: { en: 'Eat-me against don’t-eat-me signals', fr: 'Signaux « mange-moi » contre « ne me mange pas »' },
  hypothesis: {
    en: 'the cells are more readily eaten by macrophages and dendritic cells',
    fr: 'les cellules sont plus volontiers phagocytées',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('CALR', 'signal', 'At the surface it is an eat-me signal.', ['10.1038/nm1523', chao]),
    towards('PDIA3', 'signal', 'Goes to the surface together with calreticulin.', '10.1038/cdd.2008.67'),
    towards('HMGB1', 'signal', 'Set free by dying cells, it alerts dendritic cells.', '10.1038/nm1622'),
    towards('ANXA1', 'signal', 'Guides dendritic cells to dying cells.', '10.1126/science.aad0779'),
    towards(
      'SLAMF7',
      'ligand',
      'Needed for the uptake of blood cancer cells once CD47 is blocked.',
      '10.1038/nature22076',
    ),
    against('CD47', 'brake', 'The don’t-eat-me signal read by SIRPα.', [
      '10.1016/j.cell.2009.05.045',
      '10.1073/pnas.1121623109',
    ]),
    against('CD24', 'brake', 'A don’t-eat-me signal read by Siglec-10.', '10.1038/s41586-019-1456-0', {
      mouse: 'Cd24a',
    }),
    against('QPCTL', 'brake', 'Modifies CD47 so that SIRPα can bind it.', '10.1038/s41591-019-0356-z'),
    against('B2M', 'brake', 'Class I molecules hold macrophages back through LILRB1.', '10.1038/s41590-017-0004-z'),
  ],
  experiment: {
    en: 'Calreticulin and CD47 at the surface of living cells (the RNA of CALR does not show where the protein is); phagocytosis with and without an antibody against CD47.',
    fr: 'Calréticuline et CD47 à la surface de cellules vivantes (l’ARN de CALR ne dit pas où est la protéine) ; phagocytose avec et sans anticorps anti-CD47.',
  },
  escape: {
    en: 'Cells that raise CD47 or CD24.',
    fr: 'Les cellules qui augmentent CD47 ou CD24.',
  },
};
