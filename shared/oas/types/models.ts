import type { ComponentTypes, FieldDefinition } from './definition.ts';

const text: FieldDefinition = { kind: 'text', nullable: true };
const secret: FieldDefinition = { kind: 'text', nullable: true, sensitive: true };
const file: FieldDefinition = { kind: 'text', required: true, sensitive: true };
const settings: { [name: string]: FieldDefinition } = {
  default_generation_parameters: { kind: 'object', nullable: true },
  retry_policy: { kind: 'object', nullable: true, lowestVersion: '26.1.2' },
};
const ociClient: { [name: string]: FieldDefinition } = {
  service_endpoint: { kind: 'text', required: true },
  auth_type: {
    kind: 'choice',
    required: true,
    choices: ['SECURITY_TOKEN', 'INSTANCE_PRINCIPAL', 'RESOURCE_PRINCIPAL', 'API_KEY'],
  },
};
const ociFile: { [name: string]: FieldDefinition } = {
  ...ociClient,
  auth_profile: { kind: 'text', required: true },
  auth_file_location: file,
};

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
      provider: text,
      api_provider: text,
      url: { kind: 'text', required: true },
      api_type: {
        kind: 'choice',
        nullable: true,
        default: 'chat_completions',
        choices: ['chat_completions', 'responses'],
      },
      api_key: secret,
      key_file: secret,
      cert_file: secret,
      ca_file: secret,
      ...settings,
    },
  },
  VllmConfig: { group: 'llm', parents: ['OpenAiCompatibleConfig'], lowestVersion: '25.4.1', fields: {} },
  OllamaConfig: { group: 'llm', parents: ['OpenAiCompatibleConfig'], lowestVersion: '25.4.1', fields: {} },
  OpenAiConfig: {
    group: 'llm',
    parents: [],
    lowestVersion: '25.4.1',
    fields: {
      model_id: { kind: 'text', required: true },
      provider: text,
      api_provider: text,
      url: text,
      api_type: {
        kind: 'choice',
        nullable: true,
        default: 'chat_completions',
        choices: ['chat_completions', 'responses'],
      },
      api_key: secret,
      ...settings,
    },
  },
  GeminiConfig: {
    group: 'llm',
    parents: ['LlmConfig'],
    lowestVersion: '26.1.2',
    fields: {
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
      credentials: { kind: 'json', nullable: true, sensitive: true },
    },
  },
  OciGenAiConfig: {
    group: 'llm',
    parents: ['LlmConfig'],
    lowestVersion: '25.4.1',
    fields: {
      compartment_id: { kind: 'text', required: true },
      serving_mode: { kind: 'choice', default: 'ON_DEMAND', choices: ['ON_DEMAND', 'DEDICATED'] },
      client_config: { kind: 'component', required: true, of: ['connection'] },
      conversation_store_id: text,
    },
  },
  DbmsVectorChainLlmConfig: {
    group: 'llm',
    parents: ['LlmConfig'],
    lowestVersion: '26.3.1',
    fields: {
      host: { kind: 'choice', nullable: true, choices: ['local'] },
      credential_name: text,
      transfer_timeout: { kind: 'integer', nullable: true },
      connection_config: { kind: 'component', nullable: true, of: ['connection'] },
    },
  },
  OciClientConfigWithSecurityToken: { group: 'connection', parents: [], lowestVersion: '25.4.1', fields: ociFile },
  OciClientConfigWithApiKey: { group: 'connection', parents: [], lowestVersion: '25.4.1', fields: ociFile },
  OciClientConfigWithInstancePrincipal: {
    group: 'connection',
    parents: [],
    lowestVersion: '25.4.1',
    fields: ociClient,
  },
  OciClientConfigWithResourcePrincipal: {
    group: 'connection',
    parents: [],
    lowestVersion: '25.4.1',
    fields: ociClient,
  },
};
