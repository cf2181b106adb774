import { useSpoken } from './language.ts';
import type { Words } from './words.ts';

export { type MessageValues, makeWords, type Words } from './words.ts';

/** The texts of the viewer's language, as a hook: `const t = useT(); t('shell.help')`. */
export function useT(): Words {
  return useSpoken().words;
}
