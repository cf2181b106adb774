import type { FlowView, NodeView } from '@rondo/shared/oas/flow.ts';
import { openFlow, rondoOf } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { componentsOf } from '@rondo/shared/oas/references.ts';
import { assignmentOf, dueSecondsOf } from '@rondo/shared/runs/assignment.ts';
import { outsideOf } from '@rondo/shared/runs/outside.ts';
import { part } from '../canvas/componentParts.ts';
import { typeInLine } from '../canvas/inspector/types.ts';
import { kindOfNode } from '../canvas/steps.ts';
import { branchLabel, summaryOf } from '../canvas/summary.ts';
import { outsideWords } from '../flow/testing/outsideWords.ts';
import type { Words } from '../messages/useT.ts';
import { spanText } from '../parts/times.ts';

/** One step as it is told. */
export interface StepWords {
  id: string;
  number: number;
  name: string;
  kind: string;
  /** what it does, sentence by sentence */
  does: string[];
  review: boolean;
  inputs: string[];
  outputs: string[];
  /** what leaves the house */
  outside: string[];
  next: string[];
}

/** A flow as it is told: the document's own, or one inside. */
export interface ChapterWords {
  id: string;
  name: string;
  description: string;
  inputs: string[];
  outputs: string[];
  steps: StepWords[];
}

/** A document in words: each of its flows, step by step in the order in which they are gone through. */
export function flowInWords(tree: JsonObject, t: Words): ChapterWords[] {
  const own = openFlow(tree);
  const inner = [...componentsOf(tree)].flatMap(([id, { component }]) =>
    component.component_type === 'Flow' && component.id === id && id !== own.id ? [openFlow(tree, id)] : [],
  );
  return [own, ...inner].map((view) => chapter(tree, view, t));
}

function chapter(tree: JsonObject, view: FlowView, t: Words): ChapterWords {
  const steps = inOrder(view);
  const numbers = new Map(steps.map((node, index) => [node.id, index + 1]));
  const description = view.component.description;
  return {
    id: view.id,
    name: view.name,
    description: typeof description === 'string' ? description : '',
    inputs: view.inputs.map((property) => valueLine(property, t)),
    outputs: view.outputs.map((property) => valueLine(property, t)),
    steps: steps.map((node) => stepWords(tree, view, node, numbers, t)),
  };
}

/** The steps in the order in which they are gone through; what nothing leads to comes last. */
export function inOrder(view: FlowView): NodeView[] {
  const edges = Map.groupBy(view.controlEdges, (edge) => edge.from);
  const order = new Set<string>();
  const open = [view.startId];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (order.has(id) || !view.nodeById.has(id)) continue;
    order.add(id);
    const branches = view.nodeById.get(id)?.branches ?? [];
    const ways = edges.get(id) ?? [];
    open.push(...ways.sort((a, b) => branches.indexOf(a.branch) - branches.indexOf(b.branch)).map((edge) => edge.to));
  }
  return [...order, ...view.nodes.map((node) => node.id).filter((id) => !order.has(id))].flatMap(
    (id) => view.nodeById.get(id) ?? [],
  );
}

function stepWords(
  tree: JsonObject,
  view: FlowView,
  node: NodeView,
  numbers: ReadonlyMap<string, number>,
  t: Words,
): StepWords {
  const kind = kindOfNode(tree, node);
  const { component } = node;
  const long = [component.prompt_template, component.message, part(tree, component, 'agent')?.system_prompt].filter(
    (text) => typeof text === 'string' && text.trim() !== '',
  ) as string[];
  const summary = summaryOf(tree, node, kind, t);
  const ways = view.controlEdges.filter((edge) => edge.from === node.id);
  return {
    id: node.id,
    number: numbers.get(node.id) ?? 0,
    name: node.name,
    kind: kind === 'unknown' ? node.type : t(`canvas.kind.${kind}`),
    does: [node.description, ...(long.length > 0 ? long : [summary]), ...whomWords(tree, component, t)].filter(
      (text) => text !== '',
    ),
    review: kind === 'review' || kind === 'question',
    inputs: node.inputs.map((property) => fedLine(view, node, property, t)),
    outputs: node.outputs.map((property) => valueLine(property, t)),
    outside: outsideOf(tree, view, new Set([node.id])).map((one) => outsideWords(one, t)),
    next: ways.map((edge) => {
      const target = view.nodeById.get(edge.to);
      const step = t('pictures.step', { number: numbers.get(edge.to) ?? 0, name: target?.name ?? '' });
      return node.branches.length > 1 ? t('pictures.when', { branch: branchLabel(edge.branch, t), step }) : step;
    }),
  };
}

/** For whom a review is, and by when. */
function whomWords(tree: JsonObject, component: JsonObject, t: Words): string[] {
  const tool = part(tree, component, 'tool');
  if (!tool) return [];
  const { people, groups } = assignmentOf(rondoOf(tool));
  const due = dueSecondsOf(rondoOf(tool));
  const names = [...groups, ...people].join(', ');
  return [
    ...(names === '' ? [] : [t('pictures.whom', { names })]),
    ...(due === undefined ? [] : [t('pictures.due', { span: spanText(due * 1000, t) })]),
  ];
}

function valueLine(property: JsonObject, t: Words): string {
  return t('pictures.value', { name: String(property.title ?? ''), type: typeInLine(property, t) });
}

function fedLine(view: FlowView, node: NodeView, property: JsonObject, t: Words): string {
  const line = valueLine(property, t);
  const edge = view.dataEdges.find(({ destination, input }) => destination === node.id && input === property.title);
  const source = edge && view.nodeById.get(edge.source);
  return source ? t('pictures.fed', { value: line, step: source.name, output: edge.output }) : line;
}

/** The same as Markdown. */
export function asMarkdown(chapters: readonly ChapterWords[], t: Words): string {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`**${title}**`, '', ...items.map((item) => `- ${plain(item)}`), ''];
  return chapters
    .flatMap((flow, index) => [
      `${index === 0 ? '#' : '##'} ${plain(flow.name)}`,
      '',
      ...(flow.description ? [flow.description, ''] : []),
      ...list(t('pictures.takes'), flow.inputs),
      ...list(t('pictures.gives'), flow.outputs),
      ...flow.steps.flatMap((step) => [
        `### ${step.number}. ${plain(step.name)} (${step.kind})`,
        '',
        ...step.does.flatMap((text) => [plain(text), '']),
        ...(step.review ? [`**${t('pictures.review')}**`, ''] : []),
        ...list(t('pictures.outside'), step.outside),
        ...list(t('pictures.inputs'), step.inputs),
        ...list(t('pictures.outputs'), step.outputs),
        ...list(t('pictures.next'), step.next),
      ]),
    ])
    .join('\n')
    .trim()
    .concat('\n');
}

function plain(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll(/([*_`[\]<>#])/g, '\\$1');
}
