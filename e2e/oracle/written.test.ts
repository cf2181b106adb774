import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newEdge, newNode, nodeKinds } from '@rondo/shared/oas/create.ts';
import { applyCommands, type EditCommand } from '@rondo/shared/oas/edit.ts';
import { openFlow, rootFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { hasErrors } from '@rondo/shared/oas/problems.ts';
import { titleOf } from '@rondo/shared/oas/properties.ts';
import { readDocument } from '@rondo/shared/oas/read.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { writeDocument } from '@rondo/shared/oas/write.ts';
import { Random } from '@rondo/shared/testing/random.ts';
import { describe, expect, it } from 'vitest';
import { checkout } from '../harness/server.ts';
import { differences } from './agreement.ts';
import { baseDocuments } from './baseDocuments.ts';
import { askSdk, findReferenceSdk } from './referenceSdk.ts';

const sdk = findReferenceSdk();
if (!('python' in sdk)) console.info(`The reference SDK is not asked: ${sdk.missing}.`);
const seed = 1984;
const walks = 120;
const gestures = 12;

const isSound = (tree: JsonObject) => !hasErrors(validate(tree));

/** The gestures of a person at the canvas that keep a flow whole. */
function gesture(random: Random, tree: JsonObject): EditCommand[] {
  const view = openFlow(tree);
  const step = random.pick(view.nodes);
  switch (random.between(0, 4)) {
    case 0:
      return [{ type: 'rename', component: step.id, name: `Step ${random.between(1, 1_000_000)}` }];
    case 1:
      return [{ type: 'move', node: step.id, x: random.between(-500, 500), y: random.between(-500, 500) }];
    case 2:
      return [{ type: 'set', component: step.id, pointer: '/description', value: `It does “${step.name}”.` }];
    default: {
      // A step of any kind is put on a line; its inputs come from the start, which asks for them.
      const edge = random.pick(view.controlEdges);
      const kinds = nodeKinds.filter((kind) => kind !== 'start' && kind !== 'end');
      const kind = random.pick(kinds);
      const newId = () => `new-${random.between(1, 1_000_000_000)}`;
      const node = newNode(kind, { newId, name: `${kind} ${random.between(1, 1_000_000)}` });
      const id = node.id as string;
      const added = applyCommands(tree, [{ type: 'add', flow: view.id, node }]).tree;
      const made = openFlow(added).nodeById.get(id);
      const start = view.nodeById.get(view.startId);
      const asked = [...(start?.outputs ?? [])];
      const commands: EditCommand[] = [
        { type: 'disconnect', flow: view.id, edge: edge.id },
        { type: 'add', flow: view.id, node },
        { type: 'connect', flow: view.id, edge: newEdge({ from: edge.from, branch: edge.branch, to: id }, newId()) },
        ...(made?.branches ?? []).map(
          (branch): EditCommand => ({
            type: 'connect',
            flow: view.id,
            edge: newEdge({ from: id, branch, to: edge.to }, newId()),
          }),
        ),
      ];
      for (const input of made?.inputs ?? []) {
        const output = `${titleOf(input)}_${random.between(1, 1_000_000)}`;
        asked.push({ ...input, title: output });
        const ends = { source: view.startId, output, destination: id, input: titleOf(input) };
        commands.push({ type: 'connect', flow: view.id, edge: newEdge(ends, newId()) });
      }
      const declare = (component: string, pointer: string): EditCommand => ({
        type: 'set',
        component,
        pointer,
        value: asked,
      });
      return [
        declare(view.id, '/inputs'),
        declare(view.startId, '/inputs'),
        declare(view.startId, '/outputs'),
        ...commands,
      ];
    }
  }
}

describe.skipIf(!('python' in sdk))('what Rondo writes', () => {
  it('is accepted by the reference SDK, also after edits of every kind', () => {
    const random = new Random(seed);
    const bases = baseDocuments().filter(({ tree }) => rootFlow(tree));
    const written: { what: string; text: string }[] = [];
    for (let walk = 0; walk < walks; walk += 1) {
      const base = random.pick(bases);
      const source = JSON.stringify(base.tree, null, 2);
      let tree = base.tree;
      for (let n = 0; n < gestures; n += 1) {
        const next = applyCommands(tree, gesture(random, tree)).tree;
        // A gesture that this flow cannot take (a name twice, a loop of lines) is not one that the canvas makes.
        if (isSound(next)) tree = next;
      }
      written.push({ what: `walk ${walk} from ${base.name}`, text: writeDocument(tree, source) });
    }
    const flows = join(checkout, 'flows');
    for (const name of readdirSync(flows, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.json'),
    ))
      written.push({ what: name, text: readFileSync(join(flows, name), 'utf8') });
    const verdicts = askSdk(
      (sdk as { python: string }).python,
      written.map(({ text }) => ({ text, ending: 'json' as const })),
    );
    const refused = written.flatMap(({ what }, i) => {
      const reason = verdicts[i]?.reason ?? '';
      return reason === '' || differences.some((one) => one.reason?.test(reason)) ? [] : [`${what}: ${reason}`];
    });
    expect(refused).toEqual([]);
    const steps = written.map(({ text }) => {
      const read = readDocument(text, 'x.json');
      return read.ok && rootFlow(read.tree) ? openFlow(read.tree).nodes.length : 0;
    });
    // The walks went somewhere.
    expect(Math.max(...steps)).toBeGreaterThan(8);
    expect(verdicts.filter(({ accepted }) => accepted).length).toBeGreaterThan(walks * 0.9);
  }, 120_000);
});
