import { exitCodes } from './failure.js';
import type { Terminal } from './terminal.js';

/** A request to stop, as the process receives it. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Stops listening. */
  end(): void;
}

/** A runner such as npx passes Ctrl-C on to a process that received it too: nearer than this they are one request. */
const sameRequest = 500;

/**
 * Ctrl-C (and SIGTERM, which schedulers send): the first asks the run to stop where it can be taken up again,
 * the second ends the process at once.
 */
export function listenForInterrupt(terminal: Terminal): Interrupt {
  const controller = new AbortController();
  let first: number | null = null;
  const onSignal = (): void => {
    if (first === null) {
      first = Date.now();
      terminal.err('\nstopping… finished steps are kept (Ctrl-C again to stop at once)\n');
      controller.abort();
    } else if (Date.now() - first > sameRequest) {
      process.exit(exitCodes.cancelled);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    end: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
