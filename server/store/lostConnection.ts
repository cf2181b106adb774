/** States of PostgreSQL that say that the connection is over, not that the statement was wrong: 08…, shut down, crash. */
const states = /^(08\w{3}|57P0[123])$/;
/** Prisma's words for the same, and what the store makes of them. */
const codes = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'UNAVAILABLE',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);
/** What `pg` says without a code. */
const words =
  /^Connection terminated|^timeout exceeded when trying to connect|^Client has encountered a connection error/;

/** Did a statement fail because its connection was lost? It may then have been carried out or not. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return states.test(error.code) || codes.has(error.code);
  return words.test(error.message);
}
