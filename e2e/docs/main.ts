/** `node e2e/docs/main.ts`: writes the pages that are made (pages.ts) anew. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../harness/server.ts';
import { madePages } from './pages.ts';

for (const [path, make] of Object.entries(madePages)) {
  writeFileSync(join(checkout, path), make());
  console.log(path);
}
