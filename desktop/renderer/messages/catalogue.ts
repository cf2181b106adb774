import { admin } from './en/admin.ts';
import { canvas } from './en/canvas.ts';
import { entry } from './en/entry.ts';
import { flow } from './en/flow.ts';
import { flows } from './en/flows.ts';
import { home } from './en/home.ts';
import { inbox } from './en/inbox.ts';
import { library } from './en/library.ts';
import { notifications } from './en/notifications.ts';
import { parts } from './en/parts.ts';
import { runs } from './en/runs.ts';
import { schedules } from './en/schedules.ts';
import { shell } from './en/shell.ts';
import { triggers } from './en/triggers.ts';

/** All visible text, as ICU messages by key. English is the source; other languages have the same keys. */
export const english = {
  ...shell,
  ...parts,
  ...entry,
  ...home,
  ...flows,
  ...flow,
  ...canvas,
  ...runs,
  ...inbox,
  ...schedules,
  ...triggers,
  ...library,
  ...notifications,
  ...admin,
} as const;

export type MessageKey = keyof typeof english;
