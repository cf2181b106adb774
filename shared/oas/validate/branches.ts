import { quoted, said } from '../../words/said.ts';
import { isKnownNode } from '../componentTypes.ts';
import { branchesOf } from '../inference.ts';
import type { JsonObject } from '../json.ts';
import { own, ownText } from '../json.ts';
import { pointerTo } from '../pointer.ts';
import type { Problem } from '../problems.ts';
import { errorAt } from '../problems.ts';
import { branchCalled, called, subjectAt } from './subject.ts';

/** The branches that a step lists must be those that its other fields give it; an agent's are the author's own. */
export function checkListedBranches(tree: JsonObject, component: JsonObject, pointer: string): Problem[] {
  const type = ownText(component, 'component_type') ?? '';
  const listed = own(component, 'branches');
  if (!isKnownNode(type) || !Array.isArray(listed) || listed.length === 0) return [];
  const at = pointerTo(pointer, 'branches');
  const id = subjectAt(tree, pointer);
  if (new Set(listed).size < listed.length) {
    return [errorAt('OAS-BRANCHES.twice', at, { component: called(component) }, id)];
  }
  if (type === 'AgentNode') return [];
  const { branches: _, ...bare } = component;
  const real = branchesOf(tree, bare);
  if (real.length === listed.length && real.every((branch) => listed.includes(branch))) return [];
  const branches = real.length === 0 ? said('branches.none') : real.map((branch) => quoted(branchCalled(branch)));
  return [errorAt('OAS-BRANCHES', at, { component: called(component), branches }, id)];
}
