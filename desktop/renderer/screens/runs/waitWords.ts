import type { Words } from '../../messages/useT.ts';

const kinds = ['review', 'message', 'tool', 'server_tool', 'confirmation', 'timer', 'event', 'run'] as const;

/** What a run waits for, in words: the title that the wait has (of a review, an event, a run), else its kind. */
export function waitWords(wait: { for: string; title?: string | undefined }, t: Words): string {
  if (wait.title) return t('said.quoted', { name: wait.title });
  const kind = kinds.find((one) => one === wait.for);
  return kind ? t(`runs.wait.${kind}`) : wait.for;
}
