import { execFileSync } from 'node:child_process';

/** A Python that can read AnnData files: `REMNANT_PYTHON`, or python3; undefined where there is none. */
export const pythonWithAnndata: string | undefined = [process.env['REMNANT_PYTHON'], 'python3'].find(
  (command) => command !== undefined && hasAnndata(command),
);
if (pythonWithAnndata === undefined) console.log('Skipped: no Python with anndata. Set REMNANT_PYTHON to one.');

function hasAnndata(command: string): boolean {
  try {
    execFileSync(command, ['-c', 'import anndata'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
