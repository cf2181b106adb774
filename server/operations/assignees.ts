import type { Caller } from '../access/caller.ts';
import type { Transaction } from '../store/store.ts';

/** Whose reviews are meant: those one may decide, by one's own name, for one's groups. */
export type Whose = 'me' | 'mine' | 'groups';

const groupsOf = (user: string) =>
  `ARRAY (SELECT person_group.name FROM person_group_member AS member JOIN person_group ON person_group.id = group_id
    WHERE member.user_id = ${user})`;

/**
 * A condition on the table `review`: it is for the caller.
 * @param add takes a value and gives its place in the statement, `$1`
 */
export function isForCaller(whose: Whose, caller: Caller, add: (value: unknown) => string): string {
  const mine = () => `for_people @> ARRAY[${add(caller.user?.email.toLowerCase() ?? '')}]`;
  const groups = () => `for_groups && ${groupsOf(add(caller.user?.id ?? ''))}`;
  if (whose === 'mine') return mine();
  if (whose === 'groups') return groups();
  return `((for_people = '{}' AND for_groups = '{}') OR ${mine()} OR ${groups()})`;
}

/** Whether something is for the caller: for everyone, by their own address, or for a group that they are in. */
export async function isNamed(
  tx: Pick<Transaction, 'groupMember'>,
  caller: Pick<Caller, 'user'>,
  { forPeople, forGroups }: { forPeople: readonly string[]; forGroups: readonly string[] },
): Promise<boolean> {
  if (forPeople.length === 0 && forGroups.length === 0) return true;
  if (forPeople.includes(caller.user?.email.toLowerCase() ?? '')) return true;
  if (forGroups.length === 0 || !caller.user) return false;
  const userId = caller.user.id;
  return (await tx.groupMember.count({ where: { userId, group: { name: { in: [...forGroups] } } } })) > 0;
}

/** Whom something is for, in words: “Finance, anna@example.com”. */
export function assignedWords({ forPeople, forGroups }: { forPeople: string[]; forGroups: string[] }): string {
  return [...forGroups, ...forPeople].join(', ');
}
