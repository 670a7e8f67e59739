import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { remnant, start, temporaryFolder } from './command-line.js';

const later = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each([1, 2])('Ctrl-C during a run with %i workers', (workers) => {
  it('keeps finished steps, leaves no results, and the same command goes on from there', async () => {
    const folder = temporaryFolder();
    const study = join(folder, 'study/study.yaml');
    await remnant(['simulate', join(folder, 'study'), '--genes', '2000', '--cells', '200']);
    const command = ['run', study, '-o', join(folder, 'out'), '--workers', String(workers), '--permutations', '5000'];

    const run = start(command);
    await run.said(/\n.+\n.+\n/);
    run.child.kill('SIGINT');
    const asked = Date.now();
    const stopped = await run.finished;
    expect(stopped.code).toBe(130);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(stopped.out).toBe('');
    expect(stopped.err).toContain('stopping… finished steps are kept');
    expect(stopped.err).toMatch(/Stopped\. \d+ finished steps? (is|are) kept; the same command goes on from there\./);
    expect(existsSync(join(folder, 'out'))).toBe(false);
    const kept = readdirSync(join(folder, '.out.remnant/steps'));
    expect(kept.length).toBeGreaterThan(0);
    const written = kept.map((name) => statSync(join(folder, '.out.remnant/steps', name)).mtimeMs);

    expect((await remnant(command)).code).toBe(0);
    expect(existsSync(join(folder, '.out.remnant'))).toBe(false);
    const steps = join(folder, 'out/.remnant/steps');
    expect(kept.map((name) => statSync(join(steps, name)).mtimeMs)).toEqual(written);

    const whole = [...command];
    whole[3] = join(folder, 'whole');
    expect((await remnant(whole)).code).toBe(0);
    for (const name of ['results.json', 'report.html', '.remnant/manifest.json']) {
      expect(readFileSync(join(folder, 'out', name)).equals(readFileSync(join(folder, 'whole', name)))).toBe(true);
    }
  }, 300_000);
});

describe('requests to stop', () => {
  const module = fileURLToPath(new URL('../../packages/remnant/dist/cli/interrupt.js', import.meta.url));
  const script = `
    import { listenForInterrupt } from ${JSON.stringify(module)};
    const { signal } = listenForInterrupt({ err: (text) => process.stdout.write(text) });
    signal.addEventListener('abort', () => process.stdout.write('aborted\\n'));
    process.stdout.write('ready\\n');
    setInterval(() => undefined, 1000);`;

  function listening(): {
    said: (text: string) => Promise<void>;
    kill: (signal: NodeJS.Signals) => void;
    code: Promise<number | null>;
  } {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (data: Buffer) => (text += data.toString()));
    const said = async (wanted: string): Promise<void> => {
      while (!text.includes(wanted)) await later(20);
    };
    return {
      said,
      kill: (signal) => void child.kill(signal),
      code: new Promise((resolve) => child.on('close', resolve)),
    };
  }

  it.each(['SIGINT', 'SIGTERM'] as const)('%s asks first, and ends the process when repeated', async (name) => {
    const { said, kill, code } = listening();
    await said('ready');
    kill(name);
    await said('aborted');
    kill(name);
    await later(100);
    await said('stopping…');
    await later(600);
    kill(name);
    expect(await code).toBe(130);
  });
});
