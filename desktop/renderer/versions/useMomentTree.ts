import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { useQuery } from '@tanstack/react-query';
import { parse, takenBack } from '../canvas/replay.ts';
import { flowHistory, flowVersion, getFlow } from '../flow/flowApi.ts';
import type { Moment } from './moments.ts';
import { numberOf } from './moments.ts';

export interface MomentTree {
  /** undefined while it is read, and for `nothing` */
  tree: JsonObject | undefined;
  ready: boolean;
  error: Error | null;
  again: () => void;
}

/** The document of a flow at a moment. @param draft the draft as it is seen now */
export function useMomentTree(flowId: string, moment: Moment, draft: JsonObject): MomentTree {
  const here = moment === 'draft' || moment === 'nothing';
  const read = useQuery({
    queryKey: ['canvas', 'moment', flowId, moment],
    queryFn: () => treeAt(flowId, moment),
    enabled: !here,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const again = () => void read.refetch();
  if (moment === 'draft') return { tree: draft, ready: true, error: null, again };
  if (moment === 'nothing') return { tree: undefined, ready: true, error: null, again };
  return { tree: read.data, ready: read.isSuccess, error: read.error, again };
}

/** Reads the document of a moment from the server. @throws Error when it is not there or cannot be read */
export async function treeAt(flowId: string, moment: Moment): Promise<JsonObject> {
  const version = numberOf(moment, 'v');
  if (version !== undefined) return readable((await flowVersion(flowId, version)).text);
  const { text, seq } = await getFlow(flowId);
  const tree = readable(text);
  const gesture = numberOf(moment, 'g') ?? seq;
  if (gesture >= seq) return tree;
  const { edits } = await flowHistory({ flowId, after: gesture, before: seq + 1, limit: 5000, commands: true });
  const then = takenBack(tree, edits);
  if (!then) throw new Error('This state of the draft cannot be found again.');
  return then;
}

function readable(text: string): JsonObject {
  const tree = parse(text);
  if (!tree) throw new Error('This document cannot be read.');
  return tree;
}
