import { it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { geneticAlarm } from './genetic-alarm.js';
import { plantedEvidence } from './planted-evidence.test-helper.js';
import { geneticAlarmTasks } from './tie-null.js';
it('x', async () => {
  for (const [n, p] of [
    [200, { nResistant: 0 }],
    [200, { nResistant: 0, abstaining: 0.3 }],
    [100, { nResistant: 10 }],
    [100, { nResistant: 20 }],
    [100, { nResistant: 40 }],
    [100, { nResistant: 20, nResidual: 1000 }],
  ] as const) {
    const f = await geneticAlarm(
      Array.from({ length: n }, (_, i) => plantedEvidence({ seed: 1000 + i, ...p })),
      { permutations: 400 },
      inlineContext(geneticAlarmTasks),
    );
    const fl = f.patients.filter((x) => x.alarm);
    const right = fl.filter(({ sources: [s] }) => s?.mostTied?.value === 'A' || s?.mostTied?.label === '8q');
    console.log(
      JSON.stringify(p),
      n,
      'alarms',
      fl.length,
      'right',
      right.length,
      JSON.stringify(f.counts),
      f.heritability.value,
    );
  }
}, 300000);
