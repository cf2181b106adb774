import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';

/** The colour group of a step; colour is never its only sign (each kind has its own icon and word). */
export type StepGroup = 'people' | 'ai' | 'logic' | 'actions' | 'edge' | 'unknown';

/** What people see a step as. The OAS word stands beside it in `stepKinds`. */
export type StepKind =
  | 'review'
  | 'question'
  | 'message'
  | 'ai'
  | 'agent'
  | 'decide'
  | 'each'
  | 'eachParallel'
  | 'parallel'
  | 'flow'
  | 'runFlow'
  | 'catch'
  | 'api'
  | 'tool'
  | 'formula'
  | 'script'
  | 'wait'
  | 'callback'
  | 'readFile'
  | 'writeFile'
  | 'start'
  | 'end'
  | 'unknown';

export interface StepKindInfo {
  kind: StepKind;
  group: StepGroup;
  /** the word of the Open Agent Specification, for tooltips and the JSON view */
  oas: string;
}

/** Every kind of step, in the order of the palette. */
export const stepKinds: readonly StepKindInfo[] = [
  { kind: 'review', group: 'people', oas: 'ToolNode · ClientTool' },
  { kind: 'question', group: 'people', oas: 'InputMessageNode' },
  { kind: 'message', group: 'people', oas: 'OutputMessageNode' },
  { kind: 'ai', group: 'ai', oas: 'LlmNode' },
  { kind: 'agent', group: 'ai', oas: 'AgentNode' },
  { kind: 'decide', group: 'logic', oas: 'BranchingNode' },
  { kind: 'each', group: 'logic', oas: 'MapNode' },
  { kind: 'eachParallel', group: 'logic', oas: 'ParallelMapNode' },
  { kind: 'parallel', group: 'logic', oas: 'ParallelFlowNode' },
  { kind: 'flow', group: 'logic', oas: 'FlowNode' },
  { kind: 'runFlow', group: 'logic', oas: 'ToolNode · BuiltinTool' },
  { kind: 'catch', group: 'logic', oas: 'CatchExceptionNode' },
  { kind: 'api', group: 'actions', oas: 'ApiNode' },
  { kind: 'tool', group: 'actions', oas: 'ToolNode' },
  { kind: 'formula', group: 'actions', oas: 'ToolNode · BuiltinTool' },
  { kind: 'script', group: 'actions', oas: 'ToolNode · BuiltinTool' },
  { kind: 'wait', group: 'actions', oas: 'ToolNode · BuiltinTool' },
  { kind: 'callback', group: 'actions', oas: 'ToolNode · BuiltinTool' },
  { kind: 'readFile', group: 'actions', oas: 'ToolNode · BuiltinTool' },
  { kind: 'writeFile', group: 'actions', oas: 'ToolNode · BuiltinTool' },
  { kind: 'start', group: 'edge', oas: 'StartNode' },
  { kind: 'end', group: 'edge', oas: 'EndNode' },
];

const infoByKind = new Map(stepKinds.map((info) => [info.kind, info]));
const unknownInfo: StepKindInfo = { kind: 'unknown', group: 'unknown', oas: '' };

const kindByType: Record<string, StepKind> = {
  StartNode: 'start',
  EndNode: 'end',
  LlmNode: 'ai',
  AgentNode: 'agent',
  BranchingNode: 'decide',
  MapNode: 'each',
  ParallelMapNode: 'eachParallel',
  ParallelFlowNode: 'parallel',
  FlowNode: 'flow',
  CatchExceptionNode: 'catch',
  ApiNode: 'api',
  ToolNode: 'tool',
  InputMessageNode: 'question',
  OutputMessageNode: 'message',
};

const kindByBuiltin: Record<string, StepKind> = {
  'rondo.formula': 'formula',
  'rondo.script': 'script',
  'rondo.wait': 'wait',
  'rondo.callback_address': 'callback',
  'rondo.run_flow': 'runFlow',
  'rondo.read_file': 'readFile',
  'rondo.write_file': 'writeFile',
};

/** The info of a kind; `unknown` for a word that is not in the table. */
export function infoOf(kind: StepKind): StepKindInfo {
  return infoByKind.get(kind) ?? unknownInfo;
}

/** Reads `metadata.__metadata_info__.rondo` of a component; an empty object where there is none. */
export function rondoData(component: JsonObject | undefined): JsonObject {
  const metadata = component?.metadata;
  const info = isObject(metadata) ? metadata.__metadata_info__ : undefined;
  const rondo = isObject(info) ? info.rondo : undefined;
  return isObject(rondo) ? rondo : {};
}

/**
 * What a step is for the people who see it: the type of the node, and for a ToolNode the tool it holds. A client tool
 * that carries a surface is a review; a built-in tool of ours is named by its `tool_type`.
 */
export function kindOf(type: string, tool: JsonObject | undefined): StepKind {
  const kind = Object.hasOwn(kindByType, type) ? kindByType[type] : undefined;
  if (kind !== 'tool' || !tool) return kind ?? 'unknown';
  if (tool.component_type === 'ClientTool' && Array.isArray(rondoData(tool).surface)) return 'review';
  if (tool.component_type === 'BuiltinTool' && typeof tool.tool_type === 'string') {
    return (Object.hasOwn(kindByBuiltin, tool.tool_type) ? kindByBuiltin[tool.tool_type] : undefined) ?? 'tool';
  }
  return 'tool';
}
