import { canvas } from './canvas.ts';
import { commands } from './commands.ts';
import { component } from './component.ts';
import { componentHelp } from './componentHelp.ts';
import { fieldHelp } from './fieldHelp.ts';
import { find } from './find.ts';
import { flow } from './flow.ts';
import { formula } from './formula.ts';
import { inspector } from './inspector.ts';
import { merge } from './merge.ts';
import { outline } from './outline.ts';
import { pictures } from './pictures.ts';
import { templates } from './templates.ts';
import { testing } from './testing.ts';
import { values } from './values.ts';
import { versions } from './versions.ts';

/** The texts of flows that are drawn, compared, tried and watched. */
export const editor = {
  ...canvas,
  ...commands,
  ...component,
  ...componentHelp,
  ...fieldHelp,
  ...find,
  ...flow,
  ...formula,
  ...inspector,
  ...merge,
  ...outline,
  ...pictures,
  ...templates,
  ...testing,
  ...values,
  ...versions,
};
