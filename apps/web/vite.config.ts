import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  build: { outDir: 'dist/site', target: 'es2022', modulePreload: false, chunkSizeWarningLimit: 20_000, reportCompressedSize: false },
  worker: { format: 'iife' },
});
