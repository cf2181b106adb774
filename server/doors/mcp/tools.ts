import { openFlow } from '@rondo/shared/oas/flow.ts';
import { isObject, type Json, type JsonObject } from '@rondo/shared/oas/json.ts';
import { defaultOf, type Property, titleOf } from '@rondo/shared/oas/properties.ts';
import type { Caller } from '../../access/caller.ts';
import { startInputs } from '../../operations/runInputs.ts';
import { mayRun } from '../../operations/runners.ts';
import type { Services } from '../../operations/services.ts';

/** A published flow as MCP clients see it. */
export interface FlowTool {
  flowId: string;
  name: string;
  title: string;
  description: string;
  inputSchema: ObjectSchema;
  /** undefined where the flow promises no outputs */
  outputSchema: ObjectSchema | undefined;
}

export interface ObjectSchema {
  type: 'object';
  properties: { [title: string]: JsonObject };
  required?: string[];
  [key: string]: unknown;
}

/** The flows that are published as tools and that the caller may run, by name. Their schemas come from the StartNode and the flow's outputs. */
export async function flowTools(services: Services, caller: Caller): Promise<FlowTool[]> {
  const rows = await services.prisma.flow.findMany({
    where: { mcpTool: { not: null }, publishedNumber: { not: null }, archivedAt: null },
    orderBy: { mcpTool: 'asc' },
    select: { id: true, name: true, description: true, mcpTool: true },
  });
  const tools: FlowTool[] = [];
  for (const row of rows) {
    const published = await services.documents.published(row.id);
    if (!published || row.mcpTool === null || !(await mayRun(services, caller, published.runners))) continue;
    tools.push({
      flowId: row.id,
      name: row.mcpTool,
      title: row.name,
      description: row.description || `Runs the flow “${row.name}”.`,
      inputSchema: schemaOf(startInputs(published.document), (property) => defaultOf(property) === undefined),
      outputSchema: outputSchemaOf(published.document),
    });
  }
  return tools;
}

function outputSchemaOf(document: JsonObject): ObjectSchema | undefined {
  const { outputs } = openFlow(document);
  return outputs.length === 0 ? undefined : schemaOf(outputs, () => false);
}

function schemaOf(properties: Property[], isRequired: (property: Property) => boolean): ObjectSchema {
  const required = properties.filter(isRequired).map(titleOf);
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map((property) => [titleOf(property), plainSchema(property)])),
    ...(required.length > 0 ? { required } : {}),
  };
}

/** A property is a JSON Schema already; what is not one of its words in OAS stays out. */
function plainSchema(property: Property): JsonObject {
  const entries = Object.entries(property).filter(([key]) => key !== 'metadata' && !key.startsWith('$component'));
  return Object.fromEntries(entries);
}

/** Outputs as text, for clients that read only text. */
export function textOf(outputs: Json): string {
  if (isObject(outputs)) {
    const values = Object.values(outputs);
    if (values.length === 1 && typeof values[0] === 'string') return values[0];
  }
  return JSON.stringify(outputs, null, 2);
}
