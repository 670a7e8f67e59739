import { towards, type WeaknessAxis } from './axis-gene.js';
import { caneque, dong } from './citations.js';

/** Sardiello et al. 2009, Science 325:473, and Palmieri et al. 2011, Hum Mol Genet 20:3852: the CLEAR network of TFEB. */
const clear = ['10.1126/science.1174447', '10.1093/hmg/ddr306'];

/** The compartment where reactive iron starts ferroptosis. */
export const lysosome: WeaknessAxis = {
  id: 'lysosome',
  group: 'iron',
  title: { en: 'Lysosomes', fr: 'Lysosomes' },
  hypothesis: {
    en: 'the cells hold more, or more active, lysosomes, where reactive iron starts ferroptosis',
    fr: 'les cellules ont des lysosomes plus nombreux ou plus actifs, là où le fer réactif déclenche la ferroptose',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('TFEB', 'regulator', 'Drives the genes of lysosomes.', clear),
    towards('LAMP1', 'lysosome', 'Protein of the lysosomal membrane, target of TFEB.', [...clear, caneque]),
    towards('LAMP2', 'lysosome', 'Protein of the lysosomal membrane.', clear),
    towards('ATP6V0D1', 'lysosome', 'Proton pump of lysosomes, target of TFEB.', clear),
    towards('ATP6V1A', 'lysosome', 'Proton pump of lysosomes, target of TFEB.', clear),
    towards('ATP6V1H', 'lysosome', 'Proton pump of lysosomes, target of TFEB.', clear),
    towards('CTSA', 'lysosome', 'Lysosomal protease, target of TFEB.', clear),
    towards('CTSB', 'lysosome', 'Lysosomal protease, target of TFEB.', clear),
    towards('CTSD', 'lysosome', 'Lysosomal protease, target of TFEB.', clear),
    towards('GNS', 'lysosome', 'Lysosomal sulphatase, target of TFEB.', clear),
    towards('HEXA', 'lysosome', 'Lysosomal hydrolase, target of TFEB.', clear),
    towards('NEU1', 'lysosome', 'Lysosomal sialidase, target of TFEB.', clear),
    towards('MCOLN1', 'release', 'Channel of lysosomes, target of TFEB; lets iron out.', [...clear, dong]),
  ],
  experiment: {
    en: 'LysoTracker and LAMP1 staining beside a lysosomal Fe(II) probe; Fento-1 with liproxstatin-1 as rescue.',
    fr: 'LysoTracker et marquage de LAMP1 avec une sonde du Fe(II) lysosomal ; Fento-1 avec liproxstatine-1 en sauvetage.',
  },
  escape: {
    en: 'Cells that repair lysosomal and plasma membranes outlive a sublethal dose.',
    fr: 'Les cellules qui réparent leurs membranes lysosomales et plasmiques survivent à une dose sublétale.',
  },
};
