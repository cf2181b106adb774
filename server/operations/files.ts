import { fileRef } from '@rondo/shared/runs/largeValue.ts';
import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { allows } from '../access/permissions.ts';
import { type OpenContent, type StoredContent, TooLargeError } from '../blobs/blobStore.ts';
import { fileName, filesOfSchedule, findFile, plainMediaType, type StoredFile } from '../blobs/storedFiles.ts';
import type { Transaction } from '../store/store.ts';
import { limitCalls } from './callLimit.ts';
import * as c from './contract/file.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { execute } from './execute.ts';
import { openForm } from './openForm.ts';
import type { Services } from './services.ts';

/** Files that are uploaded on start forms from one address within a minute. */
const mostUploads = 60;

type Kept = z.output<typeof c.keptFile>;

const fileKeep = defineWrite(
  c.fileKeep,
  (input, output) => ({
    kind: 'file',
    id: output?.id ?? '',
    name: fileName(input.name),
    details: { size: input.size, hash: input.hash },
  }),
  ({ tx, caller }, input) => record(tx, input, caller.actor.id),
);

const fileKeepForForm = defineWrite(
  c.fileKeepForForm,
  (input, output) => ({
    kind: 'file',
    id: output?.id ?? '',
    name: fileName(input.name),
    details: { size: input.size, hash: input.hash },
  }),
  async ({ tx, caller, services, audited }, input) => {
    const form = await openForm({ prisma: tx, now: services.now }, caller, input.form);
    audited({ details: { form: form.id } });
    return record(tx, input, `form:${form.id}`);
  },
);

async function record(tx: Transaction, input: z.output<typeof c.fileKeep.input>, createdBy: string): Promise<Kept> {
  const id = uuid();
  const name = fileName(input.name);
  const mediaType = plainMediaType(input.mediaType);
  await tx.storedFile.create({
    data: { id, name, mediaType, size: BigInt(input.size), hash: input.hash, createdBy },
  });
  return { ref: fileRef(id), id, name, size: input.size, mediaType };
}

export interface Upload {
  name: string;
  mediaType: string;
  /** token of a start form: whoever has it may upload */
  form?: string;
  content: AsyncIterable<Uint8Array>;
}

/**
 * Receives a file: its content is streamed, and put on record with an audit row when it is there. Who may not upload is
 * refused before anything is read.
 * @throws {OperationError} TOO_LARGE, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, GONE, TOO_MANY
 */
export async function receiveFile(services: Services, caller: Caller, upload: Upload): Promise<Kept> {
  const { form } = upload;
  if (form !== undefined) {
    await limitCalls(services, caller, 'start form file', mostUploads);
    await openForm(services, caller, form);
  } else if (!caller.user) throw new OperationError('UNAUTHENTICATED', said('refused.signInOrKey'));
  else if (!allows(caller.user.role, c.fileKeep.access as 'run.start'))
    throw new OperationError('FORBIDDEN', said('refused.roleUpload', { role: caller.user.role }));
  let stored: StoredContent;
  try {
    stored = await services.blobs.put(upload.content, services.fileLimit);
  } catch (error) {
    if (error instanceof TooLargeError)
      throw new OperationError(
        'TOO_LARGE',
        said('refused.upload', { file: fileName(upload.name), limit: Math.floor(error.limit / 1024 / 1024) }),
      );
    throw error;
  }
  const input = { name: upload.name, mediaType: upload.mediaType, ...stored };
  return (await (form === undefined
    ? execute(fileKeep, input, caller, services)
    : execute(fileKeepForForm, { ...input, form }, caller, services))) as Kept;
}

/** Who may edit schedules may see what they give to their runs. */
const mayEdit = ({ user }: Caller) => user !== null && allows(user.role, 'schedule.edit');

/** A file that the caller may have: one of a run, of a schedule, or an own upload. @throws {OperationError} NOT_FOUND */
async function fileFor(services: Services, caller: Caller, id: string): Promise<StoredFile> {
  const file = await findFile(services.store.pool, id);
  // An upload that is not used yet belongs to whoever sent it; others are not told that it is there.
  const mine =
    file?.createdBy === caller.actor.id || (file?.createdBy.startsWith(filesOfSchedule('')) && mayEdit(caller));
  if (!file || (file.runId === null && !mine)) throw notFound('file');
  return file;
}

export const fileGet = defineRead(c.fileGet, async ({ caller, services }, input) => {
  const file = await fileFor(services, caller, input.fileId);
  const { id, name, size, mediaType, hash, runId } = file;
  return { ref: fileRef(id), id, name, size, mediaType, hash, runId };
});

/** A file with its content, for the door that sends it. @throws {OperationError} */
export async function openFile(
  services: Services,
  caller: Caller,
  fileId: string,
): Promise<{ file: z.output<typeof c.fileGet.output>; content: OpenContent }> {
  const file = (await execute(fileGet, { fileId }, caller, services)) as z.output<typeof c.fileGet.output>;
  const content = await services.blobs.open(file.hash);
  if (!content) throw notFound('file');
  return { file, content };
}

export const runValue = defineRead(c.runValue, async ({ prisma, services }, { runId, hash }) => {
  const linked = await prisma.runBlob.findUnique({ where: { runId_hash: { runId, hash } } });
  const file = linked && (await prisma.storedFile.findFirst({ where: { hash }, select: { id: true } }));
  if (!linked || file) throw notFound('value');
  const bytes = await services.blobs.bytes(hash);
  return { value: JSON.parse(bytes.toString('utf8')), size: bytes.length };
});
