import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../harness/server.ts';
import { madePages } from './pages.ts';

it.each(Object.entries(madePages))('%s is what it is made from', (path, make) => {
  const hint = `${path} is out of date: make it anew with “node e2e/docs/main.ts”.`;
  expect(readFileSync(join(checkout, path), 'utf8') === make(), hint).toBe(true);
});
