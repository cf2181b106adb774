import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readServerAddress } from './addresses.ts';
import { isLanguageChoice, type LanguageChoice } from './language.ts';

export interface WindowPlace {
  x?: number;
  y?: number;
  width: number;
  height: number;
  maximized: boolean;
}

export interface Settings {
  /** The server that was chosen; undefined until somebody chose one. */
  server?: string;
  /** What was chosen in the client; undefined = the language of the machine. */
  language?: LanguageChoice;
  window: WindowPlace;
}

export const firstPlace: WindowPlace = { width: 1440, height: 900, maximized: false };

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Takes what is usable of a settings file's text; a damaged file gives the first settings, never an error. */
export function readSettings(text: string | undefined): Settings {
  let parsed: unknown;
  try {
    parsed = text === undefined ? undefined : JSON.parse(text);
  } catch {
    parsed = undefined; // a file cut off while it was written: start afresh
  }
  const record = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>;
  const place = (typeof record.window === 'object' && record.window !== null ? record.window : {}) as Record<
    string,
    unknown
  >;
  const window: WindowPlace = { ...firstPlace, maximized: place.maximized === true };
  if (isNumber(place.width) && place.width >= 480) window.width = place.width;
  if (isNumber(place.height) && place.height >= 400) window.height = place.height;
  if (isNumber(place.x) && isNumber(place.y)) Object.assign(window, { x: place.x, y: place.y });
  const address = typeof record.server === 'string' ? readServerAddress(record.server) : undefined;
  return {
    ...(address?.ok && { server: address.origin }),
    ...(isLanguageChoice(record.language) && { language: record.language }),
    window,
  };
}

/** The settings in one file; each change is written at once, whole or not at all. */
export class SettingsFile {
  readonly #path: string;
  #settings: Settings;

  constructor(path: string) {
    this.#path = path;
    let text: string | undefined;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    this.#settings = readSettings(text);
  }

  get(): Settings {
    return this.#settings;
  }

  change(change: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...change };
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.#settings, null, 2)}\n`);
    renameSync(`${this.#path}.new`, this.#path);
  }
}

/** A remembered place, moved back to where a screen is: monitors come and go. */
export function visiblePlace(
  place: WindowPlace,
  screens: readonly { x: number; y: number; width: number; height: number }[],
): WindowPlace {
  const { x, y } = place;
  if (x === undefined || y === undefined) return place;
  const seen = screens.some(
    (screen) =>
      x + place.width > screen.x + 80 &&
      x < screen.x + screen.width - 80 &&
      y >= screen.y - 8 &&
      y < screen.y + screen.height - 80,
  );
  if (seen) return place;
  const { x: _x, y: _y, ...rest } = place;
  return rest;
}
