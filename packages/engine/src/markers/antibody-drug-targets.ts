import type { AntibodyDrug } from '../data/resources.js';

/**
 * Antibody–drug conjugates against solid-tumour antigens, typed from the publications cited. `approved` means that a health
 * authority had approved the drug, for some tumour, on the strength of the trial cited; `in trials` and `stopped` are as of it.
 * Not a list of indications, and not complete: a pack or a file adds to it.
 */
export const curatedAntibodyDrugs: readonly AntibodyDrug[] = [
  conjugate('trastuzumab deruxtecan', 'ERBB2', 'topoisomerase-1 inhibitor', 'approved', '10.1056/NEJMoa2203690'),
  conjugate('trastuzumab emtansine', 'ERBB2', 'maytansinoid', 'approved', '10.1056/NEJMoa1209124'),
  conjugate('sacituzumab govitecan', 'TACSTD2', 'topoisomerase-1 inhibitor', 'approved', '10.1056/NEJMoa2028485'),
  conjugate('enfortumab vedotin', 'NECTIN4', 'auristatin', 'approved', '10.1056/NEJMoa2035807'),
  conjugate('tisotumab vedotin', 'F3', 'auristatin', 'approved', '10.1056/NEJMoa2313811'),
  conjugate('mirvetuximab soravtansine', 'FOLR1', 'maytansinoid', 'approved', '10.1056/NEJMoa2309169'),
  conjugate('telisotuzumab vedotin', 'MET', 'auristatin', 'approved', '10.1200/JCO.24.00720'),
  conjugate('patritumab deruxtecan', 'ERBB3', 'topoisomerase-1 inhibitor', 'in trials', '10.1038/s41591-025-03885-3'),
  conjugate('vobramitamab duocarmazine', 'CD276', 'duocarmycin', 'in trials', '10.1158/1535-7163.MCT-20-0116'),
  conjugate('glembatumumab vedotin', 'GPNMB', 'auristatin', 'stopped', '10.1038/s41523-021-00244-6'),
];

function conjugate(drug: string, gene: string, payload: string, status: string, doi: string): AntibodyDrug {
  return { drug, gene, payload, status, source: `doi:${doi}` };
}
