import { caughtBranch } from '@rondo/shared/oas/inference.ts';
import type { Json } from '@rondo/shared/oas/json.ts';
import type { RunEvent, RunStarted, Wait } from '@rondo/shared/runs/events.ts';
import { isWithin } from '@rondo/shared/runs/paths.ts';

export type Attributes = { [name: string]: string | number | boolean };

export interface SpanEvent {
  name: string;
  /** milliseconds since 1970 */
  at: number;
  attributes: Attributes;
}

/** A span of Agent Spec Tracing that has ended. What is sensitive is in it only where values are wanted. */
export interface EndedSpan {
  /** what is unique in the run: the step's path, with ` inner` for what the step is made of; empty = the run itself */
  key: string;
  /** key of the span around it; null = none */
  parent: string | null;
  name: string;
  /** ToolExecutionSpan, NodeExecutionSpan … */
  type: string;
  start: number;
  end: number;
  attributes: Attributes;
  events: SpanEvent[];
  /** the code of the error with which it ended */
  error?: string;
  /** the step of another run that this run was started by */
  link?: { runId: string; key: string };
}

interface OpenSpan extends Omit<EndedSpan, 'end'> {
  nodeType: string;
  nodeName: string;
  /** what carries the request of the try under way */
  requestId: string;
  /** somebody else than the server does it: a person, a client */
  outside: boolean;
  /** of its first try, where values are wanted */
  inputs: Attributes;
  /** keys of the flows that it runs for items, or side by side */
  flows: string[];
}

/** What a span of what a step is made of tells of the step. */
type Around = Pick<OpenSpan, 'key' | 'nodeName' | 'start' | 'attributes' | 'inputs' | 'requestId'>;

/** A flow that a step runs for an item, or beside others; it ends with the last step in it. */
interface OpenFlow {
  around: Around;
  end: number;
}

/** Types of nodes that are made of one thing that has a span of its own. */
const inner: { [nodeType: string]: 'LlmGeneration' | 'ToolExecution' | 'AgentExecution' | 'FlowExecution' } = {
  LlmNode: 'LlmGeneration',
  ToolNode: 'ToolExecution',
  ApiNode: 'ToolExecution',
  AgentNode: 'AgentExecution',
  FlowNode: 'FlowExecution',
  CatchExceptionNode: 'FlowExecution',
};
const requests = {
  LlmGeneration: ['LlmGenerationRequest', 'LlmGenerationResponse'],
  ToolExecution: ['ToolExecutionRequest', 'ToolExecutionResponse'],
  AgentExecution: ['AgentExecutionStart', 'AgentExecutionEnd'],
  FlowExecution: ['FlowExecutionStart', 'FlowExecutionEnd'],
} as const;
/** A span with more events keeps its first ones, and its end. */
const mostEvents = 128;
const longestValue = 4096;

/** Key of the span of what a step is made of. */
function innerKey(path: string): string {
  return `${path} inner`;
}

/** Builds the spans of one run from its events, in their order. */
export class RunSpans {
  readonly #values: boolean;
  #root: OpenSpan | undefined;
  readonly #open = new Map<string, OpenSpan>();
  /** by their keys */
  readonly #flows = new Map<string, OpenFlow>();
  /** code of the step that failed in a flow, by the key of that flow */
  readonly #failures = new Map<string, string>();

  /** @param values true: inputs, outputs and messages go into the spans */
  constructor(values: boolean) {
    this.#values = values;
  }

  /** @returns the spans that end with this event */
  fold(event: RunEvent): EndedSpan[] {
    const at = Date.parse(event.at);
    switch (event.kind) {
      case 'run_started':
        this.#begin(event, at);
        return [];
      case 'step_started': {
        const open = this.#open.get(event.path);
        if (open) open.requestId = requestOf(event);
        else this.#step(event, at);
        this.#note(event.path, at, event.attempt > 1 || open ? 'rondo.try' : 'NodeExecutionStart', {
          ...(event.attempt > 1 && { attempt: event.attempt }),
          ...this.#value('inputs', event.inputs),
        });
        return [];
      }
      case 'step_succeeded': {
        const open = this.#open.get(event.path);
        if (!open) return [];
        this.#note(event.path, at, 'NodeExecutionEnd', {
          branch_selected: event.branch,
          ...this.#value('outputs', event.outputs),
        });
        if (event.usage)
          Object.assign(open.attributes, {
            'gen_ai.request.model': event.usage.model,
            'gen_ai.usage.input_tokens': event.usage.inputTokens,
            'gen_ai.usage.output_tokens': event.usage.outputTokens,
          });
        return this.#end(event.path, at, undefined, {
          ...this.#value('outputs', event.outputs),
          ...(inner[open.nodeType] === 'FlowExecution' && { branch_selected: event.branch }),
          ...(event.usage && { input_tokens: event.usage.inputTokens, output_tokens: event.usage.outputTokens }),
        });
      }
      case 'step_failed':
        this.#note(event.path, at, 'ExceptionRaised', {
          exception_type: event.error.code,
          ...(this.#values && { exception_message: event.error.message }),
        });
        if (event.retryAt === undefined) return this.#end(event.path, at, event.error.code);
        this.#note(event.path, at, 'rondo.retry', { attempt: event.attempt, retry_at: event.retryAt });
        return [];
      case 'step_cut_off':
        this.#note(event.path, at, 'rondo.cut_off', { attempt: event.attempt });
        return [];
      case 'message':
        this.#note(event.path, at, 'ConversationMessageAdded', {
          role: event.role,
          ...(this.#values && { content: event.text }),
        });
        return [];
      case 'wait_started':
        this.#wait(event.wait, at);
        return [];
      case 'wait_answered':
        this.#answered(event, at);
        return [];
      case 'run_resumed':
        this.#note('', at, 'rondo.resumed', { why: event.why });
        return [];
      case 'run_paused':
      case 'run_unpaused':
        this.#note('', at, `rondo.${event.kind.slice('run_'.length)}`, {});
        return [];
      case 'run_succeeded':
        this.#note('', at, 'FlowExecutionEnd', {
          branch_selected: event.branch,
          ...this.#value('outputs', event.outputs),
        });
        return this.#over(at, 'succeeded');
      case 'run_failed':
        this.#note('', at, 'ExceptionRaised', {
          exception_type: event.error.code,
          ...(this.#values && { exception_message: event.error.message }),
        });
        return this.#over(at, 'failed', event.error.code);
      case 'run_cancelled':
        this.#note('', at, 'rondo.cancelled', {});
        return this.#over(at, 'cancelled');
    }
  }

  #begin(event: RunStarted, at: number): void {
    this.#root = {
      key: '',
      parent: null,
      name: 'FlowExecution',
      type: 'FlowExecutionSpan',
      start: at,
      attributes: { 'agentspec.span.type': 'FlowExecutionSpan', 'rondo.run.trigger': event.trigger },
      events: [],
      nodeType: '',
      nodeName: '',
      requestId: '',
      outside: false,
      inputs: {},
      flows: [],
      ...(event.parent && { link: { runId: event.parent.runId, key: event.parent.path } }),
    };
    this.#note('', at, 'FlowExecutionStart', this.#value('inputs', event.inputs));
  }

  #step(event: Extract<RunEvent, { kind: 'step_started' }>, at: number): void {
    this.#open.set(event.path, {
      key: event.path,
      parent: this.#around(event.path, at),
      name: `NodeExecution - ${event.name}`,
      type: 'NodeExecutionSpan',
      start: at,
      attributes: {
        'agentspec.span.type': 'NodeExecutionSpan',
        'agentspec.node.id': event.nodeId,
        'agentspec.node.name': event.name,
        'agentspec.node.component_type': event.nodeType,
        'rondo.step.path': event.path,
      },
      events: [],
      nodeType: event.nodeType,
      nodeName: event.name,
      requestId: requestOf(event),
      outside: false,
      inputs: this.#value('inputs', event.inputs),
      flows: [],
    });
  }

  /** Key of what holds this step: the flow that the innermost step around it runs; the run when there is none. */
  #around(path: string, at: number): string {
    let around = '';
    for (const open of this.#open.keys()) {
      if (open !== path && isWithin(path, open) && open.length > around.length) around = open;
    }
    const holder = this.#open.get(around);
    if (!holder) return around;
    // `[3]` of an item, or of one flow of several.
    const which = path.slice(around.length, path.indexOf('/', around.length));
    if (which === '') return inner[holder.nodeType] ? innerKey(around) : around;
    const key = innerKey(around + which);
    if (!this.#flows.has(key)) {
      const nodeName = holder.nodeName + which;
      const flow = { key: around + which, nodeName, start: at, attributes: {}, inputs: {}, requestId: '' };
      this.#flows.set(key, { around: flow, end: at });
      holder.flows.push(key);
    }
    return key;
  }

  #wait(wait: Wait, at: number): void {
    const open = this.#open.get(wait.path);
    const about = { request_id: wait.id };
    switch (wait.for) {
      case 'review':
      case 'message':
        if (open) open.outside = true;
        this.#note(wait.path, at, 'HumanInTheLoopRequest', {
          ...about,
          ...(wait.for === 'review' && this.#value('content', wait.arguments)),
        });
        return;
      case 'tool':
      case 'server_tool':
        if (open) open.outside = true;
        this.#note(wait.path, at, 'ToolExecutionRequest', {
          ...about,
          tool: wait.tool,
          ...this.#value('inputs', wait.arguments),
        });
        return;
      case 'confirmation':
        this.#note(wait.path, at, 'ToolConfirmationRequest', {
          ...about,
          tool: wait.tool,
          tool_execution_request_id: open?.requestId ?? '',
        });
        return;
      default:
        this.#note(wait.path, at, 'rondo.wait', { ...about, for: wait.for });
    }
  }

  #answered({ path, waitId, answer }: Extract<RunEvent, { kind: 'wait_answered' }>, at: number): void {
    const about = { request_id: waitId };
    switch (answer.kind) {
      case 'review':
        this.#note(path, at, 'HumanInTheLoopResponse', {
          ...about,
          ...(this.#values && { decision: answer.decision }),
          ...this.#value('content', answer.values),
        });
        return;
      case 'message':
        this.#note(path, at, 'HumanInTheLoopResponse', { ...about, ...this.#value('content', answer.text) });
        return;
      case 'result':
        this.#note(path, at, 'ToolExecutionResponse', { ...about, ...this.#value('output', answer.value) });
        return;
      case 'confirmation':
        this.#note(path, at, 'ToolConfirmationResponse', { ...about, execution_confirmed: answer.confirmed });
        return;
      default:
        this.#note(path, at, 'rondo.wait_over', { ...about, by: answer.kind });
    }
  }

  #note(path: string, at: number, name: string, attributes: Attributes): void {
    const span = path === '' ? this.#root : this.#open.get(path);
    if (!span) return;
    if (span.events.length >= mostEvents) span.events.splice(mostEvents - 1);
    span.events.push({ name, at, attributes });
  }

  #value(name: string, value: Json): Attributes {
    if (!this.#values) return {};
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { [name]: text.length > longestValue ? `${text.slice(0, longestValue)}…` : text };
  }

  /** Ends a step, and whatever in it was broken off with it. */
  #end(path: string, at: number, error?: string, outputs: Attributes = {}): EndedSpan[] {
    const ended: EndedSpan[] = [];
    for (const key of [...this.#open.keys()]) {
      if (key !== path && isWithin(key, path)) ended.push(...this.#end(key, at, 'BROKEN_OFF'));
    }
    const open = this.#open.get(path);
    if (!open) return ended;
    this.#open.delete(path);
    if (open.parent) this.#tellFlow(open.parent, at, error);
    for (const key of open.flows) {
      const flow = this.#flows.get(key);
      this.#flows.delete(key);
      if (flow) ended.push(innerSpan(flow.around, path, 'FlowExecution', flow.end, this.#failureIn(key), {}));
    }
    const kind = inner[open.nodeType];
    const failure = this.#failureIn(innerKey(path));
    const isCaught = open.nodeType === 'CatchExceptionNode' && outputs.branch_selected === caughtBranch;
    // What a client or a person does is no execution of the server; a flow in the flow holds its steps all the same.
    if (kind && !open.outside) ended.push(innerSpan(open, path, kind, at, isCaught ? failure : error, outputs));
    ended.push(closed(open, at, error));
    return ended;
  }

  /** A step in a flow has ended. */
  #tellFlow(key: string, at: number, error: string | undefined): void {
    const flow = this.#flows.get(key);
    if (flow) flow.end = at;
    if (error !== undefined) this.#failures.set(key, error);
  }

  /** Code of the step that failed in a flow that is over. */
  #failureIn(flow: string): string | undefined {
    const code = this.#failures.get(flow);
    this.#failures.delete(flow);
    return code;
  }

  #over(at: number, state: string, error?: string): EndedSpan[] {
    const ended: EndedSpan[] = [];
    // Those inside of another one go with it.
    for (const path of [...this.#open.keys()]) ended.push(...this.#end(path, at, 'BROKEN_OFF'));
    if (this.#root) {
      this.#root.attributes['rondo.run.state'] = state;
      ended.push(closed(this.#root, at, error));
    }
    this.#root = undefined;
    return ended;
  }
}

function requestOf(event: Extract<RunEvent, { kind: 'step_started' }>): string {
  return event.idempotencyKey ?? `${event.path} ${event.attempt}`;
}

function closed(open: OpenSpan, end: number, error?: string): EndedSpan {
  const { key, parent, name, type, start, attributes, events, link } = open;
  const ended = { key, parent, name, type, start, end, attributes, events };
  return { ...ended, ...(error !== undefined && { error }), ...(link && { link }) };
}

function innerSpan(
  open: Around,
  parent: string,
  kind: keyof typeof requests,
  end: number,
  error: string | undefined,
  outputs: Attributes,
): EndedSpan {
  const type = `${kind}Span`;
  const [request, response] = requests[kind];
  const about: Attributes = kind === 'LlmGeneration' || kind === 'ToolExecution' ? { request_id: open.requestId } : {};
  const usage = Object.entries(open.attributes).filter(([name]) => name.startsWith('gen_ai.'));
  return {
    key: innerKey(open.key),
    parent,
    name: `${kind} - ${open.nodeName}`,
    type,
    start: open.start,
    end,
    attributes: { 'agentspec.span.type': type, 'rondo.step.path': open.key, ...Object.fromEntries(usage) },
    events: [
      { name: request, at: open.start, attributes: { ...about, ...open.inputs } },
      error === undefined
        ? { name: response, at: end, attributes: { ...about, ...outputs } }
        : { name: 'ExceptionRaised', at: end, attributes: { exception_type: error } },
    ],
    ...(error !== undefined && { error }),
  };
}
