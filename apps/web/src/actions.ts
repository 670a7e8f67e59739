import type { PathFile } from './protocol.js';

/** What a user can do on the page. */
export interface Actions {
  readonly switchLanguage: () => void;
  readonly takeFiles: (files: readonly PathFile[]) => void;
  readonly takePacks: (files: readonly PathFile[]) => void;
  readonly clearPacks: () => void;
  readonly acceptChecksum: (sha256: string, accepted: boolean) => void;
  /** The browser could not hand over what was dropped. */
  readonly refuseDrop: () => void;
  readonly runDemo: () => void;
  readonly setOption: (key: string, value: string | boolean) => void;
  readonly restoreOptions: () => void;
  readonly setThreads: (threads: number) => void;
  readonly run: () => void;
  readonly stop: () => void;
  readonly saveFile: (path: string) => void;
  readonly saveAll: () => void;
}
