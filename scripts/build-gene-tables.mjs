// Builds the gene tables of @remnant/formats from the CC0 caches of the npm package "ideogram".
// Run before tsc. Each table becomes one TypeScript module holding one string (gzip, base64), so that Node and the
// bundled app load it the same way, without a request. Rows: symbol, Ensembl id, chromosome, start, length, synonyms.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const species = { human: 'homo-sapiens', mouse: 'mus-musculus' };
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, 'packages/formats/src/genes/generated');
const largestBytes = 3e6;

const ideogram = dirname(createRequire(import.meta.url).resolve('ideogram/package.json'));
const version = JSON.parse(readFileSync(join(ideogram, 'package.json'), 'utf8')).version;
mkdirSync(target, { recursive: true });
for (const organism of Object.keys(species)) buildTable(organism);

function buildTable(organism) {
  const genes = readCache('genes', organism);
  const synonyms = readCache('synonyms', organism);
  const prefix = headerValue(genes.comments, /^## prefix: (\S+)/);
  const release = headerValue(genes.comments, /release-(\d+)/);
  const assembly = headerValue(genes.comments, /\.(GRC\w+)\.\d+\.gff3/);
  const source = `Ensembl ${release} (${assembly}), through ideogram ${version} (CC0)`;
  const lines = [source, ...tableLines(genes.rows, synonyms.rows, prefix)];
  const text = writeModule(organism, source, lines.join('\n'));
  if (text.length > largestBytes) throw new Error(`The ${organism} gene table is ${text.length} bytes.`);
  writeIfChanged(join(target, `${organism}.ts`), text);
  console.log(`gene table ${organism}: ${lines.length - 1} genes, ${source}, ${(text.length / 1e6).toFixed(2)} MB`);
}

/** Genes with coordinates first; then symbols known only through their synonyms. */
function tableLines(genes, synonymRows, prefix) {
  const synonymsOf = new Map(synonymRows.map(([symbol, ...names]) => [symbol, names.filter((name) => name !== '')]));
  const seen = new Set();
  const lines = genes.map(([chromosome, start, length, slimId, symbol]) => {
    const names = seen.has(symbol) ? [] : (synonymsOf.get(symbol) ?? []);
    seen.add(symbol);
    return [symbol, prefix + slimId.padStart(11, '0'), chromosome, start, length, ...names].join('\t');
  });
  const others = [...synonymsOf].filter(([symbol]) => !seen.has(symbol));
  return [...lines, ...others.map(([symbol, names]) => [symbol, '', '', 0, 0, ...names].join('\t'))];
}

function readCache(kind, organism) {
  const file = join(ideogram, 'dist/data/cache', kind, `${species[organism]}-${kind}.tsv.gz`);
  const lines = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
  return {
    comments: lines.filter((line) => line.startsWith('#')),
    rows: lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t')),
  };
}

function headerValue(comments, pattern) {
  for (const comment of comments) {
    const found = pattern.exec(comment);
    if (found !== null) return found[1];
  }
  throw new Error(`The gene cache of ideogram ${version} has no line like ${pattern}.`);
}

function writeModule(organism, source, text) {
  const data = gzipSync(text, { level: 9 }).toString('base64');
  return [
    '// Made by scripts/build-gene-tables.mjs; not under version control.',
    `/** Genes of ${organism}: ${source}. Gzip of tab-separated text, in base64. */`,
    `export const data: string = '${data}';`,
    '',
  ].join('\n');
}

function writeIfChanged(file, text) {
  if (existsSync(file) && statSync(file).size === text.length && readFileSync(file, 'utf8') === text) return;
  writeFileSync(file, text);
}
