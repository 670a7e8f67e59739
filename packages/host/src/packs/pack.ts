/** What a pack is used for. `kept`: installed and listed; no step of this version reads it. */
export type PackRole =
  | 'regulons'
  | 'gene-sets'
  | 'meta-programmes'
  | 'surface'
  | 'essential'
  | 'antibody-drugs'
  | 'drug-genes'
  | 'drug-signatures'
  | 'kept';

/** How a file of a pack is read; null where no step reads it. */
export type PackParser =
  | 'regulons'
  | 'gmt'
  | 'gene-classes'
  | 'msigdb-tsv'
  | 'surfaceome'
  | 'essential-genes'
  | 'antibody-drugs'
  | 'drug-genes'
  | 'drug-signatures'
  | null;

/** One copy of a file whose content is known. */
export interface KnownCopy {
  readonly sha256: string;
  /** What the copy is, for provenance. */
  readonly version: string;
}

/** One file of a pack. */
export interface PackFile {
  /** Name it has at the source, or is to be saved under where the source gives it in another form. */
  readonly name: string;
  /** Other names it is looked for under, for instance in a lab mirror. */
  readonly alsoNamed: readonly string[];
  /** Address it is downloaded from; null where the source gives it in a form Remnant does not read. */
  readonly url: string | null;
  readonly parser: PackParser;
  /** Species of its gene names; null when it holds both. */
  readonly organism: 'human' | 'mouse' | null;
  /** Whether the pack is of use without it. */
  readonly required: boolean;
  /** Copies whose checksum is known. Empty where the source publishes none. */
  readonly known: readonly KnownCopy[];
}

/** A pack of reference knowledge: where it comes from, under which licence, and how its files are checked and read. */
export interface Pack {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly licence: string;
  /** Page of the source, for a reader. */
  readonly source: string;
  readonly doi: readonly string[];
  readonly role: PackRole;
  readonly files: readonly PackFile[];
  /** How to make the files by hand where they cannot be downloaded; null where they can. */
  readonly byHand: string | null;
}
