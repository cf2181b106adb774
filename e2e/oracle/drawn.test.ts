import { blankDocument, newEdge, newNode } from '@rondo/shared/oas/create.ts';
import { applyCommands, type EditCommand } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { writeDocument } from '@rondo/shared/oas/write.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOurs } from './ourRun.ts';
import { type Answer, findWayflow, Wayflow } from './wayflow.ts';

const place = findWayflow();
if ('missing' in place) console.info(`What is drawn is not run by another runtime: ${place.missing}.`);

const text = (title: string): JsonObject => ({ title, type: 'string' });

/** A review, a decision by what was said, and a message on each way: drawn with the commands of the canvas. */
function drawn(): { document: JsonObject; reviewTool: string } {
  const blank = blankDocument('Drawn');
  const view = openFlow(blank);
  const [start, end] = [view.startId, view.nodes.find(({ type }) => type === 'EndNode')?.id ?? ''];
  const review = newNode('review', { name: 'Check it' });
  const decide = newNode('decide', { name: 'By what was said' });
  const [yes, no] = ['Agreed', 'Refused'].map((name) => newNode('message', { name })) as [JsonObject, JsonObject];
  const ids = [review, decide, yes, no].map(({ id }) => id as string) as [string, string, string, string];
  const [reviewId, decideId, yesId, noId] = ids;
  const tool = review.tool as JsonObject;
  const set = (component: string, pointer: string, value: JsonObject[string]): EditCommand => ({
    type: 'set',
    component,
    pointer,
    value,
  });
  const connect = (ends: Parameters<typeof newEdge>[0]): EditCommand => ({
    type: 'connect',
    flow: view.id,
    edge: newEdge(ends),
  });
  const asked = [text('subject')];
  const answers = [text('decision'), { ...text('comment'), default: '' }];
  const { tree } = applyCommands(blank, [
    { type: 'disconnect', flow: view.id, edge: view.controlEdges[0]?.id ?? '' },
    ...[review, decide, yes, no].map((node): EditCommand => ({ type: 'add', flow: view.id, node })),
    ...[view.id, start].map((id) => set(id, '/inputs', asked)),
    set(start, '/outputs', asked),
    set(tool.id as string, '/inputs', asked),
    set(reviewId, '/inputs', asked),
    set(tool.id as string, '/outputs', answers),
    set(reviewId, '/outputs', answers),
    set(decideId, '/mapping', { approve: 'yes' }),
    set(yesId, '/message', 'Agreed on {{ subject }}: {{ comment }}'),
    set(yesId, '/inputs', [text('subject'), text('comment')]),
    set(noId, '/message', 'No {{ subject }}.'),
    set(noId, '/inputs', asked),
    ...[view.id, end].map((id) => set(id, '/outputs', [text('comment')])),
    set(end, '/inputs', [text('comment')]),
    connect({ from: start, to: reviewId }),
    connect({ from: reviewId, to: decideId }),
    connect({ from: decideId, branch: 'yes', to: yesId }),
    connect({ from: decideId, branch: 'default', to: noId }),
    connect({ from: yesId, to: end }),
    connect({ from: noId, to: end }),
    connect({ source: start, output: 'subject', destination: reviewId, input: 'subject' }),
    connect({ source: reviewId, output: 'decision', destination: decideId, input: 'value' }),
    connect({ source: start, output: 'subject', destination: yesId, input: 'subject' }),
    connect({ source: reviewId, output: 'comment', destination: yesId, input: 'comment' }),
    connect({ source: start, output: 'subject', destination: noId, input: 'subject' }),
    connect({ source: reviewId, output: 'comment', destination: end, input: 'comment' }),
  ]);
  const read = readDocument(writeDocument(tree), 'drawn.json');
  if (!read.ok) throw new Error(read.problems[0]?.message);
  return { document: read.tree, reviewTool: tool.name as string };
}

describe.skipIf('missing' in place)('what is drawn here, run by another runtime', () => {
  let wayflow: Wayflow;
  beforeAll(async () => {
    if ('python' in place) wayflow = await Wayflow.start(place.python);
  });
  afterAll(async () => {
    await wayflow?.stop();
  });

  it.each([
    ['approve', 'Agreed on a trip: gladly'],
    ['reject', 'No a trip.'],
  ])(
    'a review that says %s is a client tool there, with the same request, messages and outputs',
    async (decision, said) => {
      const { document, reviewTool } = drawn();
      expect(validate(document).filter(({ severity }) => severity === 'error')).toEqual([]);
      const asks = { document, inputs: { subject: 'a trip' }, serverTools: {}, clientTools: {}, messages: [] };
      const answered = { ...asks, clientTools: { [reviewTool]: [{ decision, comment: 'gladly' }] } };
      for (const scenario of [asks, answered]) {
        const { answers } = await runOurs(scenario);
        const [ours, theirs] = [answers.at(-1) as Answer, await wayflow.run(scenario)];
        // The result of a tool stands in the talk in words that are each runtime's own.
        const plain = ({ milliseconds: _took, messages, ...answer }: Answer) => ({
          ...answer,
          messages: messages?.filter((one) => !one.includes('decision')),
        });
        expect(plain(ours)).toEqual(plain(theirs));
        if (scenario === answered) {
          expect(ours).toMatchObject({ status: 'finished', outputs: { comment: 'gladly' } });
          expect(ours.messages).toContain(said);
        } else expect(ours).toMatchObject({ status: 'tool_request', tool: reviewTool, args: { subject: 'a trip' } });
      }
    },
  );
});
