import type { Outputs } from '../../api/queries.ts';

export type Role = Outputs['me']['get']['user']['role'];

/** All of them, the mightiest first. */
export const roles: readonly Role[] = ['owner', 'admin', 'builder', 'reviewer', 'viewer'];

const below: Record<Role, Role[]> = {
  owner: [...roles],
  admin: ['admin', 'builder', 'reviewer', 'viewer'],
  builder: [],
  reviewer: [],
  viewer: [],
};

/** The roles that somebody with a role may give and take; the server has the last word. */
export function assignableRoles(actor: Role): Role[] {
  return below[actor];
}
