import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@remnant\/host\/(node|web)$/, replacement: source('packages/host/src/$1/index.ts') },
      { find: '@remnant/kernels/nmf', replacement: source('packages/kernels/src/nmf-kernel.ts') },
      { find: /^@remnant\/(engine|formats|kernels|report|host)$/, replacement: source('packages/$1/src/index.ts') },
      { find: /^remnant$/, replacement: source('packages/remnant/src/index.ts') },
    ],
  },
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
