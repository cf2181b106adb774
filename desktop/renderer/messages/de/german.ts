import type { Texts } from '../words.ts';
import { admin } from './admin.ts';
import { canvas } from './canvas.ts';
import { commands } from './commands.ts';
import { component } from './component.ts';
import { entry } from './entry.ts';
import { find } from './find.ts';
import { flow } from './flow.ts';
import { flows } from './flows.ts';
import { formula } from './formula.ts';
import { help } from './help.ts';
import { home } from './home.ts';
import { inbox } from './inbox.ts';
import { inspector } from './inspector.ts';
import { library } from './library.ts';
import { merge } from './merge.ts';
import { notifications } from './notifications.ts';
import { outline } from './outline.ts';
import { parts } from './parts.ts';
import { pictures } from './pictures.ts';
import { runs } from './runs.ts';
import { said } from './said.ts';
import { schedules } from './schedules.ts';
import { shell } from './shell.ts';
import { templates } from './templates.ts';
import { testing } from './testing.ts';
import { triggers } from './triggers.ts';
import { values } from './values.ts';
import { versions } from './versions.ts';

/** All visible text in German. Loaded only when German is shown. */
export const german: Texts = {
  ...admin,
  ...canvas,
  ...commands,
  ...component,
  ...entry,
  ...find,
  ...flow,
  ...flows,
  ...formula,
  ...home,
  ...help,
  ...inbox,
  ...inspector,
  ...library,
  ...merge,
  ...notifications,
  ...outline,
  ...parts,
  ...pictures,
  ...runs,
  ...said,
  ...schedules,
  ...shell,
  ...templates,
  ...testing,
  ...triggers,
  ...values,
  ...versions,
};
