/** How people can be told. */
export const channels = ['app', 'email', 'webhook'] as const;
export type Channel = (typeof channels)[number];
