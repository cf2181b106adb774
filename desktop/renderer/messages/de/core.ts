import { entry } from './entry.ts';
import { flows } from './flows.ts';
import { help } from './help.ts';
import { home } from './home.ts';
import { inbox } from './inbox.ts';
import { parts } from './parts.ts';
import { shell } from './shell.ts';
import { start } from './start.ts';
import { startForm } from './startForm.ts';
import { steps } from './steps.ts';
import { timetable } from './timetable.ts';

/** The texts that are loaded before anything is shown: what stands around the screens, and the first ones of them. */
export const core = {
  ...entry,
  ...flows,
  ...help,
  ...home,
  ...inbox,
  ...parts,
  ...shell,
  ...start,
  ...startForm,
  ...steps,
  ...timetable,
};
