import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oracleScript } from '@rondo/shared/testing/exampleDocuments.ts';
import {
  referenceBinary,
  referenceFolder,
  referencePackages,
  referencePython,
} from '@rondo/shared/testing/referencePython.ts';

/** What the reference SDK says of a document. `reason` is empty for one that it accepts. */
export interface Verdict {
  accepted: boolean;
  reason: string;
}

/**
 * A Python with the reference SDK, made in `~/.cache/rondo-oracle` where it is not there yet (about a minute and a
 * half). Where that cannot be: the reason, in words.
 */
export function findReferenceSdk(): { python: string } | { missing: string } {
  if (!existsSync(oracleScript)) return { missing: `the script that asks the SDK is not at ${oracleScript}` };
  const found = referencePython();
  if (found !== undefined) return { python: found };
  if (spawnSync('python3', ['-m', 'pip', '--version']).status !== 0) return { missing: 'there is no Python with pip' };
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', referenceFolder]],
    [referenceBinary, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...referencePackages]],
  ];
  for (const [command, args] of steps) {
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 240_000 });
    if (status !== 0) return { missing: `${command} ${args.join(' ')} failed: ${stderr.trim().slice(-300)}` };
  }
  const made = referencePython();
  return made === undefined ? { missing: 'the SDK was installed and cannot be imported' } : { python: made };
}

/**
 * Asks the SDK, in one process, whether it accepts documents.
 * @param texts each document's text and its ending (`json` or `yaml`)
 * @returns a verdict for each, in their order
 * @throws {Error} when the SDK does not answer for each
 */
export function askSdk(python: string, texts: readonly { text: string; ending: 'json' | 'yaml' }[]): Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'rondo-oracle-'));
  try {
    const files = texts.map(({ text, ending }, i) => {
      const file = join(folder, `${i}.${ending}`);
      writeFileSync(file, text);
      return file;
    });
    const answer = spawnSync(python, [oracleScript, ...files], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const verdicts = new Map<string, Verdict>();
    for (const line of answer.stdout.split('\n')) {
      const said = line.match(/^(accepts|rejects) (\S+\.(?:json|yaml)): (.*)$/);
      if (said) verdicts.set(said[2] as string, { accepted: said[1] === 'accepts', reason: rejectedFor(said) });
    }
    return files.map((file) => {
      const verdict = verdicts.get(file);
      if (verdict === undefined) throw new Error(`The SDK says nothing of ${file}: ${answer.stderr.slice(-500)}`);
      return verdict;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rejectedFor(said: RegExpMatchArray): string {
  return said[1] === 'accepts' ? '' : (said[3] as string);
}

/** What the SDK's own classes say of the component types: see component_types.py. @throws {Error} when it fails */
export function sdkComponentTypes(python: string): SdkTypes {
  const script = fileURLToPath(new URL('component_types.py', import.meta.url));
  const answer = spawnSync(python, [script], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  if (answer.status !== 0) throw new Error(answer.stderr.slice(-1000));
  return JSON.parse(answer.stdout) as SdkTypes;
}

export interface SdkTypes {
  types: { [type: string]: SdkType };
  /** the objects inside components that are none themselves */
  records: { [name: string]: { closed: boolean; fields: { [field: string]: SdkField } } };
}

export interface SdkType {
  /** all that it is made from, the nearest first */
  parents: string[];
  /** has inputs and outputs */
  io: boolean;
  lowestVersion: string;
  fields: { [field: string]: SdkField };
}

export interface SdkField {
  /** `text`, `list(component:Node)`, `choice:a,b`, `list(text)|text`, … */
  kind: string;
  required: boolean;
  nullable: boolean;
  sensitive: boolean;
  lowestVersion: string | null;
  default?: unknown;
  least?: number;
  above?: number;
}
