import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { muller } from './citations.js';

/** Yang et al. 2020, Nat Rev Mol Cell Biol 21:341, and Nieto et al. 2016, Cell 166:21: epithelial–mesenchymal transition. */
const emt = ['10.1038/s41580-020-0237-9', '10.1016/j.cell.2016.06.028'];

/** The mesenchymal state that iron opens, and the third part of the iron pattern. */
export const mesenchymal: WeaknessAxis = {
  id: 'mesenchymal',
  group: 'iron',
  title: { en: 'Mesenchymal genes', fr: 'Gènes mésenchymateux' },
  hypothesis: {
    en: 'the cells are more mesenchymal, as iron-dependent demethylation of histones would make them',
    fr: 'les cellules sont plus mésenchymateuses, comme les rendrait la déméthylation des histones dépendante du fer',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('VIM', 'marker', 'Filament of mesenchymal cells; iron opens it in chromatin.', [...emt, muller]),
    towards('FN1', 'marker', 'Fibronectin of mesenchymal cells.', emt),
    towards('CDH2', 'marker', 'N-cadherin.', emt),
    towards('ZEB1', 'regulator', 'Drives the transition.', emt),
    towards('ZEB2', 'regulator', 'Drives the transition.', emt),
    towards('SNAI1', 'regulator', 'Drives the transition.', emt),
    towards('SNAI2', 'regulator', 'Drives the transition.', emt),
    towards('TWIST1', 'regulator', 'Drives the transition.', emt),
    against('CDH1', 'marker', 'E-cadherin of epithelial cells.', emt),
    against('EPCAM', 'marker', 'Marker of epithelial cells.', emt),
  ],
  experiment: {
    en: 'H3K9me2 at mesenchymal genes with and without deferoxamine, and E-cadherin against vimentin staining.',
    fr: 'H3K9me2 aux gènes mésenchymateux avec et sans déféroxamine, et marquage E-cadhérine contre vimentine.',
  },
  escape: {
    en: 'Cells that go back to the epithelial state after a sublethal dose resist ferroptosis.',
    fr: 'Les cellules qui redeviennent épithéliales après une dose sublétale résistent à la ferroptose.',
  },
};
