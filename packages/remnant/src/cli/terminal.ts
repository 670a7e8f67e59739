/** Where a command prints: results on `out`, everything else on `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether someone is watching `err`, so that a line may be rewritten. */
  readonly interactive: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  process.stdout.on('error', leaveOnClosedPipe);
  return {
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    interactive: process.stderr.isTTY,
    width: process.stderr.columns || 100,
  };
}

/** `remnant … | head` closes the pipe early: nobody reads on, which is not a failure. */
function leaveOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}
