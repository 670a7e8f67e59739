import { type Executor, InternalError, type Progress, toWire } from '@remnant/engine';
import type { Request, Response } from './protocol.js';
import { checkSubject } from './worker/check-subject.js';
import { executorOver, helpThrough } from './worker/helpers.js';
import { optionFields } from './worker/option-fields.js';
import { type FinishedRun, runSubject, writeRun } from './worker/run-subject.js';

/** The part of a worker's global scope that is used here. */
interface WorkerScope {
  postMessage(message: Response, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<Request>) => void): void;
}

/** Time between two messages about the progress of one stage, in milliseconds. */
const progressEvery = 60;

const scope = globalThis as unknown as WorkerScope;
let executor: Executor = executorOver([]);
let finished: FinishedRun | null = null;

scope.addEventListener('message', ({ data }) => {
  if (data.kind === 'help') helpThrough(data.port);
  else if (data.kind === 'helpers') executor = executorOver(data.ports);
  else void answer(data);
});
scope.postMessage({ kind: 'ready', options: optionFields() });

async function answer(request: Exclude<Request, { kind: 'help' | 'helpers' }>): Promise<void> {
  try {
    const response = await responseTo(request);
    scope.postMessage(response, response.kind === 'written' ? response.files.map((file) => file.content.buffer) : []);
  } catch (error) {
    scope.postMessage({ kind: 'failed', id: request.id, error: toWire(error) });
  }
}

async function responseTo(request: Exclude<Request, { kind: 'help' | 'helpers' }>): Promise<Response> {
  const { id } = request;
  const onProgress = progressTo(id);
  if (request.kind === 'check') return { kind: 'checked', id, ...(await checkSubject(request.subject, onProgress)) };
  if (request.kind === 'run') {
    const { subject, options } = request;
    finished = null;
    finished = await runSubject(subject, { options, executor, onProgress });
  }
  if (finished === null) throw new InternalError('There is no finished run to write.');
  const { language } = request;
  return { kind: 'written', id, language, files: await writeRun(finished, language) };
}

/** Tells the page how far a run has come: the start and end of each stage, and what lies between now and then. */
function progressTo(id: number): (progress: Progress) => void {
  let told = 0;
  return (progress) => {
    const now = performance.now();
    const matters = progress.unit === 'step' || progress.done === 0 || progress.done === progress.total;
    if (!matters && now - told < progressEvery) return;
    told = now;
    scope.postMessage({ kind: 'progress', id, progress });
  };
}
