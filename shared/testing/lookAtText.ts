import { rootFlow } from '../oas/flow.ts';
import { hasErrors } from '../oas/problems.ts';
import { readDocument } from '../oas/read.ts';
import { validate } from '../oas/validate.ts';
import { lowestVersion } from '../oas/versions.ts';
import { writeDocument } from '../oas/write.ts';
import type { Malformed } from './malformedTexts.ts';

// For tests only.

/** What became of a text, and how long it took, in milliseconds. */
export interface Look {
  outcome: 'refused' | 'wrong' | 'sound';
  milliseconds: number;
}

/**
 * Reads a text as everybody does, validates what comes out and writes it back.
 * @throws {Error} when the answer is neither a sound document nor an error that says where or what
 */
export function lookAt({ text, fileName }: Malformed): Look {
  const begun = performance.now();
  const read = readDocument(text, fileName);
  const problems = [...read.problems, ...(read.tree === undefined ? [] : validate(read.tree))];
  for (const { code, message, pointer } of problems) {
    if (!/^OAS-/.test(code) || message.length < 5 || (pointer !== '' && !pointer.startsWith('/'))) {
      throw new Error(`Not a problem that can be shown: ${JSON.stringify({ code, message, pointer })}`);
    }
  }
  if (!read.ok && !hasErrors(read.problems)) throw new Error('Refused, and it does not say why.');
  if (read.ok) {
    if (writeDocument(read.tree, text) !== text) throw new Error('It does not leave as it came.');
    rootFlow(read.tree);
    lowestVersion(read.tree);
  }
  if (Object.keys(Object.prototype).length > 0 || 'polluted' in {}) throw new Error('The prototype was changed.');
  const outcome = !read.ok ? 'refused' : hasErrors(problems) ? 'wrong' : 'sound';
  return { outcome, milliseconds: performance.now() - begun };
}
