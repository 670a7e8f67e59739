import { FormatError } from '@remnant/engine';

/** What a file is by its first bytes, whatever its name says. */
export type FileKind =
  | 'gzip'
  | 'hdf5'
  | 'zip'
  | 'excel'
  | 'html'
  | 'xml'
  | 'pdf'
  | 'rds'
  | 'bzip2'
  | 'xz'
  | 'zstd'
  | 'utf16'
  | 'empty'
  | 'text';

const signatures: readonly (readonly [FileKind, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['hdf5', [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['rds', [0x52, 0x44, 0x58]],
  ['rds', [0x58, 0x0a, 0x00, 0x00]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['utf16', [0xff, 0xfe]],
  ['utf16', [0xfe, 0xff]],
];

/** What each unusable kind is called and what to do about it. */
const remedies: Partial<Record<FileKind, readonly [string, string]>> = {
  hdf5: ['an HDF5 file (.h5ad or 10x .h5)', 'Give it as single-cell counts, not as a table.'],
  zip: ['a zip archive', 'Unpack it and give the file inside.'],
  excel: ['an Excel workbook', 'Open it and save the sheet as CSV (UTF-8).'],
  html: ['a web page (HTML)', 'The download gave a page, often a login or an error page: fetch the file itself again.'],
  xml: ['an XML document', 'Export the table as CSV (UTF-8).'],
  pdf: ['a PDF document', 'Ask for the table as CSV; numbers cannot be read from a PDF.'],
  rds: ['an R data file (.rds or .RData)', 'In R, write it with write.csv, Matrix::writeMM or anndata::write_h5ad.'],
  bzip2: ['compressed with bzip2', 'Unpack it, or compress it with gzip.'],
  xz: ['compressed with xz', 'Unpack it, or compress it with gzip.'],
  zstd: ['compressed with zstd', 'Unpack it, or compress it with gzip.'],
  utf16: ['text in UTF-16', 'Save it as CSV UTF-8 (in Excel: "CSV UTF-8", not "Unicode text").'],
};

/** Tells what a file is from its first bytes. */
export function sniff(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return 'empty';
  for (const [kind, signature] of signatures) {
    if (signature.every((byte, i) => bytes[i] === byte)) {
      return kind === 'zip' && latin1(bytes, 4096).includes('[Content_Types].xml') ? 'excel' : kind;
    }
  }
  const start = latin1(bytes, 1024)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html') || start.startsWith('<head')) return 'html';
  if (start.startsWith('<?xml')) return start.includes('<html') ? 'html' : 'xml';
  return start.startsWith('<!--') && start.includes('<html') ? 'html' : 'text';
}

/**
 * Refuses anything that is not plain text, saying what it is and what to do.
 *
 * @throws FormatError
 */
export function requireText(bytes: Uint8Array, file: string, what = 'a table'): void {
  const kind = sniff(bytes);
  if (kind === 'text') {
    if (!hasNul(bytes)) return;
    throw new FormatError(`This is binary data or UTF-16, not ${what}.`, {
      file,
      found: 'a zero byte in its first 4,096 bytes',
      hint: 'Save it as CSV UTF-8.',
    });
  }
  if (kind === 'empty') throw new FormatError(`This file is empty, not ${what}.`, { file });
  throw notText(kind, bytes, file, what);
}

/** The error for a file of a kind that cannot be used here. */
export function notText(kind: FileKind, bytes: Uint8Array, file: string, what: string): FormatError {
  const [name, hint] = remedies[kind] ?? [kind, 'Give a plain text file.'];
  const start = latin1(bytes, 60)
    .trim()
    .split(/[\r\n]/)[0] as string;
  const found = kind === 'html' || kind === 'xml' ? { found: JSON.stringify(start) } : {};
  return new FormatError(`This is ${name}, not ${what}.`, { file, ...found, hint });
}

function latin1(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

function hasNul(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 4096).includes(0);
}
