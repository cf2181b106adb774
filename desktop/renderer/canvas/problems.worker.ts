import '../olderEngines.ts';
import type { EditCommand } from '@rondo/shared/oas/edit.ts';
import { treeAfter } from '@rondo/shared/oas/edit.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import { validate } from '@rondo/shared/oas/validate.ts';

/** A document as JSON, or what was done to the last one. */
export type Question = { text: string } | { commands: EditCommand[] };
export type Answer = { problems: Problem[] } | { failure: string };

let tree: JsonObject = {};

/** Checks documents beside the page, so that drawing never waits for it: one answer a question, in their order. */
self.onmessage = ({ data }: MessageEvent<Question>) => {
  let answer: Answer;
  try {
    tree = 'text' in data ? (JSON.parse(data.text) as JsonObject) : treeAfter(tree, data.commands);
    answer = { problems: validate(tree) };
  } catch (error) {
    answer = { failure: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(answer);
};
