import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { oracleScript } from '../testing/exampleDocuments.ts';
import { referencePython } from '../testing/referencePython.ts';
import { blankDocument, newEdge, newNode, nodeKinds } from './create.ts';
import { applyCommands } from './edit.ts';
import { openFlow } from './flow.ts';
import type { JsonObject } from './json.ts';
import { hasErrors } from './problems.ts';
import { titleOf } from './properties.ts';
import { validate } from './validate.ts';
import { lowestVersion } from './versions.ts';
import { writeDocument } from './write.ts';

const python = existsSync(oracleScript) ? referencePython() : undefined;
if (python === undefined)
  console.info('The reference SDK (pyagentspec) is not installed: tests that ask it are skipped.');

/** A flow in which one step stands between start and end, its inputs fed by the start. */
function flowAround(kind: (typeof nodeKinds)[number]): JsonObject {
  const tree = blankDocument(`With ${kind}`);
  const view = openFlow(tree);
  if (kind === 'start' || kind === 'end') return tree;
  const node = newNode(kind, { position: { x: 320, y: 0 } });
  const id = node.id as string;
  const end = view.nodes[1]?.id ?? '';
  const added = applyCommands(tree, [
    { type: 'add', flow: view.id, node, index: 1 },
    { type: 'disconnect', flow: view.id, edge: view.controlEdges[0]?.id ?? '' },
  ]).tree;
  const made = openFlow(added).nodeById.get(id);
  const inputs = made?.inputs ?? [];
  return applyCommands(added, [
    { type: 'connect', flow: view.id, edge: newEdge({ from: view.startId, to: id }) },
    ...(made?.branches ?? []).map((branch) => ({
      type: 'connect' as const,
      flow: view.id,
      edge: newEdge({ from: id, branch, to: end }),
    })),
    ...[view.id, view.startId].map((component) => ({
      type: 'set' as const,
      component,
      pointer: '/inputs',
      value: inputs,
    })),
    { type: 'set', component: view.startId, pointer: '/outputs', value: inputs },
    ...inputs.map(titleOf).map((title) => ({
      type: 'connect' as const,
      flow: view.id,
      edge: newEdge({ source: view.startId, output: title, destination: id, input: title }),
    })),
  ]).tree;
}

describe('new steps', () => {
  it.each(nodeKinds)('%s is valid in a flow, and fits the version that is written', (kind) => {
    const problems = validate(flowAround(kind));
    expect(hasErrors(problems), JSON.stringify(problems)).toBe(false);
    expect(['25.4.1', '26.1.0', '26.1.2']).toContain(lowestVersion(flowAround(kind)));
  });

  it('have ids and a place of their own, and are the same for the same ids', () => {
    const make = () =>
      newNode('review', {
        newId: (() => {
          let n = 0;
          return () => `i${++n}`;
        })(),
        position: { x: 1.6, y: 2 },
      });
    expect(make()).toEqual(make());
    expect(make()).toMatchObject({
      id: 'i1',
      metadata: { __metadata_info__: { rondo: { position: { x: 2, y: 2 } } } },
    });
  });

  describe.skipIf(python === undefined)('and the reference SDK', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rondo-create-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it('accepts each of them', () => {
      const files = nodeKinds.map((kind) => {
        const file = join(folder, `${kind}.json`);
        writeFileSync(file, writeDocument(flowAround(kind)));
        return file;
      });
      const answer = spawnSync(python as string, [oracleScript, ...files], { encoding: 'utf8' });
      expect(answer.stdout.split('\n').filter((line) => line.startsWith('rejects'))).toEqual([]);
      expect(answer.stdout.split('\n').filter((line) => line.startsWith('accepts'))).toHaveLength(nodeKinds.length);
    }, 60_000);
  });
});
