import type { NodeKind } from '@rondo/shared/oas/create.ts';
import { nodeKinds } from '@rondo/shared/oas/create.ts';
import type { StepKind } from '../stepKinds.ts';
import { stepKinds } from '../stepKinds.ts';

/** The kinds that a step may become: none for the start and the ends, for they hold what the flow takes and answers. */
export function replaceableKinds(kind: StepKind): NodeKind[] {
  if (kind === 'start' || kind === 'end') return [];
  const makeable: readonly string[] = nodeKinds;
  return stepKinds
    .map((info) => info.kind)
    .filter((other): other is NodeKind & StepKind => makeable.includes(other))
    .filter((other) => other !== kind && other !== 'start' && other !== 'end');
}
