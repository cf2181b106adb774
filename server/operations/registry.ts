import type { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { assigneeList } from './assigneeList.ts';
import * as bulk from './bulk.ts';
import type { Contract } from './contract/contract.ts';
import type { Operation } from './defineOperation.ts';
import { OperationError } from './errors.ts';
import { eventSend } from './events.ts';
import { execute } from './execute.ts';
import { fileGet, runValue } from './files.ts';
import { flowArrange } from './flowArrange.ts';
import * as flowChange from './flowChange.ts';
import { flowEdit, flowRedo, flowUndo } from './flowEdit.ts';
import * as flowGovern from './flowGovern.ts';
import * as flowLinks from './flowLinks.ts';
import { flowList, flowNames } from './flowList.ts';
import { flowPublish } from './flowPublish.ts';
import { flowExport, flowGet, flowHistory, flowState, flowVersion, flowVersions } from './flowRead.ts';
import * as folders from './folders.ts';
import * as governance from './governance.ts';
import * as groups from './groups.ts';
import { homeGet } from './home.ts';
import * as notifications from './notifications.ts';
import * as people from './people.ts';
import { apikeyList, inviteList, personList } from './personLists.ts';
import * as queue from './queue.ts';
import * as retention from './retention.ts';
import { reviewList } from './reviewList.ts';
import { reviewDecide, reviewGet } from './reviews.ts';
import * as runControl from './runControl.ts';
import { runRetry } from './runRetry.ts';
import { runStart } from './runStart.ts';
import { runCancel, runEvents, runGet, runList } from './runs.ts';
import { sampleGet, sampleList } from './sampleRead.ts';
import { scheduleCalendar, scheduleHealth } from './scheduleHealth.ts';
import * as schedules from './schedules.ts';
import * as secrets from './secrets.ts';
import type { Services } from './services.ts';
import * as startForms from './startForms.ts';
import * as tools from './tools.ts';
import { modelList, usageList } from './usage.ts';
import * as webhooks from './webhooks.ts';
import * as workers from './workers.ts';

const all: Operation[] = [
  ...Object.values(people),
  personList,
  inviteList,
  apikeyList,
  ...Object.values(groups),
  assigneeList,
  flowList,
  flowNames,
  flowArrange,
  ...Object.values(folders),
  sampleList,
  sampleGet,
  flowGet,
  flowState,
  flowExport,
  flowVersions,
  flowVersion,
  flowHistory,
  ...Object.values(flowChange),
  flowEdit,
  flowUndo,
  flowRedo,
  flowPublish,
  runStart,
  runList,
  runGet,
  runEvents,
  runCancel,
  runRetry,
  ...Object.values(runControl),
  ...Object.values(bulk),
  ...Object.values(flowGovern),
  ...Object.values(queue),
  ...Object.values(workers),
  reviewList,
  reviewGet,
  reviewDecide,
  ...Object.values(schedules),
  scheduleHealth,
  scheduleCalendar,
  ...Object.values(webhooks),
  ...Object.values(startForms),
  ...Object.values(flowLinks),
  eventSend,
  ...Object.values(governance),
  ...Object.values(secrets),
  ...Object.values(tools),
  usageList,
  modelList,
  homeGet,
  ...Object.values(notifications),
  fileGet,
  runValue,
  ...Object.values(retention),
];

/** Every operation by its name. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  all.map((operation) => [operation.contract.name, operation]),
);

/** Calls an operation by its contract: what doors do. @throws {OperationError} */
export async function call<C extends Contract>(
  contract: C,
  input: unknown,
  caller: Caller,
  services: Services,
): Promise<z.output<C['output']>> {
  const operation = operations.get(contract.name);
  if (!operation) throw new OperationError('NOT_FOUND', `There is no operation “${contract.name}”.`);
  return (await execute(operation, input, caller, services)) as z.output<C['output']>;
}
