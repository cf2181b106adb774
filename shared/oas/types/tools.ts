import type { ComponentTypes, FieldDefinition } from './definition.ts';
import { httpFields } from './flow.ts';

const confirm: FieldDefinition = { kind: 'boolean', default: false };
const retry: FieldDefinition = { kind: 'object', nullable: true, lowestVersion: '26.1.2' };
const retryOnMcp: FieldDefinition = { kind: 'object', nullable: true, lowestVersion: '26.3.1' };
const transport: FieldDefinition = { kind: 'component', required: true, of: ['transport'] };
const file: FieldDefinition = { kind: 'text', required: true, sensitive: true };
const session: FieldDefinition = { kind: 'object', default: { read_timeout_seconds: 60 } };

const remoteTransport: { [name: string]: FieldDefinition } = {
  session_parameters: session,
  url: { kind: 'text', required: true },
  auth: { kind: 'component', nullable: true, of: ['auth'] },
  headers: { kind: 'object', nullable: true },
  sensitive_headers: { kind: 'object', nullable: true, sensitive: true },
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
    lowestVersion: '26.1.0',
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
  MCPToolBox: {
    group: 'toolbox',
    parents: [],
    lowestVersion: '26.1.0',
    fields: {
      requires_confirmation: confirm,
      client_transport: transport,
      retry_policy: retryOnMcp,
      tool_filter: { kind: 'json', nullable: true },
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
      env: { kind: 'object', nullable: true },
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
      endpoints: { kind: 'object', nullable: true },
      client: { kind: 'component', required: true, of: ['OAuthClientConfig'] },
      redirect_uri: { kind: 'text', required: true },
      scopes: { kind: 'textOrTexts', nullable: true },
      scope_policy: { kind: 'text', nullable: true },
      pkce: { kind: 'object', nullable: true },
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
