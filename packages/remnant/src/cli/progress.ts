import type { Progress } from '@remnant/engine';
import type { Terminal } from './terminal.js';

/** Shows how far a run has come. */
export interface ProgressDisplay {
  readonly show: (progress: Progress) => void;
  /** Clears the line that was being rewritten. */
  readonly end: () => void;
}

/** Milliseconds between two drawings of the rewritten line, and between two plain lines of one stage. */
const redrawEvery = 80;
const repeatEvery = 5_000;

/** One rewritten line for someone watching, plain lines every few seconds for a log, nothing when quiet. */
export function progressDisplay(terminal: Terminal, { quiet }: { readonly quiet: boolean }): ProgressDisplay {
  if (quiet) return { show: () => undefined, end: () => undefined };
  return terminal.interactive ? rewrittenLine(terminal) : plainLines(terminal);
}

function rewrittenLine(terminal: Terminal): ProgressDisplay {
  const started = Date.now();
  let drawn = 0;
  let stage = '';
  return {
    show: (progress) => {
      const now = Date.now();
      if (progress.stage === stage && now - drawn < redrawEvery) return;
      drawn = now;
      stage = progress.stage;
      const line = `  ${words(progress)} · ${seconds(now - started)}`;
      terminal.err(`\r\u001b[2K${line.slice(0, terminal.width - 1)}`);
    },
    end: () => {
      if (stage !== '') terminal.err('\r\u001b[2K');
    },
  };
}

function plainLines(terminal: Terminal): ProgressDisplay {
  const started = Date.now();
  let printed = 0;
  let stage = '';
  return {
    show: (progress) => {
      const now = Date.now();
      if (progress.stage === stage && now - printed < repeatEvery) return;
      printed = now;
      stage = progress.stage;
      terminal.err(`${seconds(now - started)}  ${words(progress)}\n`);
    },
    end: () => undefined,
  };
}

function words({ stage, done, total, unit }: Progress): string {
  return total > 1 ? `${stage}: ${String(done)} of ${String(total)} ${unit}` : stage;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
