import type { Words } from '../../messages/useT.ts';

const prefix = 'admin.did.';

/** The operations that the audit has words for. */
export function knownActions(t: Words): string[] {
  return t.keys(prefix).map((key) => key.slice(prefix.length));
}

/** What somebody did, in words; the operation's own name where there are none. */
export function actionWords(action: string, t: Words): string {
  const key = `${prefix}${action}`;
  return t.has(key) ? t(key) : action;
}
