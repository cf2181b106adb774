import type { ComponentTypes, FieldDefinition } from './definition.ts';
import { httpFields } from './flow.ts';

const confirm: FieldDefinition = { kind: 'boolean', default: false, lowestVersion: '26.1.0' };
const retry: FieldDefinition = { kind: 'object', nullable: true, record: 'RetryPolicy', lowestVersion: '26.1.2' };
const retryOnMcp: FieldDefinition = { kind: 'object', nullable: true, record: 'RetryPolicy', lowestVersion: '26.3.1' };
const transport: FieldDefinition = { kind: 'component', required: true, of: ['transport'] };
const file: FieldDefinition = { kind: 'text', required: true, sensitive: true };
const session: FieldDefinition = {
  kind: 'object',
  default: { read_timeout_seconds: 60 },
  record: 'SessionParameters',
};

const remoteTransport: { [name: string]: FieldDefinition } = {
  session_parameters: session,
  url: { kind: 'text', required: true },
  auth: { kind: 'component', nullable: true, of: ['OAuthConfig'], lowestVersion: '26.1.2' },
  headers: { kind: 'object', nullable: true, values: 'text' },
  sensitive_headers: { kind: 'object', nullable: true, values: 'text', sensitive: true, lowestVersion: '26.1.0' },
  retry_policy: retry,
};

/** Tools, toolboxes and how to reach MCP servers. */
export const toolTypes: ComponentTypes = {
  ServerTool: {
    group: 'tool',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { requires_confirmation: confirm },
  },
  ClientTool: {
    group: 'tool',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { requires_confirmation: confirm },
  },
  RemoteTool: {
    group: 'tool',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { requires_confirmation: confirm, ...httpFields },
  },
  MCPTool: {
    group: 'tool',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { requires_confirmation: confirm, client_transport: transport, retry_policy: retryOnMcp },
  },
  MCPToolSpec: {
    group: 'parameters',
    parents: [],
    io: true,
    lowestVersion: '25.4.1',
    fields: { requires_confirmation: confirm },
  },
  BuiltinTool: {
    group: 'tool',
    parents: [],
    io: true,
    lowestVersion: '26.1.0',
    fields: {
      requires_confirmation: confirm,
      tool_type: { kind: 'text', required: true },
      configuration: { kind: 'object', nullable: true },
      executor_name: { kind: 'textOrTexts', nullable: true },
      tool_version: { kind: 'text', nullable: true },
    },
  },
  // Only an agent's list of toolboxes, where it stands, asks for a later version.
  MCPToolBox: {
    group: 'toolbox',
    parents: [],
    lowestVersion: '25.4.1',
    fields: {
      requires_confirmation: { ...confirm, lowestVersion: '26.1.2' },
      client_transport: transport,
      retry_policy: retryOnMcp,
      tool_filter: { kind: 'components', nullable: true, of: ['MCPToolSpec'], orTexts: true },
    },
  },
  StdioTransport: {
    group: 'transport',
    parents: [],
    lowestVersion: '25.4.1',
    fields: {
      session_parameters: session,
      command: { kind: 'text', required: true },
      args: { kind: 'texts', default: [] },
      env: { kind: 'object', nullable: true, values: 'text' },
      cwd: { kind: 'text', nullable: true },
    },
  },
  SSETransport: { group: 'transport', parents: [], lowestVersion: '25.4.1', fields: remoteTransport },
  StreamableHTTPTransport: { group: 'transport', parents: [], lowestVersion: '25.4.1', fields: remoteTransport },
  SSEmTLSTransport: {
    group: 'transport',
    parents: ['SSETransport'],
    lowestVersion: '25.4.1',
    fields: { key_file: file, cert_file: file, ca_file: file },
  },
  StreamableHTTPmTLSTransport: {
    group: 'transport',
    parents: ['StreamableHTTPTransport'],
    lowestVersion: '25.4.1',
    fields: { key_file: file, cert_file: file, ca_file: file },
  },
  OAuthConfig: {
    group: 'auth',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      issuer: { kind: 'text', nullable: true },
      endpoints: { kind: 'object', nullable: true, record: 'OAuthEndpoints' },
      client: { kind: 'component', required: true, of: ['OAuthClientConfig'] },
      redirect_uri: { kind: 'text', required: true },
      scopes: { kind: 'textOrTexts', nullable: true },
      scope_policy: { kind: 'choice', nullable: true, choices: ['use_challenge_or_supported', 'fixed'] },
      pkce: { kind: 'object', nullable: true, record: 'PKCEPolicy' },
      resource: { kind: 'text', nullable: true },
    },
  },
  OAuthClientConfig: {
    group: 'parameters',
    parents: [],
    lowestVersion: '26.1.2',
    fields: {
      type: {
        kind: 'choice',
        required: true,
        choices: ['pre_registered', 'client_id_metadata_document', 'dynamic_registration'],
      },
      client_id: { kind: 'text', nullable: true, sensitive: true },
      client_secret: { kind: 'text', nullable: true, sensitive: true },
      token_endpoint_auth_method: { kind: 'text', nullable: true },
      client_id_metadata_url: { kind: 'text', nullable: true, sensitive: true },
      registration_endpoint: { kind: 'text', nullable: true },
    },
  },
};
