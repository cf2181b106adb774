import type { ComponentTypes, FieldDefinition } from './definition.ts';

const branches: FieldDefinition = { kind: 'texts', nullable: true, default: [] };
const subflow: FieldDefinition = { kind: 'component', required: true, of: ['Flow'] };
const reducers: FieldDefinition = { kind: 'object', nullable: true };
const nodeRef: FieldDefinition = { kind: 'component', required: true, of: ['node'] };
const retry: FieldDefinition = { kind: 'object', nullable: true, record: 'RetryPolicy', lowestVersion: '26.1.2' };

/** The fields of a call over HTTP, of a step and of a tool alike. */
export const httpFields: { [name: string]: FieldDefinition } = {
  url: { kind: 'text', required: true },
  http_method: { kind: 'text', required: true },
  api_spec_uri: { kind: 'text', nullable: true },
  data: { kind: 'json', default: {} },
  query_params: { kind: 'object', default: {} },
  headers: { kind: 'object', default: {} },
  sensitive_headers: { kind: 'object', default: {}, sensitive: true, lowestVersion: '26.1.0' },
  url_allow_list: { kind: 'texts', nullable: true, lowestVersion: '26.1.2' },
  retry_policy: retry,
};

/** Flows, their steps and their edges. */
export const flowTypes: ComponentTypes = {
  Flow: {
    group: 'agentic',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: {
      start_node: nodeRef,
      nodes: { kind: 'components', required: true, of: ['node'] },
      control_flow_connections: { kind: 'components', required: true, of: ['ControlFlowEdge'] },
      data_flow_connections: { kind: 'components', nullable: true, of: ['DataFlowEdge'] },
    },
  },
  ControlFlowEdge: {
    group: 'edge',
    parents: [],
    lowestVersion: '25.4.1',
    fields: { from_node: nodeRef, from_branch: { kind: 'text', nullable: true }, to_node: nodeRef },
  },
  DataFlowEdge: {
    group: 'edge',
    parents: [],
    lowestVersion: '25.4.1',
    fields: {
      source_node: nodeRef,
      source_output: { kind: 'text', required: true },
      destination_node: nodeRef,
      destination_input: { kind: 'text', required: true },
    },
  },
  StartNode: { group: 'node', parents: [], io: true, lowestVersion: '25.4.1', fields: { branches } },
  EndNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { branches, branch_name: { kind: 'text', default: 'next' } },
  },
  LlmNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: {
      branches,
      llm_config: { kind: 'component', required: true, of: ['llm'] },
      prompt_template: { kind: 'text', required: true },
    },
  },
  ApiNode: { group: 'node', parents: [], io: true, lowestVersion: '25.4.1', fields: { branches, ...httpFields } },
  ToolNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { branches, tool: { kind: 'component', required: true, of: ['tool'] } },
  },
  AgentNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { branches, agent: { kind: 'component', required: true, of: ['agentic'] } },
  },
  FlowNode: { group: 'node', parents: [], io: true, lowestVersion: '25.4.1', fields: { branches, subflow } },
  BranchingNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { branches, mapping: { kind: 'object', required: true, values: 'text' } },
  },
  MapNode: { group: 'node', parents: [], io: true, lowestVersion: '25.4.1', fields: { branches, subflow, reducers } },
  ParallelMapNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '26.1.0',
    fields: { branches, subflow, reducers },
  },
  ParallelFlowNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '26.1.0',
    fields: { branches, subflows: { kind: 'components', default: [], of: ['Flow'] } },
  },
  CatchExceptionNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '26.1.2',
    fields: { branches, subflow },
  },
  InputMessageNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { branches, message: { kind: 'text', nullable: true } },
  },
  OutputMessageNode: {
    group: 'node',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { branches, message: { kind: 'text', required: true } },
  },
};
