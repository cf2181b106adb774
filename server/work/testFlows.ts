import { createHash } from 'node:crypto';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { Pool } from 'pg';

const ref = (id: string): JsonObject => ({ $component_ref: id });
const base = (type: string, id: string): JsonObject => ({ component_type: type, id, name: id, metadata: {} });

/** A flow of steps one after the other; data goes by name. */
export function chain(steps: JsonObject[], inputs: JsonObject[] = [], outputs: JsonObject[] = []): JsonObject {
  const nodes: JsonObject[] = [
    { ...base('StartNode', 'start'), inputs, outputs: inputs },
    ...steps,
    { ...base('EndNode', 'end'), inputs: outputs, outputs, branch_name: 'next' },
  ];
  return {
    ...base('Flow', 'flow'),
    agentspec_version: '26.1.0',
    inputs,
    outputs,
    start_node: ref('start'),
    nodes,
    control_flow_connections: nodes.slice(1).map((node, index) => ({
      ...base('ControlFlowEdge', `edge${index}`),
      from_node: ref(String(nodes[index]?.id)),
      from_branch: null,
      to_node: ref(String(node.id)),
    })),
    data_flow_connections: null,
  };
}

/** A step that touches nothing outside. */
export function say(id: string, message = `This is ${id}.`): JsonObject {
  return { ...base('OutputMessageNode', id), message };
}

/** A step that waits for a person's answer. */
export function ask(id: string, message = 'What do you say?'): JsonObject {
  return { ...base('InputMessageNode', id), message, outputs: [{ title: 'said', type: 'string' }] };
}

/** A step that waits for a while. */
export function sleep(id: string, seconds: number): JsonObject {
  const tool = {
    ...base('BuiltinTool', `${id}-tool`),
    tool_type: 'rondo.wait',
    configuration: { seconds },
    inputs: [],
    outputs: [],
  };
  return { ...base('ToolNode', id), tool };
}

/** A step that waits for a named event. */
export function eventWait(id: string, event: string): JsonObject {
  const tool = {
    ...base('BuiltinTool', `${id}-tool`),
    tool_type: 'rondo.wait',
    configuration: { mode: 'event', event },
    inputs: [],
    outputs: [],
  };
  return { ...base('ToolNode', id), tool };
}

/** A step that calls an address and gives nothing on. */
export function post(id: string, url: string): JsonObject {
  return {
    ...base('ApiNode', id),
    url,
    http_method: 'POST',
    data: { step: id },
    query_params: {},
    headers: {},
    outputs: [],
  };
}

/** Stores a document as versions do. @returns its hash */
export async function storeDocument(pool: Pool, document: JsonObject): Promise<string> {
  const text = JSON.stringify(document);
  const hash = createHash('sha256').update(text).digest('hex');
  await pool.query('INSERT INTO flow_document (hash, text) VALUES ($1, $2) ON CONFLICT DO NOTHING', [hash, text]);
  return hash;
}
