import type { NodeView } from '@rondo/shared/oas/flow.ts';
import type { Json, JsonObject } from '@rondo/shared/oas/json.ts';
import { isObject } from '@rondo/shared/oas/json.ts';
import { resolveReference } from '@rondo/shared/oas/references.ts';
import type { Words } from '../messages/useT.ts';
import { timeWords } from '../parts/times.ts';
import { configurationOf, part } from './componentParts.ts';
import { titleOf } from './gesture.ts';
import type { StepKind } from './stepKinds.ts';
import { rondoData } from './stepKinds.ts';

/** The name of a branch as people see it. */
export function branchLabel(branch: string, t: Words): string {
  if (branch === 'default') return t('canvas.branch.otherwise');
  if (branch === 'next') return t('canvas.branch.next');
  if (branch === 'caught_exception_branch') return t('canvas.branch.failed');
  if (branch === 'timed_out') return t('canvas.branch.timedOut');
  return branch;
}

/**
 * The one line on a card that says what the step does: "by size: small, large", "POST api.example.com/orders".
 *
 * @returns an empty text where there is nothing to say
 */
export function summaryOf(tree: JsonObject, node: NodeView, kind: StepKind, t: Words): string {
  const { component } = node;
  const titles = (list: JsonObject[]) => list.map(titleOf).filter(Boolean).join(', ');
  switch (kind) {
    case 'start':
      return titles(node.outputs) || t('canvas.summary.noInputs');
    case 'end':
      return titles(node.inputs) || t('canvas.summary.noOutputs');
    case 'ai':
      return node.outputs.length === 1 && titleOf(node.outputs[0] ?? {}) === 'generated_text'
        ? oneLine(component.prompt_template) || t('canvas.summary.noPrompt')
        : titles(node.outputs);
    case 'agent':
      return nameOf(part(tree, component, 'agent')) || t('canvas.summary.noAgent');
    case 'decide': {
      const input = titleOf(node.inputs[0] ?? {});
      const source = input === 'branching_mapping_key' ? '' : input;
      const branches = node.branches.filter((branch) => branch !== 'default').join(', ');
      if (!branches) return t('canvas.summary.noBranches');
      return source ? t('canvas.summary.decideBy', { input: source, branches }) : branches;
    }
    case 'message':
      return quoted(component.message, t) || t('canvas.summary.noMessage');
    case 'question':
      return quoted(component.message, t) || t('canvas.summary.waitsForAnswer');
    case 'api':
      return webCall(component) || t('canvas.summary.noAddress');
    case 'review': {
      const tool = part(tree, component, 'tool');
      const title = rondoData(tool).title ?? rondoData(component).title;
      return oneLine(title) || t('canvas.summary.fields', { count: node.inputs.length });
    }
    case 'formula':
    case 'script': {
      const text = configurationOf(tree, component)[kind === 'formula' ? 'expression' : 'code'];
      return oneLine(text) || t(kind === 'formula' ? 'canvas.summary.noFormula' : 'canvas.summary.noScript');
    }
    case 'wait':
      return waitSummary(configurationOf(tree, component), t);
    case 'callback': {
      const { name } = configurationOf(tree, component);
      return t('canvas.summary.callback', { name: oneLine(name) || 'callback' });
    }
    case 'runFlow': {
      const configuration = configurationOf(tree, component);
      const name = oneLine(configuration.flow);
      if (!name) return t('canvas.summary.noFlow');
      return t(configuration.detached === true ? 'canvas.summary.detached' : 'canvas.summary.runs', { name });
    }
    case 'readFile':
      return t('canvas.summary.readFile', { input: titles(node.inputs) });
    case 'writeFile': {
      const name = oneLine(configurationOf(tree, component).name);
      return name ? t('canvas.summary.writeFile', { name }) : t('canvas.summary.noFileName');
    }
    case 'tool': {
      const tool = part(tree, component, 'tool');
      return (tool && (webCall(tool) || nameOf(tool))) || t('canvas.summary.noTool');
    }
    case 'flow':
    case 'each':
    case 'eachParallel':
    case 'catch': {
      const name = nameOf(part(tree, component, 'subflow'));
      return name ? t('canvas.summary.runs', { name }) : t('canvas.summary.noFlow');
    }
    case 'parallel': {
      const flows = Array.isArray(component.subflows) ? component.subflows : [];
      const names = flows.flatMap((flow) =>
        isObject(flow) ? (nameOf(resolveReference(tree, flow) ?? flow) ?? []) : [],
      );
      return names.length > 0 ? t('canvas.summary.runs', { name: names.join(', ') }) : t('canvas.summary.noFlow');
    }
    default:
      return t('canvas.summary.unknown');
  }
}

function waitSummary(configuration: JsonObject, t: Words): string {
  switch (configuration.mode) {
    case 'until': {
      const text = oneLine(configuration.until);
      const time = new Date(text);
      const moment = Number.isNaN(time.getTime()) ? text : timeWords(time, new Date(), t);
      return moment ? t('canvas.summary.until', { moment }) : t('canvas.summary.noMoment');
    }
    case 'event': {
      const event = oneLine(configuration.event);
      return event ? orTime(t('canvas.summary.event', { event }), configuration, t) : t('canvas.summary.noEvent');
    }
    case 'webhook':
      return orTime(t('canvas.summary.webhook', { name: oneLine(configuration.name) || 'callback' }), configuration, t);
    default: {
      const { seconds } = configuration;
      return typeof seconds === 'number' ? durationWords(seconds, t) : t('canvas.summary.noDuration');
    }
  }
}

function orTime(what: string, { timeoutSeconds }: JsonObject, t: Words): string {
  if (typeof timeoutSeconds !== 'number') return what;
  return t('canvas.summary.orTime', { what, time: durationWords(timeoutSeconds, t) });
}

/** A length of time in words, of the largest unit that is whole. */
export function durationWords(seconds: number, t: Words): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return t('canvas.time.days', { count: seconds / 86_400 });
  if (seconds >= 3_600 && seconds % 3_600 === 0) return t('canvas.time.hours', { count: seconds / 3_600 });
  if (seconds >= 60 && seconds % 60 === 0) return t('canvas.time.minutes', { count: seconds / 60 });
  return t('canvas.time.seconds', { count: seconds });
}

function webCall(component: JsonObject): string {
  if (typeof component.url !== 'string' || component.url === '') return '';
  const method = typeof component.http_method === 'string' ? component.http_method.toUpperCase() : '';
  return `${method} ${component.url.replace(/^https?:\/\//, '')}`.trim();
}

function nameOf(component: JsonObject | undefined): string | undefined {
  return typeof component?.name === 'string' && component.name !== '' ? component.name : undefined;
}

function oneLine(value: Json | undefined): string {
  if (typeof value !== 'string') return '';
  return value
    .replaceAll(/\{\{\s*([\w.]+)[^}]*\}\}/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 90);
}

function quoted(value: Json | undefined, t: Words): string {
  const text = oneLine(value);
  return text ? t('said.quoted', { name: text }) : '';
}
