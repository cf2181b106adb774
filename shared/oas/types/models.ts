import type { ComponentTypes, FieldDefinition } from './definition.ts';

const text: FieldDefinition = { kind: 'text', nullable: true };
const secret: FieldDefinition = { kind: 'text', nullable: true, sensitive: true };
const file: FieldDefinition = { kind: 'text', required: true, sensitive: true };
const settings: { [name: string]: FieldDefinition } = {
  default_generation_parameters: { kind: 'object', nullable: true, record: 'LlmGenerationConfig' },
  retry_policy: { kind: 'object', nullable: true, record: 'RetryPolicy', lowestVersion: '26.1.2' },
};
const later: FieldDefinition = { kind: 'text', nullable: true, lowestVersion: '26.1.2' };
const laterSecret: FieldDefinition = { kind: 'text', nullable: true, sensitive: true, lowestVersion: '26.1.2' };
const openAiKey: FieldDefinition = { kind: 'text', nullable: true, sensitive: true, lowestVersion: '26.1.0' };
const openAiApi: FieldDefinition = {
  kind: 'choice',
  default: 'chat_completions',
  choices: ['chat_completions', 'responses'],
  lowestVersion: '26.1.0',
};

/** A field that can say one thing only. */
function always(value: string): FieldDefinition {
  return { kind: 'choice', default: value, choices: [value] };
}

const ociClient: { [name: string]: FieldDefinition } = { service_endpoint: { kind: 'text', required: true } };
const ociFile: { [name: string]: FieldDefinition } = {
  ...ociClient,
  auth_profile: { kind: 'text', required: true },
  auth_file_location: file,
};
/** What an account at Oracle's cloud is reached with. */
export const ociClients: readonly string[] = [
  'OciClientConfigWithSecurityToken',
  'OciClientConfigWithApiKey',
  'OciClientConfigWithInstancePrincipal',
  'OciClientConfigWithResourcePrincipal',
];

/** Models and the accounts that they are called with. */
export const modelTypes: ComponentTypes = {
  LlmConfig: {
    group: 'llm',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      model_id: { kind: 'text', required: true },
      provider: text,
      api_provider: text,
      api_type: text,
      url: text,
      api_key: secret,
      ...settings,
    },
  },
  OpenAiCompatibleConfig: {
    group: 'llm',
    parents: [],
    lowestVersion: '25.4.1',
    fields: {
      model_id: { kind: 'text', required: true },
      provider: later,
      api_provider: later,
      url: { kind: 'text', required: true },
      api_type: openAiApi,
      api_key: openAiKey,
      key_file: laterSecret,
      cert_file: laterSecret,
      ca_file: laterSecret,
      ...settings,
    },
  },
  VllmConfig: {
    group: 'llm',
    parents: ['OpenAiCompatibleConfig'],
    lowestVersion: '25.4.1',
    fields: { api_provider: always('vllm') },
  },
  OllamaConfig: {
    group: 'llm',
    parents: ['OpenAiCompatibleConfig'],
    lowestVersion: '25.4.1',
    fields: { api_provider: always('ollama') },
  },
  OpenAiConfig: {
    group: 'llm',
    parents: [],
    lowestVersion: '25.4.1',
    fields: {
      model_id: { kind: 'text', required: true },
      provider: always('openai'),
      api_provider: always('openai'),
      url: text,
      api_type: openAiApi,
      api_key: openAiKey,
      ...settings,
    },
  },
  GeminiConfig: {
    group: 'llm',
    parents: ['LlmConfig'],
    lowestVersion: '26.1.2',
    fields: {
      provider: always('google'),
      auth: { kind: 'component', required: true, of: ['GeminiAIStudioAuthConfig', 'GeminiVertexAIAuthConfig'] },
    },
  },
  GeminiAIStudioAuthConfig: { group: 'auth', parents: [], lowestVersion: '26.1.2', fields: { api_key: secret } },
  GeminiVertexAIAuthConfig: {
    group: 'auth',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      project_id: text,
      location: { kind: 'text', default: 'global' },
      credentials: { kind: 'textOrObject', nullable: true, sensitive: true },
    },
  },
  OciGenAiConfig: {
    group: 'llm',
    parents: ['LlmConfig'],
    lowestVersion: '25.4.1',
    fields: {
      provider: { kind: 'choice', nullable: true, choices: ['META', 'GROK', 'XAI', 'COHERE', 'OTHER'] },
      api_provider: always('oci'),
      api_type: {
        kind: 'choice',
        default: 'oci',
        choices: ['oci', 'openai_chat_completions', 'openai_responses'],
        lowestVersion: '26.1.0',
      },
      compartment_id: { kind: 'text', required: true },
      serving_mode: { kind: 'choice', default: 'ON_DEMAND', choices: ['ON_DEMAND', 'DEDICATED'] },
      client_config: { kind: 'component', required: true, of: ociClients },
      conversation_store_id: { kind: 'text', nullable: true, lowestVersion: '26.1.0' },
    },
  },
  DbmsVectorChainLlmConfig: {
    group: 'llm',
    parents: ['LlmConfig'],
    lowestVersion: '26.3.1',
    fields: {
      provider: { kind: 'text', required: true },
      url: { kind: 'text', required: true },
      host: { kind: 'choice', nullable: true, choices: ['local'] },
      credential_name: text,
      transfer_timeout: { kind: 'integer', nullable: true, least: 0 },
      connection_config: { kind: 'component', nullable: true, of: ['TlsOracleDatabaseConnectionConfig'] },
    },
  },
  OciClientConfigWithSecurityToken: {
    group: 'connection',
    parents: [],
    lowestVersion: '25.4.1',
    fields: { ...ociFile, auth_type: always('SECURITY_TOKEN') },
  },
  OciClientConfigWithApiKey: {
    group: 'connection',
    parents: [],
    lowestVersion: '25.4.1',
    fields: { ...ociFile, auth_type: always('API_KEY') },
  },
  OciClientConfigWithInstancePrincipal: {
    group: 'connection',
    parents: [],
    lowestVersion: '25.4.1',
    fields: { ...ociClient, auth_type: always('INSTANCE_PRINCIPAL') },
  },
  OciClientConfigWithResourcePrincipal: {
    group: 'connection',
    parents: [],
    lowestVersion: '25.4.1',
    fields: { ...ociClient, auth_type: always('RESOURCE_PRINCIPAL') },
  },
};
