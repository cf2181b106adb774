import type { admin } from './en/admin.ts';
import { core } from './en/core.ts';
import type { editor } from './en/editor.ts';
import type { library } from './en/library.ts';
import type { notifications } from './en/notifications.ts';
import type { runs } from './en/runs.ts';
import type { said } from './en/said.ts';
import type { schedules } from './en/schedules.ts';
import type { triggers } from './en/triggers.ts';

/** The keys of each group of texts. A group is loaded as one, with the screens that show it (loadedTexts.ts). */
interface Groups {
  core: typeof core;
  editor: typeof editor;
  runs: typeof runs;
  schedules: typeof schedules;
  triggers: typeof triggers;
  library: typeof library;
  notifications: typeof notifications;
  admin: typeof admin;
  said: typeof said;
}

export type TextGroup = keyof Groups;
export type MessageKey = { [Group in TextGroup]: keyof Groups[Group] }[TextGroup];

/** A whole catalogue: one ICU message for each key. */
export type Texts = Record<MessageKey, string>;

type Catalogue = { [Group in TextGroup]: () => Promise<Record<keyof Groups[Group], string>> };

/** English is the source; the core of it is always there. */
export const english: Catalogue = {
  core: async () => core,
  editor: async () => (await import('./en/editor.ts')).editor,
  runs: async () => (await import('./en/runs.ts')).runs,
  schedules: async () => (await import('./en/schedules.ts')).schedules,
  triggers: async () => (await import('./en/triggers.ts')).triggers,
  library: async () => (await import('./en/library.ts')).library,
  notifications: async () => (await import('./en/notifications.ts')).notifications,
  admin: async () => (await import('./en/admin.ts')).admin,
  said: async () => (await import('./en/said.ts')).said,
};

/** Loaded only when German is shown. */
export const german: Catalogue = {
  core: async () => (await import('./de/core.ts')).core,
  editor: async () => (await import('./de/editor.ts')).editor,
  runs: async () => (await import('./de/runs.ts')).runs,
  schedules: async () => (await import('./de/schedules.ts')).schedules,
  triggers: async () => (await import('./de/triggers.ts')).triggers,
  library: async () => (await import('./de/library.ts')).library,
  notifications: async () => (await import('./de/notifications.ts')).notifications,
  admin: async () => (await import('./de/admin.ts')).admin,
  said: async () => (await import('./de/said.ts')).said,
};
