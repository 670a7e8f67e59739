import { against, towards, type WeaknessAxis } from './axis-gene.js';

const alHajj = '10.1073/pnas.0530291100';
const yamanaka = '10.1016/j.cell.2007.11.019';
const guo = '10.1016/j.cell.2012.02.008';

/** Stem-like cells; apart from the persister state, of which a cell may have either, both or none. */
export const stemness: WeaknessAxis = {
  id: 'stemness',
  group: 'state',
  title: { en: 'Stem-like state', fr: 'État de type souche' },
  hypothesis: { en: 'the cells are more stem-like', fr: 'les cellules ressemblent davantage à des cellules souches' },
  vulnerableWhen: null,
  readIn: 'tumour',
  genes: [
    towards('ALDH1A1', 'marker', 'Marker of breast stem cells, normal and malignant.', '10.1016/j.stem.2007.08.014'),
    towards('ALDH1A3', 'marker', 'Gives breast stem cells their ALDH activity.', '10.1002/stem.563'),
    towards('CD44', 'marker', 'CD44-high, CD24-low cells found breast tumours.', alHajj),
    towards('PROM1', 'marker', 'CD133, marks stem-like cells of BRCA1 tumours.', '10.1186/bcr1855'),
    towards('PROCR', 'marker', 'Marks multipotent mammary stem cells.', '10.1038/nature13851'),
    towards('LGR5', 'marker', 'Marks stem cells of the gut.', '10.1038/nature06196'),
    towards('SOX2', 'regulator', 'Reprogrammes cells to pluripotency.', yamanaka),
    towards('POU5F1', 'regulator', 'Reprogrammes cells to pluripotency.', yamanaka),
    towards('KLF4', 'regulator', 'Reprogrammes cells to pluripotency.', yamanaka),
    towards('SOX9', 'regulator', 'With SNAI2 it makes mammary cells stem cells.', guo),
    towards('SNAI2', 'regulator', 'With SOX9 it makes mammary cells stem cells.', guo),
    towards('BMI1', 'regulator', 'Keeps mammary stem cells renewing.', '10.1158/0008-5472.CAN-06-0054'),
    against('CD24', 'marker', 'CD44-high, CD24-low cells found breast tumours.', alHajj, { mouse: 'Cd24a' }),
  ],
  experiment: {
    en: 'ALDEFLUOR with CD44 and CD24, spheres and limiting dilution in mice of sorted persisters against untreated cells.',
    fr: 'ALDEFLUOR avec CD44 et CD24, sphères et dilution limite chez la souris de persistantes triées contre des cellules non traitées.',
  },
  escape: {
    en: 'Stem-like and persister cells can turn into each other; a drug against one can leave the other.',
    fr: 'Cellules souches et persistantes peuvent se convertir l’une en l’autre ; viser l’une peut épargner l’autre.',
  },
};
