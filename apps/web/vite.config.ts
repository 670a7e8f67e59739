import { reportPolicySources } from '@remnant/report';
import { defineConfig, type Plugin } from 'vite';
import { inlineScran } from './inline-scran.mjs';

/** A report shown in the page inherits the page's policy, which therefore names the report's one script and style by hash. */
const reportPolicy: Plugin = {
  name: 'report-policy',
  transformIndexHtml: (html) =>
    html
      .replace('%REPORT_SCRIPT%', reportPolicySources.script)
      .replace('%REPORT_STYLE%', reportPolicySources.style),
};

/** Nobody who runs `npm start` needs to know which plugin took how long. */
const rolldownOptions = { checks: { pluginTimings: false } };

export default defineConfig({
  base: './',
  plugins: [reportPolicy],
  build: {
    outDir: 'dist/site',
    target: 'es2022',
    modulePreload: false,
    chunkSizeWarningLimit: 20_000,
    reportCompressedSize: false,
    rolldownOptions,
  },
  // One script without chunks: nothing is fetched once the page has loaded.
  worker: { format: 'iife', plugins: () => [inlineScran()], rolldownOptions },
});
