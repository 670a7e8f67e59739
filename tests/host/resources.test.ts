import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sha256Hex } from '@remnant/engine';
import { memorySource } from '@remnant/formats';
import { describe, expect, it, onTestFinished } from 'vitest';
import { resourceStore } from '../../packages/host/src/node/resource-store.js';
import { download } from '../../packages/host/src/packs/download.js';
import { emptyLibrary } from '../../packages/host/src/packs/library.js';
import { loadResources, resourceReadings } from '../../packages/host/src/packs/load-resources.js';
import { packs } from '../../packages/host/src/packs/packs.js';
import { contentsOf, temporaryFolder } from './temporary.js';
import { sharedResources, withoutShared } from './shared.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const network = encode('source,target,mor\nJUN,AXL,1\nJUN,CDH1,-1\n');
const study = (resources: readonly string[], organism: 'human' | 'mouse' = 'human') => ({ resources, organism });

/** A folder with a file somewhere below it. */
function folderWith(name: string, content: Uint8Array): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  writeFileSync(join(folder, 'deep/er', name), content);
  return folder;
}

describe('the pack registry', () => {
  it('names, versions, licences and sources every pack once', () => {
    expect(new Set(packs.map((pack) => pack.name)).size).toBe(packs.length);
    for (const pack of packs) {
      expect(pack.licence).not.toBe('');
      expect(pack.source).toMatch(/^https?:\/\//);
      for (const doi of pack.doi) expect(doi).toMatch(/^10\.\d{4,}\//);
      expect(pack.files.some((file) => file.required)).toBe(true);
      expect(pack.byHand !== null || pack.files.every((file) => file.url !== null)).toBe(true);
      for (const { sha256 } of pack.files.flatMap((file) => file.known)) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });
});

describe('installing a pack', () => {
  it('refuses a file it does not know until its checksum is accepted', async () => {
    const from = folderWith('collectri_human_TF_target.csv', network);
    const store = resourceStore(temporaryFolder());
    const hash = sha256Hex(network);
    await expect(store.add('collectri', { from })).rejects.toThrow(
      new RegExp(`Expected sha256 4473c918.*Found sha256 ${hash}.*--accept-hash ${hash}`),
    );
    expect(await store.installed()).toEqual([]);
    const { files } = await store.add('collectri', { from, acceptHashes: [hash] });
    expect(files).toMatchObject([
      { name: 'CollecTRI_regulons.csv', storedAs: 'collectri_human_TF_target.csv', check: 'accepted' },
    ]);
  });

  it('says which file it looked for', async () => {
    const store = resourceStore(temporaryFolder());
    await expect(store.add('collectri', { from: temporaryFolder() })).rejects.toThrow(
      /CollecTRI_regulons\.csv or collectri_human/,
    );
    await expect(store.add('collectri', { from: '/nowhere' })).rejects.toThrow(/cannot be read/);
    await expect(store.add('colectri', { from: null })).rejects.toThrow(
      /no resource pack called "colectri".*"collectri"/,
    );
  });

  it('says how to make what cannot be downloaded', async () => {
    const store = resourceStore(temporaryFolder());
    await expect(store.add('surfaceome', { from: null })).rejects.toThrow(/save its sheet .* --from DIR/);
  });

  it('replaces what was installed, whole', async () => {
    const store = resourceStore(temporaryFolder());
    const zipped = new Uint8Array(gzipSync(network));
    const install = (name: string, content: Uint8Array) =>
      store.add('collectri', { from: folderWith(name, content), acceptHashes: [sha256Hex(content)] });
    await install('CollecTRI_regulons.csv', network);
    await install('CollecTRI_regulons.csv.gz', zipped);
    expect(Object.keys(contentsOf(store.folder))).toEqual([
      'collectri/CollecTRI_regulons.csv.gz',
      'collectri/manifest.json',
    ]);
  });

  it('is verified by hashing again', async () => {
    const store = resourceStore(temporaryFolder());
    expect(await store.verify()).toEqual([]);
    const from = folderWith('CollecTRI_regulons.csv', network);
    await store.add('collectri', { from, acceptHashes: [sha256Hex(network)] });
    const installed = join(store.folder, 'collectri/CollecTRI_regulons.csv');
    expect(await store.verify()).toMatchObject([{ status: 'ok', found: sha256Hex(network) }]);
    writeFileSync(installed, 'changed');
    expect(await store.verify()).toMatchObject([{ status: 'changed', found: sha256Hex(encode('changed')) }]);
    await expect(
      loadResources(study(['collectri']), { source: memorySource({}), studyPath: 'study.yaml', library: store }),
    ).rejects.toThrow(/changed since it was installed/);
    rmSync(installed);
    expect(await store.verify()).toMatchObject([{ status: 'missing', found: null }]);
  });

  it('notices a damaged record', async () => {
    const store = resourceStore(temporaryFolder());
    mkdirSync(join(store.folder, 'hallmark'), { recursive: true });
    writeFileSync(join(store.folder, 'hallmark/manifest.json'), '{"files": [{}]}');
    await expect(store.installed()).rejects.toThrow(/record of an installed pack is damaged.*resources add hallmark/);
  });
});

describe('downloading', () => {
  async function served(status: number, type: string, body: string): Promise<string> {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'Content-Type': type });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/file`;
  }

  it('takes a file, and nothing that only looks like one', async () => {
    expect(new TextDecoder().decode(await download(await served(200, 'text/csv', 'a,b')))).toBe('a,b');
    await expect(download(await served(404, 'text/plain', ''))).rejects.toThrow(/status 404.*--from DIR/);
    await expect(download(await served(200, 'text/html', '<html>'))).rejects.toThrow(/a web page/);
    await expect(download('http://127.0.0.1:9/')).rejects.toThrow(/did not give the file/);
  });
});

describe('the resources of a study', () => {
  const source = memorySource({
    'net.csv': network,
    'net.tsv.gz': new Uint8Array(gzipSync('source\ttarget\tweight\nA\tB\t0.5\n')),
    'sets.gmt': encode('ONE\tfirst\tA\tB\t\nTWO\t\tC\n'),
    'samples.csv': encode('sample,patient\na,b\n'),
    'bad.csv': encode('source,target,mor\nA,B,strong\n'),
    'bad.gmt': encode('only a name\n'),
  });

  it('are read from paths', async () => {
    const found = await loadResources(study(['net.csv', 'sets.gmt']), {
      source,
      studyPath: 'study.yaml',
      library: emptyLibrary,
    });
    expect(found.regulons).toEqual({
      pack: 'net.csv',
      edges: [
        { source: 'JUN', target: 'AXL', weight: 1 },
        { source: 'JUN', target: 'CDH1', weight: -1 },
      ],
    });
    expect(found.geneSets).toEqual([
      {
        name: 'sets.gmt',
        sets: [
          { name: 'ONE', description: 'first', genes: ['A', 'B'] },
          { name: 'TWO', description: '', genes: ['C'] },
        ],
      },
    ]);
    expect(found.packs.map(({ name, sha256 }) => [name, sha256])).toEqual([
      ['net.csv', sha256Hex(network)],
      ['sets.gmt', sha256Hex(encode('ONE\tfirst\tA\tB\t\nTWO\t\tC\n'))],
    ]);
    const zipped = await loadResources(study(['net.tsv.gz']), {
      source,
      studyPath: 'study.yaml',
      library: emptyLibrary,
    });
    expect(zipped.regulons?.edges).toEqual([{ source: 'A', target: 'B', weight: 0.5 }]);
  });

  it('tell drug tables by their columns', async () => {
    const tables = memorySource({
      'study.yaml': encode(''),
      'pairs.csv': encode('drug,gene,direction,status\nimatinib,KIT,inhibitor,approved\n'),
      'signatures.tsv': encode('drug\tgene\teffect\nimatinib\tKIT\t-1.5\nimatinib\tFOS\t0.5\n'),
      'odd.csv': encode('drug,gene,direction\nimatinib,KIT,tickles\n'),
    });
    const host = { source: tables, studyPath: 'study.yaml', library: emptyLibrary };
    const found = await loadResources(study(['pairs.csv', 'signatures.tsv']), host);
    expect(found.drugGenes).toEqual({
      pack: 'pairs.csv',
      rows: [{ drug: 'imatinib', gene: 'KIT', action: 'inhibits', status: 'approved', source: 'pairs.csv' }],
    });
    expect(found.drugSignatures?.signatures).toMatchObject([{ drug: 'imatinib', genes: ['KIT', 'FOS'] }]);
    expect(found.packs.map(({ name }) => name)).toEqual(['pairs.csv', 'signatures.tsv']);
    await expect(loadResources(study(['odd.csv']), host)).rejects.toThrow(/odd\.csv, row 2, column "direction"/);
  });

  it.each([
    ['samples.csv', /samples\.csv, row 1: This table has no column for the source of each edge/],
    ['bad.csv', /bad\.csv, row 2, column "mor": The weight of this edge cannot be used/],
    ['bad.gmt', /bad\.gmt, row 1: This line is not a gene set/],
    ['none.gmt', /none\.gmt: This path does not exist/],
    ['hallmark', /"hallmark" is not installed.*resources add hallmark/],
    ['halmark', /Did you mean "hallmark"/],
  ])('%s is refused with what to do', async (name, message) => {
    await expect(
      loadResources(study([name]), { source, studyPath: 'study.yaml', library: emptyLibrary }),
    ).rejects.toThrow(message);
  });

  it('are found beside a study in a folder', async () => {
    const dropped = memorySource({ 'my study/study.yaml': encode(''), 'my study/packs/net.csv': network });
    const host = { source: dropped, studyPath: 'my study/study.yaml', library: emptyLibrary };
    expect((await loadResources(study(['packs/net.csv']), host)).regulons?.pack).toBe('net.csv');
  });

  it('are all installed packs of its species when it names none', async () => {
    const store = resourceStore(temporaryFolder());
    const from = folderWith('CollecTRI_regulons.csv', network);
    await store.add('collectri', { from, acceptHashes: [sha256Hex(network)] });
    const found = await loadResources(study([]), { source, studyPath: 'study.yaml', library: store });
    expect(found.regulons?.edges).toHaveLength(2);
    expect(found.packs).toMatchObject([{ name: 'collectri', licence: 'CC BY 4.0', sha256: sha256Hex(network) }]);
    expect(resourceReadings(study([]), found)).toEqual(['resources: not given → every installed pack: collectri']);
    expect(
      (await loadResources(study([], 'mouse'), { source, studyPath: 'study.yaml', library: store })).regulons,
    ).toBeNull();
    await expect(
      loadResources(study(['collectri'], 'mouse'), { source, studyPath: 'study.yaml', library: store }),
    ).rejects.toThrow(/no mouse genes/);
  });
});

describe.skipIf(withoutShared('tests/host/resources'))('the shared copies of the packs', () => {
  it('are all known, and hold what their sources say', async () => {
    const store = resourceStore(temporaryFolder());
    // Packs of a user's own choice have no copy to know.
    for (const { name } of packs.filter(({ files }) => files.some(({ known }) => known.length > 0))) {
      const { files } = await store.add(name, { from: sharedResources });
      expect(files.map(({ check }) => check)).toEqual(files.map(() => 'known'));
    }
    expect((await store.verify()).every(({ status }) => status === 'ok')).toBe(true);
    const library = { source: memorySource({}), studyPath: 'study.yaml', library: store };
    const all = await loadResources(study([]), library);
    expect(all.regulons?.pack).toBe('collectri');
    expect(all.regulons?.edges).toHaveLength(43_056);
    expect(all.metaPrograms?.sets).toHaveLength(41);
    expect(all.surface?.genes.size).toBe(2799);
    expect(all.surface?.genes.has('CD44')).toBe(true);
    expect([all.essential?.pack, all.essential?.genes.has('RPL3'), all.essential?.genes.has('CD44')]).toEqual([
      'essential',
      true,
      false,
    ]);
    expect(all.antibodyDrugs?.drugs.map(({ gene }) => gene)).toEqual([
      ...['ERBB2', 'ERBB2', 'ERBB2', 'ERBB2', 'ERBB2', 'TACSTD2', 'TACSTD2'],
    ]);
    expect([all.drugGenes, all.drugSignatures]).toEqual([null, null]);
    expect(all.geneSets.map(({ name, sets }) => [name, sets.length])).toEqual([
      ['hallmark', 50],
      ['reactome', 1654],
      ['go-bp', 4436],
      ['ferroptosis', 3],
      ['states', 5],
    ]);
    expect(
      (await loadResources(study(['trrust']), library)).regulons?.edges.every(({ weight }) => Math.abs(weight) === 1),
    ).toBe(true);
    expect((await loadResources(study(['trrust'], 'mouse'), library)).regulons?.edges[0]?.source).toMatch(
      /^[A-Z][a-z]/,
    );
  });
});
