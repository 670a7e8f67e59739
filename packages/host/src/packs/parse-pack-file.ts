import {
  type AntibodyDrug,
  type DrugGene,
  drugGenesFrom,
  type DrugSignature,
  drugSignaturesFrom,
  FormatError,
  type GeneSet,
  type RegulonEdge,
} from '@remnant/engine';
import { gunzip, isGzip, parseGeneClasses, parseGmt, parseRegulons, parseSurfaceome } from '@remnant/formats';
import { evidenceTableFrom } from '../run/read-evidence-table.js';
import type { PackParser } from './pack.js';
import { parseAntibodyDrugs, parseEssentialGenes } from './parse-target-tables.js';

/** What a file of a pack holds. */
export type PackContent =
  | { readonly kind: 'regulons'; readonly edges: readonly RegulonEdge[] }
  | { readonly kind: 'gene-sets'; readonly sets: readonly GeneSet[] }
  | { readonly kind: 'surface'; readonly genes: ReadonlySet<string> }
  | { readonly kind: 'essential'; readonly genes: ReadonlySet<string> }
  | { readonly kind: 'antibody-drugs'; readonly drugs: readonly AntibodyDrug[] }
  | { readonly kind: 'drug-genes'; readonly rows: readonly DrugGene[] }
  | { readonly kind: 'drug-signatures'; readonly signatures: readonly DrugSignature[] };

/**
 * Reads one file of a pack, compressed or not.
 *
 * @param file - its name, for errors
 * @throws FormatError when it is not what its parser expects
 */
export function parsePackFile(parser: NonNullable<PackParser>, bytes: Uint8Array, file: string): PackContent {
  switch (parser) {
    case 'regulons':
      return { kind: 'regulons', edges: parseRegulons(bytes, file).edges };
    case 'gmt':
      return { kind: 'gene-sets', sets: parseGmt(bytes, file).sets };
    case 'gene-classes':
      return { kind: 'gene-sets', sets: parseGeneClasses(bytes, file).sets };
    case 'msigdb-tsv':
      return { kind: 'gene-sets', sets: [parseMsigdbTsv(bytes, file)] };
    case 'surfaceome':
      return { kind: 'surface', genes: parseSurfaceome(bytes, file) };
    case 'essential-genes':
      return { kind: 'essential', genes: parseEssentialGenes(bytes, file) };
    case 'antibody-drugs':
      return { kind: 'antibody-drugs', drugs: parseAntibodyDrugs(bytes, file) };
    case 'drug-genes':
      return { kind: 'drug-genes', rows: drugGenesFrom(evidenceTableFrom(bytes, file)) };
    case 'drug-signatures':
      return { kind: 'drug-signatures', signatures: drugSignaturesFrom(evidenceTableFrom(bytes, file)) };
  }
}

/** The tab-separated export of one MSigDB set: a key and a value per line. */
function parseMsigdbTsv(bytes: Uint8Array, file: string): GeneSet {
  const text = new TextDecoder().decode(isGzip(bytes) ? gunzip(bytes, file) : bytes);
  const values = new Map(text.split(/\r?\n/).map((line) => [line.split('\t')[0], line.split('\t')[1] ?? '']));
  const name = values.get('STANDARD_NAME');
  const genes = (values.get('GENE_SYMBOLS') ?? '').split(',').filter((gene) => gene !== '');
  if (name !== undefined && genes.length > 0) {
    return { name, description: values.get('DESCRIPTION_BRIEF') ?? '', genes };
  }
  throw new FormatError('This is not the export of an MSigDB set.', {
    file,
    expected: 'lines STANDARD_NAME and GENE_SYMBOLS',
  });
}
