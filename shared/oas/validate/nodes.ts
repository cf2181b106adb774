import { decisionTitle, surfaceOf } from '../../a2ui/reviewForm.ts';
import { readSurface } from '../../a2ui/surface.ts';
import { said, sentence } from '../../words/said.ts';
import { caughtBranch, caughtInfo, inferredOutputs, outputsOf } from '../inference.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownList, ownObject, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { defaultOf, fileFormat, propertiesOf, titleOf, typeSaid, typeWords } from '../properties.ts';
import { resolveReference } from '../references.ts';
import { checkBuiltin, type Report, type Warn } from './builtins.ts';
import { checkReviewSettings } from './reviewSettings.ts';
import { checkStepSettings } from './stepSettings.ts';
import { called, subjectAt } from './subject.ts';

/** Agents that a step of the interpreter of this version runs. */
const runAgents = new Set(['Agent', 'SpecializedAgent']);
const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
const reducers = new Set(['append', 'sum', 'average', 'max', 'min']);

/** What a single step or tool needs in order to do its work. */
export function checkNode(tree: JsonObject, component: JsonObject, pointer: string): Problem[] {
  const type = ownText(component, 'component_type') ?? '';
  const id = subjectAt(tree, pointer);
  const problems: Problem[] = [];
  const error: Report = (text, field, values) => problems.push(errorAt(text, pointer + field, values, id));
  const warn: Warn = (text, field, values) => problems.push(warningAt(text, pointer + field, values, id));
  const step = called(component);
  checkStepSettings(component, error, warn);
  switch (type) {
    case 'LlmNode':
      if (ownText(component, 'prompt_template')?.trim() === '') {
        warn('OAS-PROMPT-EMPTY', '/prompt_template', { step });
      }
      break;
    case 'ApiNode':
    case 'RemoteTool':
      checkCall(component, error);
      break;
    case 'AgentNode':
      checkAgent(tree, component, warn);
      break;
    case 'BranchingNode':
      checkMapping(component, error, warn);
      break;
    case 'InputMessageNode': {
      const outputs = propertiesOf(own(component, 'outputs'));
      const [first] = outputs;
      if (outputs.length > 1) error('OAS-QUESTION-OUTPUT.count', '/outputs', { step, count: outputs.length });
      else if (first !== undefined && own(first, 'type') !== 'string') {
        error('OAS-QUESTION-OUTPUT', '/outputs/0', { step, type: typeSaid(first) });
      }
      break;
    }
    case 'OutputMessageNode':
      if (ownText(component, 'message')?.trim() === '') {
        warn('OAS-MESSAGE-EMPTY', '/message', { step });
      }
      break;
    case 'ClientTool':
      checkReview(component, pointer, id, problems);
      break;
    case 'BuiltinTool':
      checkBuiltin(component, error, warn);
      break;
    case 'MapNode':
    case 'ParallelMapNode':
      for (const [name, reducer] of Object.entries(ownObject(component, 'reducers') ?? {})) {
        if (typeof reducer === 'string' && reducers.has(reducer)) continue;
        const values = { step, title: name, reducer: JSON.stringify(reducer), reducers: [...reducers] };
        error('OAS-REDUCER', pointerTo('/reducers', name), values);
      }
      break;
    case 'ParallelFlowNode':
      checkParallel(tree, component, error);
      break;
    case 'CatchExceptionNode':
      checkCatch(tree, component, error);
      break;
  }
  return problems;
}

function checkCall(component: JsonObject, error: Report): void {
  const url = ownText(component, 'url');
  if (url !== undefined && !/^(https?:\/\/|\{\{)/i.test(url.trim())) {
    error(url.trim() === '' ? 'OAS-URL.empty' : 'OAS-URL', '/url', { step: called(component) });
  }
  const method = ownText(component, 'http_method');
  if (method !== undefined && !method.includes('{{') && !methods.has(method.toUpperCase())) {
    error('OAS-METHOD', '/http_method', { step: called(component), method, methods: [...methods] });
  }
  const files = propertiesOf(own(component, 'outputs')).filter((output) => ownText(output, 'format') === fileFormat);
  if (files.length > 1) {
    error('OAS-FILE-OUTPUT', '/outputs', { step: called(component), count: files.length });
  }
}

/** Can the agent of a step be run here, and does it end? */
function checkAgent(tree: JsonObject, component: JsonObject, warn: Warn): void {
  const agent = resolveReference(tree, own(component, 'agent'));
  if (agent === undefined) return;
  const type = ownText(agent, 'component_type') ?? '';
  const step = called(component);
  if (!runAgents.has(type)) warn('OAS-NOT-RUN.agent', '/agent', { step, type });
  else if (ownList(agent, 'toolboxes').length > 0) warn('OAS-NOT-RUN.toolboxes', '/agent', { step });
  if (own(agent, 'human_in_the_loop') === false && outputsOf(tree, component).length === 0)
    warn('OAS-AGENT-OUTPUTS', '/agent', { step });
}

function checkMapping(component: JsonObject, error: Report, warn: Warn): void {
  const mapping = ownObject(component, 'mapping');
  if (mapping === undefined) return;
  const entries = Object.entries(mapping);
  const step = called(component);
  if (entries.length === 0) warn('OAS-MAPPING-EMPTY', '/mapping', { step });
  for (const [value, branch] of entries) {
    if (typeof branch === 'string' && branch !== '') continue;
    error('OAS-MAPPING', pointerTo('/mapping', value), { step, value });
  }
  const [first, ...rest] = propertiesOf(own(component, 'inputs'));
  if (rest.length > 0) error('OAS-MAPPING-INPUT', '/inputs', { step, count: rest.length + 1 });
  const words = first === undefined ? 'text' : typeWords(first);
  if (first !== undefined && (words.startsWith('record') || words.startsWith('list'))) {
    warn('OAS-MAPPING-INPUT.type', '/inputs/0', { step, title: titleOf(first), type: typeSaid(first) });
  }
}

/** A client tool with a form: can the form be shown, and does it give what the step delivers? */
function checkReview(component: JsonObject, pointer: string, id: string | undefined, problems: Problem[]): void {
  const surface = surfaceOf(component);
  if (surface === undefined) return;
  problems.push(...checkReviewSettings(component, pointer, id));
  const at = `${pointer}/metadata/__metadata_info__/rondo/surface`;
  const read = readSurface(surface);
  for (const { code, severity, pointer: place, said: problem } of read.problems) {
    const words = said('OAS-A2UI', { component: called(component), problem });
    problems.push({
      code: `OAS-${code}`,
      severity,
      pointer: at + place,
      message: sentence(words),
      said: words,
      ...(id === undefined ? {} : { componentId: id }),
    });
  }
  if (!read.ok) return;
  const bound = boundNames([...read.surface.components.values()], read.surface.dataModel);
  const inputs = propertiesOf(own(component, 'inputs')).map(titleOf);
  for (const [i, output] of propertiesOf(own(component, 'outputs')).entries()) {
    const title = titleOf(output);
    if (title === decisionTitle || bound.has(title) || inputs.includes(title) || defaultOf(output) !== undefined)
      continue;
    const values = { component: called(component), title };
    problems.push(errorAt('OAS-REVIEW-OUTPUT', `${pointer}/outputs/${i}`, values, id));
  }
}

/** Names of the values that a form can hold: fields, contexts of buttons, its own data. */
function boundNames(components: JsonObject[], dataModel: Json): Set<string> {
  const names = new Set<string>(isObject(dataModel) ? Object.keys(dataModel) : []);
  for (const component of components) {
    const value = own(component, 'value');
    const path = isObject(value) ? ownText(value, 'path') : undefined;
    const name = path?.match(/^\/([^/]+)$/)?.[1];
    if (name !== undefined) names.add(name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const event = ownObject(ownObject(component, 'action') ?? {}, 'event');
    for (const key of Object.keys(ownObject(event ?? {}, 'context') ?? {})) names.add(key);
  }
  return names;
}

function checkParallel(tree: JsonObject, component: JsonObject, error: Report): void {
  const seen = new Set<string>();
  for (const [i, item] of ownList(component, 'subflows').entries()) {
    const flow = resolveReference(tree, item);
    for (const output of flow === undefined ? [] : outputsOf(tree, flow)) {
      const title = titleOf(output);
      if (seen.has(title)) error('OAS-PARALLEL-OUTPUT', `/subflows/${i}`, { step: called(component), title });
      seen.add(title);
    }
  }
}

function checkCatch(tree: JsonObject, component: JsonObject, error: Report): void {
  const flow = resolveReference(tree, own(component, 'subflow'));
  if (flow === undefined) return;
  const step = called(component);
  for (const output of inferredOutputs(tree, component)) {
    if (defaultOf(output) !== undefined) continue;
    error('OAS-CATCH-DEFAULT', '/outputs', { title: titleOf(output), step });
  }
  if (outputsOf(tree, flow).some((output) => titleOf(output) === caughtInfo)) {
    error('OAS-CATCH-NAME.output', '/subflow', { step, title: caughtInfo });
  }
  const ends = ownList(flow, 'nodes').map((node) => resolveReference(tree, node));
  if (ends.some((end) => end !== undefined && ownText(end, 'branch_name') === caughtBranch)) {
    error('OAS-CATCH-NAME.branch', '/subflow', { step, branch: caughtBranch });
  }
}
