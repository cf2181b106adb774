import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { RunEvent, Wait, WaitAnswer } from '@rondo/shared/runs/events.ts';
import type { GivenStep, PartialRun } from '@rondo/shared/runs/partial.ts';
import { takenOver } from '@rondo/shared/runs/retry.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EnginePorts, type HttpRequest, type SegmentEnd, StepError } from './ports.ts';
import { actor, at, base, call, chain, number, ports, run, started } from './testRuns.ts';

/** Steps of a random flow: leaves, and what holds flows of more of them. */
type Sketch =
  | { kind: 'call' | 'flaky' | 'later' | 'event' | 'child' | 'agent' }
  | { kind: 'map' | 'parallelMap' | 'flow' | 'parallel' | 'catch'; inner: Sketch[] };

const leaf: fc.Arbitrary<Sketch> = fc.record({
  kind: fc.constantFrom('call', 'flaky', 'later', 'event', 'child', 'agent'),
});
const { sketch } = fc.letrec<{ sketch: Sketch }>((tie) => ({
  sketch: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    leaf,
    fc.record({
      kind: fc.constantFrom('map', 'parallelMap', 'flow', 'parallel', 'catch'),
      inner: fc.array(tie('sketch'), { minLength: 1, maxLength: 2 }),
    }),
  ),
}));

const n = number('n', { default: 1 });

/** The step of a sketch; the names of all values that it gives begin with its id. */
function stepOf(sketch: Sketch, id: string): { step: JsonObject; outputs: JsonObject[] } {
  const out = number(`${id}_out`, { default: 0 });
  switch (sketch.kind) {
    case 'call':
      return { step: call(id, 'n', { outputs: [out], inputs: [n] }), outputs: [out] };
    case 'flaky':
    case 'later': {
      const policy = { attempts: 2, delaySeconds: sketch.kind === 'later' ? 60 : 0, jitter: 'none' };
      const metadata = { __metadata_info__: { rondo: { policy } } };
      return { step: call(id, 'n', { outputs: [out], inputs: [n], metadata }), outputs: [out] };
    }
    case 'event':
      return { step: builtin(id, 'rondo.wait', { mode: 'event', event: 'go', key: id }, []), outputs: [] };
    case 'child':
      return { step: builtin(id, 'rondo.run_flow', { flow: 'other' }, [out]), outputs: [out] };
    case 'agent':
      return { step: agent(id, out), outputs: [out] };
    default:
      return holding(sketch, id);
  }
}

/** An agent with a tool that it calls, and a person whom it asks. */
function agent(id: string, out: JsonObject): JsonObject {
  const tool = {
    ...base('RemoteTool', `${id}-t`),
    name: 'double',
    url: 'https://a.example/{{ m }}',
    http_method: 'POST',
    inputs: [number('m')],
    outputs: [number('doubled')],
  };
  const llm_config = { ...base('LlmConfig', `${id}-m`), provider: 'practice', model_id: 'practice' };
  const component = {
    ...base('Agent', `${id}-a`),
    llm_config,
    system_prompt: id,
    tools: [tool],
    outputs: [out],
    inputs: [],
  };
  return { ...base('AgentNode', id), agent: component };
}

/** Calls its tool, asks a person, and hands in what the tool gave; all in the conversation says how far it is. */
const model: EnginePorts['models'] = {
  complete: async ({ messages }) => {
    const usage = { model: 'scripted', inputTokens: 1, outputTokens: 1 };
    const said = messages.findLast((message) => message.role === 'tool')?.content;
    if (said === undefined) return { text: '', usage, toolCalls: [{ id: 'c', name: 'double', arguments: { m: 4 } }] };
    if (messages.at(-1)?.role === 'tool') return { text: 'Right?', usage };
    const id = messages[0]?.content ?? '';
    return {
      text: '',
      usage,
      toolCalls: [{ id: 's', name: 'submit_result', arguments: { [`${id}_out`]: Number(said) } }],
    };
  },
};

function builtin(id: string, kind: string, configuration: JsonObject, outputs: JsonObject[]): JsonObject {
  const tool = { ...base('BuiltinTool', `${id}-t`), tool_type: kind, configuration, inputs: [], outputs };
  return { ...base('ToolNode', id), tool };
}

function holding(
  sketch: Extract<Sketch, { inner: Sketch[] }>,
  id: string,
): { step: JsonObject; outputs: JsonObject[] } {
  const { kind } = sketch;
  if (kind === 'parallel') {
    const flows = sketch.inner.map((inner, i) => flowOf([inner], `${id}p${i}`));
    const step = { ...base('ParallelFlowNode', id), subflows: flows };
    return { step, outputs: flows.flatMap((flow) => flow.outputs as JsonObject[]) };
  }
  const subflow = flowOf(sketch.inner, `${id}f`);
  const outputs = subflow.outputs as JsonObject[];
  switch (kind) {
    case 'flow':
      return { step: { ...base('FlowNode', id), subflow }, outputs };
    case 'catch':
      return { step: { ...base('CatchExceptionNode', id), subflow }, outputs };
    default: {
      const items = { title: 'iterated_n', type: 'array', items: number('item'), default: [1, 2, 3] };
      const type = kind === 'map' ? 'MapNode' : 'ParallelMapNode';
      const collected = outputs.map((output) => ({
        title: `collected_${String(output.title)}`,
        type: 'array',
        items: { type: 'number' },
        default: [],
      }));
      return { step: { ...base(type, id), subflow, inputs: [items] }, outputs: collected };
    }
  }
}

function flowOf(sketches: Sketch[], id: string): JsonObject {
  const parts = sketches.map((sketch, i) => stepOf(sketch, `${id}${i}`));
  const steps = parts.map(({ step }) => step);
  const flow = chain(
    id,
    steps,
    [n],
    // Lists stay inside of a map that stands in another one: what it collects is a list of numbers only.
    parts.flatMap(({ outputs }) => outputs).filter((output) => output.type === 'number'),
  );
  const edges = flow.control_flow_connections as JsonObject[];
  for (const step of steps) {
    const edge = edges.find((one) => (one.from_node as JsonObject).$component_ref === step.id);
    if (step.component_type !== 'CatchExceptionNode' || !edge) continue;
    edges.push({ ...edge, id: `${String(edge.id)}x`, from_branch: 'caught_exception_branch' });
  }
  return flow;
}

/** An outside that fails each first try of the steps that may fail, and remembers every call. */
function outside(flaky: ReadonlySet<string>) {
  const calls: string[] = [];
  const http = {
    call: async ({ url }: HttpRequest, { idempotencyKey }: { idempotencyKey: string }) => {
      calls.push(idempotencyKey);
      const id = /([^/[\]#]+)(#\d+)?:\d+$/.exec(idempotencyKey)?.[1] ?? '';
      if (flaky.has(id) && idempotencyKey.endsWith(':1'))
        throw new StepError('BUSY', quoted('Later.'), { retryable: true });
      const twice = Number(url.split('/').at(-1)) * 2;
      return { status: 200, headers: {}, body: { [`${id}_out`]: twice, doubled: twice } };
    },
  };
  const startChild = async ({ key, waitId }: { key: string; waitId: string }) => {
    calls.push(key);
    return { runId: `child of ${waitId}`, flowName: 'Other' };
  };
  const models: EnginePorts['models'] = {
    complete: (request, context) => {
      calls.push(context.idempotencyKey);
      return model.complete(request, context);
    },
  };
  return { calls, given: ports({ http, startChild, models }) };
}

function answerTo(wait: Wait): WaitAnswer {
  if (wait.for === 'event') return { kind: 'event', eventId: 'e', payload: null };
  if (wait.for === 'timer') return { kind: 'timer' };
  if (wait.for === 'message') return { kind: 'message', text: 'Right.' };
  if (wait.for !== 'run') throw new Error(`no answer to a ${wait.for}`);
  const name = `${/([^/[\]#]+)(#\d+)?$/.exec(wait.path)?.[1]}_out`;
  return { kind: 'run', state: 'succeeded', outputs: { [name]: 5 } };
}

/** Runs to the end, each answer in a segment of its own. */
async function toTheEnd(document: JsonObject, journal: RunEvent[], runId: string, flaky: ReadonlySet<string>) {
  const { calls, given } = outside(flaky);
  let events = journal;
  let pending: RunEvent[] = [];
  let end: SegmentEnd;
  for (;;) {
    ({ end, events } = await run(document, given, { runId, journal: events, pending }));
    if (end.state !== 'waiting') return { end, events, calls };
    const wait = end.waits[0];
    if (!wait) throw new Error('It waits for nothing.');
    pending = [{ kind: 'wait_answered', path: wait.path, at, waitId: wait.id, answer: answerTo(wait), actor }];
  }
}

function flakyIn(sketches: Sketch[], id: string): string[] {
  return sketches.flatMap((sketch, i) => {
    const own = `${id}${i}`;
    if (sketch.kind === 'parallel') return sketch.inner.flatMap((inner, p) => flakyIn([inner], `${own}p${p}`));
    if ('inner' in sketch) return flakyIn(sketch.inner, `${own}f`);
    return sketch.kind === 'flaky' || sketch.kind === 'later' ? [own] : [];
  });
}

const someFlow = fc.array(sketch, { minLength: 1, maxLength: 3 });

describe('any flow', () => {
  it('G1: comes to the same end from any event on, and what is finished is not done again', { timeout: 30_000 }, () =>
    fc.assert(
      fc.asyncProperty(someFlow, fc.double({ min: 0, max: 1, noNaN: true }), async (sketches, where) => {
        const document = flowOf(sketches, 's');
        const flaky = new Set(flakyIn(sketches, 's'));
        const whole = await toTheEnd(document, [started({ n: 3 })], 'r1', flaky);
        expect(whole.end).toMatchObject({ state: 'succeeded' });
        expect(new Set(whole.calls).size).toBe(whole.calls.length);
        const cut = 1 + Math.floor(where * (whole.events.length - 2));
        const journal = whole.events.slice(0, cut);
        const resumed = await toTheEnd(document, journal, 'r1', flaky);
        expect(resumed.end).toEqual(whole.end);
        for (const event of journal) {
          if (event.kind !== 'step_succeeded' && event.kind !== 'step_failed') continue;
          const attempt = event.kind === 'step_failed' ? event.attempt : undefined;
          const again = resumed.calls.filter((key) =>
            attempt === undefined ? key.startsWith(`r1:${event.path}:`) : key === `r1:${event.path}:${attempt}`,
          );
          expect(again).toEqual([]);
        }
      }),
      { numRuns: 60 },
    ),
  );

  it('tried again from any step, does only what is missing', { timeout: 30_000 }, () =>
    fc.assert(
      fc.asyncProperty(someFlow, fc.nat(), async (sketches, which) => {
        const document = flowOf(sketches, 's');
        const flaky = new Set(flakyIn(sketches, 's'));
        const whole = await toTheEnd(document, [started({ n: 3 })], 'r1', flaky);
        const paths = whole.events.flatMap((event) => (event.kind === 'step_started' ? [event.path] : []));
        const from = paths[which % paths.length] ?? '';
        const taken = takenOver(whole.events, from);
        const retry = { runId: 'r1', number: 1, from };
        const again = await toTheEnd(document, [started({ n: 3 }, { retry }), ...taken], 'r2', flaky);
        expect(again.end).toEqual(whole.end);
        const kept = new Set(taken.flatMap((event) => (event.kind === 'step_succeeded' ? [event.path] : [])));
        expect(kept.has(from)).toBe(false);
        for (const path of kept) expect(again.calls.filter((key) => key.startsWith(`r2:${path}:`))).toEqual([]);
        // The same steps have succeeded, each once.
        const done = (events: RunEvent[]) =>
          events.flatMap((event) => (event.kind === 'step_succeeded' ? [event.path] : [])).sort();
        expect(done(again.events)).toEqual(done(whole.events));
      }),
      { numRuns: 60 },
    ),
  );

  it(
    'run from any step on, or up to it, does its part of the whole, also resumed; all taken as given calls nothing',
    {
      timeout: 30_000,
    },
    () =>
      fc.assert(
        fc.asyncProperty(
          someFlow,
          fc.nat(),
          fc.double({ min: 0, max: 1, noNaN: true }),
          async (sketches, which, where) => {
            const document = flowOf(sketches, 's');
            const flaky = new Set(flakyIn(sketches, 's'));
            const whole = await toTheEnd(document, [started({ n: 3 })], 'r1', flaky);
            const ends = whole.events.flatMap((event) =>
              event.kind === 'step_succeeded' && !event.path.includes('/') && !event.path.includes('[') ? [event] : [],
            );
            const at = which % (ends.length - 1);
            const id = ends[at]?.path ?? '';
            const endOf = ({ outputs, branch }: { outputs: GivenStep['outputs']; branch: string }) => ({
              outputs,
              branch,
            });
            const part = async (partial: PartialRun) => {
              const first = await toTheEnd(document, [started({ n: 3 }, { partial })], 'r2', flaky);
              const cut = 1 + Math.floor(where * (first.events.length - 2));
              const again = await toTheEnd(document, first.events.slice(0, cut), 'r2', flaky);
              expect(again.end).toEqual(first.end);
              return first;
            };
            const before = Object.fromEntries(ends.slice(0, at).map((event) => [event.path, endOf(event)]));
            expect((await part({ from: id, before })).end).toEqual(whole.end);
            const to = await part({ to: id });
            expect(to.end).toEqual({ state: 'succeeded', ...endOf(ends[at] ?? { outputs: {}, branch: '' }) });
            const inner = ends.filter((event) => event.path !== 's-start' && event.path !== 's-end');
            const all = await part({ given: Object.fromEntries(inner.map((event) => [event.path, endOf(event)])) });
            expect(all.end).toEqual(whole.end);
            expect(all.calls).toEqual([]);
          },
        ),
        { numRuns: 60 },
      ),
  );
});
