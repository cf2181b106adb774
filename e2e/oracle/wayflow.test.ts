import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { departures } from './departures.ts';
import { runOurs } from './ourRun.ts';
import { question, randomScenario } from './randomFlow.ts';
import { type Answer, findWayflow, Wayflow } from './wayflow.ts';

const place = findWayflow();
if ('missing' in place) console.info(`The engine is not compared with the reference runtime: ${place.missing}.`);

const flows = 220;

/** An answer without what is told otherwise on purpose: see departures.ts, each of which has a test of its own. */
function compared({ error: _words, milliseconds: _took, messages, ...answer }: Answer): Json {
  const texts = messages
    // A question's words, which the runtime drops, and results of tools that are nothing to Python, which it leaves out.
    ?.filter((text) => text !== question && !['', '0', 'false', '[]', '{}'].includes(text))
    .map(plainText);
  return plain({ ...answer, ...(texts && { messages: texts }) } as JsonObject);
}

/** Escaped letters and decimals of whole numbers, as they stand in texts, made alike. */
function plainText(text: string): string {
  return text
    .replace(/\\+u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/(\d)\.0\b/g, '$1');
}

function plain(value: Json): Json {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

describe.skipIf('missing' in place)('the engine beside the reference runtime', () => {
  let wayflow: Wayflow;
  beforeAll(async () => {
    if ('python' in place) wayflow = await Wayflow.start(place.python);
  });
  afterAll(async () => {
    await wayflow?.stop();
  });

  it(`says, asks and gives the same for ${flows} random flows, step by step`, { timeout: 120_000 }, async () => {
    const ends = new Map<string, number>();
    const types = new Map<string, number>();
    // The runtime works through its scenarios while our engine is at the next ones.
    const asked: { seed: number; at: number; ours: Answer; theirs: Promise<Answer> }[] = [];
    for (let seed = 1; seed <= flows; seed += 1) {
      const scenario = randomScenario(seed);
      const wrong = validate(scenario.document).filter(({ severity }) => severity === 'error');
      expect(wrong, `flow ${seed} is drawn right`).toEqual([]);
      const { answers, used } = await runOurs(scenario);
      // Something that it asks on the way, and the end: what lies before shows in the conversation.
      for (const at of new Set([seed % answers.length, answers.length - 1])) {
        const theirs = wayflow.run(used[at] ?? scenario);
        // Looked at below; until then nobody waits for it.
        theirs.catch(() => undefined);
        asked.push({ seed, at, ours: answers[at] as Answer, theirs });
      }
      count(scenario.document, types);
    }
    for (const { seed, at, ours, theirs: answer } of asked) {
      const theirs = await answer;
      const what = `flow ${seed} after ${at} answers (theirs: ${theirs.error ?? theirs.status})`;
      expect(compared(ours), what).toEqual(compared(theirs));
      ends.set(ours.status, (ends.get(ours.status) ?? 0) + 1);
    }
    // The flows hold what they are made to hold.
    for (const status of ['finished', 'tool_request', 'user_message', 'error']) {
      expect(ends.get(status), status).toBeGreaterThan(4);
    }
    for (const type of ['MapNode', 'ParallelMapNode', 'FlowNode', 'BranchingNode', 'OutputMessageNode', 'ToolNode'])
      expect(types.get(type), type).toBeGreaterThan(20);
  });

  it.each(departures)('departs from it where it should: $name', async ({ decidedBy, scenario, theirs, ours }) => {
    expect(decidedBy).not.toBe('');
    const answer = (await runOurs(scenario)).answers.at(-1);
    expect(answer).toMatchObject(ours);
    const their = await wayflow.run(scenario);
    if (typeof theirs === 'string')
      expect(their).toMatchObject({ status: 'error', error: expect.stringMatching(theirs) });
    else expect(their).toMatchObject(theirs);
  });
});

function count(value: Json, types: Map<string, number>): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && typeof value.component_type === 'string')
    types.set(value.component_type, (types.get(value.component_type) ?? 0) + 1);
  for (const inner of Object.values(value)) count(inner, types);
}
