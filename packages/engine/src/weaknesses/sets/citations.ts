/** Works that several curated sets rest on, by DOI. */

/** Cañeque et al. 2025, Nature 642: activation of lysosomal iron triggers ferroptosis in cancer (Fento-1). */
export const caneque = '10.1038/s41586-025-08974-4';
/** Müller et al. 2020, Nat Chem 12:929: CD44 takes up iron bound to hyaluronan; iron induces CD44 and represses TFRC. */
export const muller = '10.1038/s41557-020-0513-5';
/** Larrue et al. 2024, Sci Transl Med 16:eadk1731: quiescent AML stem cells need NCOA4 and ferritinophagy. */
export const larrue = '10.1126/scitranslmed.adk1731';
/** Mancias et al. 2014, Nature 509:105: NCOA4 carries ferritin to lysosomes. */
export const manciasReceptor = '10.1038/nature13148';
/** Mancias et al. 2015, eLife 4:e10308: HERC2 degrades NCOA4 when iron is plentiful. */
export const manciasTurnover = '10.7554/eLife.10308';
/** Gao et al. 2015, Mol Cell 59:298: transferrin and its receptor are needed for ferroptosis. */
export const gaoTransferrin = '10.1016/j.molcel.2015.06.011';
/** Ohgami et al. 2005, Nat Genet 37:1264: STEAP3 reduces iron in endosomes. */
export const ohgami = '10.1038/ng1658';
/** Gunshin et al. 1997, Nature 388:482: the metal-ion transporter DMT1 (SLC11A2). */
export const gunshin = '10.1038/41343';
/** Dong et al. 2008, Nature 455:992: TRPML1 (MCOLN1) lets iron out of late endosomes and lysosomes. */
export const dong = '10.1038/nature07311';
/** Ma et al. 2016, Cell Death Dis 7:e2307: ferroportin lowers, its loss raises ferroptosis of breast cancer cells. */
export const maFerroportin = '10.1038/cddis.2016.208';
/** Donovan et al. 2000, Nature 403:776: ferroportin, the iron exporter. */
export const donovan = '10.1038/35001596';
/** Anderson, Frazer, McKie and Vulpe 2002, Blood Cells Mol Dis 29:367: hephaestin oxidises iron for export (review). */
export const vulpe = '10.1006/bcmd.2002.0576';
/** Brown et al. 2019, Dev Cell 51:575: prominin 2 exports ferritin in vesicles and so resists ferroptosis. */
export const brownProminin = '10.1016/j.devcel.2019.10.007';
/** Kwon et al. 2015, Oncotarget 6:24393: haem oxygenase 1 frees iron and speeds up ferroptosis. */
export const kwon = '10.18632/oncotarget.5162';
/** Itano and Kimata 2002, IUBMB Life 54:195: the three hyaluronan synthases (review). */
export const itano = '10.1080/15216540214929';
/** Dixon et al. 2012, Cell 149:1060: ferroptosis, its need of iron and of cystine uptake. */
export const dixonFerroptosis = '10.1016/j.cell.2012.03.042';
/** Doll et al. 2017, Nat Chem Biol 13:91: ACSL4 decides on sensitivity to ferroptosis. */
export const dollAcsl4 = '10.1038/nchembio.2239';
/** Dixon et al. 2015, ACS Chem Biol 10:1604: ACSL4 and LPCAT3 in a screen for ferroptosis genes. */
export const dixonScreen = '10.1021/acschembio.5b00245';
/** Zou et al. 2020, Nat Chem Biol 16:302: POR drives peroxidation of lipids. */
export const zouPor = '10.1038/s41589-020-0472-6';
/** Yang et al. 2014, Cell 156:317: GPX4 holds ferroptosis back. */
export const yangGpx4 = '10.1016/j.cell.2013.12.010';
/** Doll et al. 2019, Nature 575:693, and Bersuker et al. 2019, Nature 575:688: FSP1 (AIFM2). */
export const fsp1: readonly string[] = ['10.1038/s41586-019-1707-0', '10.1038/s41586-019-1705-2'];
/** Kraft et al. 2020, ACS Cent Sci 6:41, and Soula et al. 2020, Nat Chem Biol 16:1351: GCH1. */
export const gch1: readonly string[] = ['10.1021/acscentsci.9b01063', '10.1038/s41589-020-0613-y'];
/** Hangauer et al. 2017, Nature 551:247: persister cells depend on GPX4. */
export const hangauer = '10.1038/nature24297';
/** Oren et al. 2021, Nature 596:576: cycling persisters, antioxidant and fatty-acid programmes. */
export const oren = '10.1038/s41586-021-03796-6';
/** Marsolier et al. 2022, Nat Genet 54:459: H3K27me3 conditions chemotolerance. */
export const marsolier = '10.1038/s41588-022-01047-6';
/** Sharma et al. 2010, Cell 141:69: a reversible drug-tolerant state. */
export const sharma = '10.1016/j.cell.2010.02.027';
/** Dhimolea et al. 2021, Cancer Cell 39:240: treatment persistence resembles embryonic diapause, with MYC suppressed. */
export const dhimolea = '10.1016/j.ccell.2020.12.002';
/** Rehman et al. 2021, Cell 184:226: colorectal cancer cells enter a diapause-like state. */
export const rehman = '10.1016/j.cell.2020.11.018';
