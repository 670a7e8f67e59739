import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseGeneClasses, parseGmt } from './gene-sets.js';
import { parseRegulons } from './regulons.js';
import { parseSurfaceome } from './surfaceome.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('parseRegulons', () => {
  it('reads CollecTRI, the first of repeated edges, and counts the others', () => {
    const text =
      '"source","target","mor"\n"MYC","TERT",1\n"FOSL1","MMP1",1\n"MYC","TERT",-1\n"MYC","TERT",1\n"SPI1","BGLAP",-1\n';
    for (const content of [bytes(text), gzipSync(text)]) {
      const { edges, report } = parseRegulons(content, 'collectri.csv');
      expect(edges).toEqual([
        { source: 'MYC', target: 'TERT', weight: 1 },
        { source: 'FOSL1', target: 'MMP1', weight: 1 },
        { source: 'SPI1', target: 'BGLAP', weight: -1 },
      ]);
      expect(report).toEqual({ nRows: 5, nUnknown: 0, nRepeated: 2, nContradictory: 1 });
    }
  });

  it.each([
    ['with the header of the download', 'Gene1\tGene2\tMode_of_Regulation\tPMID\n'],
    ['with the other header', 'TF\tgene_symbol\tinteraction\tposition\n'],
    ['without a header', ''],
  ])('reads TRRUST %s', (_, header) => {
    const { edges, report } = parseRegulons(
      bytes(`${header}AATF\tBAX\tRepression\t22909821\nAATF\tCDKN1A\tUnknown\t17157788\nJUN\tFOS\tActivation\t1;2\n`),
      'trrust.tsv',
    );
    expect(edges).toEqual([
      { source: 'AATF', target: 'BAX', weight: -1 },
      { source: 'JUN', target: 'FOS', weight: 1 },
    ]);
    expect(report).toMatchObject({ nRows: 3, nUnknown: 1 });
  });

  it('reads weighted pathways such as PROGENy', () => {
    expect(parseRegulons(bytes('gene,pathway,weight\nADORA1,EGFR,1.27\n'), 'x').edges).toEqual([
      { source: 'EGFR', target: 'ADORA1', weight: 1.27 },
    ]);
  });

  it.each([
    [
      'a missing column',
      'source,weight\nMYC,1\n',
      'x.csv, row 1: This table has no column for the target of each edge. Expected a column named target, targetgenesymbol, gene2. Found "source", "weight".',
    ],
    [
      'an unusable weight',
      'source,target,mor\nMYC,TERT,up\n',
      'x.csv, row 2, column "mor": The weight of this edge cannot be used. Expected a number other than zero, Activation, Repression or Unknown. Found "up".',
    ],
    ['a weight of zero', 'source,target,mor\nMYC,TERT,0\n', 'The weight of this edge cannot be used.'],
    ['a missing name', 'source,target,mor\nMYC,,1\n', 'x.csv, row 2: This edge lacks a name.'],
    ['unknown signs only', 'source,target,mode\nA,B,Unknown\n', 'x.csv: This file holds no regulon.'],
  ])('names the place of %s', (_, text, expected) => {
    expect(() => parseRegulons(bytes(text), 'x.csv')).toThrow(expected);
  });
});

describe('parseGmt', () => {
  it('reads sets, named for the file, without repeats and empty fields', () => {
    expect(
      parseGmt(
        bytes('HYPOXIA\thttp://x\tPGK1\tPDK1\tPGK1\t\t\r\n\nMP1  Cell Cycle - G2/M\t\tTOP2A\n'),
        'sets/hallmark.gmt.gz',
      ),
    ).toEqual({
      name: 'hallmark',
      sets: [
        { name: 'HYPOXIA', description: 'http://x', genes: ['PGK1', 'PDK1'] },
        { name: 'MP1  Cell Cycle - G2/M', description: '', genes: ['TOP2A'] },
      ],
    });
  });

  it('names the place of a line that is no set, and of a repeated name', () => {
    expect(() => parseGmt(bytes('A\tx\tTP53\nB\tx\n'), 'x.gmt')).toThrow(
      'x.gmt, row 2: This line is not a gene set. Expected name, description and at least one gene, separated by tabs. Found "B\\tx".',
    );
    expect(() => parseGmt(bytes('A\tx\tTP53\nA\tx\tMYC\n'), 'x.gmt')).toThrow(
      'x.gmt, row 2: The set "A" is there twice.',
    );
    expect(() => parseGmt(bytes('<html></html>'), 'x.gmt')).toThrow(
      'x.gmt: This is a web page (HTML), not a gene-set file.',
    );
  });
});

it('parseGeneClasses makes one set per class', () => {
  expect(
    parseGeneClasses(bytes('"gene","class"\n"RPL8","driver"\n"GPX4","suppressor"\n"IREB2","driver"\n'), 'ferrdb.csv'),
  ).toEqual({
    name: 'ferrdb',
    sets: [
      { name: 'driver', description: '', genes: ['RPL8', 'IREB2'] },
      { name: 'suppressor', description: '', genes: ['GPX4'] },
    ],
  });
  expect(() => parseGeneClasses(bytes('a,b\n1,2\n'), 'x')).toThrow('This table has no column "gene". Found "a", "b".');
});

it('parseSurfaceome takes the genes labelled surface', () => {
  const text =
    'UniProt name,UniProt gene,Surfaceome Label\nA,SLC12A8,surface\nB,TP53,nonsurface\nC,,surface\nD,HLA-A; HLA-B,surface\n';
  expect([...parseSurfaceome(bytes(text), 'surfy.csv')]).toEqual(['SLC12A8', 'HLA-A', 'HLA-B']);
  expect([...parseSurfaceome(bytes('symbol\nCD44\n'), 'x')]).toEqual(['CD44']);
  expect(() => parseSurfaceome(bytes('UniProt gene,Surfaceome Label\nTP53,nonsurface\n'), 'x')).toThrow(
    'This table names no gene.',
  );
});
