import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { itano, muller } from './citations.js';

/** Iron that enters bound to hyaluronan, through CD44. */
export const ironUptakeCd44: WeaknessAxis = {
  id: 'iron-uptake-cd44',
  group: 'iron',
  title: { en: 'Iron uptake by CD44 and hyaluronan', fr: 'Entrée du fer par CD44 et l’hyaluronane' },
  hypothesis: {
    en: 'the cells take up more iron bound to hyaluronan, through CD44',
    fr: 'les cellules captent davantage de fer lié à l’hyaluronane, par CD44',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('CD44', 'uptake', 'CD44 takes up iron bound to hyaluronan.', muller),
    towards('HAS1', 'uptake', 'Makes hyaluronan, the carrier of the iron.', itano),
    towards('HAS2', 'uptake', 'Makes hyaluronan, the carrier of the iron.', itano),
    towards('HAS3', 'uptake', 'Makes hyaluronan, the carrier of the iron.', itano),
    against('CEMIP2', 'uptake', 'Cuts hyaluronan at the cell surface.', '10.1074/jbc.M116.770149', {
      formerly: ['TMEM2'],
    }),
  ],
  experiment: {
    en: 'Flow cytometry of CD44 beside a lysosomal Fe(II) probe (SiRhoNox or FENTOX); hyaluronidase or a CD44-blocking antibody has to lower the probe.',
    fr: 'Cytométrie de CD44 avec une sonde du Fe(II) lysosomal (SiRhoNox ou FENTOX) ; la hyaluronidase ou un anticorps bloquant CD44 doit abaisser le signal.',
  },
  escape: {
    en: 'Cells that lose CD44 and their mesenchymal genes take up less iron.',
    fr: 'Les cellules qui perdent CD44 et leurs gènes mésenchymateux captent moins de fer.',
  },
};
