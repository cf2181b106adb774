import type { PoolClient } from 'pg';
import { type Channel, channels } from './channels.ts';
import type { HappeningKind } from './happeningKinds.ts';

/** Who is told, and how. */
export interface Recipient {
  userId: string;
  email: string;
  channels: Channel[];
  /** the rule that says so; null = nobody said anything, and this is what is told then */
  ruleId: string | null;
}

interface PersonRow {
  id: string;
  email: string;
  by_default: boolean;
  rule_id: string | null;
  kinds: string | null;
  channels: string | null;
}

/**
 * Whom something is told: whoever has a rule for the flow, or else one for all flows, that names the kind. Who has
 * neither is told in the app when they are an owner, an admin, or made the flow.
 */
export async function recipientsOf(
  client: PoolClient,
  kind: HappeningKind,
  flowId: string | null,
): Promise<Recipient[]> {
  const { rows } = await client.query<PersonRow>(
    `SELECT person.id, person.email, rule.id AS rule_id, rule.kinds, rule.channels,
       person.role IN ('owner', 'admin')
         OR person.id = (SELECT created_by FROM flow WHERE flow.id = $1) AS by_default
     FROM "user" AS person LEFT JOIN LATERAL (
       SELECT id, kinds, channels FROM notification_rule
       WHERE user_id = person.id AND (flow_id = $1 OR flow_id IS NULL) ORDER BY flow_id NULLS LAST LIMIT 1
     ) AS rule ON true
     WHERE person.removed_at IS NULL ORDER BY person.id`,
    [flowId],
  );
  return rows.flatMap(({ id, email, by_default, rule_id, kinds, channels: named }): Recipient[] => {
    if (rule_id === null) return by_default ? [{ userId: id, email, channels: ['app'], ruleId: null }] : [];
    const wanted = channels.filter((channel) => named?.split(',').includes(channel));
    if (!kinds?.split(',').includes(kind) || wanted.length === 0) return [];
    return [{ userId: id, email, channels: wanted, ruleId: rule_id }];
  });
}
