import { advance } from '@rondo/server/engine/advance.ts';
import { type EnginePorts, type ModelPort, StepError } from '@rondo/server/engine/ports.ts';
import { asText } from '@rondo/shared/oas/casts.ts';
import { isObject, type Json, type JsonObject, own } from '@rondo/shared/oas/json.ts';
import type { RunEvent, Wait, WaitAnswer } from '@rondo/shared/runs/events.ts';
import { quoted } from '@rondo/shared/words/said.ts';
import type { Answer, Scenario } from './wayflow.ts';

const at = '2026-01-01T00:00:00.000Z';
const actor = { kind: 'system', id: 'oracle', name: 'Oracle' } as const;

const refuse = async (): Promise<never> => {
  throw new StepError('NOT_HERE', quoted('Nothing of the kind here.'));
};

/** What our engine says to a scenario: one answer before each reply that it uses up, and the last one. */
export interface OurRun {
  answers: Answer[];
  /** the scenario with no more of its replies than were used up before the answer of the same place */
  used: Scenario[];
}

/** Ports that reach the server tools of a scenario, models where they are given, and nothing else. */
export function portsOf(scenario: Scenario, models: ModelPort = { complete: refuse }): EnginePorts {
  const tools = new Map(Object.entries(scenario.serverTools).map(([name, value]) => [name, byTurns(value)]));
  return {
    now: () => new Date(at),
    models,
    http: { call: refuse },
    sandbox: { template: refuse, formula: refuse, script: refuse },
    serverTool: (name) => {
      const answer = tools.get(name);
      return answer && { effect: false, call: async () => answer() };
    },
    resolve: async () => undefined,
  };
}

function byTurns(value: Json): () => Json {
  const turns = isObject(value) ? own(value, '$turns') : undefined;
  if (!Array.isArray(turns)) return () => value;
  const [first = null, times = 0, then = null] = turns;
  let left = Number(times);
  return () => (left-- > 0 ? first : then);
}

/** Runs a scenario on our engine, every answer in a segment of its own. */
export async function runOurs(scenario: Scenario, models?: ModelPort): Promise<OurRun> {
  const ports = portsOf(scenario, models);
  const answers: Answer[] = [];
  const used: Scenario[] = [{ ...scenario, clientTools: {}, messages: [] }];
  let journal: RunEvent[] = [];
  let pending: RunEvent[] = [{ kind: 'run_started', at, actor, trigger: 'test', inputs: scenario.inputs }];
  for (;;) {
    const events = [...journal];
    const end = await advance({
      runId: 'r',
      document: scenario.document,
      journal,
      pending,
      ports,
      append: async (added) => {
        events.push(...added);
      },
      signal: new AbortController().signal,
    });
    journal = events;
    const messages = said(journal);
    if (end.state === 'succeeded') answers.push({ status: 'finished', outputs: end.outputs, messages });
    if (end.state === 'failed') answers.push({ status: 'error', error: `${end.error.code}: ${end.error.message}` });
    if (end.state !== 'waiting') return { answers, used };
    const wait = end.waits[0] as Wait;
    answers.push(asked(wait, messages));
    const spent = used.at(-1) as Scenario;
    const reply = replyTo(wait, scenario, spent);
    if (reply === undefined) return { answers, used };
    used.push(reply.spent);
    pending = [{ kind: 'wait_answered', path: wait.path, at, waitId: wait.id, answer: reply.answer, actor }];
  }
}

function asked(wait: Wait, messages: string[]): Answer {
  if (wait.for === 'message') return { status: 'user_message', messages };
  // Another runtime sees a review as the client tool that it is.
  if (wait.for === 'tool' || wait.for === 'review')
    return { status: 'tool_request', tool: wait.tool, args: wait.arguments as JsonObject, messages };
  throw new Error(`No random flow waits for a ${wait.for}.`);
}

/** The next reply of the kind that is wanted, and what is used up with it; undefined = the scenario has no more. */
function replyTo(wait: Wait, all: Scenario, spent: Scenario): { answer: WaitAnswer; spent: Scenario } | undefined {
  if (wait.for === 'message') {
    const text = all.messages[spent.messages.length];
    if (text === undefined) return undefined;
    return { answer: { kind: 'message', text }, spent: { ...spent, messages: [...spent.messages, text] } };
  }
  if (wait.for !== 'tool' && wait.for !== 'review') return undefined;
  const before = spent.clientTools[wait.tool] ?? [];
  const value = all.clientTools[wait.tool]?.[before.length];
  if (value === undefined) return undefined;
  const clientTools = { ...spent.clientTools, [wait.tool]: [...before, value] };
  if (wait.for === 'tool') return { answer: { kind: 'result', value }, spent: { ...spent, clientTools } };
  const { decision, ...values } = value as JsonObject;
  return { answer: { kind: 'review', decision: String(decision), values }, spent: { ...spent, clientTools } };
}

/** All that was said, by the flow, the user and the client's tools (whose results stand in the conversation), in order. */
function said(journal: readonly RunEvent[]): string[] {
  return journal.flatMap((event) => {
    if (event.kind === 'message') return [event.text];
    if (event.kind !== 'wait_answered') return [];
    const { answer } = event;
    if (answer.kind === 'review') return [asText({ decision: answer.decision, ...answer.values })];
    if (answer.kind === 'result') return [asText(answer.value)];
    return answer.kind === 'message' ? [answer.text] : [];
  });
}
