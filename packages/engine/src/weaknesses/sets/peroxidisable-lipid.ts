import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { dixonScreen, dollAcsl4, zouPor } from './citations.js';

const lee = '10.1073/pnas.2006828117';
const zouEther = '10.1038/s41586-020-2732-8';
const magtanong = '10.1016/j.chembiol.2018.11.016';
const liang = '10.1016/j.cell.2023.05.003';

/** Whether membranes can be peroxidised. */
export const peroxidisableLipid: WeaknessAxis = {
  id: 'peroxidisable-lipid',
  group: 'lipid',
  title: { en: 'Peroxidisable lipid', fr: 'Lipides peroxydables' },
  hypothesis: {
    en: 'membranes hold more polyunsaturated and fewer monounsaturated fatty acids, and peroxidise more easily',
    fr: 'les membranes contiennent plus d’acides gras polyinsaturés et moins de mono-insaturés, et se peroxydent plus facilement',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('ACSL4', 'substrate', 'Puts polyunsaturated fatty acids into membranes.', dollAcsl4),
    towards('LPCAT3', 'substrate', 'Puts polyunsaturated fatty acids into phospholipids.', dixonScreen),
    towards('ELOVL5', 'substrate', 'Makes arachidonic acid with FADS1; both are needed for ferroptosis.', lee),
    towards('FADS1', 'substrate', 'Makes arachidonic acid with ELOVL5; both are needed for ferroptosis.', lee),
    towards('AGPS', 'substrate', 'Makes ether lipids, which peroxidise.', zouEther),
    towards('FAR1', 'substrate', 'Makes ether lipids, which peroxidise.', zouEther),
    towards('POR', 'enzyme', 'Drives the peroxidation of membrane lipids.', zouPor),
    towards(
      'ALOX15',
      'enzyme',
      'A lipoxygenase that peroxidises polyunsaturated fatty acids.',
      '10.1016/j.cell.2017.09.044',
    ),
    against('SCD', 'substrate', 'Makes monounsaturated fatty acids, which protect.', '10.1158/0008-5472.CAN-19-0369', {
      mouse: 'Scd1',
    }),
    against('ACSL3', 'substrate', 'Puts monounsaturated fatty acids into membranes.', magtanong),
    against('MBOAT1', 'substrate', 'Puts monounsaturated fatty acids into phospholipids.', liang),
    against('MBOAT2', 'substrate', 'Puts monounsaturated fatty acids into phospholipids.', liang),
    against('PLA2G6', 'repair', 'Cuts peroxidised fatty acids out of phospholipids.', '10.1038/s41467-021-23902-6'),
  ],
  experiment: {
    en: 'C11-BODIPY after RSL3 with liproxstatin-1 as rescue; lipidomics of phospholipids; oleate added, which should protect.',
    fr: 'C11-BODIPY après RSL3 avec liproxstatine-1 en sauvetage ; lipidomique des phospholipides ; ajout d’oléate, qui doit protéger.',
  },
  escape: {
    en: 'Cells without ACSL4, or fed with oleate, stay alive.',
    fr: 'Les cellules sans ACSL4, ou nourries d’oléate, restent en vie.',
  },
};
