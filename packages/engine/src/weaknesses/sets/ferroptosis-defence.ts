import { towards, type WeaknessAxis } from './axis-gene.js';
import { dixonFerroptosis, fsp1, gch1, hangauer, yangGpx4 } from './citations.js';

/** What stops the peroxidation of lipids. */
export const ferroptosisDefence: WeaknessAxis = {
  id: 'ferroptosis-defence',
  group: 'lipid',
  title: { en: 'Defence against ferroptosis', fr: 'Défense contre la ferroptose' },
  hypothesis: {
    en: 'the cells are better defended against the peroxidation of lipids',
    fr: 'les cellules se défendent mieux contre la peroxydation des lipides',
  },
  vulnerableWhen: 'lowered',
  readIn: 'tumour',
  genes: [
    towards('GPX4', 'defence', 'Reduces peroxidised lipids; persister cells depend on it.', [yangGpx4, hangauer]),
    towards('SLC7A11', 'defence', 'Takes up cystine for glutathione.', dixonFerroptosis),
    towards('SLC3A2', 'defence', 'Partner of SLC7A11 in the uptake of cystine.', dixonFerroptosis),
    towards(
      'GCLC',
      'defence',
      'Makes glutathione, and keeps glutamate from building up.',
      '10.1016/j.cmet.2020.12.007',
    ),
    towards('AIFM2', 'defence', 'FSP1 stops the chain of lipid radicals without GPX4.', fsp1, { formerly: ['AMID'] }),
    towards('GCH1', 'defence', 'Makes tetrahydrobiopterin, which traps lipid radicals.', gch1),
    towards('DHODH', 'defence', 'Reduces ubiquinone in mitochondria.', '10.1038/s41586-021-03539-7'),
    towards(
      'NFE2L2',
      'regulator',
      'Drives glutathione and iron-binding genes against ferroptosis.',
      '10.1002/hep.28251',
    ),
    towards(
      'TXNRD1',
      'defence',
      'Its inhibition kills with lipid peroxidation; whether by ferroptosis alone is debated.',
      '10.1038/s41392-020-00253-0',
    ),
    towards(
      'CHMP4B',
      'repair',
      'ESCRT-III mends the plasma membrane and delays ferroptosis.',
      '10.1038/s41418-020-00691-x',
    ),
  ],
  experiment: {
    en: 'Dose–response of RSL3 (GPX4) and of an FSP1 inhibitor, alone and together, each with liproxstatin-1 as rescue; C11-BODIPY beside.',
    fr: 'Dose-réponse de RSL3 (GPX4) et d’un inhibiteur de FSP1, seuls et ensemble, chacun avec liproxstatine-1 en sauvetage ; C11-BODIPY en parallèle.',
  },
  escape: {
    en: 'When GPX4 is blocked, cells with FSP1, GCH1 or DHODH remain.',
    fr: 'Quand GPX4 est bloqué, il reste les cellules à FSP1, GCH1 ou DHODH.',
  },
};
