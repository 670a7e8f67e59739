import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { blockTasks, noResources, resolveRunOptions, simulateStudy } from '@remnant/engine';
import { memorySource, simulationGenes, studyFiles } from '@remnant/formats';
import { runStudy } from '@remnant/host';
import { inlineContext } from './support/inline-context.js';
it('origin', { timeout: 900000 }, async () => {
  const seed = Number(process.env['SEED'] ?? 1);
  const t0 = performance.now();
  const study = simulateStudy({ seed, ...(await simulationGenes()) });
  console.log('genes named', study.truth.arm.genes.length, study.truth.arm.arm);
  const files = studyFiles(study);
  const stages: string[] = [];
  let last = performance.now();
  const ctx = { ...inlineContext(blockTasks, seed), onProgress: (p: { stage: string; done: number; total: number; unit: string }) => { if (p.unit === 'step' && p.done === p.total) { const n = performance.now(); stages.push(`${p.stage} ${((n - last) / 1000).toFixed(1)}`); last = n; } } };
  const result = await runStudy({ source: memorySource(files), studyPath: 'study.yaml', options: resolveRunOptions({ seed, skipEmbedding: true, skipMetaProgrammes: true, skipDoublets: process.env['FAST'] === '1' }), resources: noResources }, ctx as never);
  console.log(stages.join(' | '), ((performance.now() - t0) / 1000).toFixed(0), 's');
  for (const c of result.claims.filter((c) => c.step === 'origin')) { console.log('\n##', c.id, c.verdict, '\n', c.sentence.en, '\n', c.sentence.fr); for (const l of c.lines) console.log('   -', l.verdict, l.sentence.en); for (const n of c.numbers) console.log('   =', n.label.en, n.value?.toFixed(3), n.low?.toFixed(3), n.high?.toFixed(3)); }
  console.log(result.truth?.lines.map((l) => `${l.passed ? 'ok ' : 'MISS '}${l.id} ${l.shown} (${l.target})`).join('\n'));
  console.log(result.tables.map((t) => `${t.name}:${String(t.nRows)}`).join(' '));
  writeFileSync('/tmp/origin-tables.json', JSON.stringify(result.tables.map((t) => ({ name: t.name, columns: t.columns.map((c) => ({ name: c.name, values: [...c.values].slice(0, 5) })) })), null, 1));
});
