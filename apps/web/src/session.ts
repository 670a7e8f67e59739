import AnalysisWorker from './analysis-worker.js?worker&inline';
import type { Request, Response } from './protocol.js';

/** The workers behind the page: one that analyses, and helpers that run its blocks of work. */
export interface Session {
  /** Hands a request to the analysis worker. */
  send(request: Exclude<Request, { kind: 'help' | 'helpers' }>): void;
  /** Makes that many threads work together from the next request on. */
  useThreads(threads: number): void;
  /** Ends all work at once. A worker in the middle of a computation cannot be asked: it is ended, and a new one started. */
  stop(): void;
}

/**
 * Starts the analysis worker. Its script is part of the page, so neither this nor a restart makes a request.
 *
 * @param onResponse - what the analysis worker says
 * @param onLost - a worker ended by itself, for instance because memory ran out
 */
export function startSession(onResponse: (response: Response) => void, onLost: () => void): Session {
  let helpers: readonly Worker[] = [];
  const start = (): Worker => {
    const worker = started(onLost);
    worker.addEventListener('message', ({ data }: MessageEvent<Response>) => {
      if (worker === analyst) onResponse(data);
    });
    return worker;
  };
  const endHelpers = (): void => {
    for (const helper of helpers) helper.terminate();
    helpers = [];
  };
  let analyst: Worker | null = null;
  analyst = start();
  return {
    send: (request) => {
      post(analyst as Worker, request);
    },
    useThreads: (threads) => {
      const wanted = threads > 1 ? threads : 0;
      if (helpers.length === wanted) return;
      endHelpers();
      helpers = Array.from({ length: wanted }, () => started(onLost));
      const ports = helpers.map(portOf);
      post(analyst as Worker, { kind: 'helpers', ports }, ports);
    },
    stop: () => {
      endHelpers();
      analyst?.terminate();
      analyst = start();
    },
  };
}

function started(onLost: () => void): Worker {
  const worker = new AnalysisWorker();
  worker.addEventListener('error', onLost);
  return worker;
}

/** The way to a helper, for the analysis worker to use. */
function portOf(helper: Worker): MessagePort {
  const { port1, port2 } = new MessageChannel();
  post(helper, { kind: 'help', port: port1 }, [port1]);
  return port2;
}

function post(worker: Worker, request: Request, transfer: Transferable[] = []): void {
  worker.postMessage(request, transfer);
}
