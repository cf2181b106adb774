import { contracts as c } from './contract/index.ts';
import { defineRead } from './defineOperation.ts';
import { likePattern } from './likePattern.ts';

const most = 20;

export const assigneeList = defineRead(c.assignee.list, async ({ services }, { search, check = [] }) => {
  const pattern = likePattern(search?.trim() ?? '');
  const [people, groups, unknown] = await Promise.all([
    services.store.pool.query<{ id: string; name: string; email: string }>(
      `SELECT id, name, email FROM "user"
       WHERE removed_at IS NULL AND role <> 'viewer' AND (name ILIKE $1 OR email ILIKE $1) ORDER BY name, id LIMIT $2`,
      [pattern, most],
    ),
    services.store.pool.query<{ name: string; members: string }>(
      `SELECT name, (SELECT count(*) FROM person_group_member WHERE group_id = person_group.id) AS members
       FROM person_group WHERE name ILIKE $1 ORDER BY name LIMIT $2`,
      [pattern, most],
    ),
    services.store.pool.query<{ text: string }>(
      `SELECT text FROM unnest($1::text[]) WITH ORDINALITY AS asked(text, place)
       WHERE NOT EXISTS (SELECT FROM "user" WHERE email = lower(text) AND removed_at IS NULL)
         AND NOT EXISTS (SELECT FROM person_group JOIN person_group_member ON group_id = person_group.id
           JOIN "user" ON "user".id = user_id AND removed_at IS NULL WHERE person_group.name = text)
       ORDER BY place`,
      [check],
    ),
  ]);
  return {
    people: people.rows,
    unknown: unknown.rows.map(({ text }) => text),
    groups: groups.rows.map(({ name, members }) => ({ name, members: Number(members) })),
  };
});
