import { inputsOf } from '../inference.ts';
import type { JsonObject } from '../json.ts';
import { own, ownList, ownObject, ownText, sameJson } from '../json.ts';
import type { Problem } from '../problems.ts';
import { errorAt } from '../problems.ts';
import { sameType, titleOf } from '../properties.ts';
import { idOf, resolveReference } from '../references.ts';
import type { Report } from './builtins.ts';
import { called, subjectAt } from './subject.ts';

/** Fields that are right each by itself, but not beside each other. */
export function checkTogether(tree: JsonObject, component: JsonObject, pointer: string): Problem[] {
  const check = checks[ownText(component, 'component_type') ?? ''];
  if (check === undefined) return [];
  const problems: Problem[] = [];
  const id = subjectAt(tree, pointer);
  check(component, (text, field, values) => problems.push(errorAt(text, pointer + field, values, id)), tree);
  return problems;
}

type Check = (component: JsonObject, error: Report, tree: JsonObject) => void;

const checks: { readonly [type: string]: Check | undefined } = {
  ApiNode: checkHeaders,
  RemoteTool: checkHeaders,
  SSETransport: checkHeaders,
  SSEmTLSTransport: checkHeaders,
  StreamableHTTPTransport: checkHeaders,
  StreamableHTTPmTLSTransport: checkHeaders,
  StartNode: checkOneList,
  EndNode: checkOneList,
  Swarm: checkSwarm,
  ManagerWorkers: checkWorkers,
  ParallelFlowNode: checkParallelInputs,
  ConversationSummarizationTransform: checkConversation,
  DbmsVectorChainLlmConfig: checkDbms,
};

function checkHeaders(component: JsonObject, error: Report): void {
  const secret = ownObject(component, 'sensitive_headers') ?? {};
  const twice = Object.keys(ownObject(component, 'headers') ?? {}).find((name) => Object.hasOwn(secret, name));
  if (twice === undefined) return;
  error('OAS-HEADER-TWICE', '/sensitive_headers', { component: called(component), header: twice });
}

/** A start or an end passes on what comes in: two lists must be the same. */
function checkOneList(component: JsonObject, error: Report): void {
  const inputs = own(component, 'inputs');
  const outputs = own(component, 'outputs');
  if (!Array.isArray(inputs) || !Array.isArray(outputs) || sameJson(inputs, outputs)) return;
  error('OAS-PASSED-ON', '/outputs', { component: called(component) });
}

function checkSwarm(component: JsonObject, error: Report): void {
  if (own(component, 'relationships') === undefined || ownList(component, 'relationships').length > 0) return;
  error('OAS-TEAM.swarm', '/relationships', { component: called(component) });
}

function checkWorkers(component: JsonObject, error: Report, tree: JsonObject): void {
  const workers = own(component, 'workers');
  if (!Array.isArray(workers)) return;
  if (workers.length === 0) error('OAS-TEAM.workers', '/workers', { component: called(component) });
  const manager = idOf(tree, own(component, 'group_manager'));
  const at = manager === undefined ? -1 : workers.findIndex((worker) => idOf(tree, worker) === manager);
  if (at >= 0) error('OAS-TEAM.manager', `/workers/${at}`, { component: called(component) });
}

function checkParallelInputs(component: JsonObject, error: Report, tree: JsonObject): void {
  const first = new Map<string, JsonObject>();
  for (const [i, item] of ownList(component, 'subflows').entries()) {
    const flow = resolveReference(tree, item);
    for (const input of flow === undefined ? [] : inputsOf(tree, flow)) {
      const known = first.get(titleOf(input));
      if (known === undefined) first.set(titleOf(input), input);
      else if (!sameType(known, input)) {
        error('OAS-PARALLEL-INPUT', `/subflows/${i}`, { step: called(component), title: titleOf(input) });
      }
    }
  }
}

function checkConversation(component: JsonObject, error: Report): void {
  const messages = own(component, 'max_num_messages') ?? (Object.hasOwn(component, 'max_num_messages') ? null : 50);
  const characters = own(component, 'max_num_characters') ?? null;
  const least = own(component, 'min_num_messages') ?? 10;
  const values = { component: called(component) };
  if ((messages === null) === (characters === null)) {
    error('OAS-LIMITS', '/max_num_messages', values);
  } else if (typeof messages === 'number' && typeof least === 'number' && messages <= least) {
    error('OAS-LIMITS.kept', '/max_num_messages', values);
  }
}

function checkDbms(component: JsonObject, error: Report): void {
  const host = own(component, 'host') ?? null;
  const credential = own(component, 'credential_name') ?? null;
  const values = { component: called(component) };
  if ((host === null) === (credential === null)) error('OAS-FIELD.access', '/credential_name', values);
  if (host !== null && !['openai', 'ollama'].includes(ownText(component, 'provider') ?? ''))
    error('OAS-FIELD.host', '/host', values);
  const spare = ['api_provider', 'api_type', 'api_key'].find((field) => (own(component, field) ?? null) !== null);
  if (spare !== undefined) error('OAS-FIELD.spare', `/${spare}`, { ...values, field: spare });
}
