import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Layers, lowest first: a package imports only from lower layers. */
const layers: Record<string, { level: number; node: boolean }> = {
  engine: { level: 0, node: false },
  formats: { level: 1, node: false },
  kernels: { level: 1, node: false },
  report: { level: 1, node: false },
  host: { level: 2, node: true },
  remnant: { level: 3, node: true },
};

/** Folders of the engine in the order the data flows: a folder imports only those before it. */
const flow =
  'core data stats study cells programme metaprogrammes persisters regulators origin markers weaknesses response relapse simulate claims pipeline'.split(
    ' ',
  );

const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test(-helper)?\.ts$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));

/** Source without comments: examples in them import the package as its users do. */
const code = (file: string): string => readFileSync(join(root, file), 'utf8').replace(/^\s*(\/?\*|\/\/).*$/gm, '');

const importsOf = (file: string): string[] =>
  [...code(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1] ?? '');

describe('layers', () => {
  for (const [name, { level, node }] of Object.entries(layers)) {
    it(`${name} imports downwards only`, () => {
      const wrong: string[] = [];
      for (const file of files(`packages/${name}/src`)) {
        for (const target of importsOf(file)) {
          const other = /^(?:@remnant\/)?(engine|formats|kernels|report|host|remnant)(?:\/|$)/.exec(target)?.[1];
          if (other !== undefined && (layers[other]?.level ?? 9) >= level) wrong.push(`${file} -> ${target}`);
          if (!node && target.startsWith('node:')) wrong.push(`${file} -> ${target}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  }

  it('the engine keeps to the order of its folders', () => {
    const wrong: string[] = [];
    const base = 'packages/engine/src';
    for (const file of files(base)) {
      const own = relative(base, file).split('/')[0] ?? '';
      if (own.endsWith('.ts')) continue;
      expect(flow, `engine folder ${own} has a place in the flow`).toContain(own);
      for (const target of importsOf(file).filter((t) => t.startsWith('.'))) {
        const other = relative(join(root, base), resolve(root, dirname(file), target)).split('/')[0] ?? '';
        if (flow.indexOf(other) > flow.indexOf(own)) wrong.push(`${file} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('the network is touched in one place only', () => {
    const touching = Object.keys(layers)
      .flatMap((name) => files(`packages/${name}/src`))
      .filter((file) =>
        /\bfetch\s*\(|XMLHttpRequest|WebSocket|node:https?'|node:net'/.test(readFileSync(join(root, file), 'utf8')),
      );
    expect(touching.filter((f) => !/host\/src\/packs\/download\.ts$|remnant\/src\/.*serve[\w-]*\.ts$/.test(f))).toEqual(
      [],
    );
  });
});

describe('size', () => {
  it('no source file is over 400 lines', () => {
    const long = Object.keys(layers)
      .flatMap((name) => files(`packages/${name}/src`))
      .concat(files('apps/web/src'))
      .filter(
        (file) => !file.includes('/generated/') && readFileSync(join(root, file), 'utf8').split('\n').length > 400,
      );
    expect(long).toEqual([]);
  });
});
