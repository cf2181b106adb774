import { arrangeCommands } from './arrangeCommands.ts';
import type { CanvasCommand } from './canvasContext.ts';
import { clipboardCommands } from './clipboardCommands.ts';
import { findCommands } from './findCommands.ts';
import { frameCommands } from './frameCommands.ts';
import { menuCommands } from './menuCommands.ts';
import { stepCommands } from './stepCommands.ts';
import { subflowCommands } from './subflowCommands.ts';
import { testCommands } from './testCommands.ts';
import { viewCommands } from './viewCommands.ts';
import { walkCommands } from './walkCommands.ts';

/** Every command of the canvas. To add one: put it into the list that it belongs to, or a new list in here. */
export const canvasCommands: readonly CanvasCommand[] = [
  ...walkCommands,
  ...frameCommands,
  ...stepCommands,
  ...subflowCommands,
  ...clipboardCommands,
  ...arrangeCommands,
  ...testCommands,
  ...findCommands,
  ...viewCommands,
  ...menuCommands,
];
