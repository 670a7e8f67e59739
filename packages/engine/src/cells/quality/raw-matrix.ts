/** What the total counts of a matrix say about how it was made. */
export interface RawMatrixCheck {
  /** `raw`: with the empty droplets; `already-filtered`: without. */
  readonly kind: 'raw' | 'already-filtered';
  readonly reason: string;
  /** Barcodes with 1 … `lower` counts. */
  readonly nAmbient: number;
  /** Barcodes with any count. */
  readonly nWithCounts: number;
}

/** Options of {@link checkRawMatrix}. */
export interface RawMatrixOptions {
  /** A barcode with this many counts or fewer is taken to hold no cell. */
  readonly lower: number;
  /** Fewest such barcodes of a raw matrix. */
  readonly minimumAmbientBarcodes?: number;
  /** Smallest share of such barcodes among those with counts. */
  readonly minimumAmbientShare?: number;
}

/**
 * Tells a raw matrix from one whose empty droplets were taken out: a raw one has at least 500 barcodes with 1 … `lower` counts, and they are at
 * least a fifth of all barcodes with counts.
 */
export function checkRawMatrix(
  totals: Float64Array,
  { lower, minimumAmbientBarcodes = 500, minimumAmbientShare = 0.2 }: RawMatrixOptions,
): RawMatrixCheck {
  const nWithCounts = totals.filter((total) => total > 0).length;
  const nAmbient = totals.filter((total) => total > 0 && total <= lower).length;
  const found = `${String(nAmbient)} of ${String(nWithCounts)} barcodes have 1 to ${String(lower)} counts`;
  if (nAmbient >= minimumAmbientBarcodes && nAmbient >= minimumAmbientShare * nWithCounts) {
    return { kind: 'raw', reason: found, nAmbient, nWithCounts };
  }
  const needed = `a raw matrix has at least ${String(minimumAmbientBarcodes)}, and ${String(100 * minimumAmbientShare)} % of all`;
  return { kind: 'already-filtered', reason: `${found}; ${needed}`, nAmbient, nWithCounts };
}
