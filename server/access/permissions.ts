/** The roles in a workspace, the mightiest first. */
export const roles = ['owner', 'admin', 'builder', 'reviewer', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Every permission, and the roles that have it. What is not named here is denied. */
const granted = {
  'workspace.read': ['owner', 'admin', 'builder', 'reviewer', 'viewer'],
  'flow.read': ['owner', 'admin', 'builder', 'reviewer', 'viewer'],
  'flow.edit': ['owner', 'admin', 'builder'],
  'flow.publish': ['owner', 'admin', 'builder'],
  'flow.publishUntested': ['owner', 'admin'],
  'run.start': ['owner', 'admin', 'builder', 'reviewer'],
  'run.startAny': ['owner', 'admin'],
  'run.read': ['owner', 'admin', 'builder', 'reviewer', 'viewer'],
  'run.cancel': ['owner', 'admin', 'builder'],
  'review.decide': ['owner', 'admin', 'builder', 'reviewer'],
  'review.decideForOthers': ['owner', 'admin'],
  'trigger.edit': ['owner', 'admin', 'builder'],
  'webhook.resend': ['owner', 'admin'],
  'event.send': ['owner', 'admin', 'builder'],
  'schedule.edit': ['owner', 'admin', 'builder'],
  'audit.read': ['owner', 'admin'],
  'people.manage': ['owner', 'admin'],
  'tool.edit': ['owner', 'admin', 'builder'],
  'secret.manage': ['owner', 'admin'],
  'apikey.manage': ['owner', 'admin', 'builder'],
  'workers.manage': ['owner', 'admin'],
  'retention.manage': ['owner', 'admin'],
  'notification.own': ['owner', 'admin', 'builder', 'reviewer', 'viewer'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof granted;
export const permissions = Object.keys(granted) as Permission[];

/** True when the role has the permission. */
export function allows(role: Role, permission: Permission): boolean {
  return (granted[permission] as readonly Role[]).includes(role);
}

/** All permissions of a role. */
export function permissionsOf(role: Role): Permission[] {
  return permissions.filter((permission) => allows(role, permission));
}

/** True for one of the roles' names. */
export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
