/**
 * Gene families whose expression imitates a copy-number change, because many neighbours are switched together by cell type or
 * state: HLA and butyrophilin genes of the MHC (6p21), immunoglobulin (14q32, 2p11, 22q11) and T-cell receptor segments (7p14,
 * 7q34, 14q11), the receptor clusters of immune cells (leukocyte receptor complex 19q13, NK complex 12p13, CD1 and Fc receptors
 * 1q21-23, MS4A 11q12), chemokines (4q13, 17q12), histone clusters (1q21, 6p22; cell cycle), the S100 and late-envelope genes of the epidermal differentiation
 * complex (1q21), keratin clusters (12q13, 17q21), protocadherins (5q31), metallothioneins (16q13), haemoglobins. Mouse
 * names are matched without regard to case; H2- is the mouse MHC. Ribosomal protein genes lie on every arm, move together and are abundant.
 */
const families: readonly RegExp[] = [
  /^HLA-/i,
  /^H2-/i,
  /^(?:TAP[12]|PSMB[89]|BTN[1-3]A\d|BTNL\d+)$/i,
  /^IG[HKL][VDJCAGME]/i,
  /^TR[ABDG][VDJC]/i,
  /^H(?:1|2A|2B|3|4)(?:-|[CFX]\d|C\d)/i,
  /^HIST\d/i,
  /^(?:S100A\d+|SPRR\d|LCE\d|FLG\d?|IVL|LOR|LORICRIN|PGLYRP[34])/i,
  /^(?:KIR[23]D|LILR|LAIR\d|SIGLEC|KLR[A-K]|CLEC\d|CD1[A-E]$|FC[GER]R|FCRL|SLAMF\d|MS4A\d)/i,
  /^(?:CCL|CXCL)\d/i,
  /^KRT(?:\d|AP)/i,
  /^PCDH[ABG]/i,
  /^MT[12][A-Z]\d*$/i,
  /^HB(?:[ABDEGMQZ]|[AB]-)/i,
  /^RP[LS]\d|^RP[LS]P\d|^RPLP\d/i,
  /^MT-/i,
];

/** Whether a gene belongs to a family that is left out of copy number. */
export function imitatesCopyNumber(gene: string): boolean {
  return families.some((family) => family.test(gene));
}
