import { defaultSurface } from '../a2ui/reviewForm.ts';
import type { Json, JsonObject } from './json.ts';
import { reference } from './references.ts';

/** What the palette offers. */
export const nodeKinds = [
  'start',
  'end',
  'review',
  'question',
  'message',
  'ai',
  'agent',
  'decide',
  'each',
  'eachParallel',
  'parallel',
  'flow',
  'runFlow',
  'catch',
  'api',
  'tool',
  'formula',
  'script',
  'wait',
  'callback',
  'readFile',
  'writeFile',
] as const;
export type NodeKind = (typeof nodeKinds)[number];

export interface NewNodeOptions {
  /** default: an English word for the kind */
  name?: string;
  /** what a new step says until somebody writes something better; default: in English */
  words?: NewStepWords;
  position?: { x: number; y: number };
  /** flow, each, catch, parallel: the flow that is run (a whole Flow component, or a reference to one) */
  subflow?: JsonObject;
  /** makes ids; default: random UUIDs */
  newId?: () => string;
}

/** What people read of new steps and flows, besides their names. */
export interface NewStepWords {
  start: string;
  end: string;
  model: string;
  question: string;
  message: string;
  prompt: string;
  agent: string;
  review: string;
  tool: string;
  approve: string;
  reject: string;
  comment: string;
}

const englishWords: NewStepWords = {
  start: 'Start',
  end: 'End',
  model: 'Practice model',
  question: 'What should happen next?',
  message: 'All done.',
  prompt: 'Summarise in two sentences: {{ text }}',
  agent: 'You are a helpful colleague.',
  review: 'Asks a person to look at the values and to decide.',
  tool: 'A tool of the server.',
  approve: 'Approve',
  reject: 'Reject',
  comment: 'Comment',
};

const names: Record<NodeKind, string> = {
  start: 'Start',
  end: 'End',
  review: 'Ask for a review',
  question: 'Ask a question',
  message: 'Show a message',
  ai: 'Write with AI',
  agent: 'Ask an agent',
  decide: 'Decide',
  each: 'For each',
  eachParallel: 'For each (side by side)',
  parallel: 'Side by side',
  flow: 'Run a flow inside',
  runFlow: 'Run a published flow',
  catch: 'If something fails',
  api: 'Call a web service',
  tool: 'Use a tool',
  formula: 'Formula',
  script: 'Script',
  wait: 'Wait',
  callback: 'Callback address',
  readFile: 'Read a file',
  writeFile: 'Write a file',
};

type NewId = () => string;

/** A component with the fields that every component has, in the order in which the reference SDK writes them. */
function component(type: string, id: string, name: string, fields: JsonObject): JsonObject {
  return { component_type: type, id, name, description: null, metadata: {}, ...fields };
}

const text = (title: string, more: JsonObject = {}): JsonObject => ({ title, type: 'string', ...more });
const value: JsonObject[] = [{ title: 'value' }];
const result: JsonObject[] = [{ title: 'result' }];
const file = text('file', { format: 'rondo-file' });

/** The model that answers without a key: deterministic, made for trying things out. */
export function practiceModel(id: string, name = englishWords.model): JsonObject {
  return component('LlmConfig', id, name, { model_id: 'practice', provider: 'practice' });
}

/**
 * A new step of a kind, complete as far as it can be without knowing the flow: it loads in the reference SDK.
 * Its inputs are those that its own text asks for.
 */
export function newNode(kind: NodeKind, options: NewNodeOptions = {}): JsonObject {
  const newId = options.newId ?? (() => crypto.randomUUID());
  const id = newId();
  const name = options.name ?? names[kind];
  const node = build(kind, id, name, newId, options);
  if (options.position === undefined) return node;
  const { x, y } = options.position;
  return { ...node, metadata: { __metadata_info__: { rondo: { position: { x: Math.round(x), y: Math.round(y) } } } } };
}

function build(kind: NodeKind, id: string, name: string, newId: NewId, options: NewNodeOptions): JsonObject {
  const words = options.words ?? englishWords;
  switch (kind) {
    case 'start':
      return component('StartNode', id, name, { inputs: [], outputs: [], branches: ['next'] });
    case 'end':
      return component('EndNode', id, name, { inputs: [], outputs: [], branches: [], branch_name: 'next' });
    case 'review':
      return toolNode(id, name, reviewTool(newId(), toolName(name, 'review'), words));
    case 'question':
      return component('InputMessageNode', id, name, {
        inputs: [],
        outputs: [text('user_input')],
        branches: ['next'],
        message: words.question,
      });
    case 'message':
      return component('OutputMessageNode', id, name, {
        inputs: [],
        outputs: [],
        branches: ['next'],
        message: words.message,
      });
    case 'ai':
      return component('LlmNode', id, name, {
        inputs: [text('text')],
        outputs: [text('generated_text')],
        branches: ['next'],
        llm_config: practiceModel(newId(), words.model),
        prompt_template: words.prompt,
      });
    case 'agent':
      return component('AgentNode', id, name, {
        inputs: [],
        outputs: [text('answer')],
        branches: ['next'],
        agent: component('Agent', newId(), name, {
          inputs: [],
          outputs: [text('answer')],
          llm_config: practiceModel(newId(), words.model),
          system_prompt: words.agent,
          tools: [],
          human_in_the_loop: true,
        }),
      });
    case 'decide':
      return component('BranchingNode', id, name, {
        inputs: [text('value')],
        outputs: [],
        branches: ['default', 'yes'],
        mapping: { yes: 'yes' },
      });
    case 'api':
      return component('ApiNode', id, name, {
        inputs: [],
        outputs: [{ title: 'response' }],
        branches: ['next'],
        url: 'https://example.com/',
        http_method: 'GET',
        data: {},
        query_params: {},
        headers: {},
      });
    case 'tool':
      return toolNode(id, name, serverTool(newId(), toolName(name, 'tool'), words));
    case 'formula':
      return toolNode(id, name, builtin(newId(), name, 'rondo.formula', { expression: 'value' }, value, result));
    case 'script':
      return toolNode(id, name, builtin(newId(), name, 'rondo.script', { code: 'return value;' }, value, result));
    case 'wait':
      return toolNode(id, name, builtin(newId(), name, 'rondo.wait', { seconds: 60 }));
    case 'callback': {
      const url = [text('url')];
      return toolNode(id, name, builtin(newId(), name, 'rondo.callback_address', { name: 'callback' }, [], url));
    }
    case 'runFlow':
      return toolNode(id, name, builtin(newId(), name, 'rondo.run_flow', { flow: '' }));
    case 'readFile':
      return toolNode(id, name, builtin(newId(), name, 'rondo.read_file', {}, [file], [text('text')]));
    case 'writeFile':
      return toolNode(
        id,
        name,
        builtin(newId(), name, 'rondo.write_file', { name: 'text.txt' }, [text('text')], [file]),
      );
    default:
      return subflowNode(kind, id, name, options.subflow ?? blankFlow(name, { newId, words }));
  }
}

const twoLetters: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** A tool's name is what programs see: no spaces, and letters that every program has. */
function toolName(name: string, fallback: string): string {
  const letters = name
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (sign) => twoLetters[sign] ?? sign)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
  const plain = letters.replace(/[^a-z0-9]+/g, '_');
  return plain.replace(/^_+|_+$/g, '') || fallback;
}

function toolNode(id: string, name: string, tool: JsonObject): JsonObject {
  const inputs = tool.inputs as Json;
  const outputs = tool.outputs as Json;
  return component('ToolNode', id, name, { inputs, outputs, branches: ['next'], tool });
}

function reviewTool(id: string, name: string, words: NewStepWords): JsonObject {
  const tool = component('ClientTool', id, name, {
    inputs: [],
    outputs: [text('decision'), text('comment', { default: '' })],
    requires_confirmation: false,
  });
  tool.description = words.review;
  tool.metadata = { __metadata_info__: { rondo: { surface: defaultSurface(tool, words) } } };
  return tool;
}

function serverTool(id: string, name: string, words: NewStepWords): JsonObject {
  const tool = component('ServerTool', id, name, {
    inputs: [],
    outputs: [text('result')],
    requires_confirmation: false,
  });
  tool.description = words.tool;
  return tool;
}

function builtin(
  id: string,
  name: string,
  toolType: string,
  configuration: JsonObject,
  inputs: JsonObject[] = [],
  outputs: JsonObject[] = [],
): JsonObject {
  return component('BuiltinTool', id, toolName(name, toolType), {
    inputs,
    outputs,
    requires_confirmation: false,
    tool_type: toolType,
    configuration,
    executor_name: null,
    tool_version: null,
  });
}

function subflowNode(
  kind: 'each' | 'eachParallel' | 'parallel' | 'flow' | 'catch',
  id: string,
  name: string,
  subflow: JsonObject,
): JsonObject {
  // Inputs, outputs and branches are left to be inferred: they follow the flow inside.
  switch (kind) {
    case 'flow':
      return component('FlowNode', id, name, { subflow });
    case 'catch':
      return component('CatchExceptionNode', id, name, { subflow });
    case 'parallel':
      return component('ParallelFlowNode', id, name, { subflows: [subflow] });
    case 'each':
      return component('MapNode', id, name, { subflow, reducers: null });
    case 'eachParallel':
      return component('ParallelMapNode', id, name, { subflow, reducers: null });
  }
}

export interface ControlEnds {
  from: string;
  branch?: string;
  to: string;
}

export interface DataEnds {
  source: string;
  output: string;
  destination: string;
  input: string;
}

/** A new edge: from a step's branch to a step, or from an output to an input. */
export function newEdge(ends: ControlEnds | DataEnds, id: string = crypto.randomUUID()): JsonObject {
  if ('from' in ends) {
    const branch = ends.branch === undefined || ends.branch === 'next' ? null : ends.branch;
    return component('ControlFlowEdge', id, `${ends.from}_${branch ?? 'next'}_to_${ends.to}`, {
      from_node: reference(ends.from),
      from_branch: branch,
      to_node: reference(ends.to),
    });
  }
  return component('DataFlowEdge', id, `${ends.output}_to_${ends.input}`, {
    source_node: reference(ends.source),
    source_output: ends.output,
    destination_node: reference(ends.destination),
    destination_input: ends.input,
  });
}

export interface BlankFlowOptions {
  newId?: () => string;
  description?: string;
  /** names of its first and last step; default: in English */
  words?: Pick<NewStepWords, 'start' | 'end'>;
}

/** A flow with a start that leads to an end. */
export function blankFlow(name: string, options: BlankFlowOptions = {}): JsonObject {
  const newId = options.newId ?? (() => crypto.randomUUID());
  const words = options.words ?? englishWords;
  const start = newNode('start', { newId, name: words.start, position: { x: 0, y: 0 } });
  const end = newNode('end', { newId, name: words.end, position: { x: 640, y: 0 } });
  const startId = start.id as string;
  const endId = end.id as string;
  return {
    ...component('Flow', newId(), name, {}),
    description: options.description ?? null,
    inputs: [],
    outputs: [],
    start_node: reference(startId),
    nodes: [reference(startId), reference(endId)],
    control_flow_connections: [newEdge({ from: startId, to: endId }, newId())],
    data_flow_connections: [],
    $referenced_components: { [startId]: start, [endId]: end },
  };
}

/** The same, as a document of its own. */
export function blankDocument(name: string, options: BlankFlowOptions = {}): JsonObject {
  const { $referenced_components: referenced, ...flow } = blankFlow(name, options);
  return { ...flow, $referenced_components: referenced as Json, agentspec_version: '26.1.2' };
}
