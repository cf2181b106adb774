import { said } from '@rondo/shared/words/said.ts';
import { v7 as uuid } from 'uuid';
import type { Transaction } from '../store/store.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound, OperationError } from './errors.ts';
import { keysetCursor, readKeysetCursor } from './keysetCursor.ts';
import { likePattern } from './likePattern.ts';

const scope = { scopeKind: 'workspace', scopeId: 'workspace' } as const;
const most = 100;

export const groupList = defineRead(c.group.list, async ({ prisma, services }, input) => {
  const limit = input.limit ?? most;
  const after = readKeysetCursor(input.cursor);
  const { rows } = await services.store.pool.query<{ id: string; name: string; open: string }>(
    `SELECT id, name, (SELECT count(*) FROM review WHERE state = 'open' AND for_groups @> ARRAY[person_group.name]) AS open
     FROM person_group WHERE name ILIKE $1 AND ($2::text IS NULL OR (name, id) > ($2, $3::uuid))
     ORDER BY name, id LIMIT $4`,
    [likePattern(input.search?.trim() ?? ''), after?.value ?? null, after?.id ?? null, limit + 1],
  );
  const page = rows.slice(0, limit);
  const members = await prisma.groupMember.findMany({
    where: { groupId: { in: page.map(({ id }) => id) }, user: { removedAt: null } },
    include: { user: { select: { id: true, name: true, email: true } } },
    orderBy: { user: { name: 'asc' } },
  });
  const last = page.at(-1);
  return {
    groups: page.map(({ id, name, open }) => ({
      id,
      name,
      members: members.filter(({ groupId }) => groupId === id).map(({ user }) => user),
      open: Number(open),
    })),
    nextCursor: rows.length > limit && last ? keysetCursor({ value: last.name, id: last.id }) : null,
  };
});

export const groupSave = defineWrite(
  c.group.save,
  (input, output) => ({
    kind: 'group',
    id: output?.groupId ?? input.groupId ?? '',
    name: input.name,
    details: { changed: input.groupId !== undefined },
  }),
  async ({ tx, audited, services, afterCommit }, { groupId, name, members }) => {
    const id = groupId ?? uuid();
    const taken = await tx.group.findFirst({ where: { name, ...scope, NOT: { id } }, select: { id: true } });
    if (taken) throw new OperationError('CONFLICT', said('refused.groupTaken', { name }));
    const before = groupId === undefined ? null : await tx.group.findFirst({ where: { id, ...scope } });
    if (groupId !== undefined && !before) throw notFound('group');
    if (before === null) await tx.group.create({ data: { id, name, ...scope } });
    else if (before.name !== name) await rename(tx, id, before.name, name);
    audited({
      details: { ...(before && before.name !== name && { before: before.name }), ...(await refill(tx, id, members)) },
    });
    afterCommit(() => services.live.tell({ kind: 'inbox', id }));
    return { groupId: id };
  },
);

export const groupRemove = defineWrite(
  c.group.remove,
  (input) => ({ kind: 'group', id: input.groupId }),
  async ({ tx, audited, services, afterCommit }, { groupId }) => {
    const group = await tx.group.findFirst({ where: { id: groupId, ...scope } });
    if (!group) throw notFound('group');
    audited({ name: group.name });
    await tx.group.delete({ where: { id: groupId } });
    afterCommit(() => services.live.tell({ kind: 'inbox', id: groupId }));
    return {};
  },
);

/** What waits for the group goes along with its name. */
async function rename(tx: Transaction, id: string, before: string, name: string): Promise<void> {
  await tx.group.update({ where: { id }, data: { name } });
  await tx.$executeRaw`UPDATE review SET for_groups = array_replace(for_groups, ${before}, ${name})
    WHERE state = 'open' AND for_groups @> ARRAY[${before}]`;
}

/** Puts these people in, and all others out. @returns the addresses of who came and who went, for the audit */
async function refill(tx: Transaction, groupId: string, members: readonly string[]) {
  const people = await tx.user.findMany({ where: { id: { in: [...members] }, removedAt: null } });
  const unknown = members.find((id) => !people.some((person) => person.id === id));
  if (unknown !== undefined) throw new OperationError('INVALID', said('refused.memberGone'));
  const before = await tx.groupMember.findMany({ where: { groupId }, include: { user: true } });
  const gone = before.filter(({ userId }) => !members.includes(userId));
  const come = people.filter(({ id }) => !before.some(({ userId }) => userId === id));
  await tx.groupMember.deleteMany({ where: { groupId, userId: { in: gone.map(({ userId }) => userId) } } });
  await tx.groupMember.createMany({ data: come.map(({ id }) => ({ groupId, userId: id })) });
  return { joined: come.map(({ email }) => email), left: gone.map(({ user }) => user.email) };
}
