import { english, type MessageKey } from '../../messages/catalogue.ts';
import type { Words } from '../../messages/useT.ts';

const prefix = 'admin.did.';

/** The operations that the audit has words for. */
export const knownActions: string[] = Object.keys(english)
  .filter((key) => key.startsWith(prefix))
  .map((key) => key.slice(prefix.length));

function isKey(key: string): key is MessageKey {
  return Object.hasOwn(english, key);
}

/** What somebody did, in words; the operation's own name where there are none. */
export function actionWords(action: string, t: Words): string {
  const key = `${prefix}${action}`;
  return isKey(key) ? t(key) : action;
}
