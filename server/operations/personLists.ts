import { isRole, type Role } from '../access/permissions.ts';
import { contracts as c } from './contract/index.ts';
import { defineRead } from './defineOperation.ts';
import { keysetCursor, readKeysetCursor } from './keysetCursor.ts';
import { likePattern } from './likePattern.ts';

const most = 500;

/** A role as it is stored; one that nobody knows any more may the least. */
export function roleOf(text: string): Role {
  return isRole(text) ? text : 'viewer';
}

/** Ids of API keys are no UUIDs. */
const isKeyId = (id: string) => /^[\w-]{1,100}$/.test(id);

interface PersonRow {
  id: string;
  name: string;
  email: string;
  role: string;
  created_at: Date;
  removed_at: Date | null;
}

export const personList = defineRead(
  c.person.list,
  async ({ services }, { search, role, state, userIds = [], cursor, limit = most }) => {
    const values: unknown[] = [];
    const add = (value: unknown) => `$${values.push(value)}`;
    const parts: string[] = [];
    const text = search?.trim();
    if (text) parts.push(`(p.name || ' ' || p.email) ILIKE ${add(likePattern(text))}`);
    if (role) parts.push(`p.role = ${add(role)}`);
    if (state) parts.push(`p.removed_at IS ${state === 'removed' ? 'NOT NULL' : 'NULL'}`);
    const after = readKeysetCursor(cursor);
    if (after) parts.push(`(p.created_at, p.id) > (${add(after.value)}::timestamptz, ${add(after.id)}::text)`);
    const columns = 'p.id, p.name, p.email, p.role, p.created_at, p.removed_at';
    const { pool } = services.store;
    const { rows } = await pool.query<PersonRow>(
      `SELECT ${columns} FROM "user" p ${parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : ''}
       ORDER BY p.created_at, p.id LIMIT ${add(limit + 1)}`,
      values,
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const missing = after ? [] : userIds.filter((id) => !shown.some((row) => row.id === id));
    if (missing.length > 0)
      shown.push(
        ...(await pool.query<PersonRow>(`SELECT ${columns} FROM "user" p WHERE p.id = ANY($1::text[])`, [missing]))
          .rows,
      );
    return {
      people: shown.map((row) => ({
        id: row.id,
        name: row.name,
        email: row.email,
        role: roleOf(row.role),
        createdAt: row.created_at.toISOString(),
        removedAt: row.removed_at?.toISOString() ?? null,
      })),
      nextCursor: last ? keysetCursor({ value: last.created_at.toISOString(), id: last.id }) : null,
    };
  },
);

export const inviteList = defineRead(
  c.invite.list,
  async ({ prisma, services }, { search, role, cursor, limit = most }) => {
    const after = readKeysetCursor(cursor);
    const text = search?.trim();
    const rows = await prisma.invite.findMany({
      where: {
        usedAt: null,
        expiresAt: { gt: services.now() },
        ...(text && { email: { contains: text, mode: 'insensitive' } }),
        ...(role && { role }),
        ...(after && {
          OR: [
            { createdAt: { lt: new Date(after.value) } },
            { createdAt: new Date(after.value), id: { lt: after.id } },
          ],
        }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      invites: shown.map((invite) => ({
        id: invite.id,
        role: roleOf(invite.role),
        email: invite.email,
        createdAt: invite.createdAt.toISOString(),
        expiresAt: invite.expiresAt.toISOString(),
      })),
      nextCursor: last ? keysetCursor({ value: last.createdAt.toISOString(), id: last.id }) : null,
    };
  },
);

export const apikeyList = defineRead(
  c.apikey.list,
  async ({ caller, prisma, services }, { search, state, cursor, limit = most }) => {
    const after = readKeysetCursor(cursor, isKeyId);
    const text = search?.trim();
    const now = services.now();
    const keys = await prisma.apikey.findMany({
      where: {
        referenceId: caller.user?.id ?? '',
        AND: [
          text
            ? {
                OR: [
                  { name: { contains: text, mode: 'insensitive' } },
                  { start: { contains: text, mode: 'insensitive' } },
                ],
              }
            : {},
          state === 'valid' ? { OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] } : {},
          state === 'ended' ? { expiresAt: { lte: now } } : {},
          after
            ? {
                OR: [
                  { createdAt: { lt: new Date(after.value) } },
                  { createdAt: new Date(after.value), id: { lt: after.id } },
                ],
              }
            : {},
        ],
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const shown = keys.slice(0, limit);
    const last = keys.length > limit ? shown.at(-1) : undefined;
    return {
      keys: shown.map((key) => ({
        id: key.id,
        name: key.name ?? '',
        start: key.start ?? '',
        createdAt: key.createdAt.toISOString(),
        lastUsedAt: key.lastRequest?.toISOString() ?? null,
        expiresAt: key.expiresAt?.toISOString() ?? null,
      })),
      nextCursor: last ? keysetCursor({ value: last.createdAt.toISOString(), id: last.id }) : null,
    };
  },
);
