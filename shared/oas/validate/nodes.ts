import { decisionTitle, surfaceOf } from '../../a2ui/reviewForm.ts';
import { readSurface } from '../../a2ui/surface.ts';
import { caughtBranch, caughtInfo, inferredOutputs, outputsOf } from '../inference.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject, own, ownList, ownObject, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { errorAt, warningAt } from '../problems.ts';
import { defaultOf, fileFormat, propertiesOf, titleOf, typeWords } from '../properties.ts';
import { resolveReference } from '../references.ts';
import { checkBuiltin, type Report } from './builtins.ts';
import { checkStepSettings } from './stepSettings.ts';
import { called, calledFirst, subjectAt } from './subject.ts';

/** Steps that can be drawn, but that the interpreter of this version refuses. */
const notRunYet = new Set(['AgentNode']);
const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
const reducers = new Set(['append', 'sum', 'average', 'max', 'min']);

/** What a single step or tool needs in order to do its work. */
export function checkNode(tree: JsonObject, component: JsonObject, pointer: string): Problem[] {
  const type = ownText(component, 'component_type') ?? '';
  const id = subjectAt(tree, pointer);
  const problems: Problem[] = [];
  const error = (code: string, field: string, message: string) =>
    problems.push(errorAt(code, pointer + field, message, id));
  const warn = (code: string, field: string, message: string) =>
    problems.push(warningAt(code, pointer + field, message, id));
  if (notRunYet.has(type)) {
    warn(
      'OAS-NOT-RUN',
      '',
      `${calledFirst(component)} can be drawn and kept, but this version cannot run a step of the type ${type} yet.`,
    );
  }
  checkStepSettings(component, error, warn);
  switch (type) {
    case 'LlmNode':
      if (ownText(component, 'prompt_template')?.trim() === '') {
        warn(
          'OAS-PROMPT-EMPTY',
          '/prompt_template',
          `${calledFirst(component)} has nothing to write: its instruction is empty.`,
        );
      }
      break;
    case 'ApiNode':
    case 'RemoteTool':
      checkCall(component, error);
      break;
    case 'BranchingNode':
      checkMapping(component, error, warn);
      break;
    case 'InputMessageNode': {
      const outputs = propertiesOf(own(component, 'outputs'));
      const [first] = outputs;
      if (outputs.length > 1)
        error('OAS-QUESTION-OUTPUT', '/outputs', `${calledFirst(component)} has one answer, not ${outputs.length}.`);
      else if (first !== undefined && typeWords(first) !== 'text') {
        error(
          'OAS-QUESTION-OUTPUT',
          '/outputs/0',
          `The answer to ${called(component)} is a text, not ${typeWords(first)}.`,
        );
      }
      break;
    }
    case 'OutputMessageNode':
      if (ownText(component, 'message')?.trim() === '') {
        warn('OAS-MESSAGE-EMPTY', '/message', `${calledFirst(component)} has nothing to say: its message is empty.`);
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
        error(
          'OAS-REDUCER',
          pointerTo('/reducers', name),
          `${calledFirst(component)} cannot collect “${name}” by ${JSON.stringify(reducer)}. It can ${[...reducers].join(', ')}.`,
        );
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
    const message =
      url.trim() === '' ? 'has no address to call' : 'has an address that does not begin with http:// or https://';
    error('OAS-URL', '/url', `${calledFirst(component)} ${message}.`);
  }
  const method = ownText(component, 'http_method');
  if (method !== undefined && !method.includes('{{') && !methods.has(method.toUpperCase())) {
    error(
      'OAS-METHOD',
      '/http_method',
      `${calledFirst(component)} cannot call with “${method}”. It can with ${[...methods].join(', ')}.`,
    );
  }
  const files = propertiesOf(own(component, 'outputs')).filter((output) => ownText(output, 'format') === fileFormat);
  if (files.length > 1) {
    error('OAS-FILE-OUTPUT', '/outputs', `The answer to ${called(component)} is one file, not ${files.length}.`);
  }
}

function checkMapping(component: JsonObject, error: Report, warn: Report): void {
  const mapping = ownObject(component, 'mapping');
  if (mapping === undefined) return;
  const entries = Object.entries(mapping);
  if (entries.length === 0)
    warn(
      'OAS-MAPPING-EMPTY',
      '/mapping',
      `${calledFirst(component)} decides nothing: it has no branches but “default”.`,
    );
  for (const [value, branch] of entries) {
    if (typeof branch === 'string' && branch !== '') continue;
    error(
      'OAS-MAPPING',
      pointerTo('/mapping', value),
      `${calledFirst(component)} names no branch for the value “${value}”.`,
    );
  }
  const [first, ...rest] = propertiesOf(own(component, 'inputs'));
  if (rest.length > 0)
    error('OAS-MAPPING-INPUT', '/inputs', `${calledFirst(component)} decides by one value, not by ${rest.length + 1}.`);
  const words = first === undefined ? 'text' : typeWords(first);
  if (first !== undefined && (words.startsWith('record') || words.startsWith('list'))) {
    warn(
      'OAS-MAPPING-INPUT',
      '/inputs/0',
      `${calledFirst(component)} decides by a text; “${titleOf(first)}” is a ${words}, which is compared as JSON.`,
    );
  }
}

/** A client tool with a form: can the form be shown, and does it give what the step delivers? */
function checkReview(component: JsonObject, pointer: string, id: string | undefined, problems: Problem[]): void {
  const surface = surfaceOf(component);
  if (surface === undefined) return;
  const at = `${pointer}/metadata/__metadata_info__/rondo/surface`;
  const read = readSurface(surface);
  for (const { code, severity, pointer: place, message } of read.problems) {
    problems.push({
      code: `OAS-${code}`,
      severity,
      pointer: at + place,
      message: `The form of ${called(component)}: ${message}`,
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
    const message = `${calledFirst(component)} delivers “${title}”, but its form has no field for it.`;
    problems.push(errorAt('OAS-REVIEW-OUTPUT', `${pointer}/outputs/${i}`, message, id));
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
      if (seen.has(title)) {
        error(
          'OAS-PARALLEL-OUTPUT',
          `/subflows/${i}`,
          `Two flows of ${called(component)} deliver “${title}”; only one may.`,
        );
      }
      seen.add(title);
    }
  }
}

function checkCatch(tree: JsonObject, component: JsonObject, error: Report): void {
  const flow = resolveReference(tree, own(component, 'subflow'));
  if (flow === undefined) return;
  for (const output of inferredOutputs(tree, component)) {
    if (defaultOf(output) !== undefined) continue;
    const message = `“${titleOf(output)}” of ${called(component)} needs a default, for when the flow inside fails.`;
    error('OAS-CATCH-DEFAULT', '/outputs', message);
  }
  if (outputsOf(tree, flow).some((output) => titleOf(output) === caughtInfo)) {
    error(
      'OAS-CATCH-NAME',
      '/subflow',
      `The flow inside ${called(component)} must not deliver “${caughtInfo}” itself.`,
    );
  }
  const ends = ownList(flow, 'nodes').map((node) => resolveReference(tree, node));
  if (ends.some((end) => end !== undefined && ownText(end, 'branch_name') === caughtBranch)) {
    error(
      'OAS-CATCH-NAME',
      '/subflow',
      `The flow inside ${called(component)} must not have a branch “${caughtBranch}” itself.`,
    );
  }
}
