import { against, towards, type WeaknessAxis } from './axis-gene.js';

const darnell = '10.1126/science.8197455';
const der = '10.1073/pnas.95.26.15623';
const fitzgerald = '10.1038/ni921';

/** Sensing of nucleic acids, type I interferon and the answer to it. */
export const interferon: WeaknessAxis = {
  id: 'interferon',
  group: 'immune',
  title: { en: 'STING and type I interferon', fr: 'STING et interféron de type I' },
  hypothesis: {
    en: 'the cells sense nucleic acids and answer interferon more',
    fr: 'les cellules détectent davantage les acides nucléiques et répondent plus à l’interféron',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('CGAS', 'receptor', 'Senses DNA in the cytosol.', '10.1126/science.1232458', { formerly: ['MB21D1'] }),
    towards('STING1', 'signal', 'Passes the signal of DNA on.', '10.1038/nature07317', { formerly: ['TMEM173'] }),
    towards('TBK1', 'signal', 'Activates IRF3.', fitzgerald),
    towards('IRF3', 'regulator', 'Turns interferon on.', fitzgerald),
    towards('MAVS', 'signal', 'Passes the signal of RNA on.', '10.1016/j.cell.2005.08.012'),
    towards('TLR3', 'receptor', 'Senses double-stranded RNA.', '10.1038/35099560'),
    towards(
      'JAK1',
      'signal',
      'Kinase of interferon receptors; its loss gives resistance to checkpoint therapy.',
      '10.1056/NEJMoa1604958',
    ),
    towards('STAT1', 'signal', 'Carries the signal of interferons to the nucleus.', darnell),
    towards('STAT2', 'signal', 'Carries the signal of type I interferon to the nucleus.', darnell),
    towards('IRF9', 'signal', 'Binds the interferon-responsive genes with STAT1 and STAT2.', darnell),
    towards('ISG15', 'target', 'Target of interferon.', der),
    towards('MX1', 'target', 'Target of interferon.', der),
    towards('IFIT1', 'target', 'Target of interferon.', der),
    against('TREX1', 'brake', 'Degrades the DNA that cGAS would sense.', [
      '10.1016/j.cell.2008.06.032',
      '10.1038/ncomms15618',
    ]),
  ],
  experiment: {
    en: 'Phospho-STAT1 and CXCL10 after interferon β and after a STING agonist, with a JAK inhibitor (ruxolitinib) as control.',
    fr: 'Phospho-STAT1 et CXCL10 après interféron β et après agoniste de STING, avec un inhibiteur de JAK (ruxolitinib) en contrôle.',
  },
  escape: {
    en: 'Long interferon signalling raises checkpoint ligands; cells that lose JAK1 or STING no longer answer.',
    fr: 'Un interféron prolongé augmente les ligands de points de contrôle ; sans JAK1 ou STING les cellules ne répondent plus.',
  },
};
