import { against, towards, type WeaknessAxis } from './axis-gene.js';
import {
  dixonFerroptosis,
  dixonScreen,
  dollAcsl4,
  fsp1,
  gaoTransferrin,
  gch1,
  manciasReceptor,
  yangGpx4,
  zouPor,
} from './citations.js';

/** Competence for ferroptosis. */
export const ferroptosis: WeaknessAxis = {
  id: 'ferroptosis',
  group: 'death',
  title: { en: 'Ferroptosis', fr: 'Ferroptose' },
  hypothesis: { en: 'the cells are closer to ferroptosis', fr: 'les cellules sont plus près de la ferroptose' },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('ACSL4', 'executor', 'Makes membranes peroxidisable; cells without it resist GPX4 inhibitors.', dollAcsl4, {
      executor: 'peroxidisable membrane',
    }),
    towards('LPCAT3', 'substrate', 'Puts polyunsaturated fatty acids into phospholipids.', dixonScreen),
    towards('POR', 'enzyme', 'Drives the peroxidation of lipids.', zouPor),
    towards('TFRC', 'uptake', 'Brings the iron.', gaoTransferrin),
    towards('NCOA4', 'release', 'Frees the iron of ferritin.', manciasReceptor),
    against('GPX4', 'brake', 'Reduces peroxidised lipids.', yangGpx4),
    against('AIFM2', 'brake', 'FSP1 stops the chain of lipid radicals.', fsp1, { formerly: ['AMID'] }),
    against('SLC7A11', 'brake', 'Takes up cystine for glutathione.', dixonFerroptosis),
    against('GCH1', 'brake', 'Makes tetrahydrobiopterin, which traps lipid radicals.', gch1),
  ],
  experiment: {
    en: 'RSL3 or erastin with liproxstatin-1 and with deferoxamine as rescue, and a caspase inhibitor that must not rescue; C11-BODIPY.',
    fr: 'RSL3 ou érastine avec liproxstatine-1 et déféroxamine en sauvetage, et un inhibiteur de caspases qui ne doit pas sauver ; C11-BODIPY.',
  },
  escape: {
    en: 'Cells that lose ACSL4 or their mesenchymal state, or turn to FSP1.',
    fr: 'Les cellules qui perdent ACSL4 ou leur état mésenchymateux, ou recourent à FSP1.',
  },
};
