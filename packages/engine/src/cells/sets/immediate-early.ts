import type { CuratedGene } from './curated-gene.js';

/** What switches an immediate-early gene on. */
export type ImmediateEarlyKind = 'immediate-early' | 'heat-shock';

/** van den Brink et al. 2017, Nat Methods 14:935: genes induced by tissue dissociation. */
const vanDenBrink = '10.1038/nmeth.4437';

/** O'Flanagan et al. 2019, Genome Biol 20:210: stress response to collagenase at 37 °C in tumours and xenografts. */
const oFlanagan = '10.1186/s13059-019-1830-0';

/**
 * Immediate-early and heat-shock genes that warm enzymatic dissociation switches on within minutes. Every gene is in the
 * dissociation signature of van den Brink 2017; FOS and JUN are named by O'Flanagan 2019 too. Left out on purpose, though
 * in the first list: FOSL2 and JUND, which with FOSL1 are the AP-1 members the control has to keep apart; MYC, STAT3,
 * IRF1, SERPINE1 and other genes whose change under treatment is an ordinary finding.
 */
export const immediateEarlyGenes: readonly CuratedGene<ImmediateEarlyKind>[] = [
  early('FOS', 'AP-1 subunit induced within minutes by serum, stress and digestion', oFlanagan),
  early('FOSB', 'AP-1 subunit, same kinetics as FOS'),
  early('JUN', 'AP-1 subunit, induced by stress kinases during digestion', oFlanagan),
  early('JUNB', 'AP-1 subunit of the primary response'),
  early('ATF3', 'stress-induced bZIP factor, a partner and target of JUN'),
  early('EGR1', 'serum-response-factor target, induced within minutes'),
  early('EGR2', 'serum-response-factor target of the EGR family'),
  early('IER2', 'immediate-early response gene'),
  early('IER3', 'immediate-early response gene of the NF-κB and p38 pathways'),
  early('IER5', 'immediate-early response gene, also induced by heat-shock factor 1'),
  early('NR4A1', 'orphan nuclear receptor of the primary response'),
  early('BTG2', 'anti-proliferative gene of the primary response'),
  early('DUSP1', 'phosphatase that ends the stress-kinase signal; induced with it'),
  early('ZFP36', 'destabilises immediate-early messenger RNA; induced with it'),
  early('KLF4', 'Krüppel-like factor of the primary response'),
  early('KLF6', 'Krüppel-like factor of the primary response'),
  early('CSRNP1', 'AXUD1, immediate-early nuclear protein'),
  early('MAFF', 'small MAF factor induced by stress'),
  early('PPP1R15A', 'GADD34, ends the integrated stress response'),
  early('SOCS3', 'feedback inhibitor of cytokine signals, induced by digestion'),
  early('NFKBIZ', 'primary-response gene of NF-κB'),
  early('TRIB1', 'pseudokinase of the primary response'),
  early('GEM', 'small GTPase of the primary response'),
  early('RHOB', 'short-lived Rho GTPase of the primary response'),
  heatShock('HSPA1A', 'inducible HSP70'),
  heatShock('HSPA1B', 'inducible HSP70'),
  heatShock('HSPA8', 'HSP70 of the same response'),
  heatShock('HSPH1', 'HSP110 of the same response'),
  heatShock('DNAJA1', 'HSP40 of the same response'),
  heatShock('DNAJB1', 'HSP40 of the same response'),
];

function early(gene: string, reason: string, ...more: readonly string[]): CuratedGene<ImmediateEarlyKind> {
  return { gene, kind: 'immediate-early', reason, doi: [vanDenBrink, ...more] };
}

function heatShock(gene: string, reason: string): CuratedGene<ImmediateEarlyKind> {
  return { gene, kind: 'heat-shock', reason, doi: [vanDenBrink] };
}
