/** One file of a results folder. */
export interface OutputFile {
  /** POSIX path relative to the folder. */
  readonly path: string;
  readonly content: string | Uint8Array;
}
