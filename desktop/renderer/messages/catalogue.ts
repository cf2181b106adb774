import { admin } from './en/admin.ts';
import { canvas } from './en/canvas.ts';
import { commands } from './en/commands.ts';
import { component } from './en/component.ts';
import { entry } from './en/entry.ts';
import { find } from './en/find.ts';
import { flow } from './en/flow.ts';
import { flows } from './en/flows.ts';
import { formula } from './en/formula.ts';
import { help } from './en/help.ts';
import { home } from './en/home.ts';
import { inbox } from './en/inbox.ts';
import { inspector } from './en/inspector.ts';
import { library } from './en/library.ts';
import { merge } from './en/merge.ts';
import { notifications } from './en/notifications.ts';
import { outline } from './en/outline.ts';
import { parts } from './en/parts.ts';
import { pictures } from './en/pictures.ts';
import { runs } from './en/runs.ts';
import { said } from './en/said.ts';
import { schedules } from './en/schedules.ts';
import { shell } from './en/shell.ts';
import { templates } from './en/templates.ts';
import { testing } from './en/testing.ts';
import { triggers } from './en/triggers.ts';
import { values } from './en/values.ts';
import { versions } from './en/versions.ts';

/** All visible text, as ICU messages by key. English is the source; other languages have the same keys. */
export const english = {
  ...shell,
  ...parts,
  ...component,
  ...entry,
  ...formula,
  ...home,
  ...help,
  ...flows,
  ...find,
  ...flow,
  ...canvas,
  ...commands,
  ...outline,
  ...inspector,
  ...runs,
  ...said,
  ...inbox,
  ...schedules,
  ...templates,
  ...triggers,
  ...values,
  ...testing,
  ...versions,
  ...merge,
  ...pictures,
  ...library,
  ...notifications,
  ...admin,
} as const;

export type MessageKey = keyof typeof english;
