import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, WaitAnswer } from '@rondo/shared/runs/events.ts';
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../ports.ts';
import { actor, at, base, chain, number, ports, run, started, text } from '../testRuns.ts';

function toolFlow(tool: JsonObject, outputs: JsonObject[] = [number('x')], inputs: JsonObject[] = [number('n')]) {
  const whole = { ...tool, inputs, outputs };
  return chain('flow', [{ ...base('ToolNode', 'use'), tool: whole, inputs, outputs }], inputs, outputs);
}

const start = { pending: [started({ n: 2 })] };
const answered = (waitId: string, answer: WaitAnswer): RunEvent => ({
  kind: 'wait_answered',
  path: 'use',
  at,
  waitId,
  answer,
  actor,
});

describe('a tool of the server', () => {
  const tool = { ...base('ServerTool', 't'), name: 'double' };

  it('is called with its inputs; what touches the outside is on record before, and carries a key', async () => {
    for (const effect of [false, true]) {
      const keys: string[] = [];
      const call = async ({ n }: JsonObject, { idempotencyKey }: { idempotencyKey: string }): Promise<Json> => {
        keys.push(idempotencyKey);
        return Number(n) * 2;
      };
      const given = ports({ serverTool: (name) => (name === 'double' ? { effect, call } : undefined) });
      const { end, events } = await run(toolFlow(tool), given, start);
      expect(end).toMatchObject({ state: 'succeeded', outputs: { x: 4 } });
      const begun = events.find((event) => event.kind === 'step_started' && event.path === 'use');
      expect(begun).toMatchObject(effect ? { idempotencyKey: 'r1:use:1' } : { inputs: { n: 2 } });
      expect(keys).toEqual([effect ? 'r1:use:1' : 'use']);
    }
  });

  it('gives several outputs by name or in order, and says what is missing', async () => {
    const outputs = [number('x'), text('y')];
    const answer = async (value: Json) =>
      (
        await run(
          toolFlow(tool, outputs),
          ports({ serverTool: () => ({ effect: false, call: async () => value }) }),
          start,
        )
      ).end;
    expect(await answer({ x: 1, y: 'a' })).toMatchObject({ outputs: { x: 1, y: 'a' } });
    expect(await answer([1, 'a'])).toMatchObject({ outputs: { x: 1, y: 'a' } });
    expect(await answer({ x: 1 })).toMatchObject({ error: { code: 'OUTPUT_MISSING', step: 'use' } });
    expect(await answer(7)).toMatchObject({ error: { code: 'OUTPUT_MISSING', step: 'use' } });
  });

  it('that is not known is named, or asked for where that is wished', async () => {
    expect((await run(toolFlow(tool), ports(), start)).end).toMatchObject({
      error: { code: 'TOOL_MISSING', message: expect.stringContaining('double') },
    });
    const asking = ports({ askServerTools: true });
    const first = await run(toolFlow(tool), asking, start);
    expect(first.end).toMatchObject({ waits: [{ for: 'server_tool', tool: 'double', arguments: { n: 2 } }] });
    for (const [answer, end] of [
      [{ kind: 'result', value: 5 }, { outputs: { x: 5 } }],
      [{ kind: 'error', message: 'broken' }, { error: { code: 'TOOL_FAILED' } }],
    ] as const) {
      const next = { journal: first.events, pending: [answered('use!tool', answer)] };
      expect((await run(toolFlow(tool), asking, next)).end).toMatchObject(end);
    }
  });
});

describe('a remote tool', () => {
  const remote = {
    ...base('RemoteTool', 't'),
    url: 'https://a.example/{{ n }}',
    http_method: 'GET',
    url_allow_list: ['https://a.example/'],
    sensitive_headers: { $component_ref: 't.sensitive_headers' },
  };

  it('G7: sends its secret headers, keeps to its list, and shows neither in what the run says', async () => {
    const seen: HttpRequest[] = [];
    const given = ports({
      resolve: async (ref) => (ref === 't.sensitive_headers' ? { 'X-Key': 'very-secret' } : undefined),
      http: {
        call: async (request) => {
          seen.push(request);
          return { status: 200, headers: {}, body: { x: 3, echoed: request.headers['X-Key'] ?? '' } };
        },
      },
    });
    const { end, events } = await run(toolFlow(remote, [number('x'), text('echoed')]), given, start);
    expect(end).toMatchObject({ outputs: { x: 3, echoed: '•••' } });
    expect(seen).toMatchObject([
      { url: 'https://a.example/2', headers: { 'X-Key': 'very-secret' }, allowList: ['https://a.example/'] },
    ]);
    expect(JSON.stringify(events)).not.toContain('very-secret');
  });

  it('says which secret it lacks, and is not called', async () => {
    expect((await run(toolFlow(remote), ports(), start)).end).toMatchObject({
      error: { code: 'SECRET_MISSING', message: expect.stringContaining('t.sensitive_headers') },
    });
  });
});

it('a tool that must be confirmed is called after a yes, and not after a no', async () => {
  let called = 0;
  const given = ports({
    serverTool: () => ({
      effect: true,
      call: async () => {
        called += 1;
        return 1;
      },
    }),
  });
  const document = toolFlow({ ...base('ServerTool', 't'), requires_confirmation: true });
  const first = await run(document, given, start);
  expect(first.end).toMatchObject({ waits: [{ id: 'use!confirmation', for: 'confirmation', arguments: { n: 2 } }] });
  const next = (confirmed: boolean) => ({
    journal: first.events,
    pending: [answered('use!confirmation', { kind: 'confirmation', confirmed })],
  });
  expect((await run(document, given, next(false))).end).toMatchObject({ error: { code: 'NOT_CONFIRMED' } });
  expect(called).toBe(0);
  expect((await run(document, given, next(true))).end).toMatchObject({ state: 'succeeded' });
  expect(called).toBe(1);
});

it('a tool of a kind that is not run here, or that is not there, is named', async () => {
  const end = async (tool: JsonObject) => (await run(toolFlow(tool), ports(), start)).end;
  expect(await end(base('MCPTool', 't'))).toMatchObject({ error: { code: 'TOOL_NOT_SUPPORTED' } });
  const foreign = { ...base('BuiltinTool', 't'), tool_type: 'other.product' };
  expect(await end(foreign)).toMatchObject({
    error: { code: 'TOOL_NOT_SUPPORTED', message: expect.stringContaining('other.product') },
  });
  const document = toolFlow({});
  ((document.nodes as JsonObject[])[1] as JsonObject).tool = { $component_ref: 'gone' };
  expect((await run(document, ports(), start)).end).toMatchObject({ error: { code: 'TOOL_MISSING' } });
});
