import type { NormalLineage } from './cell-identity.js';

/**
 * Symbols the simulator gives to the genes that carry a planted effect, so that a simulated study reads like a real one.
 * The effects are drawn from the seed; nothing is known about a gene but the role its list gives it.
 */

/** Up in persister cells of every patient that has them; keratins, secreted and interferon-like genes. */
export const programmeUpGenes: readonly string[] = words(`
  KRT14 KRT6A KRT6B KRT16 KRT15 KRT23 KRT80 SLPI HOPX NCCRP1 SYNPO2 GGT7 PALMD CLIC3 GADD45A INHBA NNMT TAGLN MYL9 FN1
  FBLN2 CRLF1 ELN TGFB2 CDKN1A ABCA1 ULBP1 S100A11 S100A16 S100P CST6 KLK6 SAA1 GDF15 BIRC3 TYMP IFI27L2 PSMB8 PSME2
  PYCARD CASP8 CARD16 RAB11A ATP6V0C ATP6V1G1 CHMP5 CPEB4 MVP METRN BTC BMP6 LCN2 MX1 ISG15 IFIT1 TXNIP ANXA1 IL18 HAP1
`);

/** The planted surface marker: the largest effect of the shared programme. */
export const plantedMarker = 'ANTXR2';

/** Down in persister cells; cholesterol synthesis, hypoxia and cell cycle. */
export const programmeDownGenes: readonly string[] = words(`
  SQLE IDI1 HMGCR HMGCS1 FDPS FDFT1 LDLR INSIG1 ACAT2 FADS1 FADS2 SCD LSS PDK1 CA9 NDRG1 ITGA6 MKI67 TOP2A TYMS RRM2 MCM2
  MCM3 MCM5 PCNA CCNB1 CDK1 BUB1 AURKB UBE2C
`);

/** Immediate-early and heat-shock genes that warm dissociation of tissue induces. */
export const dissociationGenes: readonly string[] = words(`
  FOS FOSB EGR1 EGR2 EGR3 JUN JUNB ATF3 IER2 IER3 DUSP1 ZFP36 NR4A1 HSPA1A HSPA1B DNAJB1
`);

/** A gene with different signs in different patients, so not a shared marker. It is the first of the iron axis. */
export const unsharedMarker = 'CD44';

/** Up under iron overload, down under iron starvation. */
export const ironOverloadGenes: readonly string[] = [
  unsharedMarker,
  ...words('HAS2 STEAP3 MCOLN1 SLC11A2 ACSL4 FTH1 FTL HMOX1'),
];

/** Down under iron overload, up under iron starvation. */
export const ironStarvationGenes: readonly string[] = words('TFRC SLC40A1 HEPH');

/** Highly expressed genes without any planted state effect. */
export const housekeepingGenes: readonly string[] = words(`
  ACTB ACTG1 GAPDH EEF1A1 EEF2 TPT1 TUBA1B PPIA PGK1 ENO1 UBC UBB HPRT1 TBP RPLP0 RPLP1 RPL3 RPL5 RPL7 RPL10 RPL13 RPL19
  RPS3 RPS6 RPS8 RPS12 RPS18 RPS27A HNRNPA1 NPM1
`);

/** Genes of the mitochondrial genome. */
export const mitochondrialGenes: readonly string[] = words(`
  MT-ND1 MT-ND2 MT-CO1 MT-CO2 MT-ATP8 MT-ATP6 MT-CO3 MT-ND3 MT-ND4L MT-ND4 MT-ND5 MT-ND6 MT-CYB
`);

/** Markers of the normal cells of a tumour: low in tumour cells, high in their lineage. */
export const lineageMarkers: Readonly<Record<Exclude<NormalLineage, 'mouse'>, readonly string[]>> = {
  'T cell': words('PTPRC CD3D CD3E CD3G CD2 TRAC IL7R CD8A NKG7 CCL5'),
  macrophage: words('PTPRC CD68 CD14 LYZ C1QA C1QB TYROBP FCER1G AIF1 CSF1R'),
  fibroblast: words('COL1A1 COL1A2 COL3A1 DCN LUM PDGFRB PDGFRA RGS5'),
  'endothelial cell': words('PECAM1 VWF CDH5 CLDN5 KDR EGFL7'),
};

/** Genes of epithelial tumour cells: high in every tumour cell, low in normal ones. */
export const epithelialGenes: readonly string[] = words('EPCAM KRT8 KRT18 CDH1');

/** Genes later questions ask about by name, without a planted role. */
export const namedGenes: readonly string[] = words(`
  HLA-A HLA-B HLA-C B2M TAP1 TAP2 TAPBP PSMB9 NLRC5 MICA MICB CD47 CALR CD24 EPCAM VIM EGFR ERBB2 ERBB3 CDH1 CDH2 PLAUR
  GPX4 SLC7A11 AIFM2 GCH1 DHODH GCLM NCOA4 TXNRD1 LPCAT3 ALOX15 PHF8 MLKL RIPK1 RIPK3 GSDMD GSDME CYP1A1 CYP1B1 AHRR
  TIPARP NQO1 ALDH1A1 KRT8 KRT18
`);

/** The AP-1 family: decoy regulators whose regulons share targets with the planted regulator's. */
export const relatedRegulators: readonly string[] = words('FOS FOSB FOSL1 FOSL2 JUN JUNB JUND ATF3 BATF');

/** Regulators of the network. All but the planted one are decoys. */
export const regulatorNames: readonly string[] = [
  ...relatedRegulators,
  ...words(`
  AHR AR ARNT ARID3A ATF2 ATF4 ATF6 BACH1 BACH2 BCL11A BCL6 BHLHE40 BRCA1 CDX2 CEBPA CEBPB CEBPD CEBPE CREB1 CREM CTCF
  CTNNB1 CUX1 DDIT3 E2F1 E2F2 E2F3 E2F4 E2F5 E2F6 EGR1 ELF1 ELF3 ELK1 EOMES EPAS1 ESR1 ESR2 ETS1 ETS2 ETV4 ETV5 FLI1 FOXA1
  FOXA2 FOXC1 FOXM1 FOXO1 FOXO3 FOXP3 GATA1 GATA2 GATA3 GATA4 GATA6 GLI1 GLI2 GLI3 HES1 HEY1 HIF1A HNF1A HNF1B HNF4A HOXA9
  HOXB7 HSF1 IKZF1 IRF1 IRF2 IRF3 IRF4 IRF7 IRF8 IRF9 KLF2 KLF4 KLF5 KLF6 LEF1 MAF MAFB MEF2A MEF2C MITF MSX1 MXI1 MYB MYBL2
  MYC MYCN NANOG NFATC1 NFATC2 NFE2 NFE2L1 NFE2L2 NFIC NFKB1 NFKB2 NFYA NFYB NKX2-1 NOTCH1 NR1H3 NR1I2 NR2F1 NR2F2 NR3C1
  NR3C2 NR4A1 PAX5 PAX6 PAX8 PBX1 PGR POU2F1 POU5F1 PPARA PPARD PPARG PRDM1 RARA RARB REL RELA RELB REST RUNX1 RUNX2 RUNX3
  RXRA SMAD2 SMAD3 SMAD4 SMAD7 SNAI1 SNAI2 SOX10 SOX17 SOX2 SOX4 SOX9 SP1 SP3 SPI1 SREBF1 SREBF2 SRF STAT1 STAT2 STAT3 STAT4
  STAT5A STAT5B STAT6 TAL1 TBX21 TCF4 TCF7L2 TEAD1 TEAD4 TFAP2A TFAP2C THRB TP53 TP63 TP73 TWIST1 USF1 USF2 VDR WT1 XBP1 YY1
  ZEB1 ZEB2 ZNF143
`),
];

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
