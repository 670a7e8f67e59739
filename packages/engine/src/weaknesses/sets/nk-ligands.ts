import { against, towards, type WeaknessAxis } from './axis-gene.js';

const bauer = '10.1126/science.285.5428.727';
const cosman = '10.1016/S1074-7613(01)00095-4';
const bottino = '10.1084/jem.20030788';

/** Ligands that make NK cells, and activated CD8 T cells, kill. */
export const nkLigands: WeaknessAxis = {
  id: 'nk-ligands',
  group: 'immune',
  title: { en: 'NKG2D and DNAM-1 ligands', fr: 'Ligands de NKG2D et de DNAM-1' },
  hypothesis: {
    en: 'the cells show more ligands that activate NK cells',
    fr: 'les cellules montrent davantage de ligands qui activent les cellules NK',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('MICA', 'ligand', 'Ligand of NKG2D, raised by stress.', bauer, { mouse: null }),
    towards('MICB', 'ligand', 'Ligand of NKG2D, raised by stress.', bauer, { mouse: null }),
    towards('ULBP1', 'ligand', 'Ligand of NKG2D.', cosman),
    towards('ULBP2', 'ligand', 'Ligand of NKG2D.', cosman, { mouse: null }),
    towards('ULBP3', 'ligand', 'Ligand of NKG2D.', cosman, { mouse: null }),
    towards('PVR', 'ligand', 'CD155, ligand of DNAM-1.', bottino),
    towards('NECTIN2', 'ligand', 'CD112, ligand of DNAM-1.', bottino, { formerly: ['PVRL2'] }),
    towards('NCR3LG1', 'ligand', 'B7-H6, ligand of NKp30.', '10.1084/jem.20090681', { mouse: null }),
    towards('CD58', 'ligand', 'Ligand of CD2; tumours lose it with B2M to hide.', '10.1016/j.ccr.2011.11.006', {
      mouse: null,
    }),
    against('HLA-E', 'brake', 'Ligand of the inhibitory receptor NKG2A.', '10.1038/35869', { mouse: 'H2-T23' }),
  ],
  experiment: {
    en: 'MICA/B, ULBP and PVR at the surface by flow cytometry (RNA does not show shedding); killing by NK cells with antibodies that block NKG2D and DNAM-1.',
    fr: 'MICA/B, ULBP et PVR de surface en cytométrie (l’ARN ne montre pas le clivage) ; lyse par des NK avec anticorps bloquant NKG2D et DNAM-1.',
  },
  escape: {
    en: 'Cells that shed their ligands or raise HLA-E; PVR also feeds the inhibitory receptor TIGIT.',
    fr: 'Les cellules qui libèrent leurs ligands ou augmentent HLA-E ; PVR nourrit aussi le récepteur inhibiteur TIGIT.',
  },
};
