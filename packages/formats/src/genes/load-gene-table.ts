import { createGeneTable, type GeneTable, type Organism } from '@remnant/engine';
import { gunzip } from '../text/gunzip.js';

const loaded = new Map<Organism, Promise<GeneTable>>();

/**
 * The known genes of a species: symbols, Ensembl ids, chromosome, start, length, synonyms.
 * The table is part of the program (made from the CC0 caches of `ideogram` when it is built), so nothing is fetched;
 * it is decoded on first use and then kept.
 */
export function loadGeneTable(organism: Organism): Promise<GeneTable> {
  const known = loaded.get(organism);
  if (known !== undefined) return known;
  const table = load(organism);
  loaded.set(organism, table);
  return table;
}

async function load(organism: Organism): Promise<GeneTable> {
  const { data } = await (organism === 'human' ? import('./generated/human.js') : import('./generated/mouse.js'));
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  return parseGeneTable(new TextDecoder().decode(gunzip(bytes, `gene table of ${organism}`)), organism);
}

/** First line: source. Then per gene: symbol, Ensembl id, chromosome, start, length, synonyms …, separated by tabs. */
function parseGeneTable(text: string, organism: Organism): GeneTable {
  const [source = '', ...lines] = text.split('\n');
  const rows = lines.map((line) => line.split('\t'));
  const column = (i: number): string[] => rows.map((row) => row[i] as string);
  return createGeneTable({
    organism,
    source,
    symbols: column(0),
    ensemblIds: column(1),
    chromosomes: column(2),
    starts: Uint32Array.from(column(3), Number),
    lengths: Uint32Array.from(column(4), Number),
    synonyms: rows.map((row) => row.slice(5)),
  });
}
