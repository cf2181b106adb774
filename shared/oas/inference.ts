import { isObject, type Json, type JsonObject } from './json.ts';
import { type Property, propertiesOf } from './properties.ts';
import { resolveReference } from './references.ts';

const placeholder = /\{\{\s*([^\s{}|.[\]()'"`,]+)\s*\}\}/g;
const expression = /\{\{([\s\S]*?)\}\}|\{%([\s\S]*?)%\}/g;

/** Names of `{{ name }}` in a text, each once, in the order in which they first stand there. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map((match) => match[1] ?? ''))].filter(Boolean);
}

/** True where a text needs the template interpreter: anything in braces that is not a plain `{{ name }}`. */
export function isTemplate(text: string): boolean {
  return [...text.matchAll(expression)].some((match) => !/^\{\{\s*[^\s{}|.[\]()'"`,]+\s*\}\}$/.test(match[0]));
}

/** Placeholders in every text inside a value (url, headers, body of a web call). */
export function placeholdersIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return placeholders(value);
  if (Array.isArray(value)) return [...new Set(value.flatMap(placeholdersIn))];
  if (isObject(value))
    return [
      ...new Set(Object.entries(value).flatMap(([key, item]) => [...placeholders(key), ...placeholdersIn(item)])),
    ];
  return [];
}

function texts(names: string[]): Property[] {
  return names.map((title) => ({ title, type: 'string' }));
}

const remoteFields = ['url', 'http_method', 'data', 'query_params', 'headers'];

/** Stops reading of documents in which flows contain each other over many levels. */
const maxDepth = 64;

/** What a component takes in, by the specification, when it does not say so itself; see `inputsOf`. */
export function inferredInputs(tree: JsonObject, component: JsonObject, depth = 0): Property[] {
  const part = (field: string) => resolveReference(tree, component[field]);
  const inside = (value: JsonObject | undefined) => (value && depth < maxDepth ? inputsOf(tree, value, depth + 1) : []);
  switch (component.component_type) {
    case 'StartNode':
      return propertiesOf(component.outputs);
    case 'EndNode':
      return propertiesOf(component.outputs);
    case 'LlmNode':
      return texts(placeholdersIn(component.prompt_template));
    case 'OutputMessageNode':
    case 'InputMessageNode':
      return texts(placeholdersIn(component.message));
    case 'ApiNode':
    case 'RemoteTool':
      return texts([...new Set(remoteFields.flatMap((field) => placeholdersIn(component[field])))]);
    case 'Agent':
      return texts(placeholdersIn(component.system_prompt));
    case 'BranchingNode':
      return [{ title: 'branching_mapping_key', type: 'string' }];
    case 'ToolNode':
      return inside(part('tool'));
    case 'AgentNode':
      return inside(part('agent'));
    case 'FlowNode':
    case 'CatchExceptionNode':
      return inside(part('subflow'));
    case 'MapNode':
    case 'ParallelMapNode':
      return inside(part('subflow')).map(iterated);
    case 'ParallelFlowNode':
      return union(subflowsOf(tree, component).map(inside));
    case 'Flow':
      return inside(part('start_node'));
    case 'Swarm':
      return inside(part('first_agent'));
    case 'ManagerWorkers':
      return inside(part('group_manager'));
    default:
      return [];
  }
}

/** What comes out of a component, by the specification, when it does not say so itself; see `outputsOf`. */
export function inferredOutputs(tree: JsonObject, component: JsonObject, depth = 0): Property[] {
  const part = (field: string) => resolveReference(tree, component[field]);
  const inside = (value: JsonObject | undefined) =>
    value && depth < maxDepth ? outputsOf(tree, value, depth + 1) : [];
  switch (component.component_type) {
    case 'StartNode':
    case 'EndNode':
      return propertiesOf(component.inputs);
    case 'LlmNode':
      return [{ title: 'generated_text', type: 'string' }];
    case 'InputMessageNode':
      return [{ title: 'user_input', type: 'string' }];
    case 'ApiNode':
      return [{ title: 'response' }];
    case 'ToolNode':
      return inside(part('tool'));
    case 'AgentNode':
      return inside(part('agent'));
    case 'FlowNode':
      return inside(part('subflow'));
    case 'CatchExceptionNode':
      return [
        ...inside(part('subflow')),
        { title: 'caught_exception_info', anyOf: [{ type: 'string' }, { type: 'null' }], default: null },
      ];
    case 'MapNode':
    case 'ParallelMapNode':
      return inside(part('subflow')).flatMap((output) => collected(output, component.reducers));
    case 'ParallelFlowNode':
      return union(subflowsOf(tree, component).map(inside));
    case 'Flow':
      return union(endNodes(tree, component).map((end) => inside(end)));
    default:
      return [];
  }
}

/** A component's inputs: as declared, else as inferred. */
export function inputsOf(tree: JsonObject, component: JsonObject, depth = 0): Property[] {
  return Array.isArray(component.inputs) ? propertiesOf(component.inputs) : inferredInputs(tree, component, depth);
}

/** A component's outputs: as declared, else as inferred. */
export function outputsOf(tree: JsonObject, component: JsonObject, depth = 0): Property[] {
  return Array.isArray(component.outputs) ? propertiesOf(component.outputs) : inferredOutputs(tree, component, depth);
}

/** The branches that leave a node, in order; an EndNode has none. */
export function branchesOf(tree: JsonObject, node: JsonObject): string[] {
  switch (node.component_type) {
    case 'EndNode':
      return [];
    case 'BranchingNode': {
      const mapping = isObject(node.mapping) ? Object.values(node.mapping) : [];
      return [...new Set([...mapping.filter((name): name is string => typeof name === 'string'), 'default'])];
    }
    case 'FlowNode':
      return endBranches(tree, resolveReference(tree, node.subflow));
    case 'CatchExceptionNode':
      return [...endBranches(tree, resolveReference(tree, node.subflow)), 'caught_exception_branch'];
    default: {
      const declared = Array.isArray(node.branches)
        ? node.branches.filter((name): name is string => typeof name === 'string')
        : [];
      return declared.length > 0 ? declared : ['next'];
    }
  }
}

function endBranches(tree: JsonObject, flow: JsonObject | undefined): string[] {
  if (!flow) return ['next'];
  const names = endNodes(tree, flow).map((end) => (typeof end.branch_name === 'string' ? end.branch_name : 'next'));
  return names.length > 0 ? [...new Set(names)] : ['next'];
}

function endNodes(tree: JsonObject, flow: JsonObject): JsonObject[] {
  const nodes = Array.isArray(flow.nodes) ? flow.nodes : [];
  return nodes
    .map((node) => resolveReference(tree, node))
    .filter((node): node is JsonObject => node?.component_type === 'EndNode');
}

function subflowsOf(tree: JsonObject, component: JsonObject): JsonObject[] {
  const subflows = Array.isArray(component.subflows) ? component.subflows : [];
  return subflows.map((flow) => resolveReference(tree, flow)).filter((flow): flow is JsonObject => flow !== undefined);
}

function iterated(property: Property): Property {
  const { title, default: _default, description: _description, ...schema } = property;
  return { title: `iterated_${title}`, anyOf: [schema, { type: 'array', items: schema }] };
}

function collected(property: Property, reducers: Json | undefined): Property[] {
  const { title, default: _default, description: _description, ...schema } = property;
  if (isObject(reducers) && !Object.hasOwn(reducers, title)) return [];
  const reducer = isObject(reducers) ? reducers[title] : 'append';
  const name = `collected_${title}`;
  return [reducer === 'append' ? { title: name, type: 'array', items: schema } : { ...schema, title: name }];
}

function union(lists: Property[][]): Property[] {
  const byTitle = new Map<string, Property>();
  for (const property of lists.flat()) if (!byTitle.has(property.title)) byTitle.set(property.title, property);
  return [...byTitle.values()];
}
