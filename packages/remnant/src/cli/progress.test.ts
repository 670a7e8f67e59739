import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { progressDisplay } from './progress.js';
import type { Terminal } from './terminal.js';

function fake(interactive: boolean): { terminal: Terminal; text: () => string } {
  let text = '';
  const err = (more: string): void => {
    text += more;
  };
  return { terminal: { out: () => undefined, err, interactive, width: 40 }, text: () => text };
}

const at = (stage: string, done: number): { stage: string; done: number; total: number; unit: string } => ({
  stage,
  done,
  total: 100,
  unit: 'draws',
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('prints a plain line per stage and one every few seconds', () => {
  const { terminal, text } = fake(false);
  const progress = progressDisplay(terminal, { quiet: false });
  for (let i = 0; i < 100; i++) {
    progress.show(at('bootstrap', i));
    vi.advanceTimersByTime(100);
  }
  progress.show({ stage: 'reversal', done: 0, total: 1, unit: 'step' });
  progress.end();
  expect(text()).toBe('0.0 s  bootstrap: 0 of 100 draws\n5.0 s  bootstrap: 50 of 100 draws\n10 s  reversal\n');
});

it('rewrites one line for someone watching, no longer than the terminal, and clears it', () => {
  const { terminal, text } = fake(true);
  const progress = progressDisplay(terminal, { quiet: false });
  progress.show(at('a stage with a long name, longer than the line', 1));
  progress.show(at('a stage with a long name, longer than the line', 2));
  progress.end();
  const [, first, cleared] = text().split('\r\u001b[2K');
  expect(first).toHaveLength(39);
  expect(cleared).toBe('');
});

it('says nothing when quiet', () => {
  const { terminal, text } = fake(true);
  const progress = progressDisplay(terminal, { quiet: true });
  progress.show(at('x', 1));
  progress.end();
  expect(text()).toBe('');
});
