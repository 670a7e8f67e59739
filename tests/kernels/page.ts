import AnalysisStandIn from './analysis-stand-in.js?worker&inline';
import type { KernelsReport } from './analysis-stand-in.js';

(globalThis as unknown as { report: Promise<KernelsReport> }).report = new Promise((resolve, reject) => {
  const worker = new AnalysisStandIn();
  worker.addEventListener('message', ({ data }: MessageEvent<KernelsReport | string>) => {
    if (typeof data === 'string') reject(new Error(data));
    else resolve(data);
  });
  worker.addEventListener('error', ({ message }) => {
    reject(new Error(message));
  });
});
