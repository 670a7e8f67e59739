/** What goes wrong, or differs between cells, in the single-cell samples beside the planted states. Sizes are parameters. */
export interface SimulatedTroubles {
  /** Barcodes that hold two cells. */
  readonly doublets: boolean;
  /** Barcodes that hold a damaged cell: few counts, many of them mitochondrial. */
  readonly lowQuality: boolean;
  /** A mitochondrial share of counts that varies between samples and cells. */
  readonly mitochondria: boolean;
  /** RNA of the whole sample in every droplet. */
  readonly ambient: boolean;
  /** Cycling cells, in bulk samples too. */
  readonly cellCycle: boolean;
  /** Immune and stromal cells in some single-cell patients. */
  readonly normalCells: boolean;
  /** Mouse cells in the first single-cell patient, whose genes then carry the prefixes of a mixed genome. */
  readonly mouseCells: boolean;
}

/** The troubles of the demo study: all but mouse cells. */
export const simulatedTroubles: SimulatedTroubles = {
  doublets: true,
  lowQuality: true,
  mitochondria: true,
  ambient: true,
  cellCycle: true,
  normalCells: true,
  mouseCells: false,
};

/** No trouble at all: cells differ by state, depth and noise alone. */
export const noTroubles: SimulatedTroubles = {
  doublets: false,
  lowQuality: false,
  mitochondria: false,
  ambient: false,
  cellCycle: false,
  normalCells: false,
  mouseCells: false,
};
