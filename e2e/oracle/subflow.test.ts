import { applyCommands } from '@rondo/shared/oas/edit.ts';
import { openFlow } from '@rondo/shared/oas/flow.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { turnInto } from '@rondo/shared/oas/subflow/turnInto.ts';
import { unfold } from '@rondo/shared/oas/subflow/unfold.ts';
import { validate } from '@rondo/shared/oas/validate.ts';
import { Random } from '@rondo/shared/testing/random.ts';
import { expect, it } from 'vitest';
import { runOurs } from './ourRun.ts';
import { randomScenario } from './randomFlow.ts';
import type { Scenario } from './wayflow.ts';

const seeds = Array.from({ length: 400 }, (_, i) => i + 1);

const errors = (tree: JsonObject) =>
  validate(tree)
    .filter((problem) => problem.severity === 'error')
    .map((problem) => `${problem.code} ${problem.message}`);

/** Steps that hang together: one, and some of those that follow. */
function someSteps(random: Random, document: JsonObject): string[] {
  const view = openFlow(document);
  const usable = view.nodes.filter((node) => node.type !== 'StartNode' && node.type !== 'EndNode');
  if (usable.length === 0) return [];
  const chosen = new Set([random.pick(usable).id]);
  for (let i = random.between(0, 5); i > 0; i -= 1) {
    const next = view.controlEdges.filter((edge) => chosen.has(edge.from) && usable.some(({ id }) => id === edge.to));
    if (next.length > 0) chosen.add(random.pick(next).to);
  }
  return [...chosen];
}

const withoutPlaces = ({ answers }: Awaited<ReturnType<typeof runOurs>>) =>
  // an error names the step by its path, which a sub-flow makes longer
  answers.map((answer) => (answer.status === 'error' ? { status: 'error' } : answer));

it('steps that were turned into a sub-flow, and unfolded again, run the same', async () => {
  const reasons = new Map<string, number>();
  let turned = 0;
  let unfolded = 0;
  for (const seed of seeds) {
    const scenario: Scenario = randomScenario(seed);
    const { document } = scenario;
    const random = new Random(seed * 7 + 1);
    let count = 0;
    const newId = () => {
      count += 1;
      return `new-${seed}-${count}`;
    };
    const flowId = openFlow(document).id;
    const into = turnInto(document, flowId, someSteps(random, document), { name: 'Inside', newId });
    if ('why' in into) {
      reasons.set(into.why, (reasons.get(into.why) ?? 0) + 1);
      continue;
    }
    turned += 1;
    const before = errors(document);
    const { tree, inverse } = applyCommands(document, into.commands);
    expect(errors(tree), `seed ${seed}`).toEqual(before);
    expect(applyCommands(tree, inverse).tree, `seed ${seed}, undone`).toEqual(document);
    const was = withoutPlaces(await runOurs(scenario));
    expect(withoutPlaces(await runOurs({ ...scenario, document: tree })), `seed ${seed}`).toEqual(was);

    const back = unfold(tree, flowId, into.node, { newId });
    if ('why' in back) {
      reasons.set(`unfold: ${back.why}`, (reasons.get(`unfold: ${back.why}`) ?? 0) + 1);
      continue;
    }
    unfolded += 1;
    const flat = applyCommands(tree, back.commands).tree;
    expect(errors(flat), `seed ${seed}, unfolded`).toEqual(before);
    expect(withoutPlaces(await runOurs({ ...scenario, document: flat })), `seed ${seed}, unfolded`).toEqual(was);
    const [first, last] = [document, flat].map((tree_) => {
      const view = openFlow(tree_);
      return {
        ways: view.controlEdges.map(({ from, branch, to }) => `${from} ${branch} ${to}`).sort(),
        values: view.dataEdges.map((edge) => `${edge.source}.${edge.output} ${edge.destination}.${edge.input}`).sort(),
      };
    });
    expect(last, `seed ${seed}, the same flow again`).toEqual(first);
  }
  console.info(`${turned} turned, ${unfolded} unfolded; not:`, Object.fromEntries(reasons));
  expect(turned).toBeGreaterThan(100);
  expect(unfolded).toBeGreaterThan(turned * 0.8);
});

it('flows in flows that were drawn by hand are unfolded where that changes nothing', async () => {
  let unfolded = 0;
  for (const seed of seeds) {
    const scenario = randomScenario(seed);
    const view = openFlow(scenario.document);
    for (const node of view.nodes.filter(({ type }) => type === 'FlowNode')) {
      const back = unfold(scenario.document, view.id, node.id);
      if ('why' in back) continue;
      unfolded += 1;
      const flat = applyCommands(scenario.document, back.commands).tree;
      expect(errors(flat), `seed ${seed}`).toEqual(errors(scenario.document));
      const was = withoutPlaces(await runOurs(scenario));
      expect(withoutPlaces(await runOurs({ ...scenario, document: flat })), `seed ${seed}`).toEqual(was);
    }
  }
  expect(unfolded).toBeGreaterThan(5);
});
