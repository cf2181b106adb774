import type { Words } from '../../messages/useT.ts';

const kinds = ['review', 'message', 'tool', 'server_tool', 'confirmation', 'timer'] as const;

/** What a run waits for, in words: the review's title, else the kind of wait. */
export function waitWords(wait: { for: string; title?: string | undefined }, t: Words): string {
  if (wait.title) return `“${wait.title}”`;
  const kind = kinds.find((one) => one === wait.for);
  return kind ? t(`runs.wait.${kind}`) : wait.for;
}
