import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelRequest } from '../engine/ports.ts';
import { makeModels } from './models.ts';

const context = { idempotencyKey: 'r1:ask:1', signal: new AbortController().signal };
const practice: JsonObject = { component_type: 'LlmConfig', name: 'p', provider: 'practice', model_id: 'practice' };

function asking(content: string, schema: JsonObject | null = null, config = practice): ModelRequest {
  return { config, messages: [{ role: 'user', content }], schema };
}

describe('the practice model', () => {
  const models = makeModels();

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

  it('takes the place of every model when it is told to', async () => {
    const config: JsonObject = { component_type: 'OpenAiConfig', name: 'real', model_id: 'gpt' };
    const answer = await makeModels({ override: 'practice' }).complete(asking('Hello.', null, config), context);
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
  let answer: { status: number; texts: string[] } = { status: 200, texts: [] };

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (part: Buffer) => {
        text += part.toString();
      });
      request.on('end', () => {
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
        response.write(chunk({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } }));
        response.end('data: [DONE]\n\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    config = {
      component_type: 'OpenAiCompatibleConfig',
      name: 'local',
      model_id: 'tiny',
      url: `127.0.0.1:${port}`,
      api_key: 'sk-local-key',
      default_generation_parameters: { temperature: 0.5, max_tokens: 50 },
    };
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  const models = makeModels();

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

  it('says that nobody is there', async () => {
    const nobody = { ...config, url: 'http://127.0.0.1:9' };
    await expect(models.complete(asking('Hello.', null, nobody), context)).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
      retryable: true,
    });
  });
});
