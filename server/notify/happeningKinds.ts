/** What people can be told of. */
export const happeningKinds = ['run_failed', 'waiting_long', 'fire_missed'] as const;
export type HappeningKind = (typeof happeningKinds)[number];
