import type { HappeningKind } from './happeningKinds.ts';

/** One of the newest happenings of a message. */
export interface Told {
  runId: string | null;
  words: string;
  /** ISO 8601, UTC */
  at: string;
}

/** What a message says, whichever way it goes. */
export interface Message {
  id: string;
  kind: HappeningKind;
  flowId: string | null;
  title: string;
  count: number;
  /** the newest few, the newest first */
  newest: Told[];
  firstAt: Date;
  lastAt: Date;
}

function times(count: number): string {
  return count === 1 ? '' : ` ${count.toLocaleString('en')} times`;
}

/** "Expense approval failed 500 times" */
export function titleOf(kind: HappeningKind, subject: string, count: number): string {
  switch (kind) {
    case 'run_failed':
      return `${subject} failed${times(count)}`;
    case 'waiting_long':
      return count === 1
        ? `${subject} has waited long for a person`
        : `${count.toLocaleString('en')} reviews of ${subject} have waited long`;
    case 'fire_missed':
      return `${subject} missed its time${times(count)}`;
  }
}

/** The address of what is told of. @param url of the installation, without a slash at the end */
export function linkOf(url: string, told: Pick<Told, 'runId'>, kind: HappeningKind): string {
  if (told.runId !== null) return `${url}/runs/${told.runId}`;
  return kind === 'fire_missed' ? `${url}/schedules` : `${url}/runs`;
}

/** The words below the few that are shown; empty when none is left. */
export function restOf({ count, newest }: Pick<Message, 'count' | 'newest'>): string {
  const rest = count - newest.length;
  return rest > 0 ? `and ${rest.toLocaleString('en')} more` : '';
}
