import type { Bilingual } from '../core/text.js';
import type { Sample, Study } from './types.js';
import { aSample, both } from './wording.js';

/** Size of one data file or folder of a study. */
export interface FileSize {
  /** Size as stored; of a 10x folder, all its files together. */
  readonly bytes: number;
  /** Size once decompressed, when known: gzip files carry it in their last four bytes. */
  readonly decompressedBytes?: number;
}

/** What a run is expected to need. */
export interface CostEstimate {
  /** Peak memory. */
  readonly bytes: number;
  readonly seconds: number;
  /** How the estimate was made, for the reader who wonders. */
  readonly basis: Bilingual;
}

/** Genes assumed before any file is opened. */
const assumedGenes = 20_000;
/** Tables of genes × samples in float64 held at once during the analysis. */
const tablesHeld = 10;
/** What the program needs before any data: engine, gene tables, resource packs. */
const baseBytes = 150e6;
/** Text read, decompressed bytes per second. */
const textPerSecond = 50e6;
/** HDF5 and Zarr read into compact counts, stored bytes per second. */
const binaryPerSecond = 40e6;
/** Analysis with default permutations and bootstraps, seconds per gene × sample. */
const secondsPerValue = 1.5e-5;
/** Analysis of cells with every step, bytes of compact counts per second: measured on the demo study. */
const cellsPerSecond = 0.75e6;
/** Start of the program, reading resource packs, writing the report. */
const baseSeconds = 5;

/** How files of one kind grow when read. Measured on public 10x, Drop-seq, CEL-seq2 and bulk tables. */
interface Growth {
  /** Decompressed bytes per stored byte of gzip, used when the real figure is not given. */
  readonly unzip: number;
  /** Bytes of compact counts kept until the cells have been analysed, per byte of decompressed content. */
  readonly kept: number;
  /** Bytes needed on top while this file is read, per byte of decompressed content. */
  readonly reading: number;
  readonly bytesPerSecond: number;
}

const growth: Readonly<Record<'matrix-market' | 'binary' | 'cell-table' | 'table', Growth>> = {
  // 11 bytes of text and 3 to 4 bytes of memory per non-zero value; 3 bytes per non-zero in gzip.
  'matrix-market': { unzip: 4, kept: 0.35, reading: 0, bytesPerSecond: textPerSecond },
  // 2 to 4 bytes per non-zero on disk (deflate), 3 to 4 in memory.
  binary: { unzip: 1, kept: 1.5, reading: 0, bytesPerSecond: binaryPerSecond },
  // At least 2 bytes of text per value, zero or not; values that are not zero are held twice while the table is turned round.
  'cell-table': { unzip: 8, kept: 0.3, reading: 0.3, bytesPerSecond: textPerSecond },
  // At least 2 bytes of text per value; the text is held, and 8 bytes per value.
  table: { unzip: 6, kept: 0, reading: 5, bytesPerSecond: textPerSecond },
};

/**
 * Estimates memory and time of a run from file sizes alone, before anything is read.
 *
 * Memory: base + the counts of all single cells, twice, because they are put together + what the file that needs most needs
 * while it is read (files are read one after the other) + 10 tables of 20,000 genes × samples in float64. A file that holds
 * several samples counts once. Time: base + content / reading speed + 15 µs per gene × sample + 1.3 s per MB of counts of
 * single cells. An order of
 * magnitude: the sizes tell neither how many genes a file holds nor how fast the machine is.
 *
 * @param study - as read from its files
 * @param sizes - by path as the samples give it; a path without a size counts as nothing
 *
 * @example
 * estimateCost(study, { 'counts.csv.gz': { bytes: 1.3e6 } }).bytes;
 */
export function estimateCost(study: Study, sizes: Readonly<Record<string, FileSize>>): CostEstimate {
  const paths = new Map(study.samples.map((sample) => [sample.path, sample]));
  const files = [...paths].flatMap(([path, sample]) => {
    const size = sizes[path];
    return size === undefined ? [] : [fileCost(sample, size)];
  });
  const values = assumedGenes * study.samples.length;
  const kept = files.reduce((sum, file) => sum + file.kept, 0);
  const whileRead = Math.max(0, ...files.map((file) => file.reading));
  const seconds = files.reduce((sum, file) => sum + file.seconds, 0);
  const stored = files.reduce((sum, file) => sum + file.stored, 0);
  return {
    bytes: Math.round(baseBytes + 2 * kept + whileRead + values * 8 * tablesHeld),
    seconds: baseSeconds + seconds + values * secondsPerValue,
    basis: both((w) =>
      w.pick(
        `Order of magnitude, from ${w.number(stored / 1e6, 1)} MB of files and ${w.count(study.samples.length, ...aSample)}, taking ${String(assumedGenes)} genes.`,
        `Ordre de grandeur, d’après ${w.number(stored / 1e6, 1)} Mo de fichiers et ${w.count(study.samples.length, ...aSample)}, en comptant ${String(assumedGenes)} gènes.`,
      ),
    ),
  };
}

/** What one file costs. */
interface FileCost {
  readonly stored: number;
  readonly kept: number;
  readonly reading: number;
  readonly seconds: number;
}

function fileCost(sample: Sample, size: FileSize): FileCost {
  const kind = kindOf(sample);
  const { unzip, kept, reading, bytesPerSecond } = growth[kind];
  const mayBeZipped = sample.path.endsWith('.gz') || kind === 'matrix-market';
  const content = size.decompressedBytes ?? size.bytes * (mayBeZipped ? unzip : 1);
  return {
    stored: size.bytes,
    kept: content * kept,
    reading: content * reading + (kind === 'table' ? size.bytes : 0),
    seconds: content / bytesPerSecond + (content * kept) / cellsPerSecond,
  };
}

/** Single-cell data without an extension of its own is a 10x folder. */
function kindOf({ path, input }: Sample): keyof typeof growth {
  if (input === 'table') return 'table';
  if (/\.(csv|tsv|txt|matrix)(\.gz)?$/i.test(path)) return 'cell-table';
  return /\.(h5|h5ad|hdf5|zarr|zarr\.zip)$/i.test(path) ? 'binary' : 'matrix-market';
}
