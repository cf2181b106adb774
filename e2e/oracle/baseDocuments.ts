import { readFileSync } from 'node:fs';
import { currentVersion, typeNamed } from '@rondo/shared/oas/componentTypes.ts';
import { blankDocument, newEdge, newNode, nodeKinds } from '@rondo/shared/oas/create.ts';
import { applyCommands, type EditCommand } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import { type JsonObject, own, ownText, withKey } from '@rondo/shared/oas/json.ts';
import { hasErrors } from '@rondo/shared/oas/problems.ts';
import { titleOf } from '@rondo/shared/oas/properties.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { indexOf } from '@rondo/shared/oas/references.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { exampleFiles, examplesFolder } from '@rondo/shared/testing/exampleDocuments.ts';

/**
 * Sound documents to make unsound ones from: the official examples, brought to the current version, and one flow of
 * our own with a step of every kind. Left out are those that no change could tell anything about: with types of
 * plugins, or with secrets left open, which the SDK refuses as they are.
 */
export function baseDocuments(): { name: string; tree: JsonObject }[] {
  const examples = exampleFiles(/\.(json|yaml)$/).flatMap((name) => {
    const read = readDocument(readFileSync(`${examplesFolder}/${name}`, 'utf8'), name);
    if (!read.ok || own(read.tree, 'component_type') === undefined) return [];
    const tree = withKey(read.tree, 'agentspec_version', currentVersion);
    return isClosed(tree) && !hasErrors(validate(tree)) ? [{ name, tree }] : [];
  });
  // The examples have few kinds of steps: one in six changes is made to the flow that has them all.
  const drawn = { name: 'a flow with a step of every kind', tree: flowOfEveryKind() };
  return [...examples, ...new Array<typeof drawn>(Math.ceil(examples.length / 5)).fill(drawn)];
}

function isClosed(tree: JsonObject): boolean {
  const index = indexOf(tree);
  return (
    index.references.every(({ ref }) => index.targets.has(ref)) &&
    [...index.components.values()].every(({ component }) => typeNamed(ownText(component, 'component_type') ?? ''))
  );
}

/** Steps of every kind in a row, each fed by the start; what a step may branch to leads to the next. */
function flowOfEveryKind(): JsonObject {
  let next = 0;
  const newId = () => `id-${++next}`;
  let tree = blankDocument('Every kind', { newId });
  const { id: flow, startId, nodes, controlEdges } = openFlow(tree);
  const end = nodes[1]?.id ?? '';
  const kinds = nodeKinds.filter((kind) => kind !== 'start' && kind !== 'end');
  const steps = kinds.map((kind) => ({ kind, node: newNode(kind, { newId, name: `${kind} step` }) }));
  tree = applyCommands(tree, [
    { type: 'disconnect', flow, edge: controlEdges[0]?.id ?? '' },
    ...steps.map(({ node }): EditCommand => ({ type: 'add', flow, node })),
  ]).tree;
  const made = openFlow(tree);
  const inputs = new Map<string, JsonObject>();
  const commands: EditCommand[] = [];
  for (const [i, { node }] of steps.entries()) {
    const id = node.id as string;
    const to = (steps[i + 1]?.node.id as string | undefined) ?? end;
    if (i === 0) commands.push({ type: 'connect', flow, edge: newEdge({ from: startId, to: id }, newId()) });
    const view = made.nodeById.get(id);
    for (const branch of view?.branches ?? []) {
      commands.push({ type: 'connect', flow, edge: newEdge({ from: id, branch, to }, newId()) });
    }
    for (const input of view?.inputs ?? []) {
      inputs.set(titleOf(input), input);
      const ends = { source: startId, output: titleOf(input), destination: id, input: titleOf(input) };
      commands.push({ type: 'connect', flow, edge: newEdge(ends, newId()) });
    }
  }
  const list = [...inputs.values()];
  const declare = [flow, startId].map(
    (component): EditCommand => ({ type: 'set', component, pointer: '/inputs', value: list }),
  );
  const outputs: EditCommand = { type: 'set', component: startId, pointer: '/outputs', value: list };
  return applyCommands(tree, [...declare, outputs, ...commands]).tree;
}
