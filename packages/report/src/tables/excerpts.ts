/** Which columns of a table the report prints, and in which order of rows. */
export interface ExcerptSpec {
  /** Columns to print; null prints the first ones. */
  readonly columns: readonly string[] | null;
  /** Number column the rows are ordered by; null keeps the order of the table. Missing values come last. */
  readonly orderBy: string | null;
  readonly order: 'ascending' | 'descending';
}

/** How many rows of a table the report prints; the file holds the rest. */
export const excerptRows = 20;

/** Columns printed of a table that has no entry here. */
export const excerptColumns = 8;

const inOrder = (...columns: readonly string[]): ExcerptSpec => ({ columns, orderBy: null, order: 'ascending' });

/** The excerpts of the tables this version knows. */
export const excerptSpecs: Readonly<Record<string, ExcerptSpec>> = {
  samples: inOrder(
    'sample',
    'patient',
    'stage',
    'treatment',
    'technology',
    'n_cells',
    'library_size',
    'tmm_factor',
    'signature_score',
  ),
  programme_genes: {
    columns: [
      'gene',
      'log2_fold_change',
      't',
      'p_adjusted',
      'call',
      'meta_log2_fold_change',
      'meta_low',
      'meta_high',
      'i2',
      'patients_up',
      'patients_down',
    ],
    orderBy: 'p_value',
    order: 'ascending',
  },
  programme_patients: inOrder(
    'patient',
    'n_from',
    'n_to',
    'correlation_with_others',
    'outlier',
    'auc',
    'null_p_value',
    'signature_overlap',
    'call',
    'reason',
  ),
  treatment_correlations: inOrder(
    'patient_a',
    'treatment_a',
    'patient_b',
    'treatment_b',
    'relation',
    'correlation_signature',
    'low',
    'high',
    'correlation_all',
  ),
  gene_sets: {
    columns: ['collection', 'set', 'size', 'normalised_enrichment_score', 'p_value', 'p_adjusted'],
    orderBy: 'p_value',
    order: 'ascending',
  },
  programme_overlap: {
    columns: ['direction', 'set', 'size', 'overlap', 'expected', 'p_value', 'p_adjusted'],
    orderBy: 'p_value',
    order: 'ascending',
  },
  regulators: {
    columns: [
      'rank',
      'regulator',
      'n_targets',
      'consensus',
      'null_p_value',
      'null_p_adjusted',
      'expression_log2_fold_change',
      'patients_agree',
      'patients_asked',
      'flags',
    ],
    orderBy: 'rank',
    order: 'ascending',
  },
  reversal: inOrder(
    'patient',
    'verdict',
    'index',
    'index_corrected',
    'corrected_low',
    'corrected_high',
    'interval_basis',
    'genes_changed',
    'genes_not_returned',
    'genes_equivalent',
    'genes_tested',
  ),
};
