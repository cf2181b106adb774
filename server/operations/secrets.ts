import { contracts as c } from './contract/index.ts';
import { defineRead, defineWrite } from './defineOperation.ts';
import { notFound } from './errors.ts';
import { likePattern } from './likePattern.ts';
import { nameCursor, readNameCursor } from './nameCursor.ts';
import { usedConditions, usesSql } from './usage.ts';

const most = 500;

interface SecretRow {
  id: string;
  name: string;
  uses: number;
  created_at: Date;
  updated_at: Date;
}

export const secretList = defineRead(c.secret.list, async ({ services }, { search, cursor, limit = most, ...use }) => {
  const { pool } = services.store;
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const parts = [
    `s.scope_kind = 'workspace' AND s.scope_id = 'workspace'`,
    ...usedConditions('secret', 's.name', use, add),
  ];
  const text = search?.trim();
  if (text) parts.push(`s.name ILIKE ${add(likePattern(text))}`);
  const after = readNameCursor(cursor);
  if (after !== undefined) parts.push(`s.name > ${add(after)}`);
  const { rows } = await pool.query<SecretRow>(
    `SELECT id, name, created_at, updated_at, ${usesSql('secret', 'page.name')} AS uses FROM (
       SELECT s.id, s.name, s.created_at, s.updated_at FROM secret s WHERE ${parts.join(' AND ')}
       ORDER BY s.name LIMIT ${add(limit + 1)}
     ) AS page ORDER BY name`,
    values,
  );
  const shown = rows.slice(0, limit);
  return {
    secrets: shown.map((row) => ({
      id: row.id,
      name: row.name,
      uses: row.uses,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    })),
    nextCursor: rows.length > limit ? nameCursor(shown.at(-1)?.name ?? '') : null,
  };
});

export const secretSet = defineWrite(
  c.secret.set,
  (input, output) => ({ kind: 'secret', id: output?.id ?? '', name: input.name }),
  async ({ tx, caller, services }, input) => ({
    id: await services.secrets.set(tx, input.name, input.value, caller.user?.id ?? caller.actor.id),
  }),
);

export const secretRemove = defineWrite(
  c.secret.remove,
  (input) => ({ kind: 'secret', id: input.secretId }),
  async ({ tx, services, audited }, input) => {
    const name = await services.secrets.remove(tx, input.secretId);
    if (name === undefined) throw notFound('secret');
    audited({ name });
    return {};
  },
);
