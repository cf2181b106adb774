import { EditError, treeAfter } from './edit.ts';
import type { JsonObject } from './json.ts';
import type { ProblemCode } from './problemCodes.ts';
import type { Problem } from './problems.ts';
import type { Patient, Repair } from './repair/context.ts';
import { rightBranch, toTheEnd, withoutEdge, withoutStep } from './repair/edges.ts';
import { aName, anId, anotherName, currentVersionStated, neededVersionStated, oneId } from './repair/identity.ts';
import {
  appended,
  declared,
  fittingDefault,
  passedOn,
  plainTitle,
  secretOnly,
  without,
  withoutField,
} from './repair/values.ts';
import { validate } from './validate.ts';

export type { Repair } from './repair/context.ts';

const ways: { readonly [C in ProblemCode]?: (patient: Patient) => Repair[] } = {
  'OAS-ID-MISSING': anId,
  'OAS-DUPLICATE-ID': oneId,
  'OAS-DANGLING': withoutEdge,
  'OAS-FIELD-MISSING': aName,
  'OAS-NAME-EMPTY': aName,
  'OAS-NAME-TWICE': anotherName,
  'OAS-VERSION': currentVersionStated,
  'OAS-VERSION-MISSING': neededVersionStated,
  'OAS-VERSION-LOW': neededVersionStated,
  'OAS-UNKNOWN-FIELD': without,
  'OAS-FIELD': withoutField,
  'OAS-HEADER-TWICE': secretOnly,
  'OAS-TITLE': plainTitle,
  'OAS-DEFAULT': fittingDefault,
  'OAS-INPUT-UNUSED': without,
  'OAS-OUTPUT-UNMADE': without,
  'OAS-INPUT-UNDECLARED': declared,
  'OAS-OUTPUT-UNDECLARED': declared,
  'OAS-PASSED-ON': passedOn,
  'OAS-BRANCHES': withoutField,
  'OAS-EDGE-STEP': withoutEdge,
  'OAS-DATA-STEP': withoutEdge,
  'OAS-DATA-OUTPUT': withoutEdge,
  'OAS-DATA-INPUT': withoutEdge,
  'OAS-BRANCH-TWICE': withoutEdge,
  'OAS-BRANCH-UNKNOWN': rightBranch,
  'OAS-END-LEFT': withoutEdge,
  'OAS-START-ENTERED': withoutEdge,
  'OAS-START-TWICE': withoutStep,
  'OAS-END-UNREACHED': withoutStep,
  'OAS-ORPHAN': withoutStep,
  'OAS-BRANCH-OPEN': toTheEnd,
  'OAS-REDUCER': appended,
  'OAS-POLICY': without,
  'OAS-POLICY-FLOW': without,
  'OAS-CONCURRENCY': without,
};

/** Codes of problems that can be mended by {@link repairsOf}, where nothing stands against it. */
export const repairableCodes: readonly string[] = Object.keys(ways);

/**
 * Ways to mend a problem of a document, the best first; each is a row of edits that can be undone. Only those are
 * given after which the problem is gone and no other has come: what would only move the trouble is left to people.
 * @param newId makes ids where some are needed (tests give their own)
 */
export function repairsOf(
  tree: JsonObject,
  problem: Problem,
  newId: () => string = () => crypto.randomUUID(),
): Repair[] {
  const way = ways[problem.code as ProblemCode];
  if (way === undefined) return [];
  const before = counted(validate(tree));
  return way({ tree, problem, newId }).filter(({ commands }) => {
    if (commands.length === 0) return false;
    try {
      const after = counted(validate(treeAfter(tree, commands)));
      const key = keyOf(problem);
      if ((after.get(key) ?? 0) >= (before.get(key) ?? 1)) return false;
      return [...after].every(([one, count]) => count <= (before.get(one) ?? 0));
    } catch (error) {
      if (error instanceof EditError) return false;
      throw error;
    }
  });
}

/** How often each problem is there. Places move when lists become shorter, so they do not tell problems apart. */
function counted(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const problem of problems) counts.set(keyOf(problem), (counts.get(keyOf(problem)) ?? 0) + 1);
  return counts;
}

function keyOf({ code, componentId, message }: Problem): string {
  return code === 'OAS-DUPLICATE-ID' ? `${code} ${componentId}` : `${code} ${message}`;
}
