import { genePositions, type SimulationInput } from '@remnant/engine';
import { loadGeneTable } from '../genes/load-gene-table.js';

/** Gene families without a part in anything that is analysed: a simulated gene may bear such a name and mean nothing. */
const plainFamilies =
  /^(ZNF|TMEM|FAM|CCDC|LRRC|WDR|ANKRD|TTC|RNF|KLHL|FBXO|FBXL|MRPL|MRPS|TRIM|USP|ZC3H|PHF|KIAA|DNAH|IFT|MED|POLR|INTS|NUP|DDX|DHX|PRPF|SNX|EXOC|ARHGAP|ARHGEF|TBC1D|ZDHHC|SPATA|C\d+orf)\d*[A-Z]?\d*$/;

/** Genes of these chromosomes only: a gain is planted on an autosome. */
const autosome = /^\d+$/;

/**
 * Names and places for the genes of a simulated human study: symbols of real genes on their real arms, so that copy number can
 * be looked for. The expression of such a gene is drawn all the same, and nothing is known about it.
 */
export async function simulationGenes(): Promise<Required<Pick<SimulationInput, 'geneNames' | 'geneArms'>>> {
  const positions = genePositions(await loadGeneTable('human')).filter(({ chromosome }) => autosome.test(chromosome));
  return {
    geneNames: positions.map(({ gene }) => gene).filter((gene) => plainFamilies.test(gene)),
    geneArms: Object.fromEntries(positions.map(({ gene, chromosome, arm }) => [gene, `${chromosome}${arm}`])),
  };
}
