import { said, valueInEnglish } from '../../words/said.ts';
import { newEdge } from '../create.ts';
import { nextBranch } from '../inference.ts';
import { isInside } from '../pointer.ts';
import { branchCalled } from '../validate/subject.ts';
import { flowsOf, type Patient, type Repair, setAt, stepAt } from './context.ts';

/** Takes the connection away that the problem is about. */
export function withoutEdge({ tree, problem }: Patient): Repair[] {
  for (const { name, view } of flowsOf(tree)) {
    const edge = [...view.controlEdges, ...view.dataEdges].find(
      ({ pointer }) => problem.pointer === pointer || isInside(problem.pointer, pointer),
    );
    if (edge === undefined || edge.id === '') continue;
    return [{ what: said('repair.disconnect'), commands: [{ type: 'disconnect', flow: name, edge: edge.id }] }];
  }
  return [];
}

/** A connection of a branch that does not exist leaves the one branch that is open; else it goes. */
export function rightBranch(patient: Patient): Repair[] {
  const { tree, problem } = patient;
  for (const { view } of flowsOf(tree)) {
    const edge = view.controlEdges.find(({ pointer }) => pointer === problem.pointer);
    const from = edge === undefined ? undefined : view.nodeById.get(edge.from);
    if (edge === undefined || from === undefined) continue;
    const used = new Set(view.controlEdges.filter((one) => one.from === from.id).map((one) => one.branch));
    const open = from.branches.filter((branch) => !used.has(branch));
    const [only] = open;
    if (open.length !== 1 || only === undefined) break;
    const command = setAt(tree, `${edge.pointer}/from_branch`, only === nextBranch ? null : only);
    return [
      { what: said('repair.branch', { branch: branchCalled(only) }), commands: [command] },
      ...withoutEdge(patient),
    ];
  }
  return withoutEdge(patient);
}

/** An open branch leads to an end. */
export function toTheEnd({ tree, problem, newId }: Patient): Repair[] {
  const at = stepAt(tree, problem.pointer);
  if (at === undefined) return [];
  const { flow, view, node } = at;
  const used = new Set(view.controlEdges.filter((edge) => edge.from === node.id).map((edge) => edge.branch));
  const of = valueInEnglish(problem.said?.values?.branch ?? '');
  const branch = node.branches.find((one) => !used.has(one) && one === of);
  if (branch === undefined) return [];
  return view.nodes
    .filter(({ type }) => type === 'EndNode')
    .map((end) => ({
      what: said('repair.toEnd', { end: end.name }),
      commands: [{ type: 'connect', flow, edge: newEdge({ from: node.id, branch, to: end.id }, newId()) }],
    }));
}

/** A step that nothing leads to goes, with its connections. */
export function withoutStep({ tree, problem }: Patient): Repair[] {
  const at = stepAt(tree, problem.pointer);
  if (at === undefined) return [];
  return [{ what: said('repair.removeStep'), commands: [{ type: 'remove', flow: at.flow, node: at.node.id }] }];
}
