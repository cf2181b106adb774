import { type Said, said } from '@rondo/shared/words/said.ts';
import type { HappeningKind } from './happeningKinds.ts';

/** One of the newest happenings of a message. */
export interface Told {
  runId: string | null;
  /** in English */
  words: string;
  /** the words, to be said in any language; absent in what was told before */
  said?: Said;
  /** ISO 8601, UTC */
  at: string;
}

/** What a message says, whichever way it goes. */
export interface Message {
  id: string;
  kind: HappeningKind;
  flowId: string | null;
  /** in English */
  title: string;
  /** the title, to be said in any language; absent in a message of before */
  said?: Said;
  count: number;
  /** the newest few, the newest first */
  newest: Told[];
  firstAt: Date;
  lastAt: Date;
}

/**
 * "Expense approval failed 500 times"
 * @param subject a flow, or a schedule that missed its time
 */
export function titleOf(kind: HappeningKind, subject: string, count: number): Said {
  const once = count === 1;
  switch (kind) {
    case 'run_failed':
      return once ? said('told.failed', { subject }) : said('told.failed.times', { subject, count });
    case 'waiting_long':
      return once ? said('told.waits', { subject }) : said('told.waits.several', { subject, count });
    case 'fire_missed':
      return once ? said('told.missed', { subject }) : said('told.missed.times', { subject, count });
  }
}

/** The title of a message as it is on record; undefined where it is one of before. */
export function titleOnRecord(row: { kind: HappeningKind; subject: string | null; count: number }): Said | undefined {
  return row.subject === null ? undefined : titleOf(row.kind, row.subject, row.count);
}

/** The address of what is told of. @param url of the installation, without a slash at the end */
export function linkOf(url: string, told: Pick<Told, 'runId'>, kind: HappeningKind): string {
  if (told.runId !== null) return `${url}/runs/${told.runId}`;
  return kind === 'fire_missed' ? `${url}/schedules` : `${url}/runs`;
}

/** The words below the few that are shown; undefined when none is left. */
export function restOf({ count, newest }: Pick<Message, 'count' | 'newest'>): Said | undefined {
  const rest = count - newest.length;
  return rest > 0 ? said('told.more', { count: rest }) : undefined;
}
