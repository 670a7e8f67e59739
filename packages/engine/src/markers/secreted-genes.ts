/** One secreted protein with why it is listed and the work that shows it. */
export interface SecretedGene {
  /** Current HGNC symbol. */
  readonly gene: string;
  readonly reason: string;
  readonly doi: readonly string[];
}

/** Uhlén et al. 2019, Sci Signal 12:eaaz0274: the human secretome, with the proteins secreted to blood. */
const secretome = '10.1126/scisignal.aaz0274';
/** Basisty et al. 2020, PLoS Biol 18:e3000599: secreted proteins of senescent cells by mass spectrometry. */
const senescent = '10.1371/journal.pbio.3000599';
/** Coppé et al. 2008, PLoS Biol 6:2853: the senescence-associated secretory phenotype. */
const coppe = '10.1371/journal.pbio.0060301';

/**
 * Secreted proteins that persister, senescent or stressed tumour cells are known to release and that a blood test can measure.
 * Short on purpose: a list to look at, not a secretome. RNA is not protein, and blood also holds what other tissues secrete.
 */
export const secretedGenes: readonly SecretedGene[] = [
  secreted('GDF15', 'stress cytokine, measured in plasma', '10.1016/j.cmet.2018.07.018', senescent),
  secreted('INHBA', 'subunit of activin A, measured in serum', '10.3390/cancers7010070'),
  secreted('SAA1', 'acute-phase protein; also made by tumour cells', '10.1007/s00018-008-8321-x'),
  secreted('LCN2', 'lipocalin 2, binds siderophores; measured in tissue and urine', '10.1073/pnas.0810617106'),
  secreted('IL6', 'cytokine of the senescent secretory phenotype', '10.1038/nrclinonc.2018.8', coppe),
  secreted('CXCL8', 'interleukin 8: serum level follows tumour burden', '10.1158/1078-0432.CCR-13-3203', coppe),
  secreted(
    'TIMP1',
    'protease inhibitor and signal, raised in plasma of several cancers',
    '10.1016/j.tcb.2018.08.006',
    senescent,
  ),
  secreted('SPP1', 'osteopontin, raised in plasma of metastatic disease', '10.1038/sj.bjc.6601839'),
  secreted('WFDC2', 'HE4, in clinical use in ovarian cancer', '10.1016/j.ygyno.2008.08.031'),
  secreted('CXCL1', 'chemokine of the senescent secretory phenotype', coppe),
  secreted('CCL2', 'chemokine of the senescent secretory phenotype', '10.1084/jem.20130783'),
  secreted('IGFBP7', 'binding protein of the senescent secretory phenotype', '10.1038/cddis.2013.445'),
  secreted('SERPINE1', 'plasminogen activator inhibitor 1, in the core secretome of senescent cells', senescent),
  secreted('STC1', 'stanniocalcin 1, in the core secretome of senescent cells', senescent),
  secreted('MMP1', 'collagenase, in the core secretome of senescent cells', senescent),
  secreted('IGFBP3', 'growth-factor binding protein of plasma', secretome),
  secreted('SLPI', 'protease inhibitor of epithelia; found in the published persister signature', secretome),
  secreted('CST6', 'cystatin of epithelia; found in the published persister signature', secretome),
  secreted('KLK6', 'kallikrein of epithelia; found in the published persister signature', secretome),
  secreted('TNFRSF11B', 'osteoprotegerin, measured in serum', secretome),
  secreted('CHI3L1', 'YKL-40, measured in serum', secretome),
  secreted('VEGFA', 'growth factor of vessels, measured in plasma', secretome),
  secreted('LIF', 'cytokine of the IL-6 family', secretome),
  secreted('BMP6', 'bone morphogenetic protein; raises hepcidin', secretome),
];

function secreted(gene: string, reason: string, ...doi: readonly string[]): SecretedGene {
  return { gene, reason, doi };
}
