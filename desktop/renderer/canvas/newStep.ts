import type { NodeKind } from '@rondo/shared/oas/create.ts';
import { newNode, nodeKinds } from '@rondo/shared/oas/create.ts';
import type { JsonObject } from '@rondo/shared/oas/json.ts';
import type { StepKind } from './stepKinds.ts';

/** A new step of a kind, under the name that people see. @throws RangeError for a kind that cannot be made */
export function makeStep(kind: StepKind, name: string): JsonObject {
  if (!isNodeKind(kind)) throw new RangeError(`There is no new step of the kind “${kind}”.`);
  return newNode(kind, { name });
}

function isNodeKind(kind: StepKind): kind is NodeKind & StepKind {
  return (nodeKinds as readonly string[]).includes(kind);
}
