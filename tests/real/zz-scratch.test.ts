import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { alike, analysePlanted, plantedRegulons } from '../support/planted-analysis.js';
import { plantedStudy } from '../support/planted-study.js';
import { renderFigures } from '@remnant/report';
const full = { untreated: 3, residual: 3, relapse: 3 };
const cases: Record<string, () => ReturnType<typeof analysePlanted>> = {
  shared: () => analysePlanted(alike(6, full), { run: { regulators: ['G0035','G0037','NOPE'], markers: ['G0000', 'G0020', 'G0100', 'NOPE'] }, resources: plantedRegulons(plantedStudy(alike(6, full))).resources }),
  sharedNoPacks: () => analysePlanted(alike(6, full), { run: { regulators: ['G0035'] } }),
  none: () => analysePlanted(alike(6, { ...full, strength: 0 })),
  half: () => analysePlanted([...alike(3, full), ...alike(3, { ...full, strength: 0 }).map((p, i) => ({ ...p, patient: `N${i}` }))]),
  one: () => analysePlanted(alike(1, full), { run: { markers: ['G0000'], regulators: ['G0035'] }, resources: plantedRegulons(plantedStudy(alike(6, full))).resources }),
  two: () => analysePlanted(alike(2, full), { run: { markers: ['G0000'], regulators: ['G0035'] }, resources: plantedRegulons(plantedStudy(alike(6, full))).resources }),
  twoSingle: () => analysePlanted(alike(1, { untreated: 1, residual: 1 }), { run: { markers: ['G0000'], regulators: ['G0035'] }, resources: plantedRegulons(plantedStudy(alike(6, full))).resources }),
  unpaired: () => analysePlanted([{ patient: 'A', untreated: 3, residual: 0 }, { patient: 'B', untreated: 0, residual: 3 }, { patient: 'C', untreated: 0, residual: 3 }], { run: { markers: ['G0000'], regulators: ['G0035'] }, resources: plantedRegulons(plantedStudy(alike(6, full))).resources }),
  kept: () => analysePlanted(alike(5, { ...full, kept: 1 })),
  halfkept: () => analysePlanted(alike(5, { ...full, kept: 0.5 })),
  confounded: () => analysePlanted(alike(5, full), { technology: (s) => (s.stage === 'untreated' ? 'bulk' : '10x'), run: { markers: ['G0000'], regulators: ['G0035'] }, resources: plantedRegulons(plantedStudy(alike(6, full))).resources }),
  partlyConfounded: () => analysePlanted(alike(5, full), { technology: (s) => (s.stage === 'untreated' && s.patient < 'P4' ? 'bulk' : '10x') }),
  treatments: () => analysePlanted(alike(5, { ...full, residual: 4, treatments: ['AC', 'cape'] })),
  treatmentsBetween: () => analysePlanted(alike(6, full).map((p, i) => ({ ...p, treatments: [i % 2 ? 'AC' : 'cape'] }))),
  singles: () => analysePlanted(alike(5, { untreated: 1, residual: 1, relapse: 1 })),
};
it('dump', async () => {
  const out: any = {};
  for (const [name, run] of Object.entries(cases)) {
    const t = performance.now();
    try {
      const { result } = await run();
      const figs = new Set(renderFigures(result, { lang: 'en' }).map((f) => f.id));
      const tabs = new Set(result.tables.map((t) => t.name));
      out[name] = { claims: result.claims, missing: result.claims.flatMap((c) => [...c.tables.filter((t) => !tabs.has(t)), ...c.figures.filter((f) => !figs.has(f))].map((m) => `${c.id}: ${m}`)), warnings: result.warnings, design: result.design.map((d) => `${d.level} ${d.text.en}`) };
    } catch (e) { out[name] = { error: String((e as Error).stack) }; }
    console.log(name, performance.now() - t);
  }
  writeFileSync('/tmp/planted.json', JSON.stringify(out));
}, 300000);
