import type { Json } from '@rondo/shared/oas/json.ts';
import type { Problem } from '@rondo/shared/oas/problems.ts';
import type { Assignment } from '@rondo/shared/runs/assignment.ts';
import type { RunEvent } from '@rondo/shared/runs/events.ts';
import type { PartialRun } from '@rondo/shared/runs/partial.ts';
import type { RunState } from '@rondo/shared/runs/states.ts';
import { api } from '../api/client.ts';
import { spokenError } from '../api/errors.ts';
import type { Inputs, Outputs } from '../api/queries.ts';
import type { DraftService, DraftState, EditAccepted, Gesture } from '../canvas/editor.ts';
import { RefusedError } from '../canvas/editor.ts';

/** What an operation answered when it said no: `problems` name the places in the document. */
export class OperationRefused extends RefusedError {
  readonly problems: Problem[];
  constructor(code: string, message: string, problems: Problem[]) {
    super(code, message);
    this.problems = problems;
  }
}

/** Calls an operation. @throws OperationRefused when the server said no; the transport's error when it was not reached */
async function call<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    const failure = await spokenError(error);
    if (failure.code === 'OFFLINE' || failure.code === 'UNKNOWN') throw error;
    throw new OperationRefused(failure.code, failure.message, failure.problems);
  }
}

export const getFlow = (flowId: string) => call(api.flow.get.query({ flowId }));
export type FlowRecord = Outputs['flow']['state'];
/** All tools of the workspace, however many pieces that takes. */
export async function listTools(): Promise<Outputs['tool']['list']['tools']> {
  const tools: Outputs['tool']['list']['tools'] = [];
  let cursor: string | null = null;
  do {
    const page: Outputs['tool']['list'] = await call(api.tool.list.query({ limit: 500, ...(cursor && { cursor }) }));
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return tools;
}
export const renameFlow = (flowId: string, name: string) => call(api.flow.rename.mutate({ flowId, name }));
export const exportFlow = (flowId: string, version?: number) =>
  call(api.flow.export.query(version === undefined ? { flowId } : { flowId, version }));
export const flowVersions = (flowId: string) => call(api.flow.versions.query({ flowId }));
export const flowVersion = (flowId: string, number: number) => call(api.flow.version.query({ flowId, number }));
export const flowHistory = (input: Inputs['flow']['history']) => call(api.flow.history.query(input));
export const publishFlow = (input: {
  flowId: string;
  baseSeq: number;
  note?: string;
  mcpTool?: string | null;
  runners?: Assignment;
  anyway?: boolean;
}) => call(api.flow.publish.mutate(input));
export const startRun = (input: {
  flowId: string;
  version?: number | 'draft';
  inputs: { [name: string]: Json };
  /** only of the draft: a part of it, or with steps taken as given */
  partial?: PartialRun & { taken?: { runId: string; steps: string[] } };
}) => call(api.run.start.mutate(input));
export const getRun = (runId: string) => call(api.run.get.query({ runId }));
export const listRuns = (flowId: string) => call(api.run.list.query({ flowId }));
export const cancelRun = (runId: string) => call(api.run.cancel.mutate({ runId }));

/** The draft of a flow as the editor needs it. */
export function draftService(flowId: string): DraftService {
  return {
    get: async (): Promise<DraftState> => getFlow(flowId),
    edit: (baseSeq: number, gesture: Gesture): Promise<EditAccepted> =>
      call(
        api.flow.edit.mutate({
          flowId,
          baseSeq,
          label: gesture.label,
          commands: gesture.commands,
          gesture: gesture.id,
        }),
      ) as Promise<EditAccepted>,
    undo: (baseSeq, id) => call(api.flow.undo.mutate({ flowId, baseSeq, gesture: id })),
    redo: (baseSeq, id) => call(api.flow.redo.mutate({ flowId, baseSeq, gesture: id })),
    since: async (after, upTo) =>
      (await flowHistory({ flowId, after, before: upTo + 1, limit: 5000, commands: true })).edits,
  };
}

export interface NumberedEvents {
  events: (RunEvent & { seq: number })[];
  state: RunState;
}

/** Follows a run from its beginning; returns what ends the following. */
export function followRun(
  runId: string,
  onEvents: (batch: NumberedEvents) => void,
  onError: (error: unknown) => void,
): () => void {
  const subscription = api.live.run.subscribe(
    { runId, after: 0 },
    {
      onData: (message: unknown) => {
        const data = unwrapTracked(message);
        if (isBatch(data)) onEvents(data);
      },
      onError,
    },
  );
  return () => subscription.unsubscribe();
}

function unwrapTracked(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'data' in message && 'id' in message && !('kind' in message)
    ? message.data
    : message;
}

function isBatch(value: unknown): value is NumberedEvents {
  return typeof value === 'object' && value !== null && 'events' in value && Array.isArray(value.events);
}
