import type { JsonObject } from './json.ts';
import { ownText } from './json.ts';
import type { Problem } from './problems.ts';
import { soundness } from './read.ts';
import { indexOf } from './references.ts';
import { checkListedBranches } from './validate/branches.ts';
import { checkDataFlow } from './validate/dataFlow.ts';
import { checkFields } from './validate/fields.ts';
import { checkFlowShape } from './validate/flowShape.ts';
import { checkNode } from './validate/nodes.ts';
import { checkProperties } from './validate/properties.ts';
import { checkTogether } from './validate/together.ts';
import { checkVersions } from './validate/versions.ts';

/**
 * Everything that is wrong with a document, or may be. An error keeps it from being published: it could not run. What
 * it could run with, but another program or a later reader might stumble over, is a warning.
 *
 * The rules are those of the specification and of its reference SDK, and those that neither checks: branches that
 * nothing follows, steps that nothing leads to, inputs that nothing feeds.
 */
export function validate(tree: JsonObject): Problem[] {
  const unsound = soundness(tree);
  const problems = [...unsound, ...checkVersions(tree)];
  // A document that runs in circles, or that is none, cannot be looked at further.
  if (unsound.some(({ code }) => code === 'OAS-CIRCLE' || code === 'OAS-NOT-OAS' || code === 'OAS-TYPE'))
    return problems;
  const seen = new Set<string>();
  const index = indexOf(tree);
  for (const { pointer, component } of [...index.components.values(), ...index.unnamed]) {
    if (seen.has(pointer)) continue;
    seen.add(pointer);
    problems.push(...checkComponent(tree, component, pointer));
  }
  return problems;
}

function checkComponent(tree: JsonObject, component: JsonObject, pointer: string): Problem[] {
  const fields = checkFields(tree, component, pointer);
  const type = ownText(component, 'component_type') ?? '';
  const more = [
    ...checkProperties(tree, component, pointer),
    ...checkNode(tree, component, pointer),
    ...checkListedBranches(tree, component, pointer),
    ...checkTogether(tree, component, pointer),
  ];
  if (type !== 'Flow') return [...fields, ...more];
  return [...fields, ...more, ...checkFlowShape(tree, component, pointer), ...checkDataFlow(tree, component)];
}
