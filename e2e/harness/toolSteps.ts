import type { JsonObject } from '@rondo/shared/oas/json.ts';

export const resultText: JsonObject = { title: 'result', type: 'string' };

/** A step that calls a tool of the workspace. */
export function callsTool(name: string): JsonObject {
  const tool = {
    component_type: 'ServerTool',
    id: `tool-${name}`,
    name,
    metadata: {},
    inputs: [],
    outputs: [resultText],
  };
  return { component_type: 'ToolNode', id: `step-${name}`, name: `Call ${name}`, metadata: {}, tool };
}

/** A tool of the workspace that is a formula. */
export function formulaTool(name: string, description: string): JsonObject {
  return {
    component_type: 'BuiltinTool',
    id: name,
    name,
    description,
    metadata: {},
    tool_type: 'rondo.formula',
    configuration: { expression: '"a"' },
    inputs: [],
    outputs: [resultText],
  };
}

/** A tool of the workspace that calls a web service with a secret. */
export function webTool(name: string, secret: string): JsonObject {
  return {
    component_type: 'RemoteTool',
    id: name,
    name,
    description: 'Asks the warehouse',
    metadata: {},
    url: 'https://example.com/stock',
    http_method: 'GET',
    data: {},
    query_params: {},
    headers: {},
    sensitive_headers: { authorization: { $component_ref: secret } },
    inputs: [],
    outputs: [resultText],
  };
}
