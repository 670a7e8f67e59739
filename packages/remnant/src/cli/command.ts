import type { Terminal } from './terminal.js';

/** Flags every command has. */
export interface CommonFlags {
  /** Print one JSON object on standard output instead of text. */
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a command leaves for its caller: text for a reader, and the same as data for a machine. */
export interface Outcome {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** 0 when left out. */
  readonly exitCode?: number;
}

/** Prints an outcome in the form that was asked for. */
export function printOutcome(terminal: Terminal, command: string, outcome: Outcome, { json }: CommonFlags): void {
  const ok = (outcome.exitCode ?? 0) === 0;
  terminal.out(json === true ? `${JSON.stringify({ ok, command, ...outcome.data })}\n` : outcome.text);
}
