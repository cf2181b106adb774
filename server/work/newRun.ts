import type { RunStarted } from '@rondo/shared/runs/events.ts';
import type { NewRun } from '../journal/journal.ts';
import { clock } from '../store/clock.ts';
import { type RunRules, rankOf } from './rules.ts';
import { newRunId } from './runId.ts';
import type { StartRequest } from './startRequest.ts';

/** A run as it is asked for and as its flow is governed, and its first event. */
export function newRun(request: StartRequest, rules: RunRules): { run: NewRun; started: RunStarted } {
  const createdAt = clock.now();
  const { parent, retry, partial, messages, actor, trigger, inputs, startKey } = request;
  const run: NewRun = {
    id: newRunId(),
    flowId: request.flowId,
    flowName: request.flowName,
    versionNumber: request.versionNumber,
    documentHash: request.documentHash,
    actor,
    trigger,
    inputs,
    startKey,
    startKeyUntil: startKey === null ? null : later(createdAt, rules.startKeyHours * 3600),
    createdAt,
    originId: request.originId ?? null,
    gated: rules.limits !== undefined || request.behindOrigin === true,
    priority: rankOf(rules, trigger),
    deadlineAt: rules.timeLimit === undefined ? null : later(createdAt, rules.timeLimit),
    parent: parent ? { runId: parent.runId, waitId: parent.waitId === '' ? null : parent.waitId } : null,
    retryOf: retry?.runId ?? null,
  };
  const started: RunStarted = {
    kind: 'run_started',
    at: createdAt.toISOString(),
    actor,
    trigger,
    inputs,
    ...(messages?.length ? { messages } : {}),
    ...(parent && { parent: { runId: parent.runId, path: parent.path } }),
    ...(retry && { retry }),
    ...(partial && { partial }),
  };
  return { run, started };
}

function later(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}
