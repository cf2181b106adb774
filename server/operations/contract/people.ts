import { languages } from '@rondo/shared/words/inLanguage.ts';
import { z } from 'zod';
import { contract } from './contract.ts';
import { must } from './inputWords.ts';
import { cursor, id, language, name, nextCursor, nothing, role, time } from './values.ts';

const email = z.email(must('input.email')).max(320);
const password = z.string().min(10, must('input.passwordShort')).max(128, must('input.passwordLong'));
const userId = z.string().min(1).max(100);
const limit = z.int().min(1).max(500).optional();
const search = z.string().max(200).optional();

export const setupStatus = contract({
  name: 'setup.status',
  kind: 'read',
  access: 'public',
  words: 'Whether the installation still needs its owner.',
  input: nothing,
  output: z.object({ needsOwner: z.boolean(), workspaceName: z.string(), version: z.string() }),
});
export const setupCreateOwner = contract({
  name: 'setup.createOwner',
  kind: 'write',
  access: 'public',
  words: 'Creates the owner and the workspace; possible only while there is nobody.',
  input: z.object({
    name,
    email,
    password,
    workspaceName: name.optional(),
    /** of the samples that the workspace begins with */
    language,
  }),
  output: z.object({ userId }),
});

export const meGet = contract({
  name: 'me.get',
  kind: 'read',
  access: 'workspace.read',
  words: 'Who is calling, and what they may do.',
  input: nothing,
  output: z.object({
    user: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role,
      /** in which the client was last shown to them; null = not known */
      language: z.enum(languages).nullable(),
    }),
    workspace: z.object({ id: z.string(), name: z.string() }),
    permissions: z.array(z.string()),
    url: z.string(),
  }),
});

export const meSpeak = contract({
  name: 'me.speak',
  kind: 'write',
  access: 'notification.own',
  words: 'Says in which language the caller reads: e-mails are written in it.',
  input: z.object({ language: z.enum(languages) }),
  output: nothing,
});

export const personList = contract({
  name: 'person.list',
  kind: 'read',
  access: 'people.manage',
  words: 'The people of the workspace, those first who were here first, piece by piece.',
  input: z.object({
    /** a part of a name or an address */
    search,
    role: role.optional(),
    /** those who work here, or those who were removed; absent = all */
    state: z.enum(['active', 'removed']).optional(),
    /** these too, wherever they are (first piece only) */
    userIds: z.array(userId).max(200).optional(),
    cursor,
    limit,
  }),
  output: z.object({
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        role,
        createdAt: time,
        removedAt: time.nullable(),
      }),
    ),
    nextCursor,
  }),
});
export const personInvite = contract({
  name: 'person.invite',
  kind: 'write',
  access: 'people.manage',
  words:
    'Makes an invitation; its link is shown this once. For the address of an account it gives that a new password, or brings back who was removed.',
  input: z.object({ role, email: email.optional() }),
  output: z.object({
    inviteId: id,
    link: z.string(),
    expiresAt: time,
    /** whose account the link gives a new password; null = it makes an account, or brings one back */
    renews: z.string().nullable(),
  }),
});
export const personRevokeInvite = contract({
  name: 'person.revokeInvite',
  kind: 'write',
  access: 'people.manage',
  words: 'Takes an invitation back.',
  input: z.object({ inviteId: id }),
  output: nothing,
});
export const personSetRole = contract({
  name: 'person.setRole',
  kind: 'write',
  access: 'people.manage',
  words: 'Gives a person another role.',
  input: z.object({ userId, role }),
  output: nothing,
});
export const personRemove = contract({
  name: 'person.remove',
  kind: 'write',
  access: 'people.manage',
  words: 'Removes a person: their sessions and API keys end at once.',
  input: z.object({ userId }),
  output: nothing,
});

const token = z.string().min(1).max(200);
export const inviteList = contract({
  name: 'invite.list',
  kind: 'read',
  access: 'people.manage',
  words: 'The invitations that are open, the newest first, piece by piece.',
  input: z.object({ search, role: role.optional(), cursor, limit }),
  output: z.object({
    invites: z.array(z.object({ id, role, email: z.string().nullable(), createdAt: time, expiresAt: time })),
    nextCursor,
  }),
});
export const inviteLook = contract({
  name: 'invite.look',
  kind: 'read',
  access: 'public',
  words: 'What an invitation is for.',
  input: z.object({ token }),
  output: z.object({
    workspaceName: z.string(),
    role,
    email: z.string().nullable(),
    /** the account that the address has already: it is given a new password */
    account: z.object({ name: z.string(), removed: z.boolean() }).nullable(),
  }),
});
export const inviteAccept = contract({
  name: 'invite.accept',
  kind: 'write',
  access: 'public',
  words: 'Accepts an invitation: makes the account, or gives the one of that address a new password.',
  input: z.object({ token, name, email, password }),
  output: z.object({ userId }),
});

export const apikeyList = contract({
  name: 'apikey.list',
  kind: 'read',
  access: 'apikey.manage',
  words: 'One’s own API keys, the newest first, piece by piece.',
  input: z.object({
    search,
    /** those that work, or those that have come to their end */
    state: z.enum(['valid', 'ended']).optional(),
    cursor,
    limit,
  }),
  output: z.object({
    keys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        start: z.string(),
        createdAt: time,
        lastUsedAt: time.nullable(),
        expiresAt: time.nullable(),
      }),
    ),
    nextCursor,
  }),
});
export const apikeyCreate = contract({
  name: 'apikey.create',
  kind: 'write',
  access: 'apikey.manage',
  words: 'Makes an API key that acts for the caller; it is shown this once.',
  input: z.object({
    name: name.max(32, must('input.keyLong')),
    expiresInDays: z.int().min(1).max(365).optional(),
  }),
  output: z.object({ id: z.string(), key: z.string() }),
});
export const apikeyRevoke = contract({
  name: 'apikey.revoke',
  kind: 'write',
  access: 'apikey.manage',
  words: 'Ends an API key of one’s own.',
  input: z.object({ keyId: z.string().min(1).max(100) }),
  output: nothing,
});
