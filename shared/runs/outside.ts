import { type FlowView, type NodeView, openFlow, rondoOf } from '../oas/flow.ts';
import { type JsonObject, own, ownList, ownObject, ownText } from '../oas/json.ts';
import { idOf, resolveReference } from '../oas/references.ts';

/** What a step reaches outside of its flow when it runs. */
export interface Outside {
  /** the step as it is drawn: node ids joined by `/` */
  path: string;
  name: string;
  /** person: somebody is asked; client: a tool of whoever started the run; flow: another flow is run */
  kind: 'web' | 'model' | 'agent' | 'person' | 'client' | 'tool' | 'flow' | 'file';
  /** host, model, tool or flow; empty where the document does not say */
  where: string;
}

/**
 * What steps of a flow reach outside of it, those of flows inside them included, in the order of the document.
 * @param ids only these steps of the flow
 */
export function outsideOf(tree: JsonObject, view: FlowView, ids?: ReadonlySet<string>): Outside[] {
  return view.nodes.filter((node) => !ids || ids.has(node.id)).flatMap((node) => ofNode(tree, node, '', new Set()));
}

function ofNode(tree: JsonObject, node: NodeView, prefix: string, around: ReadonlySet<string>): Outside[] {
  const path = `${prefix}${node.id}`;
  const one = (kind: Outside['kind'], where: string): Outside[] => [{ path, name: node.name, kind, where }];
  const { component } = node;
  switch (node.type) {
    case 'ApiNode':
      return one('web', hostOf(ownText(component, 'url')));
    case 'LlmNode':
      return one('model', modelOf(resolveReference(tree, own(component, 'llm_config'))));
    case 'AgentNode': {
      const agent = resolveReference(tree, own(component, 'agent'));
      return one('agent', (agent && ownText(agent, 'name')) ?? '');
    }
    case 'InputMessageNode':
      return one('person', '');
    case 'ToolNode': {
      const tool = resolveReference(tree, own(component, 'tool'));
      const kind = tool && kindOfTool(tool);
      return kind ? one(kind, whereOfTool(tool, kind)) : tool ? [] : one('tool', '');
    }
    default:
      return innerFlows(tree, component).flatMap((id) => {
        if (around.has(id)) return [];
        const inner = openFlow(tree, id);
        return inner.nodes.flatMap((step) => ofNode(tree, step, `${path}/`, new Set([...around, id])));
      });
  }
}

function innerFlows(tree: JsonObject, component: JsonObject): string[] {
  const flows = [own(component, 'subflow'), ...ownList(component, 'subflows')];
  return flows.flatMap((flow) => {
    const found = resolveReference(tree, flow);
    const id = idOf(tree, flow);
    return id !== undefined && found && ownText(found, 'component_type') === 'Flow' ? [id] : [];
  });
}

const outsideBuiltins: { [type: string]: Outside['kind'] } = { 'rondo.run_flow': 'flow', 'rondo.write_file': 'file' };
const innerBuiltins = new Set([
  'rondo.formula',
  'rondo.script',
  'rondo.wait',
  'rondo.callback_address',
  'rondo.read_file',
]);

function kindOfTool(tool: JsonObject): Outside['kind'] | undefined {
  switch (ownText(tool, 'component_type')) {
    case 'ClientTool':
      return Array.isArray(own(rondoOf(tool), 'surface')) ? 'person' : 'client';
    case 'RemoteTool':
      return 'web';
    case 'BuiltinTool': {
      const type = ownText(tool, 'tool_type') ?? '';
      if (innerBuiltins.has(type)) return undefined;
      return Object.hasOwn(outsideBuiltins, type) ? outsideBuiltins[type] : 'tool';
    }
    default:
      return 'tool';
  }
}

function whereOfTool(tool: JsonObject, kind: Outside['kind']): string {
  if (kind === 'web') return hostOf(ownText(tool, 'url'));
  if (kind === 'flow') return ownText(ownObject(tool, 'configuration') ?? {}, 'flow') ?? '';
  return kind === 'person' || kind === 'file' ? '' : (ownText(tool, 'name') ?? '');
}

function modelOf(config: JsonObject | undefined): string {
  return (config && (ownText(config, 'model_id') ?? ownText(config, 'name'))) ?? '';
}

/** The host of an address, which may have placeholders in it. */
function hostOf(url = ''): string {
  const rest = url.replace(/^\w+:\/\//, '');
  return rest.split(/[/?#]/, 1)[0] ?? '';
}
