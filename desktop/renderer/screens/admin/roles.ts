import type { Outputs } from '../../api/queries.ts';

export type Role = Outputs['me']['get']['user']['role'];

const below: Record<Role, Role[]> = {
  owner: ['owner', 'admin', 'builder', 'reviewer', 'viewer'],
  admin: ['admin', 'builder', 'reviewer', 'viewer'],
  builder: [],
  reviewer: [],
  viewer: [],
};

/** The roles that somebody with a role may give and take; the server has the last word. */
export function assignableRoles(actor: Role): Role[] {
  return below[actor];
}
