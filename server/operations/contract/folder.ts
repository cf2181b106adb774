import { z } from 'zod';
import { contract } from './contract.ts';
import { must } from './inputWords.ts';
import { id, nothing } from './values.ts';

const folderName = z.string().trim().min(1, must('input.folderName')).max(100, must('input.folderLong'));
export const folderList = contract({
  name: 'folder.list',
  kind: 'read',
  access: 'flow.read',
  words: 'The folders of flows, by name, and how many flows are in use in each.',
  input: nothing,
  output: z.object({
    folders: z.array(z.object({ id, name: z.string(), flows: z.number() })),
    /** in no folder */
    loose: z.number(),
    all: z.number(),
  }),
});
export const folderCreate = contract({
  name: 'folder.create',
  kind: 'write',
  access: 'flow.edit',
  words: 'Makes a folder for flows.',
  input: z.object({ name: folderName }),
  output: z.object({ folderId: id }),
});
export const folderRename = contract({
  name: 'folder.rename',
  kind: 'write',
  access: 'flow.edit',
  words: 'Gives a folder another name.',
  input: z.object({ folderId: id, name: folderName }),
  output: nothing,
});
export const folderRemove = contract({
  name: 'folder.remove',
  kind: 'write',
  access: 'flow.edit',
  words: 'Takes a folder away; its flows stay, in no folder.',
  input: z.object({ folderId: id }),
  output: nothing,
});
