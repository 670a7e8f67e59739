import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cloneTreatment, geneticAlarm, geneticAlarmTasks, lineageTasks, studyLineages, treatmentArm, variantEvidence, variantFractions, variantsFromTable, type TreatmentLibrary, type GeneticEvidence } from '@remnant/engine';
import { readTextTable } from '@remnant/formats';
import { it } from 'vitest';
import { inlineContext } from '../support/inline-context.js';
const folder = fileURLToPath(new URL('../../../shared/data/singlecell/', import.meta.url));
const read = (p: string) => readTextTable(readFileSync(folder + p), p);
it('x', async () => {
  const lib: TreatmentLibrary[] = [];
  const labels = read('tnbc_pdx_platinum_kabeer/clonealign_labels.csv.gz');
  const at = (n: string) => labels.columns.indexOf(n);
  const byMouse = new Map<string, Map<string, number>>();
  for (const r of labels.rows) { const c = r[at('unique_clone')]!; if (c === 'unassigned') continue; const m = byMouse.get(r[at('id')]!) ?? new Map(); byMouse.set(r[at('id')]!, m); m.set(c, (m.get(c) ?? 0) + 1); }
  for (const p of ['SA535', 'SA609', 'SA1035']) {
    const t = read(`tnbc_pdx_platinum_kabeer/${p}_libraries.csv.gz`);
    const seen = new Set<string>();
    for (const r of t.rows) {
      const g = (n: string) => r[t.columns.indexOf(n)]!;
      const mouse = g('mouse_id'); if (seen.has(mouse) || !byMouse.has(mouse)) continue; seen.add(mouse);
      const history = t.columns.includes('treatmentSt') ? g('treatmentSt') : g('treatment_st');
      const passage = /X0*(\d+)X/.exec(mouse)![1]!;
      lib.push({ library: mouse, patient: p, passage: `X${passage}`, arm: treatmentArm(history)!, cells: byMouse.get(mouse)! });
      console.log(p, mouse, g('passage'), history, [...byMouse.get(mouse)!].sort().map(([c,n])=>c+n).join(' '));
    }
  }
  for (const control of ['untreated', 'withdrawn'] as const) {
  const f = cloneTreatment(lib, { control });
  for (const x of f.passages) console.log(control, x.patient, x.passage, x.clone, x.nTreatedLibraries, x.nControlLibraries, x.difference.value?.toFixed(3), x.difference.low?.toFixed(3), x.difference.high?.toFixed(3));
  for (const x of f.tests) console.log(control, x.patient, x.clone, x.nPassages, x.nHigher, x.meanDifference.value?.toFixed(3), x.meanDifference.low?.toFixed(3), x.meanDifference.high?.toFixed(3), x.pValue.toFixed(4), x.pAdjusted.toFixed(4));
  console.log(f.limits);
  }
  // rambow
  const v = variantsFromTable(read('melanoma_pdx_mrd_rambow_mutations/mel006_cells_x_mutations.csv.gz'), { file: 'mel006' });
  const stageOf = new Map([...new Set(v.sample)].map((s, i) => [s, (['untreated','residual','residual','relapse'] as const)[i]!]));
  console.log([...stageOf]);
  const vf = variantFractions(v, { patient: 'MEL006', stageOf });
  for (const x of vf.fractions) if (x.sample === null) console.log(x.variant, x.stage, x.nMutated, x.nCovered, x.nCells, x.fraction.value?.toFixed(3), x.fraction.low?.toFixed(3), x.fraction.high?.toFixed(3));
  for (const x of vf.changes) console.log(x.variant, x.fromStage, x.toStage, x.difference.value?.toFixed(3), x.difference.low?.toFixed(3), x.difference.high?.toFixed(3), x.pValue.toExponential(2), x.pAdjusted.toExponential(2), 'cov', x.coverageDifference.value?.toFixed(3), x.coverageDifference.low?.toFixed(3), x.coverageDifference.high?.toFixed(3));
  const al = await geneticAlarm([variantEvidence(v, { patient: 'MEL006', stageOf }, v.cells.map(() => null))], {}, inlineContext(geneticAlarmTasks));
  console.log(JSON.stringify(al, null, 1).slice(0, 1800));
  // MM468
  const t = read('tnbc_mm468_5fu_marsolier/cells_metadata_umap.csv.gz');
  console.log(t.columns);
  const c = (n: string) => t.columns.indexOf(n);
  const day = (r: readonly string[]) => r[c('sample_id')]!.replace(/^MM468_(5FU\d_)?/, '');
  for (const [d, to] of [['day33','residual'],['day50','residual'],['day202','relapse']] as const) {
    const rows = t.rows.filter((r) => ['chemonaive', d].includes(day(r)));
    const ev: GeneticEvidence = { patient: 'MM468', source: 'barcode', abstained: null, sample: rows.map(day), stage: rows.map((r) => day(r) === 'chemonaive' ? 'untreated' : to), persister: rows.map((r) => r[c('louvain_partition')] === 'C2'),
      labels: [{ name: 'clone', kind: 'clone', values: rows.map((r) => { const b = r[c('cons_BC_lenti')]!; return b === '' || b === 'NA' ? null : b; }) }] };
    const a = await geneticAlarm([ev], { contrast: { from: 'untreated', to } }, inlineContext(geneticAlarmTasks));
    const s = a.patients[0]!.sources[0]!;
    console.log(d, a.verdict, a.patients[0]!.reasons, s.tie, s.tieReasons, s.pValue, s.labels[0]?.heritability, s.labels[0]?.heritabilityBound, s.mostTied, s.nCells, s.nPersisters, s.clones.composition?.pValue, s.clones.overlap?.morisita);
    const st = await studyLineages({ rows: rows.flatMap((r, i) => { const b = r[c('cons_BC_lenti')]!; return b === '' || b === 'NA' ? [] : [{ sample: day(r), cell: String(i), barcode: b, count: 1 }]; }),
      samples: [{ sample: 'chemonaive', patient: 'MM468', stage: 'untreated' }, { sample: d, patient: 'MM468', stage: to }],
      states: new Map(['chemonaive', d].map((dd) => [dd, new Map(rows.flatMap((r, i) => day(r) === dd ? [[String(i), r[c('louvain_partition')]!] as const] : []))])) },
      { contrast: { from: 'untreated', to }, persisterState: 'C2' }, inlineContext(lineageTasks));
    console.log(JSON.stringify(st.patients), JSON.stringify(st.stages[0]!.overlap), st.samples.map((x) => [x.sample, x.cloneState!.pValue, x.cloneState!.heritability.value]));
  }
  const b = read('skmel5_idling_barcodes_hayford/bulk_barcode_counts.csv.gz');
  const names = b.columns.slice(1);
  const st = await studyLineages({ rows: b.rows.flatMap((r) => names.flatMap((n, i) => Number(r[i + 1]) > 0 ? [{ sample: n, cell: null, barcode: r[0]!, count: Number(r[i + 1]) }] : [])),
    samples: names.map((n) => ({ sample: n, patient: 'SKMEL5', stage: n.startsWith('U') ? 'untreated' as const : 'residual' as const, replicate: n.slice(0, 2) })) }, {}, inlineContext(lineageTasks));
  console.log(JSON.stringify(st.bulk, null, 1));
}, 100000);
