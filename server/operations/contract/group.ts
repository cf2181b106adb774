import { z } from 'zod';
import { contract } from './contract.ts';
import { must } from './inputWords.ts';
import { cursor, id, nextCursor } from './values.ts';

const groupName = z
  .string()
  .trim()
  .min(1, must('input.groupName'))
  .max(100, must('input.groupLong'))
  .refine((text) => !/[{}]/.test(text), must('input.groupBraces'));

export const groupList = contract({
  name: 'group.list',
  kind: 'read',
  access: 'people.manage',
  words: 'The groups of people, by name, piece by piece, with who is in them.',
  input: z.object({
    search: z.string().max(200).optional(),
    cursor,
    limit: z.int().min(1).max(200).optional(),
  }),
  output: z.object({
    groups: z.array(
      z.object({
        id,
        name: z.string(),
        members: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
        /** open reviews that are for it */
        open: z.number(),
      }),
    ),
    nextCursor,
  }),
});
export const groupSave = contract({
  name: 'group.save',
  kind: 'write',
  access: 'people.manage',
  words:
    'Makes a group, or changes it. Reviews that are open for it go along with its new name; flows go on naming the old.',
  input: z.object({
    groupId: id.optional(),
    name: groupName,
    members: z.array(z.string().min(1).max(100)).max(1000, must('input.groupMembers')),
  }),
  output: z.object({ groupId: id }),
});
export const groupRemove = contract({
  name: 'group.remove',
  kind: 'write',
  access: 'people.manage',
  words: 'Removes a group. Reviews that are for it alone can then be decided by admins.',
  input: z.object({ groupId: id }),
  output: z.object({}),
});

export const assigneeList = contract({
  name: 'assignee.list',
  kind: 'read',
  access: 'flow.edit',
  words: 'People and groups whom a review can be for, found by their names.',
  input: z.object({
    search: z.string().max(200).optional(),
    /** addresses and names of groups that a flow has, to be told which of them are nobody here */
    check: z.array(z.string().max(320)).max(200).optional(),
  }),
  output: z.object({
    people: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
    groups: z.array(z.object({ name: z.string(), members: z.number() })),
    /** of `check`: those that are neither the address of somebody nor the name of a group with somebody in it */
    unknown: z.array(z.string()),
  }),
});
