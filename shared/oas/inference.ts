import type { Json, JsonObject } from './json.ts';
import { isObject, own, ownList, ownObject, ownText } from './json.ts';
import type { Property } from './properties.ts';
import { propertiesOf, propertyTitled, titleOf } from './properties.ts';
import { resolveReference } from './references.ts';

/** The branch of a node that has only one. */
export const nextBranch = 'next';
/** The branch of a decision that no value matched. */
export const defaultBranch = 'default';
export const caughtBranch = 'caught_exception_branch';
export const caughtInfo = 'caught_exception_info';

/** Names of the placeholders `{{ name }}` in a text, each once, in their order. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([\p{L}\p{N}_]+)\s*\}\}/gu)].map((match) => match[1] as string))];
}

function placeholdersIn(value: Json | undefined, found: string[] = []): string[] {
  if (typeof value === 'string') found.push(...placeholders(value));
  else if (Array.isArray(value)) for (const item of value) placeholdersIn(item, found);
  else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      found.push(...placeholders(key));
      placeholdersIn(item, found);
    }
  }
  return found;
}

function texts(names: string[]): Property[] {
  return [...new Set(names)].map((title) => ({ title, type: 'string' }));
}

/** Guards against a flow that contains itself (reading reports it; a view must not hang on it). */
const maxNesting = 64;

/**
 * The inputs of a component as the specification derives them from its other fields, declared inputs left aside
 * (but for the places where the specification takes their names or types).
 */
export function inferredInputs(tree: JsonObject, component: JsonObject, depth = 0): Property[] {
  if (depth > maxNesting) return [];
  const declared = propertiesOf(own(component, 'inputs'));
  switch (ownText(component, 'component_type')) {
    case 'StartNode':
      return declared.length > 0 ? declared : propertiesOf(own(component, 'outputs'));
    case 'EndNode':
      return declared.length > 0 ? declared : propertiesOf(own(component, 'outputs'));
    case 'LlmNode':
      return texts(placeholdersIn(own(component, 'prompt_template')));
    case 'InputMessageNode':
    case 'OutputMessageNode':
      return texts(placeholdersIn(own(component, 'message')));
    case 'ApiNode':
    case 'RemoteTool':
      return texts(
        ['url', 'http_method', 'api_spec_uri', 'data', 'query_params', 'headers'].flatMap((field) =>
          placeholdersIn(own(component, field)),
        ),
      );
    case 'Agent':
      return texts(placeholdersIn(own(component, 'system_prompt')));
    case 'SpecializedAgent':
      return specializedInputs(tree, component, depth);
    case 'ToolNode':
      return inputsOfPart(tree, component, 'tool', depth);
    case 'AgentNode':
      return inputsOfPart(tree, component, 'agent', depth);
    case 'FlowNode':
    case 'CatchExceptionNode':
      return inputsOfPart(tree, component, 'subflow', depth);
    case 'MapNode':
    case 'ParallelMapNode':
      return inputsOfPart(tree, component, 'subflow', depth).map((inner) => ({
        title: `iterated_${titleOf(inner)}`,
        anyOf: [inner, { type: 'array', items: inner }],
      }));
    case 'ParallelFlowNode':
      return distinct(
        ownList(component, 'subflows').flatMap((flow) => {
          const inner = resolveReference(tree, flow);
          return inner === undefined ? [] : inputsOf(tree, inner, depth + 1);
        }),
      );
    case 'BranchingNode': {
      const [first] = declared;
      const title = first === undefined ? '' : titleOf(first);
      return [{ title: title || 'branching_mapping_key', type: 'string' }];
    }
    case 'Flow': {
      const start = resolveReference(tree, own(component, 'start_node'));
      return start === undefined ? [] : inputsOf(tree, start, depth + 1);
    }
    case 'Swarm':
    case 'ManagerWorkers':
      return [];
    default:
      return declared;
  }
}

/** The outputs of a component as the specification derives them. See {@link inferredInputs}. */
export function inferredOutputs(tree: JsonObject, component: JsonObject, depth = 0): Property[] {
  if (depth > maxNesting) return [];
  const declared = propertiesOf(own(component, 'outputs'));
  switch (ownText(component, 'component_type')) {
    case 'StartNode':
    case 'EndNode':
      return declared.length > 0 ? declared : propertiesOf(own(component, 'inputs'));
    case 'LlmNode':
      return declared.length > 0 ? declared : [{ title: 'generated_text', type: 'string' }];
    case 'ApiNode':
      return declared.length > 0 ? declared : [{ title: 'response' }];
    case 'InputMessageNode': {
      const [first] = declared;
      const title = first === undefined ? '' : titleOf(first);
      return [{ title: title || 'user_input', type: 'string' }];
    }
    case 'OutputMessageNode':
    case 'BranchingNode':
      return [];
    case 'ToolNode':
      return outputsOfPart(tree, component, 'tool', depth);
    case 'AgentNode':
      return outputsOfPart(tree, component, 'agent', depth);
    case 'SpecializedAgent':
      return outputsOfPart(tree, component, 'agent', depth);
    case 'FlowNode':
      return outputsOfPart(tree, component, 'subflow', depth);
    case 'CatchExceptionNode': {
      const inner = outputsOfPart(tree, component, 'subflow', depth);
      const named = declared.length > 0 ? declared : inner;
      if (propertyTitled(named, caughtInfo)) return named;
      return [...named, { title: caughtInfo, anyOf: [{ type: 'string' }, { type: 'null' }], default: null }];
    }
    case 'MapNode':
    case 'ParallelMapNode':
      return collected(component, outputsOfPart(tree, component, 'subflow', depth));
    case 'ParallelFlowNode':
      return ownList(component, 'subflows').flatMap((flow) => {
        const inner = resolveReference(tree, flow);
        return inner === undefined ? [] : outputsOf(tree, inner, depth + 1);
      });
    case 'Flow':
      return flowOutputs(tree, component, depth);
    default:
      return declared;
  }
}

/** The inputs that a component has: the declared ones, or the inferred where none are declared. */
export function inputsOf(tree: JsonObject, component: JsonObject, depth = 0): Property[] {
  const declared = own(component, 'inputs');
  if (Array.isArray(declared) && !startsFromOutputs(component, declared)) return propertiesOf(declared);
  return inferredInputs(tree, component, depth);
}

/** The outputs that a component has: the declared ones, or the inferred where none are declared. */
export function outputsOf(tree: JsonObject, component: JsonObject, depth = 0): Property[] {
  const declared = own(component, 'outputs');
  if (Array.isArray(declared) && declared.length > 0) return propertiesOf(declared);
  return inferredOutputs(tree, component, depth);
}

/** A start or an end has one list only: an empty one beside a filled one is the filled one. */
function startsFromOutputs(component: JsonObject, declared: Json[]): boolean {
  const type = ownText(component, 'component_type');
  return declared.length === 0 && (type === 'StartNode' || type === 'EndNode');
}

/** Names of the branches that leave a node; an end has none. */
export function branchesOf(tree: JsonObject, node: JsonObject): string[] {
  switch (ownText(node, 'component_type')) {
    case 'EndNode':
      return [];
    case 'BranchingNode': {
      const values = Object.values(ownObject(node, 'mapping') ?? {}).filter((value) => typeof value === 'string');
      return [...new Set([...values, defaultBranch])];
    }
    case 'FlowNode':
      return endsOf(tree, node);
    case 'CatchExceptionNode':
      return [...new Set([...endsOf(tree, node), caughtBranch])];
    default: {
      const declared = ownList(node, 'branches').filter((branch) => typeof branch === 'string');
      return declared.length > 0 ? [...new Set(declared)] : [nextBranch];
    }
  }
}

function endsOf(tree: JsonObject, node: JsonObject): string[] {
  const flow = resolveReference(tree, own(node, 'subflow'));
  const ends = flow === undefined ? [] : endNodesOf(tree, flow);
  const names = [...new Set(ends.map((end) => ownText(end, 'branch_name') ?? nextBranch))];
  return names.length > 0 ? names : [nextBranch];
}

function endNodesOf(tree: JsonObject, flow: JsonObject): JsonObject[] {
  return ownList(flow, 'nodes')
    .map((node) => resolveReference(tree, node))
    .filter((node) => node !== undefined && ownText(node, 'component_type') === 'EndNode') as JsonObject[];
}

function inputsOfPart(tree: JsonObject, component: JsonObject, field: string, depth: number): Property[] {
  const part = resolveReference(tree, own(component, field));
  return part === undefined ? [] : inputsOf(tree, part, depth + 1);
}

function outputsOfPart(tree: JsonObject, component: JsonObject, field: string, depth: number): Property[] {
  const part = resolveReference(tree, own(component, field));
  return part === undefined ? [] : outputsOf(tree, part, depth + 1);
}

function specializedInputs(tree: JsonObject, component: JsonObject, depth: number): Property[] {
  const more = resolveReference(tree, own(component, 'agent_specialization_parameters'));
  const added = more === undefined ? [] : placeholdersIn(own(more, 'additional_instructions'));
  return distinct([...inputsOfPart(tree, component, 'agent', depth), ...texts(added)]);
}

function collected(component: JsonObject, inner: Property[]): Property[] {
  const reducers = ownObject(component, 'reducers');
  return inner
    .filter((output) => reducers === undefined || Object.hasOwn(reducers, titleOf(output)))
    .map((output): Property => {
      const reducer = reducers === undefined ? 'append' : own(reducers, titleOf(output));
      const title = `collected_${titleOf(output)}`;
      return reducer === 'append' ? { title, type: 'array', items: output } : { ...output, title };
    });
}

/** Declared ones, or those that every end of the flow delivers. */
function flowOutputs(tree: JsonObject, flow: JsonObject, depth: number): Property[] {
  const declared = own(flow, 'outputs');
  if (Array.isArray(declared)) return propertiesOf(declared);
  const ends = endNodesOf(tree, flow).map((end) => outputsOf(tree, end, depth + 1));
  return distinct(ends.flat()).filter((output) => ends.every((end) => propertyTitled(end, titleOf(output))));
}

function distinct(properties: Property[]): Property[] {
  const byTitle = new Map<string, Property>();
  for (const property of properties) if (!byTitle.has(titleOf(property))) byTitle.set(titleOf(property), property);
  return [...byTitle.values()];
}
