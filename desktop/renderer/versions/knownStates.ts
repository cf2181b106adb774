import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { parse, tryApply } from '../canvas/replay.ts';
import { flowHistory, flowVersion, flowVersions } from '../flow/flowApi.ts';
import type { Moment } from './moments.ts';

/** A state of a flow that a file may have been made from. */
export interface KnownState {
  moment: Moment;
  tree: JsonObject;
}

const mostVersions = 30;
const mostGestures = 200;

/**
 * The states of a flow that a file may have been made from, the newest first: the draft, the draft before each of its
 * last gestures, and the versions.
 */
export async function knownStates(flowId: string, draft: { tree: JsonObject; seq: number }): Promise<KnownState[]> {
  const states: KnownState[] = [{ moment: 'draft', tree: draft.tree }];
  const [{ versions }, { edits }] = await Promise.all([
    flowVersions(flowId),
    flowHistory({ flowId, before: draft.seq + 1, limit: mostGestures, commands: true }),
  ]);
  for (const { number } of versions.slice(0, mostVersions)) {
    const tree = parse((await flowVersion(flowId, number)).text);
    if (tree) states.push({ moment: `v${number}`, tree });
  }
  let tree: JsonObject | undefined = draft.tree;
  for (const { seq, inverse } of edits) {
    tree = tryApply(tree, inverse ?? []);
    if (!tree) break;
    states.push({ moment: `g${seq - 1}`, tree });
  }
  return states;
}
