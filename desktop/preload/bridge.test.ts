import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bridgeNames, channels } from './bridge.ts';

const source = readFileSync(join(import.meta.dirname, 'index.ts'), 'utf8');

it('exposes exactly the allow-list, and nothing of Electron', () => {
  const body = /const bridge: RondoBridge = \{([\s\S]*?)\n\};/.exec(source)?.[1] ?? '';
  const exposed = [...body.matchAll(/^ {2}(\w+)[:(]/gm)].map((match) => match[1]);
  expect(exposed.sort()).toEqual([...bridgeNames].sort());
  expect(source.match(/exposeInMainWorld/g)).toHaveLength(1);
  expect(source).not.toMatch(/ipcRenderer\.(invoke|sendToHost|postMessage)|require\(/);
});

it('speaks on named channels only', () => {
  const used = [...source.matchAll(/ipcRenderer\.\w+\(\s*([^,)]+)/g)].map((match) => match[1]);
  expect(used.length).toBeGreaterThan(0);
  for (const channel of used) expect(channel).toMatch(/^channels\.\w+$/);
  expect(new Set(Object.values(channels)).size).toBe(Object.values(channels).length);
});
