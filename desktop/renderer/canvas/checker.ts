import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import { commandsRemembered } from './derivation.ts';
import type { Answer, Question } from './problems.worker.ts';

/** Checks documents in a thread of its own. */
export interface Checker {
  /** What is wrong with a document. @throws Error when it could not be checked */
  check(tree: JsonObject): Promise<Problem[]>;
  close(): void;
}

/** Starts a thread that checks the states of one document. What it has seen of it is not sent again. */
export function startChecker(): Checker {
  const worker = new Worker(new URL('./problems.worker.ts', import.meta.url), { type: 'module' });
  const waiting: { resolve: (problems: Problem[]) => void; reject: (error: Error) => void }[] = [];
  let known: JsonObject | undefined;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    const asked = waiting.shift();
    if ('problems' in data) {
      asked?.resolve(data.problems);
      return;
    }
    known = undefined;
    asked?.reject(new Error(data.failure));
  };
  worker.onerror = (event) => {
    known = undefined;
    for (const asked of waiting.splice(0)) asked.reject(new Error(event.message || 'The check could not start.'));
  };
  return {
    check(tree) {
      const commands = known && commandsRemembered(known, tree);
      known = tree;
      const question: Question = commands ? { commands } : { text: JSON.stringify(tree) };
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        worker.postMessage(question);
      });
    },
    close: () => worker.terminate(),
  };
}
