import { z } from 'zod';
import { contract } from './contract.ts';
import { must } from './inputWords.ts';
import { id, json } from './values.ts';

/**
 * The upload of a file: its content has been streamed and stored before; this puts it on record. Not open to callers
 * (who could else name content that is not theirs): the door for files calls it with what it has just received.
 */
const received = z.object({
  name: z.string().max(1000),
  mediaType: z.string().max(300),
  hash: z.string(),
  size: z.number(),
});
export const keptFile = z.object({ ref: z.string(), id, name: z.string(), size: z.number(), mediaType: z.string() });

export const fileKeep = contract({
  name: 'file.keep',
  kind: 'write',
  access: 'run.start',
  words: 'Keeps an uploaded file; a run can be started with it.',
  input: received,
  output: keptFile,
});
export const fileKeepForForm = contract({
  name: 'file.keepForForm',
  kind: 'write',
  access: 'public',
  words: 'Keeps a file that was uploaded on a start form.',
  input: received.extend({ form: z.string().min(1).max(200) }),
  output: keptFile,
});

export const fileGet = contract({
  name: 'file.get',
  kind: 'read',
  access: 'run.read',
  words: 'What is known of a file; its content is at /files/<id>.',
  input: z.object({ fileId: id }),
  output: keptFile.extend({ hash: z.string(), runId: id.nullable() }),
});
export const runValue = contract({
  name: 'run.value',
  kind: 'read',
  access: 'run.read',
  words: 'A large value of a run, by the hash that stands in its journal.',
  input: z.object({ runId: id, hash: z.string().regex(/^[0-9a-f]{64}$/, must('input.hash')) }),
  output: z.object({ value: json, size: z.number() }),
});
