import type { ComponentTypes, FieldDefinition } from './definition.ts';
import { ociClients } from './models.ts';

const agentic: FieldDefinition = { kind: 'component', required: true, of: ['agentic'] };
const retry: FieldDefinition = { kind: 'object', nullable: true, record: 'RetryPolicy', lowestVersion: '26.1.2' };

/** Agents, teams of agents, and agents elsewhere. */
export const agenticTypes: ComponentTypes = {
  Agent: {
    group: 'agentic',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: {
      llm_config: { kind: 'component', required: true, of: ['llm'] },
      system_prompt: { kind: 'text', required: true },
      tools: { kind: 'components', default: [], of: ['tool'] },
      toolboxes: { kind: 'components', default: [], of: ['toolbox'], lowestVersion: '26.1.0' },
      human_in_the_loop: { kind: 'boolean', default: true, lowestVersion: '26.1.0' },
      transforms: { kind: 'components', default: [], of: ['transform'], lowestVersion: '26.1.2' },
    },
  },
  Swarm: {
    group: 'agentic',
    parents: [],
    io: true,
    lowestVersion: '26.1.0',
    fields: {
      first_agent: agentic,
      relationships: { kind: 'pairs', required: true, of: ['agentic'] },
      handoff: { kind: 'choice', default: 'optional', choices: ['never', 'optional', 'always'], orBoolean: true },
    },
  },
  ManagerWorkers: {
    group: 'agentic',
    parents: [],
    io: true,
    lowestVersion: '26.1.0',
    fields: { group_manager: agentic, workers: { kind: 'components', required: true, of: ['agentic'] } },
  },
  SpecializedAgent: {
    group: 'agentic',
    parents: [],
    io: true,
    lowestVersion: '26.1.0',
    fields: {
      agent: { kind: 'component', required: true, of: ['Agent'] },
      agent_specialization_parameters: {
        kind: 'component',
        required: true,
        of: ['AgentSpecializationParameters'],
      },
    },
  },
  AgentSpecializationParameters: {
    group: 'parameters',
    parents: [],
    io: true,
    lowestVersion: '26.1.0',
    fields: {
      additional_instructions: { kind: 'text', nullable: true },
      additional_tools: { kind: 'components', nullable: true, of: ['tool'] },
      human_in_the_loop: { kind: 'boolean', nullable: true },
    },
  },
  A2AAgent: {
    group: 'agentic',
    parents: [],
    io: true,
    lowestVersion: '26.1.0',
    fields: {
      agent_url: { kind: 'text', required: true },
      connection_config: { kind: 'component', required: true, of: ['A2AConnectionConfig'] },
      session_parameters: {
        kind: 'object',
        default: { timeout: 60, poll_interval: 2, max_retries: 5 },
        record: 'A2ASessionParameters',
      },
    },
  },
  A2AConnectionConfig: {
    group: 'connection',
    parents: [],
    lowestVersion: '26.1.0',
    fields: {
      timeout: { kind: 'number', default: 600 },
      headers: { kind: 'object', nullable: true, values: 'text' },
      verify: { kind: 'boolean', default: true },
      key_file: { kind: 'text', nullable: true },
      cert_file: { kind: 'text', nullable: true },
      ssl_ca_cert: { kind: 'text', nullable: true },
      retry_policy: retry,
    },
  },
  OciAgent: {
    group: 'agentic',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: {
      agent_endpoint_id: { kind: 'text', required: true },
      client_config: { kind: 'component', required: true, of: ociClients },
      retry_policy: retry,
    },
  },
  OpenAiAgent: {
    group: 'agentic',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: {
      llm_config: { kind: 'component', required: true, of: ['OpenAiConfig'] },
      remote_agent_id: { kind: 'text', nullable: true },
    },
  },
};
