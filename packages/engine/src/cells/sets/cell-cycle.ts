import type { CuratedGene } from './curated-gene.js';

/** The part of the cell cycle a gene marks. */
export type CellCycleKind = 'S' | 'G2M';

/** Tirosh et al. 2016, Science 352:189: genes of cycling melanoma cells, table S5. */
const tirosh = '10.1126/science.aad0501';

/**
 * The 43 S-phase and 54 G2/M-phase genes of Tirosh et al. 2016, the lists that Seurat (`cc.genes`) and scanpy users score.
 * Symbols are the current ones: CENPU was MLF1IP, PIMREG was FAM64A, JPT1 was HN1.
 *
 * @see doi:10.1126/science.aad0501. Difference from Seurat's `cc.genes.updated.2019`: MCM2, RPA2 and BRIP1 stay, which are the
 * genes of the paper and current symbols; the update replaced them by MCM7, POLR1B and MRPL36 through shared aliases.
 */
export const cellCycleGenes: readonly CuratedGene<CellCycleKind>[] = [
  ...phase(
    'S',
    'rises in cells that replicate DNA',
    `MCM5 PCNA TYMS FEN1 MCM2 MCM4 RRM1 UNG GINS2 MCM6 CDCA7 DTL PRIM1 UHRF1 CENPU HELLS RFC2 RPA2 NASP RAD51AP1 GMNN WDR76
    SLBP CCNE2 UBR7 POLD3 MSH2 ATAD2 RAD51 RRM2 CDC45 CDC6 EXO1 TIPIN DSCC1 BLM CASP8AP2 USP1 CLSPN POLA1 CHAF1B BRIP1 E2F8`,
  ),
  ...phase(
    'G2M',
    'rises in cells between replication and the end of mitosis',
    `HMGB2 CDK1 NUSAP1 UBE2C BIRC5 TPX2 TOP2A NDC80 CKS2 NUF2 CKS1B MKI67 TMPO CENPF TACC3 PIMREG SMC4 CCNB2 CKAP2L CKAP2
    AURKB BUB1 KIF11 ANP32E TUBB4B GTSE1 KIF20B HJURP CDCA3 JPT1 CDC20 TTK CDC25C KIF2C RANGAP1 NCAPD2 DLGAP5 CDCA2 CDCA8
    ECT2 KIF23 HMMR AURKA PSRC1 ANLN LBR CKAP5 CENPE CTCF NEK2 G2E3 GAS2L3 CBX5 CENPA`,
  ),
];

function phase(kind: CellCycleKind, reason: string, symbols: string): readonly CuratedGene<CellCycleKind>[] {
  return symbols.split(/\s+/).map((gene) => ({ gene, kind, reason, doi: [tirosh] }));
}
