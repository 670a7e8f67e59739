import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { brownProminin, donovan, maFerroportin, vulpe } from './citations.js';

/** Iron that leaves the cell. */
export const ironExport: WeaknessAxis = {
  id: 'iron-export',
  group: 'iron',
  title: { en: 'Iron export', fr: 'Sortie du fer' },
  hypothesis: { en: 'the cells send more iron out', fr: 'les cellules rejettent davantage de fer' },
  vulnerableWhen: 'lowered',
  readIn: 'tumour',
  genes: [
    towards('SLC40A1', 'export', 'Ferroportin, the iron exporter.', [donovan, maFerroportin]),
    towards('HEPH', 'export', 'Oxidises iron so that it can leave.', vulpe),
    towards(
      'CP',
      'export',
      'Oxidises iron so that it can leave; without it iron stays in cells.',
      '10.1073/pnas.96.19.10812',
    ),
    towards(
      'PROM2',
      'export',
      'Sends ferritin out in vesicles; cells that raise it resist ferroptosis.',
      brownProminin,
    ),
    against('HAMP', 'export', 'Hepcidin binds ferroportin and has it degraded.', '10.1126/science.1104742'),
  ],
  experiment: {
    en: 'Ferroportin at the surface by flow cytometry; efflux of 55Fe; a lysosomal Fe(II) probe after hepcidin, which should raise it.',
    fr: 'Ferroportine de surface en cytométrie ; efflux de 55Fe ; sonde du Fe(II) lysosomal après hepcidine, qui doit l’augmenter.',
  },
  escape: {
    en: 'Cells that survive raise ferroportin or prominin 2.',
    fr: 'Les cellules qui survivent augmentent la ferroportine ou la prominine 2.',
  },
};
