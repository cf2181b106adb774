import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

// For tests only: the reference SDK of Open Agent Spec (pyagentspec) is Python, and stands in an environment of its own.

/** What the tests compare with. */
export const referencePackages = ['pyagentspec==26.3.1', 'wayflowcore==26.3.1'];

/** Where an environment with the reference SDK is kept between test runs. */
export const referenceFolder = join(homedir(), '.cache', 'rondo-oracle');

/** The Python of {@link referenceFolder}; it may not be there. */
export const referenceBinary =
  process.platform === 'win32'
    ? join(referenceFolder, 'Scripts', 'python.exe')
    : join(referenceFolder, 'bin', 'python');

/**
 * A Python that has the reference SDK in the version that we compare with: the environment's own, else the machine's.
 * Undefined where neither has it.
 */
export function referencePython(): string | undefined {
  return [referenceBinary, 'python3'].find(hasSdk);
}

function hasSdk(python: string): boolean {
  if (python === referenceBinary && !existsSync(python)) return false;
  const question = 'import pyagentspec; print(pyagentspec.__version__)';
  const answer = spawnSync(python, ['-c', question], { encoding: 'utf8' });
  return answer.status === 0 && `pyagentspec==${answer.stdout.trim()}` === referencePackages[0];
}
