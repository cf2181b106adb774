import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeModels } from '@rondo/server/models/models.ts';
import { type Json, type JsonObject, own, ownList, ownText } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOurs } from './ourRun.ts';
import { findWayflow, type Scenario, Wayflow } from './wayflow.ts';

const place = findWayflow();
if ('missing' in place) console.info(`Agents are not compared with the reference runtime: ${place.missing}.`);

/** What the model was asked, brought to what a runtime decides itself. */
interface Asked {
  tools: string[];
  roles: string[];
  results: string[];
}

const calls = (...list: [name: string, given: JsonObject][]): JsonObject => ({
  role: 'assistant',
  content: null,
  tool_calls: list.map(([name, given], index) => ({
    index,
    id: `call-${name}-${index}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(given) },
  })),
});

/** A model that speaks OpenAI's interface and answers by what it was told so far. */
function script(results: string[]): JsonObject {
  if (results.length === 0) return calls(['look_up', { city: 'Bern' }], ['look_up', { city: 'Rome' }]);
  return calls(['submit_result', { report: results.join(' and '), degrees: 21 }]);
}

describe.skipIf('missing' in place)('an agent beside the reference runtime', () => {
  let server: Server;
  let wayflow: Wayflow;
  let asked: Asked[] = [];
  const models = makeModels({ allowPrivate: true, allowedOrigins: [] });

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const body = await bodyOf(request);
      const messages = ownList(body, 'messages') as JsonObject[];
      const of = (role: string) => messages.filter((message) => message.role === role).map(textOf);
      const tools = (ownList(body, 'tools') as { function: { name: string } }[]).map((tool) => tool.function.name);
      asked.push({ tools: tools.sort(), roles: messages.map((message) => String(message.role)), results: of('tool') });
      const message = script(of('tool'));
      const head = { id: 'c', created: 1, model: 'm' };
      if (own(body, 'stream') !== true) {
        const choices = [{ index: 0, message, finish_reason: 'tool_calls' }];
        const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ ...head, object: 'chat.completion', choices, usage }));
        return;
      }
      response.setHeader('content-type', 'text/event-stream');
      const chunk = (choice: JsonObject) =>
        `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, ...choice }] })}\n\n`;
      response.write(chunk({ delta: message, finish_reason: null }));
      response.write(chunk({ delta: {}, finish_reason: 'tool_calls' }));
      response.end('data: [DONE]\n\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    if ('python' in place) wayflow = await Wayflow.start(place.python);
  });
  afterAll(async () => {
    await wayflow?.stop();
    await models.close();
    server.close();
  });

  it('calls the same tools with the same results, and hands in the same', { timeout: 60_000 }, async () => {
    const text = (title: string): JsonObject => ({ title, type: 'string' });
    const outputs = [text('report'), { title: 'degrees', type: 'integer' }];
    const ref = (id: string): JsonObject => ({ $component_ref: id });
    const node = (type: string, id: string, fields: JsonObject): JsonObject => ({
      component_type: type,
      id,
      name: id,
      ...fields,
    });
    const { port } = server.address() as AddressInfo;
    const agent = node('Agent', 'clerk', {
      llm_config: node('OpenAiCompatibleConfig', 'model', { model_id: 'm', url: `http://127.0.0.1:${port}` }),
      system_prompt: 'Look up what {{ who }} wants to know.',
      inputs: [text('who')],
      outputs,
      human_in_the_loop: false,
      tools: [
        node('ServerTool', 'tool', {
          name: 'look_up',
          description: 'Weather',
          inputs: [text('city')],
          outputs: [text('weather')],
        }),
      ],
    });
    const nodes = [
      node('StartNode', 'start', { inputs: [text('who')], outputs: [text('who')] }),
      node('AgentNode', 'work', { agent, inputs: [text('who')], outputs }),
      node('EndNode', 'end', { inputs: outputs, outputs }),
    ];
    const edge = (from: string, to: string) =>
      node('ControlFlowEdge', `${from}-${to}`, { from_node: ref(from), to_node: ref(to) });
    const scenario: Scenario = {
      document: {
        agentspec_version: '26.1.0',
        ...node('Flow', 'flow', {
          start_node: ref('start'),
          nodes: nodes.map(({ id }) => ref(String(id))),
          control_flow_connections: [edge('start', 'work'), edge('work', 'end')],
          data_flow_connections: null,
          $referenced_components: Object.fromEntries(nodes.map((one) => [String(one.id), one])),
        }),
      },
      inputs: { who: 'Ann' },
      serverTools: { look_up: 'sunny' },
      clientTools: {},
      messages: [],
    };
    const theirs = await wayflow.run(scenario);
    const theirTurns = asked;
    asked = [];
    const ours = (await runOurs(scenario, models)).answers.at(-1);
    expect(theirs).toMatchObject({ status: 'finished', outputs: { report: 'sunny and sunny', degrees: 21 } });
    expect(ours).toMatchObject({ status: 'finished', outputs: theirs.outputs });
    expect(asked).toHaveLength(2);
    expect(asked.map(({ tools }) => tools)).toEqual([
      ['look_up', 'submit_result'],
      ['look_up', 'submit_result'],
    ]);
    expect(asked.map(({ tools, results }) => ({ tools, results }))).toEqual(
      theirTurns.map(({ tools, results }) => ({ tools, results })),
    );
    expect(asked[1]?.roles).toEqual(['system', 'assistant', 'tool', 'tool']);
  });
});

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  let text = '';
  for await (const part of request) text += String(part);
  return JSON.parse(text) as JsonObject;
}

/** The text of a message, however its content is written. */
function textOf(message: JsonObject): string {
  const content = own(message, 'content') as Json;
  const text = Array.isArray(content)
    ? content.map((part) => ownText(part as JsonObject, 'text') ?? '').join('')
    : String(content ?? '');
  // The reference runtime shows a tool's text to the model as JSON, we as the text that it is.
  return text.startsWith('"') ? String(JSON.parse(text)) : text;
}
