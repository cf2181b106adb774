import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelRequest } from '../engine/ports.ts';
import { makeModels } from './models.ts';

const context = { idempotencyKey: 'r1:ask:1', signal: new AbortController().signal };
const practice: JsonObject = { component_type: 'LlmConfig', name: 'p', provider: 'practice', model_id: 'practice' };

const guarded = { allowPrivate: false, allowedOrigins: [] };

function asking(content: string, schema: JsonObject | null = null, config = practice): ModelRequest {
  return { config, messages: [{ role: 'user', content }], schema };
}

describe('the practice model', () => {
  const models = makeModels(guarded);
  afterAll(() => models.close());

  it('says the same to the same prompt, made of what the prompt states, and streams it', async () => {
    const pieces: string[] = [];
    const request = {
      ...asking('Sum this up.\nClaimant: Ann\nAmount: 20'),
      onToken: (text: string) => pieces.push(text),
    };
    const first = await models.complete(request, context);
    expect(first.text).toContain('Ann');
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(first.text);
    expect((await models.complete(request, context)).text).toBe(first.text);
    expect(first.usage).toMatchObject({ model: 'practice' });
  });

  it('answers in German to an order in German', async () => {
    const order = 'Fasse diesen Antrag für die Leitung zusammen.\n\nAntrag von: Ann\nBetrag: 20 EUR';
    expect((await models.complete(asking(order), context)).text).toBe('Kurz gesagt: Antrag von Ann, Betrag 20 EUR.');
    const english = 'Sum this up for the manager.\nClaimant: Ann';
    expect((await models.complete(asking(english), context)).text).toBe('In short: claimant Ann.');
  });

  it('fills a schema: a choice that the prompt names, numbers, texts, lists and records', async () => {
    const schema = {
      type: 'object',
      properties: {
        category: { type: 'string', enum: ['technical', 'billing', 'other'] },
        term_months: { type: 'integer' },
        name: { type: 'string' },
        tags: { type: 'array', items: { type: 'string' } },
        detail: { type: 'object', properties: { amount: { type: 'number' } } },
      },
    };
    const { value } = await models.complete(
      asking('Sort this ticket.\nName: Mara\nAmount: 12.5\nMy billing is wrong for 24 months.', schema),
      context,
    );
    expect(value).toMatchObject({ category: 'billing', term_months: 24, name: 'Mara', detail: { amount: 12.5 } });
    expect((value as JsonObject).tags).toBeInstanceOf(Array);
  });

  it('works as an agent: asks where it is told to, calls each tool once, and hands in the result', async () => {
    const schema = (name: string) => ({ type: 'object', properties: { [name]: { type: 'string' } } });
    const tools = [
      { name: 'submit_result', description: '', parameters: schema('name') },
      { name: 'look_up', description: '', parameters: schema('city') },
    ];
    const messages: ModelRequest['messages'] = [{ role: 'system', content: 'Ask the person who it is.\nCity: Bern' }];
    const turn = async () => {
      const { text, toolCalls } = await models.complete({ config: practice, schema: null, tools, messages }, context);
      messages.push({ role: 'assistant', content: text, ...(toolCalls && { toolCalls }) });
      return toolCalls ?? text;
    };
    expect(await turn()).toMatch(/\?$/);
    messages.push({ role: 'user', content: 'Name: Mara' });
    expect(await turn()).toEqual([{ id: 'call_1', name: 'look_up', arguments: { city: 'Bern' } }]);
    messages.push({ role: 'tool', callId: 'call_1', content: 'sunny' });
    expect(await turn()).toEqual([{ id: 'call_2', name: 'submit_result', arguments: { name: 'Mara' } }]);
  });

  it('takes the place of every model when it is told to', async () => {
    const config: JsonObject = { component_type: 'OpenAiConfig', name: 'real', model_id: 'gpt' };
    const practised = makeModels({ ...guarded, override: 'practice' });
    const answer = await practised.complete(asking('Hello.', null, config), context);
    await practised.close();
    expect(answer.usage.model).toBe('practice');
  });

  it('names a provider that cannot be called', async () => {
    const config: JsonObject = { component_type: 'LlmConfig', name: 'x', model_id: 'x', provider: 'somebody' };
    await expect(async () => models.complete(asking('Hello.', null, config), context)).rejects.toMatchObject({
      code: 'MODEL_NOT_SUPPORTED',
      message: expect.stringContaining('somebody'),
    });
  });
});

describe('a model with OpenAI’s interface', () => {
  let server: Server;
  let config: JsonObject;
  let seen: { url: string | undefined; headers: IncomingHttpHeaders; body: JsonObject }[] = [];
  let answer: { status: number; texts: string[]; deltas?: JsonObject[] } = { status: 200, texts: [] };
  const port = () => (server.address() as AddressInfo).port;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => {
        text += part.toString();
      });
      request.on('end', () => {
        if (request.url?.startsWith('/away/')) {
          response.writeHead(307, { location: `http://localhost:${port()}/v1/chat/completions` }).end();
          return;
        }
        if (request.url?.startsWith('/inside/')) {
          response.writeHead(307, { location: `http://127.0.0.2:${port()}/v1/chat/completions` }).end();
          return;
        }
        seen.push({ url: request.url, headers: request.headers, body: JSON.parse(text) as JsonObject });
        if (answer.status !== 200) {
          response.writeHead(answer.status, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ error: { message: `no, with ${request.headers.authorization}` } }));
          return;
        }
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const chunk = (more: JsonObject): string =>
          `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...more })}\n\n`;
        for (const content of answer.texts) response.write(chunk({ choices: [{ index: 0, delta: { content } }] }));
        for (const delta of answer.deltas ?? []) response.write(chunk({ choices: [{ index: 0, delta }] }));
        response.write(chunk({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } }));
        response.end('data: [DONE]\n\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    config = {
      component_type: 'OpenAiCompatibleConfig',
      name: 'local',
      model_id: 'tiny',
      url: `127.0.0.1:${port()}`,
      api_key: 'sk-local-key',
      default_generation_parameters: { temperature: 0.5, max_tokens: 50 },
    };
  });
  const models = makeModels({ ...guarded, allowPrivate: true });
  afterAll(async () => {
    await models.close();
    server.close();
  });

  it('streams a text and counts what was used', async () => {
    seen = [];
    answer = { status: 200, texts: ['Good ', 'day.'] };
    const pieces: string[] = [];
    const given = await models.complete(
      { ...asking('Hello.', null, config), onToken: (text) => pieces.push(text) },
      context,
    );
    expect(given).toEqual({ text: 'Good day.', usage: { model: 'tiny', inputTokens: 7, outputTokens: 3 } });
    expect(pieces).toEqual(['Good ', 'day.']);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      url: '/v1/chat/completions',
      headers: { authorization: 'Bearer sk-local-key', 'idempotency-key': 'r1:ask:1' },
      body: { model: 'tiny', temperature: 0.5, max_tokens: 50, messages: [{ role: 'user', content: 'Hello.' }] },
    });
  });

  it('sends the schema and reads the JSON, also between fences', async () => {
    seen = [];
    answer = { status: 200, texts: ['```json\n{"n": ', '4}\n```'] };
    const schema = { type: 'object', properties: { n: { type: 'integer' } } };
    const given = await models.complete(asking('How many?', schema, config), context);
    expect(given.value).toEqual({ n: 4 });
    expect(seen[0]?.body).toMatchObject({ response_format: { type: 'json_schema', json_schema: { schema } } });
  });

  it('is told of tools, and its calls are put together from the pieces in which they come', async () => {
    seen = [];
    const piece = (index: number, more: JsonObject): JsonObject => ({ tool_calls: [{ index, ...more }] });
    answer = {
      status: 200,
      texts: ['Let me see.'],
      deltas: [
        piece(0, { id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"na' } }),
        piece(1, { id: 'c2', type: 'function', function: { name: 'look_up', arguments: '' } }),
        piece(0, { function: { arguments: 'me": "Ann"}' } }),
        piece(1, { function: { arguments: '[no object' } }),
        piece(2, { id: 'c3', type: 'function', function: { name: 'now', arguments: '' } }),
      ],
    };
    const parameters = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    const call = { id: 'c0', name: 'look_up', arguments: { name: 'Bo' } };
    const request: ModelRequest = {
      config,
      schema: null,
      tools: [{ name: 'look_up', description: 'Looks somebody up', parameters }],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Who is Ann?' },
        { role: 'assistant', content: '', toolCalls: [call] },
        { role: 'tool', callId: 'c0', content: 'nobody' },
      ],
    };
    const given = await models.complete(request, context);
    expect(given).toEqual({
      text: 'Let me see.',
      toolCalls: [
        { id: 'c1', name: 'look_up', arguments: { name: 'Ann' } },
        { id: 'c2', name: 'look_up', arguments: null },
        { id: 'c3', name: 'now', arguments: {} },
      ],
      usage: { model: 'tiny', inputTokens: 7, outputTokens: 3 },
    });
    expect(seen[0]?.body).toMatchObject({
      tools: [{ type: 'function', function: { name: 'look_up', description: 'Looks somebody up', parameters } }],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Who is Ann?' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c0', type: 'function', function: { name: 'look_up', arguments: '{"name":"Bo"}' } }],
        },
        { role: 'tool', tool_call_id: 'c0', content: 'nobody' },
      ],
    });
  });

  it('says whether a refusal may pass, once, and never shows the key', async () => {
    for (const [status, retryable] of [
      [429, true],
      [503, true],
      [401, false],
      [400, false],
    ] as const) {
      seen = [];
      answer = { status, texts: [] };
      const error = await models.complete(asking('Hello.', null, config), context).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: 'MODEL_REFUSED', retryable, details: { status } });
      expect(String(error)).not.toContain('sk-local-key');
      expect(seen).toHaveLength(1);
    }
  });

  it('is refused at an address of this machine that nobody allowed, with what to allow', async () => {
    seen = [];
    answer = { status: 200, texts: ['Good day.'] };
    const strict = makeModels(guarded);
    for (const url of [`127.0.0.1:${port()}`, `http://localhost:${port()}/v1`, 'http://10.0.0.1', 'http://[::1]:1'])
      await expect(strict.complete(asking('Hello.', null, { ...config, url }), context), url).rejects.toMatchObject({
        code: 'ADDRESS_REFUSED',
        message: expect.stringMatching(/^The model “tiny” cannot be called: .*RONDO_ALLOW_PRIVATE=1/),
        retryable: false,
      });
    expect(seen).toEqual([]);
    await strict.close();
  });

  it('is asked again where it is sent on to, without the key at another origin, and not behind the guard', async () => {
    seen = [];
    answer = { status: 200, texts: ['Good day.'] };
    const own = `http://127.0.0.1:${port()}`;
    const away = { ...config, url: `${own}/away` };
    expect((await models.complete(asking('Hello.', null, away), context)).text).toBe('Good day.');
    expect(seen).toMatchObject([{ body: { model: 'tiny' }, headers: { 'idempotency-key': 'r1:ask:1' } }]);
    expect(seen[0]?.headers.authorization).toBeUndefined();
    const strict = makeModels({ ...guarded, allowedOrigins: [own] });
    expect((await strict.complete(asking('Hello.', null, config), context)).text).toBe('Good day.');
    for (const path of ['away', 'inside'])
      await expect(
        strict.complete(asking('Hello.', null, { ...config, url: `${own}/${path}` }), context),
        path,
      ).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(seen).toHaveLength(2);
    await strict.close();
  });

  it('is stopped when the step is', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(
      models.complete(asking('Hello.', null, config), { ...context, signal: stop.signal }),
    ).rejects.toThrow();
  });

  it('says that nobody is there', async () => {
    const nobody = { ...config, url: 'http://127.0.0.1:9' };
    await expect(models.complete(asking('Hello.', null, nobody), context)).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
      retryable: true,
    });
  });
});
