/** What a field holds. `component` fields may hold a reference instead. */
export type FieldKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'object'
  | 'list'
  | 'component'
  | 'components'
  | 'properties'
  | 'any';

export interface FieldType {
  kind: FieldKind;
  required?: true;
  /** serialised as `{"$component_ref": "<id>.<field>"}` and filled when loaded */
  sensitive?: true;
}

export type ComponentGroup =
  | 'node'
  | 'flow'
  | 'edge'
  | 'llm'
  | 'tool'
  | 'toolbox'
  | 'transport'
  | 'agent'
  | 'datastore'
  | 'transform'
  | 'config';

export interface ComponentType {
  group: ComponentGroup;
  /** lowest version of the specification that knows the type */
  since: string;
  fields: Record<string, FieldType>;
}

/** Compact spelling of a field table: `name` = text, `name:kind`, `!` = required, `~` = sensitive. */
function fields(spec: string): Record<string, FieldType> {
  const table: Record<string, FieldType> = {};
  for (const word of spec.split(/\s+/).filter(Boolean)) {
    const [name = '', kind = 'text'] = word.replace(/[!~]+$/, '').split(':');
    table[name] = {
      kind: kind as FieldKind,
      ...(/!/.test(word) && { required: true as const }),
      ...(/~/.test(word) && { sensitive: true as const }),
    };
  }
  return table;
}

function type(group: ComponentGroup, since: string, spec = ''): ComponentType {
  return { group, since, fields: fields(spec) };
}

const llm = 'provider api_provider api_type default_generation_parameters:object retry_policy:component';
const compatible = `model_id! url! ${llm} api_key~ key_file~ cert_file~ ca_file~`;
const remote =
  'url! http_method! api_spec_uri data:any query_params:object headers:object sensitive_headers:object~ url_allow_list:list retry_policy:component';
const transport = 'session_parameters:object';
const http = `${transport} url! auth:component headers:object sensitive_headers:object~ retry_policy:component`;
const mtls = `${http} key_file!~ cert_file!~ ca_file!~`;
const toolCommon = 'requires_confirmation:flag inputs:properties outputs:properties';
const node = 'inputs:properties outputs:properties branches:list';

/**
 * Every component type of Open Agent Spec 25.4.1 to 26.3.1 with its own fields. The fields that all components have
 * (component_type, id, name, description, metadata) are not repeated.
 */
export const componentTypes: Readonly<Record<string, ComponentType>> = {
  Flow: type(
    'flow',
    '25.4.1',
    'start_node:component! nodes:components! control_flow_connections:components! data_flow_connections:components inputs:properties outputs:properties',
  ),
  ControlFlowEdge: type('edge', '25.4.1', 'from_node:component! from_branch to_node:component!'),
  DataFlowEdge: type(
    'edge',
    '25.4.1',
    'source_node:component! source_output! destination_node:component! destination_input!',
  ),

  StartNode: type('node', '25.4.1', node),
  EndNode: type('node', '25.4.1', `${node} branch_name`),
  LlmNode: type('node', '25.4.1', `${node} llm_config:component! prompt_template!`),
  ApiNode: type('node', '25.4.1', `${node} ${remote}`),
  ToolNode: type('node', '25.4.1', `${node} tool:component!`),
  AgentNode: type('node', '25.4.1', `${node} agent:component!`),
  FlowNode: type('node', '25.4.1', `${node} subflow:component!`),
  BranchingNode: type('node', '25.4.1', `${node} mapping:object!`),
  MapNode: type('node', '25.4.1', `${node} subflow:component! reducers:object`),
  ParallelMapNode: type('node', '26.1.0', `${node} subflow:component! reducers:object`),
  ParallelFlowNode: type('node', '26.1.0', `${node} subflows:components`),
  CatchExceptionNode: type('node', '26.1.2', `${node} subflow:component!`),
  InputMessageNode: type('node', '25.4.1', `${node} message`),
  OutputMessageNode: type('node', '25.4.1', `${node} message!`),

  LlmConfig: type('llm', '26.1.2', `model_id! ${llm} url api_key~`),
  OpenAiCompatibleConfig: type('llm', '25.4.1', compatible),
  VllmConfig: type('llm', '25.4.1', compatible),
  OllamaConfig: type('llm', '25.4.1', compatible),
  OpenAiConfig: type('llm', '25.4.1', `model_id! ${llm} api_key~`),
  GeminiConfig: type('llm', '26.1.2', `model_id! ${llm} auth:component!`),
  OciGenAiConfig: type(
    'llm',
    '25.4.1',
    `model_id! compartment_id! client_config:component! serving_mode ${llm} conversation_store_id`,
  ),
  RetryPolicy: type(
    'config',
    '26.1.2',
    'max_attempts:number request_timeout:number initial_retry_delay:number max_retry_delay:number backoff_factor:number jitter service_error_retry_on_any_5xx:flag recoverable_statuses:object',
  ),
  GeminiAIStudioAuthConfig: type('config', '26.1.2', 'api_key~'),
  GeminiVertexAIAuthConfig: type('config', '26.1.2', 'project_id location credentials:any~'),
  OciClientConfigWithApiKey: type('config', '25.4.1', 'service_endpoint! auth_profile! auth_file_location!~'),
  OciClientConfigWithInstancePrincipal: type('config', '25.4.1', 'service_endpoint!'),
  OciClientConfigWithResourcePrincipal: type('config', '25.4.1', 'service_endpoint!'),
  OciClientConfigWithSecurityToken: type('config', '25.4.1', 'service_endpoint! auth_profile! auth_file_location!~'),
  OAuthConfig: type('config', '26.1.2', 'issuer endpoints:object client:object redirect_uri scopes:any scope_policy'),

  ServerTool: type('tool', '25.4.1', toolCommon),
  ClientTool: type('tool', '25.4.1', toolCommon),
  RemoteTool: type('tool', '25.4.1', `${toolCommon} ${remote}`),
  BuiltinTool: type('tool', '25.4.2', `${toolCommon} tool_type! configuration:object executor_name:any tool_version`),
  MCPTool: type('tool', '25.4.1', `${toolCommon} client_transport:component!`),
  MCPToolBox: type('toolbox', '26.1.0', 'client_transport:component! tool_filter:list requires_confirmation:flag'),

  StdioTransport: type('transport', '25.4.1', `${transport} command! args:list env:object cwd`),
  SSETransport: type('transport', '25.4.1', http),
  SSEmTLSTransport: type('transport', '25.4.1', mtls),
  StreamableHTTPTransport: type('transport', '25.4.1', http),
  StreamableHTTPmTLSTransport: type('transport', '25.4.1', mtls),

  Agent: type(
    'agent',
    '25.4.1',
    'llm_config:component! system_prompt! tools:components toolboxes:components human_in_the_loop:flag transforms:components inputs:properties outputs:properties',
  ),
  SpecializedAgent: type('agent', '25.4.1', 'agent:component! agent_specialization_parameters:component!'),
  AgentSpecializationParameters: type(
    'config',
    '25.4.1',
    'additional_instructions additional_tools:components human_in_the_loop:flag',
  ),
  Swarm: type('agent', '26.1.0', 'first_agent:component! relationships:list! handoff:any'),
  ManagerWorkers: type('agent', '26.1.0', 'group_manager:component! workers:components!'),
  A2AAgent: type('agent', '26.1.0', 'agent_url! connection_config:component! session_parameters:object'),
  A2AConnectionConfig: type(
    'config',
    '26.1.0',
    'timeout:number headers:object verify:flag key_file~ cert_file~ ssl_ca_cert~',
  ),
  A2ASessionParameters: type('config', '26.1.0', 'timeout:number poll_interval:number max_retries:number'),
  OciAgent: type('agent', '25.4.1', 'agent_endpoint_id! client_config:component!'),

  InMemoryCollectionDatastore: type('datastore', '26.1.2', 'datastore_schema:object!'),
  OracleDatabaseDatastore: type('datastore', '26.1.2', 'datastore_schema:object! connection_config:component!'),
  PostgresDatabaseDatastore: type('datastore', '26.1.2', 'datastore_schema:object! connection_config:component!'),
  OracleDatabaseConnectionConfig: type('config', '26.1.2'),
  TlsOracleDatabaseConnectionConfig: type('config', '26.1.2', 'user!~ password!~ dsn!~ config_dir'),
  MTlsOracleDatabaseConnectionConfig: type(
    'config',
    '26.1.2',
    'user!~ password!~ dsn!~ config_dir wallet_location!~ wallet_password!~',
  ),
  TlsPostgresDatabaseConnectionConfig: type(
    'config',
    '26.1.2',
    'user!~ password!~ url! sslmode sslcert sslkey~ sslrootcert sslcrl',
  ),
  MessageSummarizationTransform: type('transform', '26.1.2', 'llm:component!'),
  ConversationSummarizationTransform: type('transform', '26.1.2', 'llm:component!'),
};

/** Fields that every component has. */
export const commonFields: readonly string[] = ['component_type', 'id', 'name', 'description', 'metadata'];

export const knownVersions: readonly string[] = [
  '25.3.0',
  '25.3.1',
  '25.4.0',
  '25.4.1',
  '25.4.2',
  '26.1.0',
  '26.1.1',
  '26.1.2',
  '26.2.0',
  '26.3.0',
  '26.3.1',
];

/** The version that new documents of ours carry: the lowest that holds all of today's palette. */
export const writtenVersion = '26.1.2';
