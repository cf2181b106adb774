import type { JsonObject } from '@rondo/shared/oas/json.ts';
import { said } from '@rondo/shared/words/said.ts';
import type { Caller } from '../access/caller.ts';
import { filesOfSchedule } from '../blobs/storedFiles.ts';
import { contentOf } from '../journal/largeValues.ts';
import type { Transaction } from '../store/store.ts';
import { OperationError } from './errors.ts';

/**
 * Files among the inputs of a schedule become the schedule's, so that its runs find them however late they come, and
 * whoever edits it may look at them.
 * @param scheduleId of one that need not be on record yet
 * @throws {OperationError} INVALID for a file that is gone, or that is another person's upload
 */
export async function giveFiles(
  tx: Transaction,
  caller: Caller,
  scheduleId: string,
  inputs: JsonObject,
): Promise<void> {
  const { files } = contentOf(inputs);
  if (files.length === 0) return;
  const owner = filesOfSchedule(scheduleId);
  const found = await tx.storedFile.findMany({
    where: {
      id: { in: files },
      OR: [{ runId: { not: null } }, { createdBy: { in: [caller.actor.id, owner] } }],
    },
    select: { id: true, runId: true },
  });
  const there = new Set(found.map((file) => file.id));
  const gone = Object.entries(inputs).find(([, value]) => contentOf({ value }).files.some((id) => !there.has(id)));
  if (gone) throw new OperationError('INVALID', said('refused.fileGone', { file: String(gone[0]) }));
  await tx.storedFile.updateMany({ where: { id: { in: files }, runId: null }, data: { createdBy: owner } });
}
